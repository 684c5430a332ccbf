"""A part of the evidence on verdicts, measured again."""

import pytest

from evidence import verdicts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

FEW = 0.1
WITHIN = 2.5  # Monte Carlo errors by which so few may miss a bound that all of them keep


def test_improvements_that_did_nothing_are_seldom_said_to_have_helped():
    figures = [one for one in verdicts.measure(FEW).figures if one.bound is not None]

    assert len(figures) == 6
    assert [
        one.what for one in figures if one.value - one.bound > WITHIN * max(one.error, 0.02)
    ] == []
    # all of them together, which few runs of each can tell
    assert sum(one.value * one.n for one in figures) / sum(one.n for one in figures) <= 0.05

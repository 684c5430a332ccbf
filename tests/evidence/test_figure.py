"""Figures of the evidence keep their bound or say so, and the invented truth is true."""

import numpy as np
import pytest

from evidence.figure import Figure, Table, as_markdown, share
from evidence.surveys import ORDINARY, REACH, TOUCHPOINTS, UNEVEN, invent, many
from insights.pain.pain import pain


def test_a_share_has_its_binomial_error_and_a_bound_to_keep():
    figure = share("held", 90, 100, 0.9, is_floor=True)

    assert (figure.value, figure.n, figure.is_kept) == (0.9, 100, True)
    assert figure.error == pytest.approx(0.03)
    assert not share("held", 89, 100, 0.9, is_floor=True).is_kept
    assert not share("false", 11, 100, 0.1, is_floor=False).is_kept
    assert share("nothing", 0, 0, 0.1, is_floor=False).is_kept


def test_a_table_says_which_bound_is_not_kept():
    table = Table(
        "Title", "About.", [Figure("held", 0.5, 0.01, 0.9, True, 1_000), Figure("n", 2, 0)]
    )

    lines = as_markdown(table).splitlines()

    assert lines[:3] == ["## Title", "", "About."]
    assert "| held | 1,000 | 0.500 | 0.010 | ≥ 0.90 **not kept** |" in lines
    assert lines[-1] == "| n | 0 | 2.000 | 0.000 |  |"


@pytest.mark.parametrize("world", [ORDINARY, UNEVEN, ORDINARY.later(np.full(6, 0.3), REACH / 2)])
def test_pain_of_very_many_invented_answers_is_the_truth(world):
    frame = invent(60_000, np.random.default_rng(1), world)

    table = pain(frame, TOUCHPOINTS, bootstrap=20).touchpoints.set_index("touchpoint")

    found = table.loc[list(TOUCHPOINTS), "pain"].to_numpy(dtype=float)
    assert found == pytest.approx(world.truth, abs=0.25)


def test_the_same_run_invents_the_same_answers_in_any_process():
    here = [answers(60, run) for run in range(3)]

    assert many(answers, 60, 3) == here
    assert here[0] != here[1]


def answers(n, run):
    return invent(n, np.random.default_rng([n, run]))["y"].tolist()

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.outreach import MIX, mailing


def test_about_22_of_100_finish():
    random = Random(3)
    mailings = [mailing(random, 55, 50) for _ in range(200)]
    eligible = sum(one.invited - one.ineligible for one in mailings)

    assert 0.20 < 200 * 50 / eligible < 0.24


def test_the_mix_adds_up():
    assert sum(MIX.values()) == pytest.approx(1)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 99))
def test_everybody_who_answered_was_invited_and_the_counts_add_up(finished, stopped, seed):
    found = mailing(Random(seed), finished + stopped, finished)

    assert found.invited >= 1
    assert min(found) >= 0
    assert found.bounced + found.refused + found.ineligible + finished + stopped <= found.invited

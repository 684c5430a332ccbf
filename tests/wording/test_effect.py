"""What is said of an improvement's effect."""

from datetime import date
from types import SimpleNamespace

import pytest
from flask_babel import force_locale

from insights.intervals import Interval
from wording.effect import effect_sentence

DAY = date(2026, 3, 1)
SEEN = SimpleNamespace(change=6.4, interval=Interval(2.1, 10.7))


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


def said(verdict, reason=None, n_after=90):
    amount = SimpleNamespace(n_after=n_after)
    case = SimpleNamespace(compared=SEEN, window=None, amount=amount)
    effect = SimpleNamespace(verdict=verdict, reason=reason, case=case, needed=None)
    return effect_sentence(effect, ["Bill"], DAY)


@pytest.mark.parametrize(("verdict", "has_caveat"), [("helped", 1), ("hurt", 1), ("no_effect", 0)])
def test_a_verdict_comes_with_what_it_assumes(verdict, has_caveat):
    caveat = (
        "It assumes that nothing else befell just these touchpoints then, and that they had no "
        "trend of their own."
    )

    assert said(verdict).count(caveat) == has_caveat


@pytest.mark.parametrize("n", [0, 1, 4])
def test_of_fewer_than_five_ratings_nothing_tells_how_few(n):
    assert said("too_early", "few_answers", n).startswith(
        "Too early to say. Since the start there are fewer than 5 ratings; a verdict takes 30,"
    )


def test_five_ratings_are_counted():
    assert "Since the start there are 5 ratings;" in said("too_early", "few_answers", 5)

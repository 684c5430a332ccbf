"""What is said of a trend, word by word."""

import numpy as np
import pandas as pd
import pytest
from flask_babel import force_locale

from insights.months import months_from
from insights.trends.process_limits import process_behaviour
from insights.trends.process_rules import Rule, Signal
from insights.trends.reading import TrendReading
from insights.trends.seasonality import Seasons, YearOnYear, seasons
from views.trend_words import (
    changed_words,
    season_sentence,
    signal_note,
    signal_words,
    trend_sentences,
)

MONTHS = months_from("2024-10", "2027-12")


@pytest.fixture(autouse=True)
def _english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def series(scores):
    scores = np.array(scores, dtype=float)
    months = MONTHS[: len(scores)]
    return pd.DataFrame(
        {
            "month": months,
            "score": scores,
            "low": scores - 1,
            "high": scores + 1,
            "is_break": False,
        }
    )


def said(scores, year=None):
    trend = series(scores)
    return trend_sentences(TrendReading(process_behaviour(trend), seasons(trend), year))


def test_months_that_do_as_they_usually_do_are_said_to():
    first, second = said([60, 64] * 6)

    assert first == "All months lie where they usually do: their ups and downs may be chance."
    assert second == (
        "Months usually lie between 51 and 73, and one differs from the next by at most 13 points; "
        "months with few answers may lie further out. That rests on October 2024 to September 2025."
    )


def test_a_signal_is_named_with_how_to_take_it():
    first, caution, *_ = said([60, 64] * 6 + [30, 62])

    assert first == "October 2025 lies lower than months usually do."
    assert "no proof" in caution
    assert "fewer than one in ten" in caution


def test_only_the_newest_signals_are_sentences():
    found = said([60, 64] * 6 + [30, 62, 64, 90, 62, 30, 62, 62, 90, 62])

    assert found[0].startswith("June 2026 lies higher")
    assert found[3] == "One earlier signal is in the table."


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([50, 52] * 4, "after 4 more months that were asked in the same way"),
        ([50, 52] * 5 + [51], "after one more month that was asked in the same way"),
        ([], "after 12 more months"),
    ],
)
def test_before_twelve_months_it_says_how_many_are_needed(scores, sentence):
    (only,) = said(scores)

    assert sentence in only


@pytest.mark.parametrize(
    ("signal", "sentence"),
    [
        (
            Signal(Rule.OUTSIDE, "2026-03", "2026-10", 8, False),
            "8 months in a row, from March 2026 to October 2026, lie lower than months usually do.",
        ),
        (
            Signal(Rule.RUN, "2026-01", "2026-07", 7, True),
            "7 months in a row, from January 2026 to July 2026, lie above the mean.",
        ),
        (
            Signal(Rule.DRIFT, "2026-01", "2026-07", 7, False),
            "It fell for 7 months in a row, from January 2026 to July 2026.",
        ),
        (
            Signal(Rule.NEAR, "2026-01", "2026-03", 2, True),
            "2 months from January 2026 to March 2026 lie near the upper limit.",
        ),
    ],
)
def test_every_rule_has_its_sentence(signal, sentence):
    assert signal_words(signal) == sentence


def test_every_rule_has_a_note_and_a_sentence_both_ways():
    every = [Signal(rule, "2026-01", "2026-07", 7, up) for rule in Rule for up in (True, False)]

    assert len({signal_note(each) for each in every}) == 8
    assert len({signal_words(each) for each in every}) == 8


@pytest.mark.parametrize(
    ("low", "high", "end"),
    [
        (-9.0, 1.0, "(between −9.0 and +1.0): that may be chance."),
        (-9.0, -1.0, "(between −9.0 and −1.0)."),
        (None, None, "how sure that is, cannot be said."),
    ],
)
def test_a_month_beside_the_year_before_says_how_sure_it_is(low, high, end):
    *_, last = said([60, 64] * 6, YearOnYear("2026-10", "2025-10", -4.0, low, high))

    assert last.startswith("October 2026 differs by −4.0 points from ")
    assert last.endswith(end)


def test_seasons_are_named_by_their_ends():
    effect = np.array([4, 2, 0, 0, -1, -3, -6, -2, 0, 1, 2, 3])
    scores = [60 + effect[int(m[5:]) - 1] + n % 5 / 5 for n, m in enumerate(MONTHS[:36])]

    sentence = season_sentence(seasons(series(scores)))
    assert sentence.startswith("It has seasons, over 36 months: July usually lies −5.9 points")
    assert sentence.endswith("January +3.9.")


def test_no_seasons_and_too_few_months_are_said_too():
    flat = [60 + (n * 7 % 5) for n in range(24)]

    assert season_sentence(seasons(series(flat))).startswith(
        "No seasons were found: over 24 months"
    )
    assert "there are 3." in season_sentence(seasons(series([50, 51, 52])))
    assert "there is one." in season_sentence(seasons(series([50])))
    assert isinstance(seasons(series([])), Seasons)


def test_what_changed_is_said_shortly():
    assert changed_words("wording scale") == "new wording, other scale"
    assert changed_words("touchpoints") == "other touchpoints asked"
    assert changed_words("version") == "new version"

"""What the time of year does, beside statsmodels' ordinary least squares."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from insights.months import months_from
from insights.trends.seasonality import Why, seasons, year_on_year
from tests.insights.facts_factory import make_facts, make_response

MONTHS = months_from("2023-04", "2027-12")
PLANTED = np.array([4, 2, 0, 0, -1, -3, -6, -2, 0, 1, 2, 3])


def trend(scores, months=MONTHS, **given):
    return pd.DataFrame(
        {"month": months[: len(scores)], "score": scores, "is_break": False} | given
    )


def noisy(n, seed=1, spread=1.0, effect=PLANTED):
    draw = np.random.default_rng(seed)
    calendar = [int(month[5:]) - 1 for month in MONTHS[:n]]
    return 60 + 0.1 * np.arange(n) + effect[calendar] + draw.normal(0, spread, n)


@pytest.mark.parametrize("n", [24, 31, 57])
def test_effects_intervals_and_test_are_those_of_statsmodels(n):
    scores = noisy(n)
    found = seasons(trend(scores))

    frame = pd.DataFrame({"score": scores, "time": range(n), "month": [m[5:] for m in MONTHS[:n]]})
    whole = smf.ols("score ~ 0 + C(month) + time", frame).fit()
    away = np.hstack([np.eye(12) - 1 / 12, np.zeros((12, 1))])
    test = whole.t_test(away)
    assert found.months["effect"].to_numpy() == pytest.approx(test.effect, abs=1e-9)
    assert found.months[["low", "high"]].to_numpy() == pytest.approx(test.conf_int(), abs=1e-9)
    plain = smf.ols("score ~ time", frame).fit()
    _, p, _ = whole.compare_f_test(plain)
    assert found.p == pytest.approx(p, rel=1e-6, abs=1e-12)


def test_planted_seasons_are_found_and_lie_around_nought():
    found = seasons(trend(noisy(36)))

    assert found.is_seasonal
    assert found.months["effect"].sum() == pytest.approx(0, abs=1e-9)
    assert found.months["calendar"].tolist() == list(range(1, 13))
    assert found.months.set_index("calendar")["effect"].idxmin() == 7


def test_a_slow_rise_and_a_lasting_fall_are_no_seasons():
    rise = noisy(24, effect=np.zeros(12)) + 0.5 * np.arange(24)
    fall = noisy(24, effect=np.zeros(12)) - 20 * (np.arange(24) > 16)

    assert not seasons(trend(rise)).is_seasonal
    assert not seasons(trend(fall)).is_seasonal


def test_chance_is_hardly_ever_taken_for_seasons():
    flat = np.zeros(12)
    found = [seasons(trend(noisy(24, seed, effect=flat))).is_seasonal for seed in range(400)]

    assert sum(found) <= 3


def test_nothing_is_said_before_24_months_or_when_a_month_was_there_only_once():
    assert seasons(trend(noisy(23))).reason is Why.TOO_SHORT
    gap = noisy(36)
    gap[[3, 15]] = np.nan
    assert seasons(trend(gap)).reason is Why.GAPS
    assert seasons(trend([])).reason is Why.TOO_SHORT


def test_months_before_what_is_asked_changed_do_not_count():
    breaks = [month == "2024-04" for month in MONTHS[:30]]

    assert seasons(trend(noisy(30), is_break=breaks)).n == 18


def test_months_that_are_all_alike_say_nothing_about_seasons():
    assert seasons(trend([50.0] * 24)).reason is Why.NO_VARIATION


def ratings(month, values, start, **given):
    return [
        fact
        for n, value in enumerate(values, start)
        for fact in make_response(n, None, {"shop": value}, month=month, **given)
    ]


def test_the_newest_month_stands_beside_the_same_month_a_year_before():
    """By hand: the mean falls from 62.5 to 37.5; with one of eight left out, it is over seven."""
    before, after = [5, 3, 4, 2] * 2, [4, 2, 3, 1] * 2
    facts = make_facts(ratings("2025-10", before, 0) + ratings("2026-10", after, 100))
    rows = trend([62.5, 40.0, 37.5], ["2025-10", "2026-03", "2026-10"])
    found = year_on_year(rows, facts)

    wide = np.std(np.array(before) * 25, ddof=1) * np.sqrt(2 / 7) * 2.144787  # t, 14 degrees
    assert (found.month, found.before, found.change) == ("2026-10", "2025-10", -25.0)
    assert (found.low, found.high) == pytest.approx((-25 - wide, -25 + wide), abs=1e-4)


def test_no_year_before_or_another_question_then_says_nothing():
    facts = make_facts(ratings("2025-10", [3] * 8, 0) + ratings("2026-10", [4] * 8, 100))

    assert year_on_year(trend([50.0, 75.0], ["2025-11", "2026-10"]), facts) is None
    months = ["2025-10", "2026-03", "2026-10"]
    changed = trend([50.0, 60.0, 75.0], months, is_break=[False, True, False])
    assert year_on_year(changed, facts) is None


def test_months_without_spread_differ_but_not_surely():
    facts = make_facts(ratings("2025-10", [3] * 8, 0) + ratings("2026-10", [4] * 8, 100))
    found = year_on_year(trend([50.0, 75.0], ["2025-10", "2026-10"]), facts)

    assert (found.change, found.low, found.high) == (25.0, None, None)

"""What colleagues expect beside what customers give, against scipy's Welch."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from insights.gaps.gaps import LEAST_SPREAD, gap_between, gaps, outside_scores, sheet_frame
from insights.gaps.teams import team_gaps
from tests.insights.facts_factory import make_facts, make_response


def outside_of(**scores):
    """Ninety customers per touchpoint, with an error of two points."""
    names = list(scores)
    return pd.DataFrame(
        {
            "stage": "use",
            "touchpoint": names,
            "persons": 90,
            "n": 90,
            "clusters": 90,
            "mean": [float(scores[name]) for name in names],
            "error": 2.0,
            "low": [scores[name] - 4.0 for name in names],
            "high": [scores[name] + 4.0 for name in names],
        }
    )


def sheets_of(colleagues=8, team=None, **points):
    """Every colleague gives the same, but for every second one a point less."""
    return sheet_frame(
        [
            (team, {f"use/{name}": max(1, point - number % 2) for name, point in points.items()})
            for number in range(colleagues)
        ]
    )


def by_name(found):
    return found.set_index("touchpoint")


def test_the_gap_has_welchs_interval_and_p():
    inside = np.array([100.0, 75, 100, 50, 75, 25, 75])
    customers = np.random.default_rng(2).choice([0.0, 25, 50, 75], 60)

    found = gap_between(
        inside, customers.mean(), customers.std(ddof=1) / np.sqrt(60), len(customers)
    )

    known = stats.ttest_ind(inside, customers, equal_var=False)
    assert found.gap == pytest.approx(inside.mean() - customers.mean())
    assert found.p == pytest.approx(known.pvalue, rel=1e-9)
    assert found.interval == pytest.approx(tuple(known.confidence_interval(0.95)), rel=1e-9)


def test_colleagues_who_all_say_the_same_are_known_to_half_a_step_only():
    found = gap_between([75] * 6, 41, 2, 90)

    inner, outer = LEAST_SPREAD**2 / 6, 4.0
    freedom = (inner + outer) ** 2 / (inner**2 / 5 + outer**2 / 89)
    wide = stats.t.ppf(0.975, freedom) * np.sqrt(inner + outer)
    assert found.interval == pytest.approx((34 - wide, 34 + wide), rel=1e-9)


@pytest.mark.parametrize(
    ("inside", "outside", "error", "clusters"),
    [([75, 50, 75, 50], 41, 2, 90), ([75] * 6, 41, 0.0, 90), ([75] * 6, 41, 2, 4)],
)
def test_what_cannot_be_sure_has_a_gap_alone(inside, outside, error, clusters):
    found = gap_between(inside, outside, error, clusters)

    assert found.gap == np.mean(inside) - outside
    assert np.isnan([*found.interval, found.p]).all()


def test_without_colleagues_or_customers_there_is_no_gap():
    assert np.isnan(gap_between([], 41, 2, 90).gap)
    assert np.isnan(gap_between([75] * 6, np.nan, np.nan, 0).gap)


def test_where_the_company_is_proud_and_customers_hurt_comes_first():
    outside = outside_of(invoice=41, app=60, delivery=80, call=30, shop=90)
    sheets = sheets_of(invoice=5, app=5, delivery=4, call=3, shop=2)
    pains = {("use", "app"): 5.0, ("use", "invoice"): 0.5}

    found = gaps(outside, sheets, pains)

    assert found[["touchpoint", "side"]].to_numpy().tolist() == [
        ["app", "proud"],  # a smaller gap than the invoice's, but it costs ten times as much
        ["invoice", "proud"],
        ["call", "right"],
        ["shop", "low"],
        ["delivery", "low"],
    ]


def test_who_expects_little_and_gets_less_is_not_proud():
    assert gaps(outside_of(call=10), sheets_of(call=3))["side"].tolist() == ["high"]


def test_without_pain_the_widest_gap_comes_first():
    found = gaps(outside_of(app=60, invoice=41), sheets_of(invoice=5, app=5))

    assert found["touchpoint"].tolist() == ["invoice", "app"]


@pytest.mark.parametrize("colleagues", [1, 4])
def test_nothing_of_fewer_than_five_colleagues_leaves(colleagues):
    row = gaps(outside_of(invoice=41), sheets_of(colleagues, invoice=5)).iloc[0]

    columns = ["colleagues", "inside", "inside_low", "inside_high", "gap", "low", "high", "p"]
    assert row[columns].isna().all()
    assert (row["shown"], row["side"], row["outside"]) == (False, None, 41.0)


def test_nothing_of_fewer_than_five_customers_leaves():
    outside = outside_of(invoice=41).assign(persons=4)

    row = gaps(outside, sheets_of(invoice=5)).iloc[0]

    assert row[["n", "outside", "outside_low", "outside_high", "gap", "low", "p"]].isna().all()
    assert (row["shown"], row["inside"]) == (False, 87.5)


def test_a_touchpoint_that_only_one_side_knows_is_there_without_a_gap():
    found = by_name(gaps(outside_of(invoice=41), sheets_of(app=5)))

    assert not found["shown"].any()
    assert found.loc["invoice", "outside"] == 41
    assert found.loc["app", "inside"] == 87.5


def test_all_gaps_of_the_page_are_tested_together():
    outside = outside_of(**{f"t{number}": 75 for number in range(20)}, invoice=41)
    points = {f"t{number}": 4 for number in range(20)} | {"invoice": 5}

    found = gaps(outside, sheets_of(**points))

    q = stats.false_discovery_control(found["p"].astype(float), method="bh")
    assert found["q"].tolist() == pytest.approx(q.tolist())


def test_what_is_no_point_of_five_is_left_out():
    points = {"use/invoice": 6, "use/app": 0, "use/shop": 3, "nowhere": 4, "a/b/c": 2}

    assert sheet_frame([("sales", points)]).to_numpy().tolist() == [
        [0, "sales", "use", "shop", 50.0]
    ]


def test_customers_score_as_on_every_other_page():
    facts = make_facts(
        [
            row
            for number in range(6)
            for row in make_response(number, ratings={"invoice": 1 + number % 5}, stage="use")
        ]
    )

    found = outside_scores(facts).iloc[0]

    assert (found["touchpoint"], found["persons"], found["mean"]) == ("invoice", 6, 125 / 3)


def test_no_sheets_and_no_customers_are_an_empty_table():
    assert gaps(outside_of(), sheet_frame([])).empty


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), max_size=12),
    st.lists(st.floats(0, 100), min_size=3, max_size=3),
)
def test_a_gap_lies_within_its_interval_and_is_shown_of_five_only(rows, scores):
    names = ["a", "b", "c"]
    outside = outside_of(**dict(zip(names, scores, strict=True)))
    places = [
        {f"use/{name}": point for name, point in zip(names, row, strict=True)} for row in rows
    ]

    found = gaps(outside, sheet_frame([(None, points) for points in places]))

    assert found["shown"].all() == (len(rows) >= 5)
    told = found[found["low"].notna()]
    assert ((told["low"] <= told["gap"]) & (told["gap"] <= told["high"])).all()


def test_a_team_is_as_far_off_as_its_colleagues_on_average():
    outside = outside_of(invoice=41, app=60)
    sheets = sheet_frame(
        [("sales", {"use/invoice": 5, "use/app": 1})] * 3
        + [("sales", {"use/invoice": 4})] * 3
        + [("service", {"use/invoice": 3})] * 6
    )

    found = team_gaps(outside, sheets).set_index("team")

    # three are (100 - 41 + 0 - 60) / 2 = -0.5 off, three 75 - 41 = 34
    assert found.loc["sales", "gap"] == pytest.approx((-0.5 + 34) / 2)
    assert found.loc["sales", "miss"] == pytest.approx((59.5 + 34) / 2)
    assert found.loc["service", "gap"] == 9
    assert found["shown"].all()
    inner, outer = np.var([-0.5] * 3 + [34] * 3, ddof=1) / 6, 4.0
    freedom = (inner + outer) ** 2 / (inner**2 / 5 + outer**2 / 89)
    wide = stats.t.ppf(0.975, freedom) * np.sqrt(inner + outer)
    assert found.loc["sales", "high"] - found.loc["sales", "gap"] == pytest.approx(wide)


def test_a_small_team_is_hidden_and_with_it_the_next_whose_sum_would_tell():
    points = {"use/invoice": 4}
    sheets = sheet_frame(
        [("sales", points)] * 9 + [("service", points)] * 6 + [("marketing", points)] * 2
    )

    found = team_gaps(outside_of(invoice=41), sheets).set_index("team")

    assert found["shown"].to_dict() == {"marketing": False, "sales": True, "service": False}
    assert found.loc["service", ["gap", "low", "high", "miss"]].isna().all()


def test_no_team_is_told_of_where_customers_are_too_few():
    assert team_gaps(outside_of(invoice=41).assign(persons=4), sheets_of(invoice=5)).empty

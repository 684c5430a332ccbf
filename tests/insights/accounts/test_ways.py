"""Scores counted three ways, against R's survey and against leaving out one account by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from insights.accounts.ways import account_ways, weighted_clusters
from insights.clusters import clustered_mean
from insights.weighting.means import weighted_mean
from tests.insights.reference import truth

NOBODY = pd.DataFrame(columns=["stage", "size", "clusters", "total", "squares"])
UNKNOWN = pd.Series(dtype=float)


def heard_of(values, accounts, stage="use"):
    """One person per answer."""
    return pd.DataFrame(
        {
            "stage": stage,
            "account": list(accounts),
            "respondent": range(len(values)),
            "n": 1,
            "total": np.asarray(values, dtype=float),
        }
    )


def way(found, name, stage="use"):
    return found[(found["way"] == name) & (found["stage"] == stage)].iloc[0]


def toy():
    survey = truth("toy_survey")
    return 25.0 * (survey["csat5"] - 1), survey["account"]


def test_each_account_equal_is_the_estimate_of_r_survey():
    values, accounts = toy()
    expected = truth("toy_survey_R_expected").query("var == 's100'").set_index("design")

    found = account_ways(heard_of(values, accounts), NOBODY, UNKNOWN)

    equal = expected.loc["account_equal_weight_cluster"]
    assert way(found, "accounts")["mean"] == pytest.approx(equal["est"], rel=1e-12)
    assert way(found, "answers")["mean"] == pytest.approx(
        expected.loc["cluster_account", "est"], rel=1e-12
    )
    # R's linearised error comes from the same pulls; leaving out an account inflates each a little.
    means = values.groupby(accounts).mean()
    drawn = len(means)
    assert np.sqrt(drawn / (drawn - 1) * (((means - means.mean()) / drawn) ** 2).sum()) == (
        pytest.approx(equal["se"], rel=1e-12)
    )
    low, high = (way(found, "accounts")[name] for name in ("low", "high"))
    error = (high - low) / 2 / stats.t.ppf(0.975, drawn - 1)
    assert error == pytest.approx(equal["se"] * np.sqrt(drawn / (drawn - 1)), rel=1e-12)


def without_one(values, accounts, weights):
    """The mean, and its error by leaving out one account at a time, of one weight per answer."""
    whole = np.average(values, weights=weights)
    rest = [
        np.average(values[accounts != one], weights=weights[accounts != one])
        for one in np.unique(accounts)
    ]
    return whole, rest


@pytest.mark.parametrize("name", ["answers", "accounts", "revenue"])
def test_the_interval_leaves_out_one_account_at_a_time(name):
    values, accounts = (series.to_numpy() for series in toy())
    revenues = pd.Series({one: 1.0 + i % 7 for i, one in enumerate(np.unique(accounts))})
    size = pd.Series(accounts).map(pd.Series(accounts).value_counts()).to_numpy()
    weights = {
        "answers": np.ones(len(values)),
        "accounts": 1 / size,
        "revenue": pd.Series(accounts).map(revenues).to_numpy() / size,
    }

    found = way(account_ways(heard_of(values, accounts), NOBODY, revenues), name)

    whole, rest = without_one(values, accounts, weights[name])
    error = np.sqrt(((np.array(rest) - whole) ** 2).sum())
    count = len(revenues)
    of_account = revenues.to_numpy()
    effective = of_account.sum() ** 2 / (of_account**2).sum() if name == "revenue" else count
    wide = stats.t.ppf(0.975, effective - 1) * error
    assert found["mean"] == pytest.approx(whole, rel=1e-12)
    assert (found["low"], found["high"]) == pytest.approx((whole - wide, whole + wide), rel=1e-9)


def test_the_distance_between_two_ways_leaves_an_account_out_of_both_at_once():
    values, accounts = (series.to_numpy() for series in toy())
    size = pd.Series(accounts).map(pd.Series(accounts).value_counts()).to_numpy()

    found = way(account_ways(heard_of(values, accounts), NOBODY, UNKNOWN), "accounts")

    plain, plain_rest = without_one(values, accounts, np.ones(len(values)))
    equal, equal_rest = without_one(values, accounts, 1 / size)
    moved = np.array(equal_rest) - np.array(plain_rest) - (equal - plain)
    error, freedom = np.sqrt((moved**2).sum()), len(plain_rest) - 1
    assert found["change"] == pytest.approx(equal - plain, rel=1e-9)
    wide = stats.t.ppf(0.975, freedom) * error
    assert found["change_high"] - found["change"] == pytest.approx(wide, rel=1e-9)
    p = 2 * stats.t.sf(abs(equal - plain) / error, freedom)
    assert found["p"] == pytest.approx(p, rel=1e-9)


def test_people_of_no_account_count_as_one_each_grouped_or_not():
    values, accounts = toy()
    few = pd.Series([50.0, 25.0, 100.0])
    alone = pd.DataFrame(
        {"stage": ["use"], "size": [1], "clusters": [3], "total": [175.0], "squares": [13125.0]}
    )
    apart = heard_of([*values, *few], [*accounts, "x", "y", "z"])

    grouped = account_ways(heard_of(values, accounts), alone, UNKNOWN)

    each = account_ways(apart, NOBODY, UNKNOWN)
    for name in ("answers", "accounts"):
        columns = ["mean", "low", "high"]
        assert way(grouped, name)[columns].tolist() == pytest.approx(
            way(each, name)[columns].tolist(), rel=1e-9
        )


def test_answer_by_answer_is_the_score_of_every_other_page():
    values, accounts = toy()
    sums = values.groupby(accounts).agg(["count", "sum"])

    found = way(account_ways(heard_of(values, accounts), NOBODY, UNKNOWN), "answers")

    known = clustered_mean(sums["count"], sums["sum"])
    assert found["mean"] == pytest.approx(known.mean, rel=1e-12)
    assert (found["low"], found["high"]) == pytest.approx(known.interval, rel=1e-9)


def test_large_accounts_that_are_unhappy_are_found_by_revenue():
    values = [25.0, 25, 25, 25] * 3 + [75.0, 100] * 15
    accounts = [f"large {i}" for i in range(12)] + [f"small {i}" for i in range(30)]
    revenues = pd.Series({one: 900.0 if "large" in one else 10.0 for one in accounts})

    found = way(account_ways(heard_of(values, accounts), NOBODY, revenues), "revenue")

    assert found["is_clear"]
    assert found["change"] < -30


@pytest.mark.parametrize(
    ("accounts", "revenues", "reason"),
    [
        ("aabbccdd", {}, "no_revenue"),
        ("aabbccdd", {"a": 1.0, "b": 1, "c": 1, "d": 1}, "too_few_accounts"),
        ("abcdefgh", {"a": 1.0, "b": 1}, "too_few_persons"),
        ("abcdefgh", {"a": 99.0, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}, "dominated"),
    ],
)
def test_what_would_tell_of_one_account_has_no_score_and_a_reason(accounts, revenues, reason):
    values = [0.0, 25, 50, 75, 100, 50, 25, 75]

    found = account_ways(heard_of(values, accounts), NOBODY, pd.Series(revenues, dtype=float))

    row = way(found, "revenue")
    assert row["reason"] == reason
    assert row[["mean", "low", "high", "change", "p"]].isna().all()


def test_of_four_accounts_only_the_known_score_is_said_and_that_it_has_no_interval():
    found = account_ways(heard_of([0.0, 25, 50, 75, 100, 50], "aabbcd"), NOBODY, UNKNOWN)

    plain, equal = way(found, "answers"), way(found, "accounts")
    assert (plain["mean"], plain["reason"]) == (50.0, "too_few_accounts")
    assert plain[["low", "high"]].isna().all()
    assert pd.isna(equal["mean"])  # together with the first it would tell what each account said
    assert equal["reason"] == "too_few_accounts"


def test_of_four_persons_nothing_is_said():
    found = account_ways(heard_of([0.0, 25, 50, 75], "abcd"), NOBODY, UNKNOWN)

    assert not found["shown"].any()
    assert found[["persons", "n", "accounts", "mean", "low", "high"]].isna().all(axis=None)


def test_answers_that_are_all_alike_have_a_score_but_no_interval():
    found = account_ways(heard_of([75.0] * 8, "abcdefgh"), NOBODY, UNKNOWN)

    for name in ("answers", "accounts"):
        assert (way(found, name)["mean"], way(found, name)["reason"]) == (75.0, "alike")
        assert pd.isna(way(found, name)["low"])
    assert found["is_clear"].sum() == 0


def test_nobody_is_an_empty_table():
    assert account_ways(heard_of([], []), NOBODY, UNKNOWN).empty


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 25, 50, 75, 100]), st.integers(0, 9)),
        min_size=5,
        max_size=60,
    ),
    st.lists(st.floats(0, 1e9), min_size=10, max_size=10),
)
def test_a_score_lies_between_the_answers_and_within_its_interval(answers, revenue):
    values, accounts = zip(*answers, strict=True)

    found = account_ways(heard_of(values, accounts), NOBODY, pd.Series(revenue))

    told = found[found["mean"].notna()]
    assert told["mean"].between(min(values) - 1e-6, max(values) + 1e-6).all()
    sure = told[told["low"].notna()]
    assert (sure["low"] <= sure["mean"] + 1e-6).all()
    assert (sure["high"] >= sure["mean"] - 1e-6).all()
    assert sure["low"].min() >= 0 if len(sure) else True


def test_weights_per_account_agree_with_weights_per_answer():
    values, accounts = toy()
    sums = values.groupby(accounts).agg(["count", "sum"])
    rows = pd.DataFrame({"size": sums["count"], "clusters": 1, "total": sums["sum"]})
    rows["squares"] = rows["total"] ** 2
    weights = np.linspace(1, 4, len(rows))

    found = weighted_clusters(rows, weights)

    per_answer = accounts.map(dict(zip(sums.index, weights / sums["count"], strict=True)))
    known = weighted_mean(values, per_answer, accounts)
    assert (found.mean, found.error) == pytest.approx((known.mean, known.error), rel=1e-12)

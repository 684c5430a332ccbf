"""Whatever comes in: a number that is sure enough, or a plain reason; never a crash, never NaN."""

import json
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.pain.content import pain_content
from insights.pain.guards import PRICES, Pace, Reason
from insights.pain.importance import with_importance
from insights.pain.pain import pain

SCORES = [0.0, 25.0, 50.0, 75.0, 100.0]
COLUMNS = st.sampled_from(
    ["random", "alike", "missing", "copy", "reverse", "yes_no", "one", "good"]
)
WEIGHTS = st.sampled_from(
    ["none", "one", "random", "huge", "tiny", "negative", "infinite", "null", "nothing"]
)
OVERALLS = st.sampled_from(["random", "alike", "missing", "first", "hair"])


def column(kind, random, n, others):
    """A column of ratings of some kind."""
    first = others[0] if others else random.choice(SCORES, n)
    made = {
        "random": lambda: np.where(random.random(n) < 0.3, np.nan, random.choice(SCORES, n)),
        "alike": lambda: np.full(n, random.choice(SCORES)),
        "missing": lambda: np.full(n, np.nan),
        "copy": first.copy,
        "reverse": lambda: 100 - first,
        "yes_no": lambda: random.choice([0.0, 100.0], n),
        "one": lambda: np.where(np.arange(n) == 0, 0.0, np.nan),
        "good": lambda: random.choice([75.0, 100.0], n),
    }
    return made[kind]()


def weights(kind, random, n):
    """Weights of some kind."""
    made = random.random(n) + 0.1
    changed = {"negative": -1.0, "infinite": np.inf, "null": np.nan}
    if kind in changed and n:
        made[random.integers(n)] = changed[kind]
    factors = {"huge": 1e308, "tiny": 1e-308, "nothing": 0.0}
    if kind == "one" and n:
        made[0] = 1e12
    return made * factors.get(kind, 1.0)


def overall(kind, random, n, ratings):
    """Overall answers of some kind."""
    made = {
        "random": random.choice(SCORES, n),
        "alike": np.full(n, 75.0),
        "missing": np.full(n, np.nan),
        "first": np.nan_to_num(ratings[0]) if ratings else np.zeros(n),
        "hair": 75.0 + 1e-13 * random.random(n),
    }
    return made[kind]


class Case(NamedTuple):
    """What is invented."""

    seed: int
    n: int
    accounts: int
    columns: list[str]
    weight: str
    y: str


def invent(case):
    """Answers, and their touchpoints."""
    seed, n, accounts, columns, weight, y = case
    random, ratings = np.random.default_rng(seed), []
    for kind in columns:
        ratings.append(column(kind, random, n, ratings))
    frame = pd.DataFrame(
        {f"t{place}": given for place, given in enumerate(ratings)}, index=range(n)
    )
    frame = frame.assign(
        y=overall(y, random, n, ratings), cluster=random.integers(accounts, size=n)
    )
    if weight != "none":
        frame["weight"] = weights(weight, random, n)
    return frame, [f"t{place}" for place in range(len(ratings))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Case,
        st.integers(0, 10_000),
        st.sampled_from([0, 1, 4, 5, 59, 60, 61, 90, 200]),
        st.sampled_from([1, 5, 9, 10, 50]),
        st.lists(COLUMNS, max_size=6),
        WEIGHTS,
        OVERALLS,
    )
)
def test_there_is_a_price_or_a_reason_for_every_touchpoint(case):
    frame, names = invent(case)
    found = pain(frame, names, bootstrap=40)
    content = with_importance(pain_content(found), frame)
    table = found.touchpoints

    json.dumps(content, allow_nan=False)
    assert set(table["touchpoint"]) == set(names)
    assert (table["reason"].isna() == table["pain"].notna()).all()
    priced = table[table["pain"].notna()]
    numbers = priced[[name for name in PRICES if name != "reward"]].to_numpy(dtype=float)
    assert np.isfinite(numbers).all()
    assert (numbers >= 0).all()
    assert (priced["pain_low"] <= priced["pain_high"]).all()
    if found.reason is None:
        assert len(priced)
        assert found.accounts >= 10
        assert priced["pain"].sum() == pytest.approx(found.total)
        assert 0 <= found.mean <= 100
    else:
        assert priced.empty
        assert np.isnan([found.total, found.painless, found.r2]).all()


def test_overall_answers_that_differ_by_a_hair_have_no_price():
    frame, names = invent(Case(1, 200, 50, ["random", "random"], "none", "hair"))

    assert pain(frame, names, bootstrap=20).reason is Reason.NO_VARIATION


def make_answers(n, n_low):
    random = np.random.default_rng(3)
    shop = np.where(np.arange(n) < n_low, 25.0, random.choice([75.0, 100.0], n))
    months = [f"2026-{1 + row % 4:02d}" for row in range(n)]
    other = random.choice(SCORES, n)
    y = 80 - 0.3 * np.maximum(75 - other, 0) + random.normal(0, 5, n)
    return pd.DataFrame({"shop": shop, "web": other, "y": y, "cluster": range(n), "month": months})


def test_what_is_missing_is_counted_and_expected_at_the_present_rate():
    few = pain(make_answers(40, 20), ["shop", "web"])
    row = pain(make_answers(200, 2), ["shop", "web"], bootstrap=20).touchpoints
    row = row.set_index("touchpoint").loc["shop"]

    # 40 answers in January to April, so 20 more take two months.
    assert (few.reason, few.needed, few.have, few.missing) == (Reason.TOO_FEW_ANSWERS, 60, 40, 20)
    assert few.expected_month == "2026-06"
    # 2 low ratings in four months, so 3 more take six.
    assert (row["reason"], row["needed"], row["have"], row["missing"]) == (
        Reason.TOO_FEW_LOW,
        5,
        2,
        3,
    )
    assert row["expected_month"] == "2026-10"


def test_months_in_which_nobody_answered_slow_the_rate_down():
    found = pain(make_answers(40, 20), ["shop", "web"], until="2026-08")

    assert found.expected_month == "2026-12"  # 5 a month, so 20 more take four months
    assert Pace.of(make_answers(40, 20), "2025-12") == Pace(4, "2026-04")


def test_nothing_is_expected_where_nothing_comes_in_or_months_are_not_known():
    none = pain(make_answers(200, 0), ["shop", "web"], bootstrap=20).touchpoints
    row = none.set_index("touchpoint").loc["shop"]
    unknown = pain(make_answers(40, 20).drop(columns="month"), ["shop", "web"])

    assert (row["have"], row["missing"], row["expected_month"]) == (0, 5, None)
    assert (unknown.missing, unknown.expected_month) == (20, None)


def test_how_many_of_less_than_five_persons_is_not_told():
    found = pain(make_answers(4, 4), ["shop", "web"])

    assert (found.needed, found.have, found.missing, found.expected_month) == (60, None, None, None)


def test_controls_are_held_constant():
    random = np.random.default_rng(6)
    size, shop = random.normal(0, 1, 400), random.choice(SCORES, 400)
    shop = np.where(size > 0.3, np.maximum(shop - 50, 0), shop)
    y = 80 - 0.2 * np.maximum(75 - shop, 0) - 10 * size + random.normal(0, 3, 400)
    answers = pd.DataFrame({"shop": shop, "y": y, "size": size, "cluster": range(400)})
    with_it = pain(answers, ["shop"], controls=["size"], bootstrap=20).touchpoints.iloc[0]
    without = pain(answers, ["shop"], bootstrap=20).touchpoints.iloc[0]

    assert with_it["impact"] == pytest.approx(0.2, abs=0.015)
    assert without["impact"] > 0.3


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_control_that_is_not_known_of_everybody_is_refused(bad):
    answers = make_answers(100, 20).assign(size=1.0)
    answers.loc[3, "size"] = bad
    with pytest.raises(ValueError, match="controls"):
        pain(answers, ["shop"], controls=["size"])


def test_a_control_that_repeats_a_touchpoint_leaves_it_without_a_price():
    answers = make_answers(200, 20)
    answers["again"] = np.maximum(75 - answers["shop"], 0)
    table = pain(answers, ["shop", "web"], controls=["again"], bootstrap=20).touchpoints

    assert table.set_index("touchpoint").loc["shop", "reason"] is Reason.COLLINEAR

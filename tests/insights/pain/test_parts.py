import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.pain.design import Extra, make_design, ratings_of, residuals
from insights.pain.pain import pain
from insights.pain.parts import journey_pain, pain_parts, stage_shares
from insights.weighting.groups import group_name
from insights.weighting.mix import Margin
from tests.insights.facts_factory import make_facts, make_response
from tests.insights.reference import TOUCHPOINTS, toy_answers

ANSWERS = toy_answers().assign(weight=np.random.default_rng(2).uniform(0.2, 3, 420))
FOUND = pain(ANSWERS, TOUCHPOINTS, bootstrap=20)


def test_mean_and_pains_are_the_fitted_score_if_nobody_had_fallen_short():
    ratings, y = ratings_of(ANSWERS, TOUCHPOINTS), ANSWERS["y"].to_numpy()
    design = make_design(y, ratings, 75.0, Extra(ANSWERS["weight"].to_numpy()))
    slopes = FOUND.touchpoints.set_index("touchpoint").loc[TOUCHPOINTS, "impact"].to_numpy(float)
    root = np.sqrt(design.weight)[:, None]
    without = (y + design.shortfalls @ slopes)[:, None]
    fitted = without - residuals(design.held * root, without * root) / root

    mean = np.average(fitted[:, 0], weights=design.weight)
    assert FOUND.mean + FOUND.touchpoints["pain"].sum() == pytest.approx(mean, abs=1e-9)
    assert FOUND.painless == pytest.approx(mean, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_what_the_parts_of_any_partition_lose_is_what_all_lose(seed, n_parts):
    names = np.array(["a", "b", "c", "d", "e", None], dtype=object)[-n_parts:]
    labels = names[np.random.default_rng(seed).integers(0, n_parts, 420)]
    parts = pain_parts(ANSWERS, TOUCHPOINTS, FOUND, labels)

    lost = parts.groupby("touchpoint")["lost"].sum().loc[TOUCHPOINTS]
    whole = FOUND.touchpoints.set_index("touchpoint").loc[TOUCHPOINTS, "pain"]
    assert lost.to_numpy() == pytest.approx(whole.to_numpy(dtype=float), abs=1e-9)
    assert parts.groupby("touchpoint")["n"].sum().tolist() == [420] * 5
    assert parts.groupby("touchpoint")["share"].sum().tolist() == pytest.approx([1] * 5)


def test_a_part_has_the_pain_of_its_own_answers_at_the_slopes_of_all():
    is_large = np.arange(420) % 3 == 0
    parts = pain_parts(ANSWERS, TOUCHPOINTS, FOUND, np.where(is_large, "large", "small"))
    here = ANSWERS[is_large]
    below = np.maximum(75 - here["tp2"], 0).fillna(0)
    impact = FOUND.touchpoints.set_index("touchpoint").loc["tp2", "impact"]

    row = parts[(parts["touchpoint"] == "tp2") & (parts["part"] == "large")].iloc[0]
    assert row["shortfall"] == pytest.approx(np.average(below, weights=here["weight"]))
    assert row["pain"] == pytest.approx(impact * row["shortfall"])
    assert row["share"] == pytest.approx(here["weight"].sum() / ANSWERS["weight"].sum())
    assert row["n"] == 140


def test_parts_of_weighted_answers_that_partly_may_not_be_told_add_up_too():
    mix = (Margin("segment", (("x", 0.7), ("y", 0.3))),)
    answers = toy_answers().assign(**{group_name(0): np.where(np.arange(420) % 2, "x", "y")})
    unknown = np.random.default_rng(4).random((420, 5)) < 0.1
    answers[TOUCHPOINTS] = answers[TOUCHPOINTS].mask(unknown)
    found = pain(answers, TOUCHPOINTS, bootstrap=20, unknown=unknown, mix=mix)
    parts = pain_parts(
        answers, TOUCHPOINTS, found, answers["cluster"].str[-1], unknown=unknown, mix=mix
    )

    assert parts["shown"].all()
    assert parts["lost"].sum() == pytest.approx(found.total, abs=1e-9)


def test_a_part_of_four_persons_is_hidden_and_so_is_the_one_that_would_give_it_away():
    labels = np.where(np.arange(420) < 4, "few", np.where(np.arange(420) < 100, "some", "most"))
    parts = pain_parts(ANSWERS, TOUCHPOINTS, FOUND, labels).set_index("part")

    assert parts.loc[["few", "some"], "shown"].eq(other=False).all()
    assert (
        parts.loc[["few", "some"], ["persons", "n", "share", "pain", "lost"]].isna().all(axis=None)
    )
    assert parts.loc["most", "shown"].all()


def test_without_a_price_there_are_no_parts_and_a_label_too_few_is_refused():
    few = ANSWERS.iloc[:50]
    assert pain_parts(few, TOUCHPOINTS, pain(few, TOUCHPOINTS), ["a"] * 50).empty
    with pytest.raises(ValueError, match="labels"):
        pain_parts(few, TOUCHPOINTS, FOUND, ["a"])


def test_stages_count_by_the_share_of_people_who_reach_them():
    facts = [fact for k in range(10) for fact in make_response(k, 4, {}, stage="buy")]
    facts += [fact for k in range(6) for fact in make_response(k, 4, {}, stage="use")]
    facts += [fact for k in range(4) for fact in make_response(k, 4, {}, stage="leave")]

    assert stage_shares(make_facts(facts)) == {"buy": 1.0, "use": 0.6}


def test_what_a_journey_loses_adds_up_over_stages_and_touchpoints():
    shares = {"buy": 1.0, "use": 0.25}
    lost = journey_pain({"buy": FOUND.touchpoints, "use": FOUND.touchpoints}, shares)

    assert lost["lost"].sum() == pytest.approx(1.25 * FOUND.total, abs=1e-9)
    assert lost["lost"].is_monotonic_decreasing
    assert (lost["lost"] == lost["share"] * lost["pain"]).all()
    assert (lost["lost_low"] <= lost["lost"]).all()
    assert journey_pain({}, {}).empty
    assert journey_pain({"buy": FOUND.touchpoints}, {}).empty
    with pytest.raises(ValueError, match="shares"):
        journey_pain({}, {"buy": 1.1})


def test_a_row_of_a_part_has_numbers_of_the_right_kind():
    parts = pain_parts(ANSWERS, TOUCHPOINTS, FOUND, ["a"] * 420)

    assert pd.api.types.is_integer_dtype(parts["n"])
    assert parts["touchpoint"].tolist() == FOUND.touchpoints["touchpoint"].tolist()

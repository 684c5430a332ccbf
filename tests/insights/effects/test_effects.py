"""Verdicts on improvements whose truth is known."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from insights.effects.controls import Plan, Rival
from insights.effects.effects import effect
from insights.months import months_before
from insights.trends.asked import Asked
from tests.insights.facts_factory import make_fact, make_facts

LAST = "2026-09"
MONTHS = [months_before(LAST, back) for back in range(23, -1, -1)]
START = date(2026, 2, 1)
PLAN = Plan("order", ("shop",), None, START, expected=10.0)
OTHERS = ("app", "call", "bill")


def story(worth=0.0, *, persons=12, before=None, **moves):
    """Ratings of four touchpoints by the same people; ``worth`` is added to the shop since START.

    Further names are touchpoints that move, too, by so many points of five since START.
    """
    random = np.random.default_rng(11)
    facts, number = [], 0
    for month in MONTHS:
        is_after = month >= f"{START:%Y-%m}"
        for _ in range(persons if is_after or before is None else before):
            number += 1
            mood = random.normal(0, 0.7)
            for touchpoint in ("shop", *OTHERS):
                level = (
                    2.6 + (worth if touchpoint == "shop" else moves.get(touchpoint, 0)) * is_after
                )
                rating = float(np.clip(round(level + mood + random.normal(0, 0.7)), 1, 5))
                facts.append(
                    make_fact(
                        number, metric="rating", touchpoint=touchpoint, value=rating, month=month
                    )
                )
    return facts


def found(facts, plan=PLAN, last=LAST):
    return effect(make_facts(facts), plan, last)


def said(facts, plan=PLAN, last=LAST):
    result = found(facts, plan, last)
    return result.verdict.value, result.reason.value if result.reason else None


@pytest.fixture(scope="module")
def helped():
    return found(story(1.0))


def test_a_large_improvement_is_said_to_have_helped(helped):
    assert (helped.verdict, helped.reason) == ("helped", None)
    low, high = helped.case.compared.interval
    assert low < 25 < high  # one point of five
    assert low > 15


def test_the_difference_is_that_of_the_plain_means(helped):
    frame = pd.DataFrame(story(1.0))
    inside = frame[frame["month"] >= months_before("2026-02", 12)]
    is_after = inside["month"] >= "2026-02"
    mean = inside.groupby([inside["touchpoint"] == "shop", is_after])["score"].mean()
    by_hand = (mean[True, True] - mean[True, False]) - (mean[False, True] - mean[False, False])

    assert helped.case.compared.change == pytest.approx(by_hand)
    assert helped.case.amount.n_before == 144
    assert helped.case.amount.n_after == 96


def test_the_months_see_the_same_step(helped):
    step = helped.case.step

    assert step.n_months == 24
    assert step.interval.low < helped.case.compared.change < step.interval.high
    assert not step.has_seasons


def test_nothing_is_said_to_have_had_no_effect_and_what_would_have_been_seen():
    result = found(story(0.0))

    assert (result.verdict, result.reason) == ("no_effect", None)
    assert 3 < result.case.compared.smallest < 15


def test_a_change_for_the_worse_is_said_to_have_hurt():
    assert said(story(-0.8)) == ("hurt", None)


def test_what_happened_to_every_touchpoint_is_no_effect():
    verdict, _ = said(story(1.0, app=1.0, call=1.0, bill=1.0))

    assert verdict == "no_effect"


def test_it_is_too_early_with_five_months_however_large_the_effect():
    result = found(story(1.5), last="2026-06")

    assert (result.verdict, result.reason) == ("too_early", "few_months")
    assert result.case.compared.interval.low > 20
    assert result.case.window.verdict_in == "2026-08"


def test_the_sixth_month_brings_the_verdict():
    assert said(story(1.0), last="2026-07") == ("helped", None)


def test_it_is_too_early_before_the_start_and_the_running_month_does_not_count():
    result = found(story(1.0), last="2026-01")

    assert (result.verdict, result.reason) == ("too_early", "not_started")
    assert result.case.amount.n_after == 0
    assert result.needed is None


def test_a_start_within_a_month_leaves_that_month_out():
    plan = Plan("order", ("shop",), None, date(2026, 2, 10), 10.0)
    window = found(story(1.0), plan).case.window

    assert (window.before.last, window.first_after, window.verdict_in) == (
        "2026-01",
        "2026-03",
        "2026-09",
    )


def test_few_answers_since_the_start_are_too_early_and_it_says_how_many_are_missing():
    result = found([*story(1.0, persons=3, before=12)])

    assert (result.verdict, result.reason) == ("too_early", "few_answers")
    assert result.case.amount.n_after == 24
    assert result.needed.ratings >= 6
    assert result.needed.per_month == 3


def test_few_answers_before_the_start_can_never_be_made_up_for():
    assert said(story(1.0, before=2)) == ("no_proof", "too_few_before")


def test_registered_late_is_never_a_proof():
    plan = Plan("order", ("shop",), None, START, 10.0, is_late=True)

    assert said(story(1.0), plan) == ("no_proof", "registered_late")


def test_another_improvement_of_the_same_touchpoint_leaves_no_proof():
    rivals = (Rival(("shop",), date(2026, 4, 1)),)
    plan = Plan("order", ("shop",), None, START, 10.0, rivals=rivals)

    assert said(story(1.0), plan) == ("no_proof", "overlaps")


def test_a_control_with_an_improvement_of_its_own_is_left_out():
    rivals = (Rival(("app",), date(2026, 4, 1)),)
    result = found(story(1.0), Plan("order", ("shop",), None, START, 10.0, rivals=rivals))

    assert {each.touchpoint: each.reason for each in result.controls} == {
        "bill": None,
        "call": None,
        "app": "own_improvement",
    }


def test_a_control_that_broke_by_itself_is_left_out_and_no_effect_comes_of_it():
    result = found(story(0.0, bill=-1.3))

    assert {each.touchpoint: each.reason for each in result.controls}["bill"] == "changed_itself"
    assert result.verdict == "no_effect"


def test_only_the_controls_that_were_chosen_are_compared_with():
    result = found(story(1.0), Plan("order", ("shop",), ("call", "bill"), START, 10.0))

    assert [each.touchpoint for each in result.controls] == ["bill", "call"]


def test_a_control_nobody_rates_is_left_out():
    result = found(story(1.0), Plan("order", ("shop",), ("call", "moon"), START, 10.0))

    assert [(each.touchpoint, each.reason) for each in result.controls] == [
        ("call", None),
        ("moon", "too_few"),
    ]


def test_without_untouched_touchpoints_there_is_no_proof():
    alone = [fact for fact in story(1.0) if fact["touchpoint"] == "shop"]

    assert said(alone) == ("no_proof", "no_controls")


def test_a_new_version_of_the_questionnaire_leaves_no_proof_and_its_month_is_named():
    changed = [fact | {"version": 2 if fact["month"] >= "2026-05" else 1} for fact in story(1.0)]
    result = found(changed)

    assert (result.verdict, result.reason) == ("no_proof", "questions_changed")
    assert result.breaks == ("2026-05",)


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("How was it?", ("helped", None)),
        ("How good was it?", ("no_proof", "questions_changed")),
    ],
)
def test_a_new_version_that_asks_the_same_does_no_harm(wording, expected):
    changed = [fact | {"version": 2 if fact["month"] >= "2026-05" else 1} for fact in story(1.0)]
    asked = {
        ("s1", version, "order", touchpoint): Asked(
            {"en": text}, touchpoints=frozenset({str(version)})
        )
        for version, text, beside in ((1, "How was it?", ["shop"]), (2, wording, ["moon"]))
        for touchpoint in ("shop", *OTHERS)
    }
    result = effect(make_facts(changed), PLAN, LAST, asked)

    assert (result.verdict, result.reason) == expected


def test_a_version_that_came_before_the_months_compared_does_no_harm():
    changed = [fact | {"version": 2 if fact["month"] >= "2025-01" else 1} for fact in story(1.0)]

    assert said(changed) == ("helped", None)


def test_a_touchpoint_that_was_rising_already_proves_nothing():
    rising = []
    for fact in story(0.0):
        at = MONTHS.index(fact["month"])
        score = fact["score"] + (2.0 * at if fact["touchpoint"] == "shop" else 0.0)
        rising.append(fact | {"score": score})

    assert said(rising) == ("no_proof", "not_parallel")


def test_answers_that_are_all_alike_prove_nothing():
    alike = [fact | {"score": 50.0} for fact in story(0.0)]

    assert said(alike) == ("no_proof", "no_variation")


def test_one_account_gives_no_interval():
    one = [fact | {"cluster": 1} for fact in story(1.0)]
    result = found(one)

    assert (result.verdict, result.reason) == ("no_proof", "too_few_before")
    assert not result.case.compared.is_sure


def test_months_of_fewer_than_five_persons_are_not_shown():
    result = found(story(1.0, persons=4))

    assert not result.scores["shown"].any()
    assert result.scores["score"].isna().all()
    assert result.case.step is None


def test_no_answers_at_all_are_said_so():
    assert said(story(1.0)[:0]) == ("no_proof", "too_few_before")


def test_other_stages_do_not_count(helped):
    elsewhere = [
        fact | {"stage": "use", "score": 0.0, "response": f"x{at}"}
        for at, fact in enumerate(story(0.0)[:500])
    ]
    result = found([*story(1.0), *elsewhere])

    assert result.case.compared[:3] == pytest.approx(helped.case.compared[:3])

from random import Random

import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from insights.flow.steps import steps
from insights.flow.survival import kaplan_meier, share_within
from insights.flow.walks import Leg
from tests.insights.walkers import LEGS, make_walks


def step(walked, stage, legs=LEGS):
    found = steps(walked, legs).set_index("stage").loc[stage]
    return found.where(found.notna(), None)


def prospects(n, **given):
    """Answers about deciding on day 0, one per prospect."""
    return [
        (f"w{i}", "decision", given.get("day", 0), "prospect", given.get("score", 50.0))
        for i in range(n)
    ]


def test_going_on_is_told_by_the_event_that_reaches_the_goal():
    walked = make_walks(prospects(40), [(f"w{i}", "customer", 10 * (i + 1)) for i in range(12)])
    row = step(walked, "decision")

    assert (row["told_by"], row["n"], row["within"]) == ("events", 40, 365)
    assert row["share"] == pytest.approx(12 / 40)
    assert row["days"] == 60
    assert row["low"] < 0.3 < row["high"]


def test_who_bought_before_we_asked_did_not_go_on_since():
    answers = [*prospects(20), *((f"old{i}", "decision", 0, "prospect", 90.0) for i in range(6))]
    looking_back = [(f"c{i}", "decision", 0, "customer", 90.0) for i in range(7)]
    events = [(f"old{i}", "customer", -30) for i in range(6)]
    events += [(f"w{i}", "customer", 20) for i in range(10)]

    row = step(make_walks([*answers, *looking_back], events), "decision")

    assert (row["n"], row["before"], row["share"]) == (20, 13, 0.5)


def test_a_state_entered_before_the_first_answer_brings_nobody_into_a_stage():
    # Known because they answered later, as customers: of course these had become customers.
    late = [(f"c{i}", "retention", 300, "customer", 80.0) for i in range(30)]
    events = [(f"c{i}", "lead", 0) for i in range(30)]
    events += [(f"c{i}", "customer", 50) for i in range(30)]

    assert step(make_walks(late, events), "decision")["reason"] == "too_few_persons"


def test_an_event_after_the_first_answer_brings_people_into_the_next_stage():
    answers = [(f"w{i}", "consideration", 0, "prospect", 70.0) for i in range(20)]
    events = [(f"w{i}", "lead", 10) for i in range(12)]
    events += [(f"w{i}", "customer", 40) for i in range(6)]
    walked = make_walks(answers, events)

    assert step(walked, "consideration")["share"] == pytest.approx(0.6)
    row = step(walked, "decision")
    assert (row["n"], row["share"], row["days"]) == (12, 0.5, 30)


def test_who_skips_a_state_has_passed_it():
    answers = [(f"w{i}", "consideration", 0, "prospect", 70.0) for i in range(20)]
    events = [("w0", "lead", 5), *((f"w{i}", "customer", 10) for i in range(1, 10))]

    assert step(make_walks(answers, events), "consideration")["share"] == pytest.approx(0.5)


def test_without_events_an_answer_about_a_later_stage_tells_it():
    answers = prospects(20) + [(f"w{i}", "retention", 100, "customer", 70.0) for i in range(5)]
    walked = make_walks(answers)
    row = step(walked, "decision")

    assert (row["told_by"], row["share"], row["days"]) == ("answers", 0.25, 100)
    assert step(walked, "advocacy")["reason"] == "nothing_further"


def test_those_under_way_are_not_lost_and_those_who_left_are():
    # Ten go on at day 100, ten leave at day 50, and twenty were only followed for 60 days.
    answers = prospects(20) + [(f"new{i}", "decision", 740, "prospect", 50.0) for i in range(20)]
    events = [(f"w{i}", "customer", 100) for i in range(10)]
    events += [(f"w{i}", "lost_deal", 50) for i in range(10, 20)]

    row = step(make_walks(answers, events, until=800), "decision")

    assert row["share"] == pytest.approx(0.5)  # not 10 of 40, and not 10 of 10
    assert (row["n"], row["went"], row["left"]) == (40, 10, 10)


def test_counts_that_would_tell_of_a_few_are_not_given():
    walked = make_walks(prospects(20), [(f"w{i}", "customer", 9) for i in range(3)])
    row = step(walked, "decision")

    assert (row["n"], row["went"], row["left"]) == (20, None, None)
    assert (row["days"], row["reason_of_days"]) == (None, "too_few_moves")


def test_a_customer_who_left_and_came_back_is_followed_anew():
    answers = [(f"c{i}", "retention", 100, "customer", 70.0) for i in range(20)]
    events = [(f"c{i}", "churn", 10) for i in range(20)]
    events += [(f"c{i}", "customer", 50) for i in range(15)]
    events += [(f"c{i}", "repeat_purchase", 150) for i in range(6)]

    row = step(make_walks(answers, events), "retention")

    assert (row["n"], row["before"], row["share"]) == (15, 5, 0.4)


def test_the_days_that_count_are_as_many_as_enough_were_followed_for():
    walked = make_walks(prospects(20), [("w0", "customer", 9)], until=120)
    assert step(walked, "decision")["within"] == 90

    walked = make_walks(prospects(20), [("w0", "customer", 9)], until=20)
    assert step(walked, "decision")["reason"] == "too_short"


def test_satisfaction_is_what_people_said_before_they_went_on():
    happy = [(f"h{i}", "decision", 0, "prospect", 80.0 + i % 3) for i in range(15)]
    sour = [(f"s{i}", "decision", 0, "prospect", 40.0 + i % 4) for i in range(15)]
    later = [(f"s{i}", "decision", 200, "prospect", 100.0) for i in range(15)]
    events = [(f"h{i}", "customer", 30) for i in range(15)]

    row = step(make_walks([*happy, *sour, *later], events), "decision")

    assert (row["n_on"], row["score_on"], row["n_off"]) == (15, 81.0, 15)
    assert row["change"] == pytest.approx(81 - sum(40 + i % 4 for i in range(15)) / 15)
    assert row["change_low"] < row["change"] < row["change_high"]
    assert row["p"] < 0.001


def test_satisfaction_leaves_out_those_who_could_not_be_followed_for_all_of_the_time():
    recent = [(f"r{i}", "decision", 700, "prospect", 100.0) for i in range(9)]
    answers = prospects(20, score=50.0) + recent
    events = [(f"w{i}", "customer", 30) for i in range(6)]
    events += [(f"r{i}", "customer", 710) for i in range(9)]

    row = step(make_walks(answers, events), "decision")

    assert (row["n_on"], row["score_on"]) == (6, 50.0)
    assert row["reason_of_change"] == "no_spread"


def test_satisfaction_of_fewer_than_five_is_shown_on_neither_side():
    walked = make_walks(prospects(20), [(f"w{i}", "customer", 9) for i in range(4)])
    row = step(walked, "decision")

    assert (row["score_on"], row["score_off"], row["change"]) == (None, None, None)
    assert row["reason_of_change"] == "too_few_persons"


def test_shares_and_days_are_those_of_a_count_by_hand():
    random = Random(3)
    answers, events, known = [], [], []
    for i in range(120):
        begin, wait = random.randint(0, 700), random.randint(1, 500)
        answers.append((f"w{i}", "decision", begin, "prospect", 50.0))
        goes = random.random() < 0.7
        if goes:
            events.append((f"w{i}", "customer", begin + wait))
        reached = goes and begin + wait <= 800
        known.append((wait if reached else 800 - begin, reached))
    walked = make_walks(answers, events)
    row = step(walked, "decision")

    stays = 1.0
    for moment in sorted({days for days, reached in known if reached and days <= 365}):
        at_risk = sum(days >= moment for days, _ in known)
        stays *= 1 - sum(days == moment and reached for days, reached in known) / at_risk
    assert row["share"] == pytest.approx(1 - stays)
    reference = SurvfuncRight(*(pd.Series(each, dtype=float) for each in zip(*known, strict=True)))
    before = reference.surv_times <= 365
    assert row["share"] == pytest.approx(1 - reference.surv_prob[before][-1])
    half = next(
        day
        for day, stay in zip(reference.surv_times, reference.surv_prob, strict=True)
        if 1 - stay >= row["share"] / 2
    )
    assert row["days"] == half
    curve = kaplan_meier(*zip(*known, strict=True))
    assert (row["low"], row["high"]) == share_within(curve, 365).interval


@pytest.mark.parametrize("legs", [LEGS, [Leg("own")], [Leg("a"), Leg("b")]])
def test_nobody_or_one_person_gives_reasons_and_no_number(legs):
    for answers in ([], [("w", "a", 0, "prospect", 10.0)]):
        found = steps(make_walks(answers, [("w", "customer", 4)]), legs)
        assert not found["shown"].any()
        assert found["reason"].notna().all()
        assert found["share"].isna().all()

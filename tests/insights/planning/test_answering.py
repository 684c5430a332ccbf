from datetime import UTC, datetime

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from insights.comparing.differences import difference, paired_sums
from insights.planning.answering import alike, early_and_late, skipped
from tests.insights.facts_factory import make_fact, make_facts, make_response


def test_questions_that_were_passed_over_are_counted_among_those_asked():
    states = ["answered"] * 12 + ["skipped"] * 3 + ["met_unrated"] + ["not_applicable"] * 4
    facts = [make_fact(number, metric="rating", state=s) for number, s in enumerate(states)]
    facts += [make_fact(number, metric="rating", state="not_met") for number in range(20)]
    facts += [
        make_fact(number, metric="sentiment", value=0, state="skipped") for number in range(9)
    ]
    found = skipped(make_facts(facts)).iloc[0]

    assert (found["n"], found["share"]) == (20, 0.2)
    low, high = proportion_confint(4, 20, method="wilson")
    assert (found["low"], found["high"]) == (pytest.approx(low), pytest.approx(high))


def test_only_who_rated_four_touchpoints_can_have_rated_all_alike():
    same, other = dict.fromkeys("abcd", 4), {"a": 1, "b": 4, "c": 4, "d": 4}
    facts = [fact for n in range(6) for fact in make_response(n, 4, same)]
    facts += [fact for n in range(6, 8) for fact in make_response(n, 4, other)]
    facts += [fact for n in range(8, 20) for fact in make_response(n, 4, {"a": 4, "b": 4})]
    found = alike(make_facts(facts)).iloc[0]

    assert (found["persons"], found["n"], found["share"]) == (8, 8, 0.75)


@pytest.mark.parametrize("count", [skipped, alike])
def test_fewer_than_five_persons_are_told_nothing_of(count):
    facts = [fact for n in range(4) for fact in make_response(n, 4, dict.fromkeys("abcd", 4))]
    found = count(make_facts(facts))

    assert not found["shown"].any()
    assert found["share"].isna().all()


@pytest.mark.parametrize("count", [skipped, alike, early_and_late])
def test_no_facts_give_no_rows(count):
    assert count(make_facts([])).empty


def of_day(number, day, **given):
    at = datetime(2026, 10, day, 12, tzinfo=UTC)
    return make_fact(number, answered_at=at, **given)


def test_the_late_half_of_a_month_is_compared_with_the_early_half():
    values = [5, 4, 5, 3, 4, 5, 2, 3, 1, 2, 3, 4]
    facts = [of_day(number, 1 + number, value=value) for number, value in enumerate(values)]
    found = early_and_late(make_facts(facts)).iloc[0]

    scores = 25.0 * (np.array(values) - 1)
    one, none = np.ones(6), np.zeros(6)
    sums = paired_sums(
        np.r_[one, none], np.r_[scores[:6], none], np.r_[none, one], np.r_[none, scores[6:]]
    )
    expected = difference(sums)
    assert (found["n_before"], found["n_after"]) == (6, 6)
    assert found["change"] == pytest.approx(scores[6:].mean() - scores[:6].mean())
    assert (found["low"], found["high"]) == pytest.approx(tuple(expected.interval))


def test_a_month_with_fewer_than_five_persons_on_a_side_does_not_count():
    facts = [of_day(number, 1 + number, value=3) for number in range(9)]

    assert early_and_late(make_facts(facts)).empty


def test_answers_of_one_moment_stay_on_one_side():
    facts = [of_day(number, 1 if number < 15 else 20, value=3) for number in range(20)]
    found = early_and_late(make_facts(facts)).iloc[0]

    assert (found["n_before"], found["n_after"]) == (15, 5)

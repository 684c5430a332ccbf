import pandas as pd
import pytest

from insights.planning.silent_scores import covered, silent_scores
from tests.insights.facts_factory import make_fact, make_facts

KEYS = {"stage": "order", "audience": "customer"}


def asked(**given):
    row = {"survey": "s1", "month": "2026-10", "started": 20, "eligible": 100} | KEYS
    return pd.DataFrame([row | given])


def answers(n=20, **given):
    return [make_fact(number, value=1 + number % 5, **given) for number in range(n)]


def test_the_bounds_of_a_stage_follow_from_its_score_and_who_was_asked():
    found = silent_scores(make_facts(answers()), asked()).iloc[0]

    assert (found["n"], found["score"], found["silent"], found["share"]) == (20, 50, 80, 0.8)
    assert (found["lowest"], found["highest"]) == pytest.approx((10, 90))
    assert found["apart"] == 6.25
    assert (found["below"], found["above"]) == (43.75, 56.25)


def test_answers_of_months_without_a_mailing_do_not_count():
    facts = answers() + [make_fact(100 + n, value=5, month="2026-09") for n in range(20)]

    assert silent_scores(make_facts(facts), asked()).iloc[0]["score"] == 50


def test_a_month_that_may_not_be_told_is_left_out_with_its_silent_ones():
    later = asked(month="2026-11", started=3, eligible=500)
    found = silent_scores(make_facts(answers()), pd.concat([asked(), later])).iloc[0]

    assert found["eligible"] == 100


def test_a_mailing_that_nobody_answered_counts_as_silent():
    later = asked(month="2026-11", started=0, eligible=100)
    found = silent_scores(make_facts(answers()), pd.concat([asked(), later])).iloc[0]

    assert (found["eligible"], found["silent"]) == (200, 180)


def test_more_answers_than_were_asked_give_a_reason():
    found = silent_scores(make_facts(answers()), asked(eligible=15)).iloc[0]

    assert found["reason"] == "more_answers_than_invited"
    assert pd.isna(found["lowest"])


@pytest.mark.parametrize("facts", [answers(4), []])
def test_fewer_than_five_persons_are_told_nothing_of(facts):
    found = silent_scores(make_facts(facts), asked(started=len(facts)))

    assert not found["shown"].any()
    assert found["score"].isna().all()


def test_nothing_asked_gives_no_rows():
    assert silent_scores(make_facts(answers()), asked().iloc[:0]).empty


def test_a_month_with_another_survey_of_unknown_invitations_is_not_covered():
    counts = pd.DataFrame(
        [
            {"survey": survey, "month": month, "started": 20} | KEYS
            for survey, month in [("a", "2026-09"), ("b", "2026-09"), ("a", "2026-10")]
        ]
    )
    told = pd.DataFrame(
        [
            {"survey": "a", "month": month, "invited": 100, "ineligible": 5} | KEYS
            for month in ("2026-09", "2026-10")
        ]
    )
    found = covered(counts, told)

    assert found[["survey", "month", "eligible"]].to_dict("records") == [
        {"survey": "a", "month": "2026-10", "eligible": 95}
    ]

from datetime import UTC, datetime, timedelta

import pytest

from insights.flow.walks import Leg, walks
from tests.insights.facts_factory import make_fact, make_facts, make_response

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)


def happened(walked):
    return walked.events[["walker", "kind"]].values.tolist()


def test_who_has_an_account_walks_with_it_and_others_alone():
    facts = make_facts(
        [
            *make_response(1, person="ann", account="acme"),
            *make_response(2, person="bob", account="acme"),
            *make_response(3, person="cas"),
            *make_response(4),
        ]
    )

    walked = walks(facts, [], {}, {})

    assert sorted(set(walked.answers["walker"])) == ["account acme", "person cas"]
    assert walked.n_untraced == 1
    assert not walked.has_events


def test_what_a_person_did_goes_with_the_account_that_the_crm_or_an_answer_names():
    facts = make_facts(
        [*make_response(1, person="ann", account="acme"), *make_response(2, account="bolt")]
    )
    events = [
        ("ann", None, "lead", NOON),
        ("dee", None, "customer", NOON),
        ("eve", None, "customer", NOON),
        (None, "bolt", "churn", NOON + timedelta(days=9)),
    ]

    walked = walks(facts, events, {"dee": "bolt"}, {})

    assert happened(walked) == [
        ["account acme", "lead"],
        ["account bolt", "customer"],
        ["account bolt", "churn"],
    ]
    assert walked.known_until == NOON + timedelta(days=9)


def test_names_kept_by_one_survey_and_codes_of_another_are_one_person():
    facts = make_facts([*make_response(1, person="ann"), *make_response(2, person="code-of-ann")])
    events = [("code-of-ann", None, "lead", NOON)]

    walked = walks(facts, events, {}, {"ann": "code-of-ann"})

    assert set(walked.answers["walker"]) == {"person code-of-ann"}
    assert happened(walked) == [["person code-of-ann", "lead"]]


def test_a_touchpoint_named_in_a_comment_is_no_answer_about_its_stage():
    mention = make_fact(1, metric="mention", value=-1, stage="use", person="ann", is_overall=False)
    facts = make_facts([*make_response(1, person="ann"), mention])

    assert walks(facts, [], {}, {}).answers["stage"].tolist() == ["order"]


def test_only_the_first_rating_by_a_customer_counts():
    early = {"person": "ann", "answered_at": NOON - timedelta(days=40)}
    facts = make_facts(
        [
            *make_response(1, None, {"shop": 5}, **early, audience="prospect"),
            *make_response(2, None, {"shop": 2}, person="ann", answered_at=NOON),
            *make_response(3, None, {"shop": 4}, person="ann", answered_at=NOON + timedelta(1)),
        ]
    )

    ratings = walks(facts, [], {}, {}).ratings

    assert ratings[["touchpoint", "score"]].values.tolist() == [["shop", 25.0]]


@pytest.mark.parametrize(
    ("leg", "told_by", "goals"),
    [
        (Leg("awareness", "stranger", "known_visitor"), {"known_visitor"}, 8),
        (Leg("decision", "lead", "customer"), {"customer"}, 6),
        (Leg("advocacy", "customer", "ambassador"), {"ambassador", "referral"}, 2),
        (Leg("up_selling", "customer", "customer"), {"up_sale"}, 1),
        (Leg("support", "customer", "customer"), set(), 0),
        (Leg("own"), set(), 0),
    ],
)
def test_a_stage_knows_which_events_tell_that_its_goal_is_reached(leg, told_by, goals):
    assert leg.tellers == told_by
    assert len(leg.goals) == goals
    assert leg.tellers <= leg.goals


def test_no_answers_at_all_give_empty_frames():
    walked = walks(make_facts([]), [("ann", None, "lead", NOON)], {}, {})

    assert (len(walked.answers), len(walked.ratings), len(walked.events)) == (0, 0, 0)
    assert walked.has_events

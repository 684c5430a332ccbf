from hypothesis import given
from hypothesis import strategies as st

from questionnaires.logic import (
    NONE_MET,
    asked_items,
    ordered_options,
    ordered_questions,
    shown_questions,
)
from questionnaires.ready import ready_questionnaire
from questionnaires.template import template
from questionnaires.value import NOT_APPLICABLE, Condition, Option, Page, Question, Questionnaire
from vocabulary import Audience, Kind, Market, State

STAGE = template("cycle", Market.B2B).stage("retention")
ASKED = ready_questionnaire(STAGE, STAGE.touchpoints, Audience.CUSTOMER, Market.B2B, ("nl", "en"))
RATINGS = ASKED.pages[2]
TOUCHPOINTS = [touchpoint.key for touchpoint in STAGE.touchpoints]


def states(answers, n_pages=5, *, is_finished=True, asked=ASKED):
    items = asked_items(asked, answers, n_pages, is_finished=is_finished)
    return {question.key: state for question, state in items}


def test_only_ratings_of_touchpoints_that_were_met_are_shown():
    shown = shown_questions(RATINGS, {"met": ["invoice", "handover"]}, "seed")
    assert {question.key for question in shown} == {"rate_invoice", "rate_handover"}


def test_a_page_without_any_question_to_show_is_empty():
    assert shown_questions(RATINGS, {"met": [NONE_MET]}, "seed") == []


@given(st.text(max_size=20))
def test_the_order_is_the_same_on_every_visit_and_loses_nothing(seed):
    order = ordered_questions(RATINGS, seed)
    assert order == ordered_questions(RATINGS, seed)
    assert sorted(question.key for question in order) == sorted(f"rate_{k}" for k in TOUCHPOINTS)


def test_respondents_get_different_orders():
    orders = {tuple(q.key for q in ordered_questions(RATINGS, str(n))) for n in range(50)}
    assert len(orders) > 40


@given(st.sets(st.sampled_from(TOUCHPOINTS)))
def test_meeting_more_touchpoints_never_moves_the_others(met):
    everything = ordered_questions(RATINGS, "seed")
    shown = shown_questions(RATINGS, {"met": list(met)}, "seed")
    assert shown == [question for question in everything if question.touchpoint in met]


def test_options_are_shuffled_but_none_of_these_stays_last():
    met = ASKED.question("met").model_copy(update={"is_random_order": True})
    orders = {tuple(o.key for o in ordered_options(met, str(n))) for n in range(20)}
    assert len(orders) > 1
    assert {order[-1] for order in orders} == {NONE_MET}


def test_each_rating_says_what_became_of_it():
    found = states(
        {
            "overall": 4,
            "met": ["invoice", "handover", "onboarding"],
            "rate_invoice": 2,
            "rate_handover": NOT_APPLICABLE,
            "rate_listening": 5,
        }
    )
    assert found["overall"] is State.ANSWERED
    assert found["rate_invoice"] is State.ANSWERED
    assert found["rate_handover"] is State.NOT_APPLICABLE
    assert found["rate_onboarding"] is State.MET_UNRATED
    assert found["rate_expectations"] is State.NOT_MET
    assert found["rate_listening"] is State.ANSWERED  # rated without being ticked
    assert found["comment"] is found["nps"] is State.SKIPPED


def test_who_met_none_did_not_meet_each():
    found = states({"overall": 4, "met": [NONE_MET]})
    assert {found[f"rate_{key}"] for key in TOUCHPOINTS} == {State.NOT_MET}


def test_an_empty_list_of_met_touchpoints_is_an_answer_too():
    found = states({"met": []})
    assert found["met"] is State.ANSWERED
    assert found["rate_invoice"] is State.NOT_MET


def test_a_rating_that_does_not_apply_was_not_met_where_no_other_question_asks():
    text = {"en": "?"}
    rating = Question(key="rate", kind=Kind.RATING, text=text, touchpoint="invoice")
    asked = Questionnaire(
        languages=("en",), title=text, pages=(Page(key="only", questions=(rating,)),)
    )
    assert states({"rate": NOT_APPLICABLE}, asked=asked) == {"rate": State.NOT_MET}
    assert states({}, asked=asked) == {"rate": State.SKIPPED}


def test_who_passed_over_what_was_met_left_the_ratings_unknown():
    found = states({"overall": 4})
    assert found["met"] is found["rate_invoice"] is State.SKIPPED


def test_pages_that_were_not_reached_were_not_asked():
    assert states({"overall": 4}, 1, is_finished=False) == {"overall": State.ANSWERED}
    assert states({"overall": 4, "met": ["invoice"]}, 2, is_finished=False) == {
        "overall": State.ANSWERED,
        "met": State.ANSWERED,
    }


def test_a_question_whose_condition_does_not_hold_was_not_asked():
    text = {"en": "?"}
    overall = Question(key="overall", kind=Kind.SATISFACTION, text=text)
    why = Question(
        key="why", kind=Kind.COMMENT, text=text, show_if=Condition(question="overall", below=3)
    )
    choice = Question(
        key="choice", kind=Kind.MULTIPLE, text=text, options=(Option(key="a", text=text),)
    )
    asked = Questionnaire(
        languages=("en",), title=text, pages=(Page(key="only", questions=(overall, why, choice)),)
    )
    assert "why" not in states({"overall": 4, "why": "old words"}, asked=asked)
    assert states({"overall": 1, "choice": []}, asked=asked) == {
        "overall": State.ANSWERED,
        "why": State.SKIPPED,
        "choice": State.SKIPPED,
    }


@given(st.dictionaries(st.sampled_from([q.key for q in ASKED.questions()]), st.integers(1, 5)))
def test_a_finished_response_accounts_for_every_question_once(answers):
    answers = {key: point for key, point in answers.items() if key != "met"}
    items = asked_items(ASKED, answers, 0, is_finished=True)
    assert [question.key for question, _ in items] == [q.key for q in ASKED.questions()]

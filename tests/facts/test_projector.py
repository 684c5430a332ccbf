"""What became of each question, and what it is worth."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from facts.projector import METRICS, Answered, key_number, project
from facts.schema import NAMES, arrow_schema
from questionnaires.value import NOT_APPLICABLE, Condition, Option, Page, Question, Questionnaire
from tests.facts.survey import ANSWERS, QUESTIONNAIRE
from vocabulary import Kind

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def make_answered(**given):
    values = {
        "response": "r1",
        "person": None,
        "account": None,
        "answered_at": datetime(2026, 10, 15, 12, tzinfo=UTC),
        "journey": "j",
        "survey": "s",
        "version": 1,
        "audience": "customer",
        "market": "b2c",
        "channel": None,
        "language": "nl",
        "attributes": {},
        "weight": 1.0,
        "source": "web",
        "questionnaire": QUESTIONNAIRE,
        "n_pages": 3,
        "is_finished": True,
        "answers": ANSWERS,
        "polarities": {},
    }
    return Answered(**values | given)


def facts_of(**given):
    return project([make_answered(**given)], AMSTERDAM).to_pylist()


def item(question, **given):
    (found,) = [fact for fact in facts_of(**given) if fact["question"] == question]
    return found["state"], found["value"], found["score"]


def test_the_facts_have_exactly_the_columns_of_the_schema():
    table = project([make_answered(), make_answered(response="r2")], AMSTERDAM)

    assert table.schema.equals(arrow_schema())
    assert tuple(table.schema.names) == NAMES
    assert table.num_rows == 14


def test_no_responses_make_no_facts_of_the_same_columns():
    assert project([], AMSTERDAM).equals(arrow_schema().empty_table())


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"met": ["shop"], "rate_shop": 3}, ("answered", 3.0, 50.0)),
        ({"met": ["shop"]}, ("met_unrated", None, None)),
        ({"met": ["site"]}, ("not_met", None, None)),
        ({"met": []}, ("not_met", None, None)),
        ({"met": ["shop"], "rate_shop": NOT_APPLICABLE}, ("not_applicable", None, None)),
        ({}, ("skipped", None, None)),
    ],
)
def test_a_rating_says_whether_it_was_met_rated_or_passed_over(answers, expected):
    assert item("rate_shop", answers=answers) == expected


def test_pages_that_were_not_reached_were_not_asked():
    facts = facts_of(n_pages=1, is_finished=False, answers={"overall": 3})

    assert [(fact["question"], fact["partial"]) for fact in facts] == [("overall", True)]


def test_a_comment_that_nobody_could_read_is_answered_without_a_score():
    assert item("why", polarities={"why": None}) == ("answered", None, None)
    assert item("why", polarities={"why": -0.5}) == ("answered", -0.5, 25.0)


def test_choices_are_answered_without_value_and_score():
    assert item("size") == item("met") == ("answered", None, None)


def test_a_point_off_its_scale_is_kept_without_a_score():
    assert item("overall", answers={"overall": 9}) == ("answered", 9.0, None)


def test_the_month_ends_where_the_organisation_is():
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)

    (fact, *_) = facts_of(answered_at=late)

    assert (fact["month"], fact["answered_at"]) == ("2026-11", late)


def test_persons_and_accounts_are_numbers_that_stay_the_same():
    (named, *_) = facts_of(person="p", account="a")
    (same_person, *_) = facts_of(response="r2", person="p")
    (nobody, *_) = facts_of()

    assert named["respondent"] == same_person["respondent"] == key_number("person", "p")
    assert named["cluster"] == key_number("account", "a")
    assert same_person["cluster"] == same_person["respondent"]
    assert nobody["respondent"] == nobody["cluster"] == key_number("response", "r1")
    assert key_number("person", "p") == 664_738_206_391_696_624


def test_what_an_import_says_is_taken_over():
    (fact, *_) = facts_of(source="survey 2013", weight=1.7, attributes={"region": "north"})

    assert (fact["source"], fact["weight"]) == ("survey 2013", 1.7)
    assert fact["attributes"] == [("region", "north")]


def test_every_kind_of_question_measures_something():
    assert set(METRICS) == set(Kind)


def test_facts_hold_no_words_that_people_wrote():
    table = project([make_answered(answers=ANSWERS | {"why": "canary"})], AMSTERDAM)

    assert "canary" not in str(table.to_pylist())
    assert isinstance(table, pa.Table)


def on_scale(answer, **given):
    asked = Question(key="q", text={"nl": "?"}, **given)
    pages = (Page(key="p", questions=(asked,)),)
    made = Questionnaire(languages=("nl",), title={"nl": "A"}, pages=pages)
    (fact,) = facts_of(questionnaire=made, n_pages=1, answers={"q": answer})
    return fact["metric"], fact["value"], fact["score"]


@pytest.mark.parametrize(
    ("given", "answer", "metric", "score"),
    [
        ({"kind": Kind.SATISFACTION, "low": 1, "high": 7}, 6, "satisfaction", 83.3333),
        ({"kind": Kind.SATISFACTION, "low": 0, "high": 10}, 7, "satisfaction", 70),
        ({"kind": Kind.STARS, "high": 10}, 4, "stars", 33.3333),
        ({"kind": Kind.SMILEYS, "high": 3}, 2, "smileys", 50),
        ({"kind": Kind.SMILEYS}, 5, "smileys", 100),
        ({"kind": Kind.YES_NO}, 1, "yes_no", 100),
        ({"kind": Kind.YES_NO}, 0, "yes_no", 0),
        ({"kind": Kind.YES_NO, "is_reversed": True}, 1, "yes_no", 0),
        ({"kind": Kind.YES_NO, "is_reversed": True}, 0, "yes_no", 100),
        ({"kind": Kind.EFFORT, "high": 5}, 4, "effort", 75),
        ({"kind": Kind.AGREEMENT, "high": 2}, 2, "agreement", 100),
        ({"kind": Kind.SMILEYS, "touchpoint": "shop", "high": 3}, 3, "rating", 100),
        ({"kind": Kind.STARS, "touchpoint": "shop"}, 2, "rating", 25),
        ({"kind": Kind.RATING, "touchpoint": "shop", "high": 9}, 3, "rating", 25),
    ],
)
def test_every_kind_and_length_has_its_score(given, answer, metric, score):
    found = on_scale(answer, **given)

    assert found[:2] == (metric, answer)
    assert found[2] == pytest.approx(score, abs=1e-4)


def test_stars_for_a_touchpoint_that_was_not_met_are_not_met():
    met = Question(
        key="met", kind=Kind.MET, text={"nl": "?"}, options=(Option(key="shop", text={"nl": "A"}),)
    )
    stars = Question(
        key="q",
        kind=Kind.STARS,
        text={"nl": "?"},
        touchpoint="shop",
        show_if=Condition(question="met", includes="shop"),
    )
    pages = (Page(key="p", questions=(met, stars)),)
    made = Questionnaire(languages=("nl",), title={"nl": "A"}, pages=pages)

    found = {
        fact["question"]: fact["state"]
        for fact in facts_of(questionnaire=made, n_pages=1, answers={"met": []})
    }
    assert found["q"] == "not_met"

"""How a question may be answered otherwise, and what stays."""

import pytest

from questionnaires.shape import Shape, shape_of, shapes_for, with_shapes
from questionnaires.value import Condition, Question, Questionnaire
from tests.questions import FOUR_PAGES, NPS, OVERALL, RATINGS, WHY, question, texts
from vocabulary import Kind

CONTENT = question("content", Kind.AGREEMENT)


def offered(asked, questionnaire=FOUR_PAGES):
    return {(shape.kind, shape.points) for shape in shapes_for(questionnaire, asked)}


def test_an_overall_question_may_be_numbers_stars_faces_or_yes_and_no():
    found = offered(OVERALL)

    assert {points for kind, points in found if kind == "satisfaction"} == set(range(2, 12))
    assert {points for kind, points in found if kind == "stars"} == set(range(2, 12))
    assert {points for kind, points in found if kind == "smileys"} == {3, 4, 5}
    assert {points for kind, points in found if kind == "yes_no"} == {2}


def test_the_rating_of_a_touchpoint_stays_a_rating_whatever_its_shape():
    for shape in shapes_for(FOUR_PAGES, RATINGS[0]):
        changed = with_shapes(FOUR_PAGES, {RATINGS[0].key: shape}).question(RATINGS[0].key)
        assert changed.rates_touchpoint
        assert shape_of(changed) == shape


def test_a_recommendation_is_always_asked_from_0_to_10_and_words_have_no_shape():
    assert shapes_for(FOUR_PAGES, NPS) == shapes_for(FOUR_PAGES, WHY) == []
    assert with_shapes(FOUR_PAGES, {"nps": Shape(Kind.NPS, 5)}) == FOUR_PAGES


def test_a_question_on_whose_points_another_depends_keeps_its_scale():
    why = question("why_content", Kind.COMMENT, show_if=Condition(question="content", below=3))
    page = FOUR_PAGES.pages[0].model_copy(update={"questions": (CONTENT, why)})

    assert shapes_for(FOUR_PAGES.model_copy(update={"pages": (page,)}), CONTENT) == []


@pytest.mark.parametrize(
    ("shape", "ends"),
    [
        (Shape(Kind.SATISFACTION, 7), (1, 7)),
        (Shape(Kind.STARS, 10), (1, 10)),
        (Shape(Kind.SATISFACTION, 11), (0, 10)),
        (Shape(Kind.SMILEYS, 3), (1, 3)),
        (Shape(Kind.YES_NO, 2), (0, 1)),
        (Shape(Kind.YES_NO, 2, is_reversed=True), (1, 0)),
    ],
)
def test_another_shape_has_the_ends_that_go_with_it_and_the_same_words(shape, ends):
    changed = with_shapes(FOUR_PAGES, {"overall": shape})

    assert changed.question("overall").worst_and_best == ends
    assert changed.question("overall").text == OVERALL.text
    assert changed.missing_texts() == []


def test_there_and_back_again_is_the_same_questionnaire():
    changed = with_shapes(FOUR_PAGES, {"overall": Shape(Kind.SMILEYS, 4)})

    assert changed != FOUR_PAGES
    assert with_shapes(changed, {"overall": shape_of(OVERALL)}) == FOUR_PAGES


def test_a_longer_scale_from_an_import_can_be_kept():
    long = OVERALL.model_copy(update={"low": 0, "high": 100})

    assert shapes_for(FOUR_PAGES, long)[0] == Shape(Kind.SATISFACTION, 101)


@pytest.mark.parametrize(("kind", "high"), [(Kind.SMILEYS, 7), (Kind.YES_NO, 5)])
def test_more_faces_than_there_are_words_are_refused(kind, high):
    asked = Question(key="a", kind=kind, text=texts("?"), high=high)
    page = FOUR_PAGES.pages[0].model_copy(update={"questions": (asked,)})

    with pytest.raises(ValueError, match="points than there are words"):
        Questionnaire(languages=("en",), title=texts("A"), pages=(page,))

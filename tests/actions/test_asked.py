"""What versions asked, as trends compare it."""

from actions.asked import asked_in
from insights.trends.asked import Change, what_changed
from questionnaires.shape import Shape, with_shapes
from questionnaires.texts import with_texts
from tests.factories import make_journey, make_survey, make_version
from tests.questions import FOUR_PAGES
from vocabulary import Kind


def changes(journey, survey, *place):
    asked = asked_in(journey)
    return what_changed(asked[survey.key, 1, *place], asked[survey.key, 2, *place])


def test_overall_questions_and_ratings_are_there_with_the_touchpoints_beside_them(app):
    journey = make_journey()
    survey = make_survey(FOUR_PAGES, journey)
    asked = asked_in(journey)

    places = {(survey.key, 1, "use", place) for place in (None, "invoice", "helpdesk")}
    assert set(asked) == places
    assert all(one.touchpoints == {"invoice", "helpdesk"} for one in asked.values())
    assert asked[survey.key, 1, "use", None].wording["en"] == "overall?"


def test_other_words_for_one_question_change_that_one_alone(app):
    journey = make_journey()
    survey = make_survey(FOUR_PAGES, journey)
    new = with_texts(FOUR_PAGES, {"rating_invoice.text": {"nl": "Nieuw?", "en": "New?"}})
    make_version(survey, new, 2)

    assert changes(journey, survey, "use", "invoice") == (Change.WORDING,)
    assert changes(journey, survey, "use", "helpdesk") == ()
    assert changes(journey, survey, "use", None) == ()


def test_another_scale_and_other_words_at_its_ends_are_another_scale(app):
    journey = make_journey()
    survey = make_survey(FOUR_PAGES, journey)
    longer = with_shapes(FOUR_PAGES, {"overall": Shape(Kind.SATISFACTION, 7)})
    make_version(survey, longer, 2)
    other = make_survey(FOUR_PAGES, journey)
    ends = {"overall.low_end": {"nl": "slecht", "en": "bad"}}
    make_version(other, with_texts(FOUR_PAGES, ends), 2)

    assert changes(journey, survey, "use", None) == (Change.SCALE,)
    assert changes(journey, other, "use", None) == (Change.SCALE,)


def test_a_touchpoint_more_changes_what_the_others_are_asked_beside(app):
    journey = make_journey()
    survey = make_survey(FOUR_PAGES, journey)
    ratings = FOUR_PAGES.pages[2]
    fewer = ratings.model_copy(update={"questions": ratings.questions[:1]})
    pages = (*FOUR_PAGES.pages[:2], fewer, FOUR_PAGES.pages[3])
    make_version(survey, FOUR_PAGES.model_copy(update={"pages": pages}), 2)

    assert changes(journey, survey, "use", "invoice") == (Change.TOUCHPOINTS,)

import pytest
from sqlalchemy import func, select

from actions.journey import plant_journey, stages_of
from actions.stage import add_stage, retire
from actions.survey import (
    MissingTextsError,
    NotPublishedError,
    Settings,
    close_survey,
    draft_of,
    draft_survey,
    newest_version,
    publish_all_stages,
    publish_survey,
    reopen_survey,
    save_draft_texts,
)
from extensions import db
from models import Survey, Version
from questionnaires.value import Questionnaire
from tests.actions.test_stage import STAGE
from tests.factories import NOON
from vocabulary import Audience, Identity, Market, Presentation

TITLE = {"nl": "Nieuwe titel", "en": "New title"}


@pytest.fixture
def journey(app):
    return plant_journey("cycle", Market.B2B, now=NOON)


@pytest.fixture
def survey(journey):
    return draft_survey(journey, stages_of(journey)[3], Settings(), now=NOON)


def test_a_draft_is_complete_and_asks_nobody_yet(survey):
    assert draft_of(survey).missing_texts() == []
    assert (survey.stage, survey.audience) == ("retention", Audience.CUSTOMER)
    assert (survey.is_open, newest_version(survey)) == (False, None)


def test_the_settings_are_kept(journey):
    settings = Settings(Audience.EX_CUSTOMER, Identity.ANONYMOUS, Presentation.ONE_PAGE)
    survey = draft_survey(journey, stages_of(journey)[0], settings, now=NOON, key="looking-back")
    assert survey.key == "looking-back"
    assert (survey.audience, survey.identity, survey.presentation) == (
        Audience.EX_CUSTOMER,
        Identity.ANONYMOUS,
        Presentation.ONE_PAGE,
    )


def test_public_links_are_short_and_cannot_be_counted_up(journey):
    keys = {
        draft_survey(journey, stages_of(journey)[0], Settings(), now=NOON).key for _ in range(5)
    }
    assert len(keys) == 5
    assert {len(key) for key in keys} == {10}


def test_publishing_freezes_the_words_and_opens_the_survey(survey):
    version = publish_survey(survey, NOON)
    save_draft_texts(survey, {"title": TITLE})

    assert survey.is_open
    assert Questionnaire.model_validate(version.content).title["en"] == "Being our customer"
    assert draft_of(survey).title == TITLE


def test_publishing_again_makes_a_version_only_if_the_words_changed(survey):
    first = publish_survey(survey, NOON)
    assert publish_survey(survey, NOON).id == first.id
    save_draft_texts(survey, {"title": TITLE})
    assert publish_survey(survey, NOON).number == 2
    assert db.session.scalar(select(func.count(Version.id))) == 2


def test_a_text_missing_in_one_language_keeps_it_from_being_published(survey):
    save_draft_texts(survey, {"title": {"nl": "Titel", "en": "  "}, "nps.text": {}})
    with pytest.raises(MissingTextsError) as refusal:
        publish_survey(survey, NOON)
    assert refusal.value.missing == [("title", "en"), ("nps", "nl"), ("nps", "en")]
    assert not survey.is_open


def test_every_text_can_be_said_otherwise_and_the_structure_stays(survey):
    before = draft_of(survey)
    edited = save_draft_texts(
        survey,
        {
            "intro": TITLE,
            "overall.low_end": TITLE,
            "met.option.invoice": TITLE,
            "comment.hint": {},
            "no.such.text": TITLE,
        },
    )
    assert edited.intro == edited.question("overall").low_end == TITLE
    assert edited.question("met").options[3].text == TITLE
    assert edited.question("comment").hint == {}
    assert [(q.key, q.kind, q.show_if) for q in edited.questions()] == [
        (q.key, q.kind, q.show_if) for q in before.questions()
    ]


def test_a_survey_is_closed_and_opened_again(survey):
    publish_survey(survey, NOON)
    close_survey(survey, NOON)
    assert (survey.is_open, survey.closed_at) == (False, NOON)
    reopen_survey(survey)
    assert survey.is_open


@pytest.mark.parametrize("act", [lambda s: close_survey(s, NOON), reopen_survey])
def test_what_was_never_published_cannot_be_closed_or_opened(survey, act):
    with pytest.raises(NotPublishedError):
        act(survey)


def test_publishing_a_closed_survey_opens_it(survey):
    publish_survey(survey, NOON)
    close_survey(survey, NOON)
    publish_survey(survey, NOON)
    assert survey.is_open


def test_all_stages_get_a_survey_at_once_and_only_once(journey):
    retire(stages_of(journey)[1], NOON)
    first = publish_all_stages(journey, Settings(), NOON)
    assert [survey.stage for survey in first] == ["awareness", "decision", "retention", "advocacy"]
    assert all(survey.is_open for survey in first)
    add_stage(journey, STAGE)
    assert [s.stage for s in publish_all_stages(journey, Settings(), NOON)] == ["moving_in"]
    prospects = Settings(audience=Audience.PROSPECT)
    assert len(publish_all_stages(journey, prospects, NOON)) == 5
    assert db.session.scalar(select(func.count(Survey.id))) == 10

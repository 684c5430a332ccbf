import pytest
from sqlalchemy import select

from actions import sentiment
from actions.journey import plant_journey, stages_of
from actions.response import Respondent, Sitting, draw_key, record_response
from actions.sentiment import score_comments
from actions.stage import (
    InUseError,
    StageFacts,
    TouchpointFacts,
    add_stage,
    add_touchpoint,
    asked_of_people,
    delete_stage,
    delete_touchpoint,
    edit_stage,
    edit_touchpoint,
    move_stage,
    move_touchpoint,
    n_active,
    restore,
    retire,
)
from actions.stems import stems_of
from actions.survey import Settings, draft_survey, publish_survey
from extensions import db
from models import Job, Sentiment, Stage, Touchpoint
from tests.factories import NOON
from vocabulary import Audience, Channel, Market, Media, Team

STAGE = StageFacts(
    {"nl": "Verhuizen", "en": "Moving in"}, {"nl": "Thuis", "en": "At home"}, None, None
)
KEYS = TouchpointFacts(
    {"nl": "Sleutels", "en": "The keys"}, Channel.OFFLINE, Media.OWNED, Team.SALES
)


@pytest.fixture
def journey(app):
    return plant_journey("cycle", Market.B2C, now=NOON)


def stage(journey, key="decision"):
    return next(stage for stage in stages_of(journey) if stage.key == key)


def keys(journey):
    db.session.expire_all()
    return [stage.key for stage in stages_of(journey)]


def answer(journey, stage_key="decision"):
    """Let one respondent answer the overall question of a stage."""
    survey = draft_survey(journey, stage(journey, stage_key), Settings(), now=NOON)
    version = publish_survey(survey, NOON)
    respondent = Respondent(Audience.CUSTOMER, Market.B2C)
    sitting = Sitting(draw_key(), survey.id, version.id, survey.identity, "nl", respondent, NOON)
    record_response(sitting, {"overall": 4, "comment": "De prijs is goed."}, now=NOON)


def test_a_new_stage_comes_last_and_is_named_after_its_english_name(journey):
    added = add_stage(journey, STAGE)
    assert added.key == "moving_in"
    assert keys(journey)[-1] == "moving_in"


def test_new_touchpoints_of_one_name_get_keys_of_their_own(journey):
    decision = stage(journey)
    assert [add_touchpoint(decision, KEYS, NOON).key for _ in range(2)] == [
        "the_keys",
        "the_keys_2",
    ]
    db.session.expire_all()
    assert [touchpoint.key for touchpoint in stage(journey).touchpoints][-2:] == [
        "the_keys",
        "the_keys_2",
    ]


def test_editing_keeps_the_keys(journey):
    decision = stage(journey)
    edit_stage(decision, STAGE)
    edit_touchpoint(stage(journey).touchpoints[0], KEYS, NOON)
    db.session.expire_all()
    decision = stage(journey)
    assert (decision.key, decision.name) == ("decision", STAGE.name)
    price = decision.touchpoints[0]
    assert (price.key, price.name, price.team) == ("price", KEYS.name, Team.SALES)


def test_a_stage_changes_places_with_its_neighbour(journey):
    move_stage(stage(journey), is_up=True)
    assert keys(journey)[:3] == ["awareness", "decision", "consideration"]
    move_stage(stage(journey), is_up=False)
    assert keys(journey)[:3] == ["awareness", "consideration", "decision"]


def test_at_the_end_there_is_no_place_to_go(journey):
    before = keys(journey)
    move_stage(stage(journey, before[0]), is_up=True)
    move_stage(stage(journey, before[-1]), is_up=False)
    assert keys(journey) == before


def test_a_move_passes_over_what_is_retired(journey):
    retire(stage(journey, "consideration"), NOON)
    move_stage(stage(journey), is_up=True)
    assert keys(journey) == ["decision", "awareness", "retention", "advocacy", "consideration"]


def test_a_touchpoint_changes_places_with_its_neighbour(journey):
    move_touchpoint(stage(journey).touchpoints[1], is_up=True)
    db.session.expire_all()
    assert [t.key for t in stage(journey).touchpoints][:2] == ["customer_service", "price"]


def test_a_retired_touchpoint_is_not_asked_about_until_it_is_restored(journey):
    price = stage(journey).touchpoints[0]
    retire(price, NOON)
    draft = draft_survey(journey, stage(journey), Settings(), now=NOON).draft
    assert "price" not in [option["key"] for option in draft["pages"][1]["questions"][0]["options"]]
    assert n_active(stages_of(journey)) == (5, 26)
    restore(price, NOON)
    assert n_active(stages_of(journey)) == (5, 27)


def test_what_was_never_asked_can_be_deleted(journey):
    delete_touchpoint(stage(journey).touchpoints[0])
    delete_stage(stage(journey, "advocacy"))
    assert keys(journey) == ["awareness", "consideration", "decision", "retention"]
    assert "price" not in db.session.scalars(select(Touchpoint.key)).all()
    assert "loyalty_programme" not in db.session.scalars(select(Touchpoint.key)).all()


def test_what_has_answers_is_never_deleted(journey):
    answer(journey)
    with pytest.raises(InUseError, match="price"):
        delete_touchpoint(stage(journey).touchpoints[0])
    with pytest.raises(InUseError, match="decision"):
        delete_stage(stage(journey))
    assert "decision" in db.session.scalars(select(Stage.key)).all()


def test_a_touchpoint_that_was_added_after_the_answers_can_be_deleted(journey):
    answer(journey)
    added = add_touchpoint(stage(journey), KEYS, NOON)
    delete_touchpoint(added)
    assert "the_keys" not in db.session.scalars(select(Touchpoint.key)).all()


def test_a_stage_with_a_survey_is_kept_though_nobody_answered(journey):
    draft_survey(journey, stage(journey), Settings(), now=NOON)
    with pytest.raises(InUseError):
        delete_stage(stage(journey))


def test_what_is_only_published_was_asked_of_nobody(journey):
    publish_survey(draft_survey(journey, stage(journey), Settings(), now=NOON), NOON)
    assert asked_of_people(journey.id) == {}


def readings():
    """By which version of the reader each comment was read, and how many jobs read them again."""
    db.session.rollback()  # what was not committed does not count
    jobs = db.session.scalars(select(Job).where(Job.kind == "rescore_comments")).all()
    return [*db.session.scalars(select(Sentiment.analyzer_version))], len(jobs)


def facts_of(touchpoint):
    return TouchpointFacts(touchpoint.name, touchpoint.channel, touchpoint.media, touchpoint.team)


def waiting():
    """Comments whose reading is out of date, and jobs to read again."""
    return len(sentiment._comments(sentiment._read_before())), readings()[1]


@pytest.fixture
def price(journey):
    """A touchpoint of a journey with a comment that was read."""
    answer(journey)
    score_comments(NOON)
    return stage(journey).touchpoints[0]


def test_other_stems_have_the_comments_of_the_journey_read_again(price):
    ready = stems_of(price, "en")

    assert edit_touchpoint(price, facts_of(price), NOON, {"nl": ("tarief",), "en": ready})

    assert waiting() == (1, 1)
    assert price.stems == {"nl": ["tarief"]}
    assert stems_of(price, "nl") == ("tarief",)


def test_the_same_stems_in_another_order_change_nothing(price):
    before, _ = readings()
    stems = {"nl": stems_of(price, "nl")[::-1], "en": stems_of(price, "en")}

    assert not edit_touchpoint(price, facts_of(price), NOON, stems)

    assert readings() == (before, 0)
    assert price.stems is None


@pytest.mark.parametrize("is_cleared", [True, False])
def test_going_back_to_the_ready_stems_keeps_none(price, is_cleared):
    ready = stems_of(price, "nl")
    edit_touchpoint(price, facts_of(price), NOON, {"nl": ("tarief",)})

    assert edit_touchpoint(price, facts_of(price), NOON, {"nl": () if is_cleared else ready})

    assert price.stems is None
    assert waiting() == (0, 2)


def test_stems_of_a_language_that_is_not_given_stay(price):
    edit_touchpoint(price, facts_of(price), NOON, {"nl": ("tarief",), "en": ("fare",)})
    edit_touchpoint(price, facts_of(price), NOON, {"en": ("rate.",)})
    db.session.expire_all()
    assert price.stems == {"nl": ["tarief"], "en": ["rate."]}


def test_a_new_name_alone_reads_nothing_again(price):
    before, _ = readings()
    stems = {language: stems_of(price, language) for language in ("nl", "en")}

    assert not edit_touchpoint(price, KEYS, NOON, stems)

    assert readings() == (before, 0)


def test_a_new_touchpoint_is_looked_for_in_what_was_written_before(journey, price):
    added = add_touchpoint(stage(journey), KEYS, NOON, {"nl": ("sleutel",), "en": ()})

    assert waiting() == (1, 1)
    assert added.stems == {"nl": ["sleutel"]}


def test_nothing_is_read_again_where_nobody_wrote(journey):
    price = stage(journey).touchpoints[0]

    assert not edit_touchpoint(price, facts_of(price), NOON, {"nl": ("tarief",)})

    assert price.stems == {"nl": ["tarief"]}
    assert readings() == ([], 0)

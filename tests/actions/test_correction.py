"""What a colleague says of a comment overrules the reader, in the facts too."""

import pytest

from actions.correction import (
    FOR_CHANCE,
    UnknownCommentError,
    correct,
    draw_comment,
    n_labelled,
    withdraw,
)
from actions.journey import plant_journey
from actions.projection import project_finished, rebuild_facts
from actions.sentiment import score_comments
from extensions import db
from facts.engine import open_facts
from insights.cells import collect
from jobs.kinds import JobKind
from models import Correction, Job, Sentiment, Survey
from tests.factories import NOON, make_journey, make_user
from tests.facts.survey import answer, make_version, response_of
from vocabulary import Draw, Identity, Market, SentimentLabel


def told(*comments, **given):
    """A survey whose respondents wrote these comments; the keys of their responses."""
    version = make_version(**given)
    keys = [answer(version, {"why": comment}) for comment in comments]
    score_comments(NOON)
    project_finished(NOON)
    return db.session.get(Survey, version.survey_id).journey_id, keys


def polarities(app, metric="sentiment"):
    db.session.rollback()
    table = open_facts(app.config["HOME"]).table
    rows = table.filter(table.metric == metric).select("response", "touchpoint", "value")
    return {
        (row["response"], row["touchpoint"]): row["value"]
        for row in collect(rows).replace({float("nan"): None}).to_dict("records")
    }


def say(journey_id, key, label=SentimentLabel.NEGATIVE, touchpoints=None, draw=Draw.SEEN):
    correct(journey_id, (key, "why"), (label, touchpoints), (draw, None), NOON)


def test_a_correction_stands_beside_the_reading_and_wins_in_the_facts(app):
    journey_id, (key, other) = told("Prima winkel", "Heel fijn")

    say(journey_id, key)
    project_finished(NOON)

    assert polarities(app)[key, None] == -0.75
    assert polarities(app)[other, None] > 0.5
    kept = db.session.query(Sentiment).all()
    assert {reading.label for reading in kept} == {SentimentLabel.POSITIVE}


def test_rebuilt_facts_say_what_was_corrected_too(app):
    journey_id, (key,) = told("Prima winkel")
    say(journey_id, key)
    project_finished(NOON)
    projected = polarities(app)

    rebuild_facts(NOON)

    assert polarities(app) == projected == {(key, None): -0.75}


def test_a_correction_that_is_withdrawn_leaves_the_reader_s_word(app):
    journey_id, (key,) = told("Prima winkel")
    before = polarities(app)
    say(journey_id, key)
    project_finished(NOON)

    withdraw(journey_id, (key, "why"), NOON)
    project_finished(NOON)

    assert polarities(app) == before
    assert db.session.query(Correction).count() == 0


def test_touchpoints_that_a_colleague_names_take_the_place_of_those_found(app):
    journey_id, (key,) = told("Slecht, echt slecht")
    assert polarities(app, "mention") == {}

    say(journey_id, key, None, ["buy/shop", "buy/site"])
    project_finished(NOON)

    found = polarities(app, "mention")
    assert set(found) == {(key, "shop"), (key, "site")}
    assert all(value < -0.5 for value in found.values())


def test_label_and_touchpoints_are_corrected_one_after_the_other(app):
    journey_id, (key,) = told("Prima")
    say(journey_id, key, SentimentLabel.MIXED)

    say(journey_id, key, None, ["buy/shop"])

    (kept,) = db.session.query(Correction)
    assert (kept.label, kept.touchpoints) == (SentimentLabel.MIXED, ["buy/shop"])


def test_facts_of_anonymous_answers_are_all_made_again_a_little_later(app):
    journey_id, (key,) = told("Prima", identity=Identity.ANONYMOUS)
    db.session.execute(db.text("UPDATE response SET projected_at = answered_at"))
    db.session.commit()

    say(journey_id, key)

    (job,) = db.session.query(Job).filter_by(kind=JobKind.REBUILD_FACTS)
    assert job.due_at > NOON


@pytest.mark.parametrize("comment", [("nobody", "why"), (None, "overall"), (None, "nothing")])
def test_what_is_no_comment_of_the_journey_cannot_be_corrected(app, comment):
    journey_id, (key,) = told("Prima")
    wanted = (comment[0] or key, comment[1])

    with pytest.raises(UnknownCommentError):
        correct(journey_id, wanted, (SentimentLabel.MIXED, None), (Draw.SEEN, None), NOON)
    with pytest.raises(UnknownCommentError):
        correct(
            make_journey().id, (key, "why"), (SentimentLabel.MIXED, None), (Draw.SEEN, None), NOON
        )


def test_comments_are_drawn_by_chance_first_and_each_of_them_once(app):
    journey_id, keys = told(*(f"Prima nummer {n}" for n in range(6)))
    drawn = set()
    for seed in range(6):
        comment = draw_comment(journey_id, seed)
        assert comment.draw is Draw.RANDOM
        drawn.add(comment.response)
        say(journey_id, comment.response, SentimentLabel.POSITIVE, draw=comment.draw)

    assert drawn == set(keys)
    assert draw_comment(journey_id, 7) is None
    assert n_labelled(journey_id) == {Draw.SEEN: 0, Draw.RANDOM: 6, Draw.UNSURE: 0}


def test_once_enough_were_drawn_by_chance_the_doubtful_come_too(app, monkeypatch):
    journey_id, _ = told(*(f"Prima nummer {n}" for n in range(6)))
    db.session.execute(db.text("UPDATE sentiment SET confidence = 0.5"))
    db.session.commit()
    monkeypatch.setattr("actions.correction.FOR_CHANCE", 0)

    draws = {draw_comment(journey_id, seed).draw for seed in range(20)}

    assert FOR_CHANCE == 100
    assert draws == {Draw.RANDOM, Draw.UNSURE}


def test_chance_does_not_mind_what_was_corrected_before(app):
    journey_id, keys = told(*(f"Prima nummer {n}" for n in range(6)))
    first = draw_comment(journey_id, 1).response
    assert first == min(keys)
    say(journey_id, first, SentimentLabel.NEGATIVE, draw=Draw.SEEN)

    assert draw_comment(journey_id, 1).response == first
    say(journey_id, first, SentimentLabel.NEGATIVE, draw=Draw.RANDOM)
    assert n_labelled(journey_id)[Draw.RANDOM] == 1
    assert draw_comment(journey_id, 1).response == sorted(keys)[1]


def test_a_comment_that_was_passed_over_comes_last(app):
    journey_id, keys = told(*(f"Prima nummer {n}" for n in range(6)))

    order = sorted(keys)
    assert draw_comment(journey_id, 1, after=order[0]).response == order[1]
    assert draw_comment(journey_id, 1, after=order[-1]).response == order[0]


def test_one_person_who_answers_five_times_is_no_five_writers(app):
    version = make_version()
    for number in range(5):
        answer(version, {"why": f"Prima {number}"}, person="p-1")
    score_comments(NOON)

    journey_id = db.session.get(Survey, version.survey_id).journey_id
    assert draw_comment(journey_id, 1) is None


def test_a_label_given_after_touchpoints_keeps_how_it_was_drawn(app):
    journey_id, (key,) = told("Prima")
    say(journey_id, key, None, ["buy/shop"])

    say(journey_id, key, SentimentLabel.MIXED, draw=Draw.RANDOM)

    assert n_labelled(journey_id)[Draw.RANDOM] == 1


def test_a_label_of_the_whole_leaves_what_is_said_of_several_touchpoints(app):
    journey_id, (key,) = told("De winkel was geweldig, maar de website werkte vreselijk slecht")
    before = polarities(app, "mention")
    say(journey_id, key, SentimentLabel.MIXED)
    project_finished(NOON)

    assert polarities(app, "mention") == before


def test_a_survey_of_fewer_than_five_writers_is_not_drawn_from(app):
    journey_id, _ = told("Prima", "Goed", "Slecht", "Matig")

    assert draw_comment(journey_id, 1) is None


def test_a_colleague_who_goes_leaves_the_correction(app):
    journey_id, (key,) = told("Prima")
    user = make_user()
    correct(journey_id, (key, "why"), (SentimentLabel.MIXED, None), (Draw.SEEN, user.id), NOON)
    db.session.delete(user)
    db.session.commit()

    (kept,) = db.session.query(Correction)
    assert (kept.label, kept.corrected_by_id) == (SentimentLabel.MIXED, None)


def _words(number):
    """What people write: of three, two about something that has a name of its own here."""
    return f"Geen idee {number}" if number % 3 == 0 else f"Die zwabber bromt {number}"


def test_from_twenty_comments_on_words_are_learnt_that_name_a_touchpoint(app):
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")
    version = make_version(journey=journey)
    keys = [answer(version, {"why": _words(number)}) for number in range(60)]
    score_comments(NOON)
    for number, key in enumerate(keys):
        place = [] if number % 3 == 0 else ["retention/app"]
        correct(journey.id, (key, "why"), (None, place), (Draw.SEEN, None), NOON)

    new = answer(version, {"why": "Weer een zwabber"})
    score_comments(NOON)

    reading = db.session.query(Sentiment).filter_by(response_id=response_of(new).id).one()
    assert [one["touchpoint"] for one in reading.mentions] == ["app"]

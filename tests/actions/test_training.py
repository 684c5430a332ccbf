"""A reader is trained on own labels, and taken only if it reads better what it has not seen."""

import pytest

from actions.correction import correct
from actions.own_reader import current_versions, own_readers
from actions.projection import project_finished
from actions.sentiment import rescore_comments, score_comments
from actions.training import TooFewLabelsError, _points, retire_readers, train_reader
from cli.fact_jobs import train_reader as train_in_worker
from extensions import db
from jobs.kinds import JobKind
from models import Job, Reader, Response, Sentiment, Survey, Version
from tests.factories import NOON
from tests.facts.survey import answer, make_version
from vocabulary import Draw, SentimentLabel

SLANG = ("Die zwabber is flonkig", "Weer eens knorf", "Wat een flonkig geheel", "Knorf hoor, knorf")


def write_and_label(n, comments=SLANG, label=None, draw=Draw.RANDOM):
    """Comments in words of our own, each labelled: flonkig is bad, knorf is good."""
    version = make_version()
    journey_id = db.session.get(Survey, version.survey_id).journey_id
    keys = []
    for number in range(n):
        said = f"{comments[number % len(comments)]} {number}"
        keys.append((answer(version, {"why": said, "overall": 3}), said))
    score_comments(NOON)
    project_finished(NOON)
    for key, said in keys:
        meant = SentimentLabel.NEGATIVE if "flonkig" in said.lower() else SentimentLabel.POSITIVE
        correct(journey_id, (key, "why"), (label or meant, None), (draw, None), NOON)
    return keys


def test_with_few_labels_nothing_is_trained(app):
    write_and_label(8)

    with pytest.raises(TooFewLabelsError, match=r"\(8, 0\)"):
        train_reader("nl", NOON)
    assert db.session.query(Reader).count() == 0


def test_words_of_our_own_are_learnt_and_the_new_reader_reads(app):
    write_and_label(80)

    outcome = train_reader("nl", NOON)

    assert outcome.is_taken
    assert outcome.n_labels == 80
    assert outcome.figures["balanced_after"] > 0.95 > outcome.figures["balanced_before"]
    assert db.session.query(Job).filter_by(kind=JobKind.RESCORE_COMMENTS).count() == 1
    assert own_readers()["nl"].name == "own-nl"
    assert own_readers()["nl"].judge("Knorf").polarity > 0.3


def test_comments_are_read_again_by_the_new_reader_and_the_version_is_kept(app):
    write_and_label(80)
    train_reader("nl", NOON)

    assert rescore_comments(NOON) == 80
    assert rescore_comments(NOON) == 0

    db.session.rollback()
    versions = {(row.analyzer, row.analyzer_version) for row in db.session.query(Sentiment)}
    assert versions == {("own-nl", own_readers()["nl"].version)}


def test_going_back_to_the_product_s_reader_reads_again_too(app):
    write_and_label(80)
    train_reader("nl", NOON)
    rescore_comments(NOON)

    retire_readers("nl", NOON)

    assert own_readers() == {}
    assert rescore_comments(NOON) == 80


def test_labels_that_were_only_corrected_are_learnt_but_do_not_judge(app):
    write_and_label(80, draw=Draw.SEEN)

    with pytest.raises(TooFewLabelsError, match=r"\(0, 0\)"):
        train_reader("nl", NOON)


def test_a_point_of_zero_is_a_rating_too(app):
    version = make_version()
    for number in range(60):
        point = 10 if number % 2 else 0
        answer(version, {"why": f"{'Knorf' if number % 2 else 'Flonkig'} {number}", "again": point})
    score_comments(NOON)
    questions = db.session.get(Version, version.id).content["pages"][2]["questions"]
    assert questions[1]["kind"] == "nps"

    assert _points([row.id for row in db.session.query(Response)])
    assert 0 in _points([row.id for row in db.session.query(Response)]).values()


def test_too_few_labels_are_an_outcome_that_is_kept(app):
    train_in_worker({"language": "nl"}, NOON, lambda _share: None)

    kept = db.session.query(Reader).one()
    assert (kept.figures, kept.taken_at) == ({"n_labels": 0, "n_ratings": 0}, None)


def test_ratings_are_labels_only_where_the_text_explains_them(app):
    version = make_version()
    for number in range(60):
        is_good = number % 2
        said = {"overall": 5 if is_good else 1, "why": "Knorf" if is_good else "Flonkig"}
        answer(version, said | {"why": f"{said['why']} {number}"})
    score_comments(NOON)

    outcome = train_reader("nl", NOON)

    assert (outcome.n_labels, outcome.n_ratings) == (0, 60)
    assert outcome.is_taken


def test_every_version_that_may_read_now_is_current(app):
    versions = current_versions()

    assert len(versions) == 4 + 12 + 1
    assert len(set(versions)) == len(versions)

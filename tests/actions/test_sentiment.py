"""Comments are read once, in their language, and the reading says by whom."""

from actions import sentiment
from actions.sentiment import score_comments, score_responses
from extensions import db
from models import Response, Sentiment
from tests.factories import NOON
from tests.facts.survey import answer, begin, make_version, response_of, send_page
from vocabulary import SentimentLabel


def readings():
    db.session.rollback()
    return db.session.query(Sentiment).all()


def test_a_comment_gets_a_reading_with_its_reader_and_version(app):
    key = answer(make_version(), {"overall": 2, "why": "Wat een slechte service"})

    assert score_comments(NOON) == 1

    (reading,) = readings()
    assert reading.response_id == response_of(key).id
    assert reading.label is SentimentLabel.NEGATIVE
    assert -1 <= reading.polarity < -0.5
    assert 0.5 < reading.confidence <= 1
    assert reading.evidence[0]["words"] == "Wat een slechte"
    assert reading.masked == "Wat een slechte service"
    assert (reading.language, reading.analyzer) == ("nl", "outsidein-nl")
    assert reading.analyzer_version
    assert reading.read_at == NOON


def test_a_comment_is_read_once(app):
    answer(make_version(), {"why": "Prima"})
    score_comments(NOON)

    assert score_comments(NOON) == 0
    assert len(readings()) == 1


def test_a_language_that_nobody_reads_is_kept_as_unread(app):
    answer(make_version(), {"why": "Molto bene"}, language="it")

    score_comments(NOON)

    (reading,) = readings()
    assert (reading.label, reading.polarity) == (SentimentLabel.UNREAD, None)


def test_comments_are_read_in_portions(app, monkeypatch):
    monkeypatch.setattr(sentiment, "AT_ONCE", 2)
    version = make_version()
    for _ in range(5):
        answer(version, {"why": "Prima"})
    shares = []

    assert score_comments(NOON, shares.append) == 5

    assert len(readings()) == 5
    assert shares == [0.4, 0.8, 1]


def test_a_comment_that_changed_while_it_was_read_is_left_for_the_next_time(app, monkeypatch):
    sitting = begin(make_version())
    send_page(sitting, 1, {"why": "Prima"})
    ids = [db.session.query(Response.id).scalar()]
    rows = sentiment._rows

    def read_while_it_changes(comments, now):
        found = rows(comments, now)
        send_page(sitting, 3, {"why": "Slecht"})
        return found

    with monkeypatch.context() as patch:
        patch.setattr(sentiment, "_rows", read_while_it_changes)
        score_responses(ids, NOON)
    assert readings() == []

    score_responses(ids, NOON)
    assert [reading.label for reading in readings()] == [SentimentLabel.NEGATIVE]


def test_a_comment_that_is_replaced_loses_its_reading(app):
    sitting = begin(make_version())
    send_page(sitting, 1, {"overall": 2, "why": "Prima"})
    score_responses([db.session.query(Response.id).scalar()], NOON)
    assert len(readings()) == 1

    send_page(sitting, 3, {"why": "Slecht"})

    assert readings() == []


def test_personal_data_is_neither_shown_nor_evidence(app):
    answer(make_version(), {"why": "Ik ben Fatima Jansen, mail slecht@slecht.example"})

    score_comments(NOON)

    (reading,) = readings()
    assert "Fatima" not in reading.masked
    assert "slecht.example" not in reading.masked
    assert "slecht" not in str(reading.evidence).lower()

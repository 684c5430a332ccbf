"""Storing what respondents say: whole, once, and no more than was promised."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from actions.response import (
    Record,
    Respondent,
    Sheet,
    Sitting,
    draw_key,
    questionnaire_of,
    record_many,
    record_response,
    save_page,
)
from extensions import db
from models import Answer, Job, Response
from questionnaires.value import NOT_APPLICABLE
from tests.factories import NOON, make_survey
from tests.questions import FOUR_PAGES
from vocabulary import Audience, Identity, Market

ANSWERS = {"overall": 4, "met": ["invoice"], "rating_invoice": NOT_APPLICABLE, "remarks": "Fine."}


@pytest.fixture
def sitting(app):
    return begin()


def begin(identity=Identity.NAMED, **given):
    """A sitting at a survey of its own."""
    survey = make_survey(FOUR_PAGES, identity=identity)
    version_id = db.session.scalar(select(func.max(Response.version_id))) or 1
    return Sitting(
        key=draw_key(),
        survey_id=survey.id,
        version_id=version_id,
        identity=identity,
        language="en",
        respondent=Respondent(Audience.CUSTOMER, Market.B2B, account="A1", person="P1"),
        started_at=given.get("started_at", NOON - timedelta(minutes=2)),
    )


def stored() -> Response:
    return db.session.scalars(select(Response)).one()


def answers() -> dict:
    rows = db.session.scalars(select(Answer).order_by(Answer.question))
    return {row.question: (row.point, row.options, row.text, row.is_not_applicable) for row in rows}


def test_a_whole_response_is_stored_with_its_answers_and_its_job(sitting):
    assert record_response(sitting, ANSWERS, NOON) == (True, True)

    response = stored()
    assert (response.key, response.person, response.account) == (sitting.key, "P1", "A1")
    assert response.started_at == NOON - timedelta(minutes=2)
    assert (response.answered_at, response.finished_at) == (NOON, NOON)
    assert answers() == {
        "met": (None, ["invoice"], None, False),
        "overall": (4, None, None, False),
        "rating_invoice": (None, None, None, True),
        "remarks": (None, None, "Fine.", False),
    }
    assert [job.kind for job in db.session.scalars(select(Job))] == ["project_responses"]


def test_responses_of_the_same_two_seconds_are_counted_together(sitting):
    for milliseconds in (0, 700, 1_999, 2_000):
        now = NOON + timedelta(milliseconds=milliseconds)
        record_response(replace(sitting, key=draw_key()), ANSWERS, now)

    dues = [job.due_at - NOON for job in db.session.scalars(select(Job).order_by(Job.id))]
    assert [due.total_seconds() for due in dues] == [2, 2, 2, 4]


def test_a_page_replaces_what_it_said_before_and_nothing_else(sitting):
    save_page(sitting, Sheet({"overall": 2}, ["overall"], n_pages=1), NOON)
    save_page(sitting, Sheet({"met": ["invoice"]}, ["met"], n_pages=2), NOON)
    save_page(sitting, Sheet({"overall": 5}, ["overall"], n_pages=1), NOON)
    save_page(sitting, Sheet({}, ["met"], n_pages=2), NOON)

    assert answers() == {"overall": (5, None, None, False)}
    assert stored().n_pages == 2
    assert db.session.scalars(select(Job)).all() == []


def test_a_finished_response_is_never_changed(sitting):
    record_response(sitting, ANSWERS, NOON)
    again = record_response(sitting, {"overall": 1}, NOON + timedelta(hours=1))

    assert again == (True, False)
    assert answers()["overall"] == (4, None, None, False)
    assert stored().finished_at == NOON


def test_a_response_that_changes_is_to_be_counted_again(sitting):
    save_page(sitting, Sheet({"overall": 2}, ["overall"], n_pages=1), NOON)
    stored().projected_at = NOON
    db.session.commit()
    save_page(sitting, Sheet({"overall": 3}, ["overall"], n_pages=1), NOON)

    assert stored().projected_at is None


def test_what_fails_half_way_leaves_nothing(sitting):
    with pytest.raises(KeyError):
        record_response(sitting, {"overall": 4, "no_such_question": 1}, NOON)
    db.session.rollback()

    assert db.session.scalars(select(Response)).all() == []


def test_a_clock_that_went_back_does_no_harm(app):
    record_response(begin(started_at=NOON + timedelta(minutes=1)), ANSWERS, NOON)

    assert stored().started_at == NOON


def test_fifty_at_once_leave_one_response(app, sitting):
    def send(_n):
        with app.app_context():
            return record_response(sitting, ANSWERS, NOON)

    db.session.commit()
    with ThreadPoolExecutor(50) as pool:
        saved = list(pool.map(send, range(50)))

    assert sorted(saved) == [(True, False)] * 49 + [(True, True)]
    assert len(answers()) == 4
    assert db.session.scalar(select(func.count()).select_from(Job)) == 1
    assert stored().key == sitting.key


def test_a_pseudonym_is_the_same_for_the_same_person_only(app):
    first = begin(Identity.PSEUDONYMOUS)
    other = replace(first, key=draw_key(), respondent=replace(first.respondent, person="P2"))
    for sitting in (first, replace(first, key=draw_key()), other):
        record_response(sitting, ANSWERS, NOON)

    persons = list(db.session.scalars(select(Response.person)))
    assert len(persons) == 3
    assert len(set(persons)) == 2
    assert not {"P1", "P2"} & set(persons)


@given(moment=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001 -- in UTC
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_anonymous_response_tells_no_one_and_no_more_than_a_day(app, moment):
    now = moment.replace(tzinfo=UTC)
    sitting = begin(Identity.ANONYMOUS, started_at=now - timedelta(minutes=3))
    record_response(sitting, ANSWERS, now)

    response = db.session.scalars(select(Response).where(Response.key == sitting.key)).one()
    assert (response.person, response.account) == (None, None)
    zone = app.config["TIME_ZONE"]
    for seen in (response.started_at, response.answered_at, response.finished_at):
        assert seen.astimezone(zone).strftime("%H:%M:%S.%f") == "00:00:00.000000"
    assert response.answered_at <= now < response.answered_at + timedelta(hours=25)
    assert db.session.scalars(select(Job)).all() == []


def test_the_order_of_rows_does_not_tell_the_order_of_responses(app):
    sitting = begin(Identity.ANONYMOUS)
    keys = [draw_key() for _ in range(40)]
    for key in keys:
        record_response(replace(sitting, key=key), ANSWERS, NOON)

    by_id = list(db.session.scalars(select(Response.key).order_by(Response.id)))
    assert sorted(by_id) == sorted(keys)
    assert by_id != keys
    if db.engine.dialect.name == "sqlite":
        with pytest.raises(OperationalError, match="no such column: rowid"):
            db.session.execute(text("SELECT rowid FROM answer"))


def test_a_bulk_is_stored_once_and_commits_nothing(sitting):
    records = [Record(replace(sitting, key=f"key{n}"), ANSWERS, NOON) for n in range(3)]
    unfinished = Record(
        replace(sitting, key="left"), {"overall": 1}, NOON, is_finished=False, n_pages=1
    )

    assert record_many([*records, unfinished]) == 4
    assert record_many(records) == 0
    db.session.rollback()
    assert db.session.scalars(select(Response)).all() == []

    record_many([*records, unfinished])
    db.session.commit()
    left = db.session.scalars(select(Response).where(Response.key == "left")).one()
    assert (left.n_pages, left.finished_at) == (1, None)
    assert len(db.session.scalars(select(Answer)).all()) == 3 * 4 + 1


def test_a_bulk_takes_few_statements(sitting, count_statements):
    records = [Record(replace(sitting, key=draw_key()), ANSWERS, NOON) for _ in range(100)]
    questionnaire_of(sitting.version_id)
    count_statements.clear()
    record_many(records)

    assert len(count_statements) == 3

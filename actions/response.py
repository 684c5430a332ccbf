"""Take in what respondents say: response, answers and jobs in one transaction.

Written with statements, not objects: about twice as fast, and this is the busiest path.
"""

import fcntl
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Table, case, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from actions.person_code import person_code
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Answer, Response, Version
from questionnaires.logic import Answers
from questionnaires.value import NOT_APPLICABLE, Questionnaire
from vocabulary import Audience, Channel, Identity, Kind, Market

RESPONSE: Table = Response.__table__  # type: ignore[assignment]  # declared wider
ANSWER: Table = Answer.__table__  # type: ignore[assignment]  # declared wider

ROUND = timedelta(seconds=2)
"""How long finished responses wait for each other before they are counted."""


@dataclass(frozen=True)
class Respondent:
    """What is known of who answers, from a signed link or an import."""

    audience: Audience
    market: Market
    channel: Channel | None = None
    account: str | None = None
    person: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sitting:
    """One respondent at one version of a survey: what is the same for all pages they send."""

    key: str  # the response's key
    survey_id: int
    version_id: int
    identity: Identity
    language: str
    respondent: Respondent
    started_at: datetime


class Sheet(NamedTuple):
    """One screen of a survey as it was sent."""

    answers: Answers
    asked: Collection[str]  # the questions whose earlier answers these replace
    n_pages: int  # sent by now, this one included
    is_last: bool = False  # whether this finishes the response
    is_junk: bool = False  # whether to set the response aside: kept, but counted nowhere


class Saved(NamedTuple):
    """What became of a sheet."""

    is_finished: bool  # the response, by this sheet or before it
    is_kept: bool  # what this sheet says; a finished response is never changed


def draw_key() -> str:
    """Draw a response's key: 128 random bits, in letters and digits."""
    return secrets.token_hex(16)


def save_page(sitting: Sitting, sheet: Sheet, now: datetime) -> Saved:
    """Store one sheet: all of it or none, and once however often it comes."""
    row = _response_row(
        sitting, n_pages=sheet.n_pages, finished_at=now if sheet.is_last else None, now=now
    )
    row["excluded_at"] = row["answered_at"] if sheet.is_junk else None
    with _turn():
        stored_id = _store(row, sheet, questionnaire_of(sitting.version_id))
        if stored_id is None:
            db.session.rollback()
            return Saved(is_finished=True, is_kept=False)
        if sheet.is_last and sitting.identity is not Identity.ANONYMOUS and not sheet.is_junk:
            _put_jobs(now)
        db.session.commit()
    return Saved(is_finished=sheet.is_last, is_kept=True)


def record_response(sitting: Sitting, answers: Answers, now: datetime) -> Saved:
    """Store a whole response at once, as if all its pages were sent now."""
    questionnaire = questionnaire_of(sitting.version_id)
    asked = [question.key for question in questionnaire.questions()]
    sheet = Sheet(answers, asked, n_pages=len(questionnaire.pages), is_last=True)
    return save_page(sitting, sheet, now)


class Record(NamedTuple):
    """A response that was given elsewhere or earlier, to be stored with many others."""

    sitting: Sitting
    answers: Answers
    answered_at: datetime
    is_finished: bool = True
    weight: float = 1.0
    import_id: int | None = None
    n_pages: int | None = None  # sent; all of them unless it says otherwise


def record_many(records: Collection[Record]) -> int:
    """Add responses and their answers to the caller's transaction; no job, and no commit.

    For an import or a demonstration, which commit once and put one job for all. A response whose
    key is stored already is left as it is.

    Returns:
        How many were new.
    """
    known = _known_keys([record.sitting.key for record in records])
    new = [record for record in records if record.sitting.key not in known]
    response_rows, answer_rows = [], []
    for record in new:
        questionnaire = questionnaire_of(record.sitting.version_id)
        row = _response_row(
            record.sitting,
            n_pages=record.n_pages or len(questionnaire.pages),
            finished_at=record.answered_at if record.is_finished else None,
            now=record.answered_at,
        )
        response_rows.append(row | {"weight": record.weight, "import_id": record.import_id})
        answer_rows += _answer_rows(row["id"], record.answers, questionnaire)
    if response_rows:
        db.session.execute(insert(RESPONSE), response_rows)
    if answer_rows:
        db.session.execute(insert(ANSWER), answer_rows)
    return len(new)


def questionnaire_of(version_id: int) -> Questionnaire:
    """The questionnaire of a version, read once per process: a version never changes.

    Raises:
        KeyError: there is no such version.
    """
    read: dict[int, Questionnaire] = current_app.extensions.setdefault("questionnaires", {})
    if version_id not in read:
        content = db.session.scalar(select(Version.content).where(Version.id == version_id))
        if content is None:
            raise KeyError(version_id)
        read[version_id] = Questionnaire.model_validate(content)
    return read[version_id]


def _response_row(
    sitting: Sitting, *, n_pages: int, finished_at: datetime | None, now: datetime
) -> dict[str, Any]:
    """The response as it is stored: no more of the respondent than the survey promised."""
    respondent, person, account = sitting.respondent, None, None
    started_at = min(sitting.started_at, now)
    if sitting.identity is Identity.ANONYMOUS:
        started_at, now = _day(started_at), _day(now)
        finished_at = now if finished_at else None
    else:
        person, account = respondent.person, respondent.account
    if person is not None and sitting.identity is Identity.PSEUDONYMOUS:
        person = person_code(person)
    return {
        "id": secrets.randbits(63),
        "key": sitting.key,
        "survey_id": sitting.survey_id,
        "version_id": sitting.version_id,
        "audience": respondent.audience,
        "market": respondent.market,
        "channel": respondent.channel,
        "language": sitting.language,
        "person": person,
        "account": account,
        "attributes": dict(respondent.attributes),
        "n_pages": n_pages,
        "started_at": started_at,
        "answered_at": now,
        "finished_at": finished_at,
    }


def _day(moment: datetime) -> datetime:
    """The midnight a moment's day began with, where the organisation is."""
    there = moment.astimezone(current_app.config["TIME_ZONE"])
    return there.replace(hour=0, minute=0, second=0, microsecond=0)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait in line for writing to SQLite.

    SQLite lets a writer ask again and again, at growing intervals: some would wait long while
    others overtake them. Writers elsewhere need not stand in this line, and who is writing already
    must not, for the first in line would wait for them.
    """
    if db.engine.dialect.name != "sqlite" or db.session().in_transaction():
        yield
        return
    line = os.open(current_app.config["HOME"] / "writers", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
    finally:
        os.close(line)  # and with it the lock


def _store(row: dict[str, Any], sheet: Sheet, questionnaire: Questionnaire) -> int | None:
    """Store response and answers; None if the response is finished already."""
    connection = db.session.connection()
    stored_id: int | None = connection.scalar(_upsert(connection.dialect.name), row)
    if stored_id not in {None, row["id"]}:
        replaced = ANSWER.c.question.in_([*sheet.asked])
        connection.execute(delete(ANSWER).where(ANSWER.c.response_id == stored_id, replaced))
    if stored_id and sheet.answers:
        rows = _answer_rows(stored_id, sheet.answers, questionnaire)
        connection.execute(insert(ANSWER), rows)
    return stored_id


@cache
def _upsert(dialect: str) -> Any:  # noqa: ANN401 -- one of two dialects' inserts
    """Insert a response, or bring an unfinished one up to date; gives its id if it did either."""
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(RESPONSE)
    sent = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[RESPONSE.c.key],
        where=RESPONSE.c.finished_at.is_(None),
        set_={
            "language": sent.language,
            "n_pages": case(
                (sent.n_pages > RESPONSE.c.n_pages, sent.n_pages), else_=RESPONSE.c.n_pages
            ),
            "answered_at": sent.answered_at,
            "finished_at": sent.finished_at,
            "excluded_at": func.coalesce(RESPONSE.c.excluded_at, sent.excluded_at),
            "projected_at": None,
        },
    ).returning(RESPONSE.c.id)


def _answer_rows(
    response_id: int, answers: Answers, questionnaire: Questionnaire
) -> list[dict[str, Any]]:
    """One row per question answered."""
    kinds = {question.key: question.kind for question in questionnaire.questions()}
    return [
        {"response_id": response_id, "question": key} | _columns(kinds[key], answer)
        for key, answer in answers.items()
    ]


def _columns(kind: Kind, answer: object) -> dict[str, Any]:
    """Which column an answer goes to; the others stay empty."""
    columns: dict[str, Any] = dict.fromkeys(("point", "options", "text"))
    columns["is_not_applicable"] = kind is not Kind.COMMENT and answer == NOT_APPLICABLE
    if isinstance(answer, int):
        columns["point"] = answer
    elif isinstance(answer, list | tuple):
        columns["options"] = list(answer)
    elif kind is Kind.COMMENT:
        columns["text"] = answer
    elif answer != NOT_APPLICABLE:
        columns["options"] = [answer]
    return columns


def _put_jobs(now: datetime) -> None:
    """Have the answers counted: all of the same two seconds together, not each by itself."""
    since = (now - datetime.min.replace(tzinfo=UTC)) % ROUND
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now, due_at=now - since + ROUND)


def _known_keys(keys: list[str]) -> set[str]:
    """Those keys that are stored already."""
    found: set[str] = set()
    for first in range(0, len(keys), 500):
        some = keys[first : first + 500]
        found |= set(db.session.scalars(select(RESPONSE.c.key).where(RESPONSE.c.key.in_(some))))
    return found

"""Bring answers to the fact table, in batches that bear to be done twice.

A batch is taken up in one transaction: its responses are marked, and what is to be done is written
down under a number. Then its facts are appended, and the table remembers the number in the same
commit. A batch that was taken up and not finished is finished first: if the table knows its number
nothing is left to do. Whoever changes a response takes its mark away, at any moment.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from actions.fact_source import answered, marked_ids
from actions.pain import ask_for_usual_pain
from actions.reading import reading
from actions.sentiment import score_responses
from extensions import db
from facts import store
from facts.projector import project
from models import Import, Journey, Projection, Response, Retraction, Survey
from vocabulary import Identity

if TYPE_CHECKING:
    import pyarrow as pa

AT_ONCE = 2_000
"""Responses in a batch."""

PATIENCE = timedelta(hours=24)
"""How long a response that was left unfinished may be taken up again before it is counted."""

Report = Callable[[float], None]


def project_finished(now: datetime, report: Report | None = None) -> int:
    """Bring finished responses to the facts, but anonymous ones.

    Returns:
        How many responses were taken up.
    """
    is_due = and_(~_is_anonymous(), Response.finished_at.is_not(None))
    return _project(is_due, now, now, report)


def project_partial(now: datetime, report: Report | None = None) -> int:
    """Bring responses that were left unfinished a day ago to the facts, but anonymous ones.

    Returns:
        How many responses were taken up.
    """
    _retract_junk()
    is_left = and_(Response.finished_at.is_(None), Response.n_pages > 0)
    is_due = and_(~_is_anonymous(), is_left, Response.answered_at <= now - PATIENCE)
    return _project(is_due, now, now, report)


def project_anonymous(now: datetime, seed: int, report: Report | None = None) -> int:
    """Bring the anonymous responses of days that are over to the facts, in an order of chance.

    Args:
        now: the moment; the day it lies in is not yet over.
        seed: of the chance.
        report: is told the share done.

    Returns:
        How many responses were taken up.
    """
    today = now.astimezone(_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    is_finished = and_(Response.finished_at.is_not(None), Response.answered_at < today)
    is_left = and_(Response.n_pages > 0, Response.answered_at < today - PATIENCE)
    is_due = and_(_is_anonymous(), or_(is_finished, is_left))
    n_taken = _project(is_due, now, today, report, Random(seed))  # noqa: S311 -- was given a seed
    _empty_log()
    return n_taken


def rebuild_facts(now: datetime, report: Report | None = None) -> int:
    """Make the whole table again from the answers, and put it in the old one's place.

    Responses that were not projected before are left to wait.

    Returns:
        How many facts it holds.
    """
    with store.alone(_home()):
        return _rebuild(now, report)


def compact_facts() -> None:
    """Bring the files of the table together, and remove what erased facts left behind."""
    with store.alone(_home()):
        if store.open_table(_home()) is not None:
            store.compact(_home())
        store.vacuum(_home())


def _home() -> Path:
    """Where all state is."""
    home: Path = current_app.config["HOME"]
    return home


def _empty_log() -> None:
    """Empty SQLite's log of writes: it keeps the order in which answers came in.

    If others are reading or writing all the time, it is left to the next day.
    """
    if db.engine.dialect.name != "sqlite":
        return
    lent = db.engine.raw_connection()
    try:
        raw: Any = lent.dbapi_connection
        raw.execute("PRAGMA busy_timeout=5000")  # who answers waits meanwhile, so not for long
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        lent.invalidate()  # with its short patience


def _zone() -> ZoneInfo:
    """Where days and months end."""
    zone: ZoneInfo = current_app.config["TIME_ZONE"]
    return zone


def _is_anonymous() -> ColumnElement[bool]:
    """Of a survey that promised so."""
    return Response.survey_id.in_(select(Survey.id).where(Survey.identity == Identity.ANONYMOUS))


def _is_waiting() -> ColumnElement[bool]:
    """Not in the facts, and to be counted."""
    undone = select(Import.id).where(Import.undone_at.is_not(None))
    return and_(
        Response.projected_at.is_(None),
        Response.excluded_at.is_(None),
        or_(Response.import_id.is_(None), Response.import_id.not_in(undone)),
    )


def _retract_junk() -> None:
    """Have the facts taken out of what was left unfinished once and turned out to be junk."""
    is_junk = exists().where(Response.key == Retraction.response, Response.excluded_at.is_not(None))
    db.session.execute(update(Retraction).where(is_junk).values(is_due=True))
    db.session.commit()


def _project(
    is_due: ColumnElement[bool],
    now: datetime,
    mark: datetime,
    report: Report | None,
    chance: Random | None = None,
) -> int:
    """Finish what was begun, then take up and carry out batch after batch."""
    n_taken = 0
    with store.alone(_home()):
        _finish_begun(now)
        with reading():
            due = select(Response.id).where(is_due, _is_waiting())
            ids = list(db.session.scalars(due.order_by(Response.answered_at, Response.id)))
        if chance:
            chance.shuffle(ids)
        for first in range(0, len(ids) or 1, AT_ONCE):
            some = ids[first : first + AT_ONCE]
            batch = _take_up(some, and_(is_due, _is_waiting()), now, mark)
            if batch:
                n_taken += len(batch.responses)
                _carry_out(batch, now, is_new=True)
            if report:
                report((first + len(some)) / (len(ids) or 1))
        if store.is_scattered(_home()):
            store.compact(_home())
    return n_taken


def _finish_begun(now: datetime) -> None:
    """Finish the batches whose worker died, in their order."""
    for batch in db.session.scalars(select(Projection).order_by(Projection.id)).all():
        _carry_out(batch, now, is_new=False)


def _take_up(
    ids: Sequence[int], is_due: ColumnElement[bool], now: datetime, mark: datetime
) -> Projection | None:
    """Mark responses and write the batch down, in one transaction; nothing if there is nothing."""
    taken = db.session.execute(
        update(Response)
        .where(Response.id.in_(ids), is_due)
        .values(projected_at=mark)
        .returning(Response.id, Response.key, Response.finished_at),
        execution_options={"synchronize_session": False},
    ).all()
    of_batch = Retraction.response.in_([row.key for row in taken])
    retracted = db.session.scalars(
        delete(Retraction).where(or_(Retraction.is_due, of_batch)).returning(Retraction.response),
        execution_options={"synchronize_session": False},
    ).all()
    if not taken and not retracted:
        db.session.rollback()
        return None
    partial = [row.key for row in taken if row.finished_at is None]
    db.session.add_all(Retraction(response=key, is_due=False) for key in partial)
    order = {number: place for place, number in enumerate(ids)}
    responses = sorted((row.id for row in taken), key=order.__getitem__)
    batch = Projection(responses=responses, retracted=sorted(retracted), created_at=now)
    db.session.add(batch)
    db.session.commit()
    return batch


def _carry_out(batch: Projection, now: datetime, *, is_new: bool) -> None:
    """Bring a batch's facts to the table, unless they are there; then forget the batch."""
    number, ids, retracted = batch.id, batch.responses, batch.retracted
    known = store.latest_batch(_home())
    is_lost = known is None and number > 1
    if is_lost or (is_new and known is not None and known >= number):
        _rebuild(now, None)  # the table is gone, or that of another database
        return
    if known is None or known < number:
        score_responses(ids, now)
        with reading():
            responses = answered(ids)
        store.erase(_home(), retracted)
        store.append(_home(), project(responses, _zone()), number)
    db.session.execute(delete(Projection).where(Projection.id == number))
    ask_for_usual_pain(_journeys(ids, retracted), now)
    db.session.commit()


def _journeys(ids: Sequence[int], keys: Sequence[str]) -> Sequence[str]:
    """The keys of the journeys whose numbers a batch changed."""
    of_batch = or_(Response.id.in_(ids), Response.key.in_(keys))
    surveys = select(Response.survey_id).where(of_batch)
    found = select(Journey.key).join(Survey, Survey.journey_id == Journey.id)
    return db.session.scalars(found.where(Survey.id.in_(surveys)).distinct()).all()


def _rebuild(now: datetime, report: Report | None) -> int:
    """Make the table again; every batch begun before is contained in it."""
    db.session.rollback()
    latest = Projection(responses=[], retracted=[], created_at=now)
    db.session.add(latest)
    db.session.commit()
    number = latest.id
    with reading():
        ids = marked_ids()
    n_facts = store.replace(_home(), _portions(ids, report), number)
    db.session.execute(delete(Projection).where(Projection.id <= number))
    db.session.commit()
    return n_facts


def _portions(ids: Sequence[int], report: Report | None) -> "Iterator[pa.Table]":
    """The facts of all these responses, a portion at a time."""
    for first in range(0, len(ids), AT_ONCE):
        with reading():
            responses = answered(ids[first : first + AT_ONCE])
        yield project(responses, _zone())
        if report:
            report((first + AT_ONCE) / len(ids))

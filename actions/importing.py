"""Take a file of old answers in, and take an import back.

An import is whole or can be made whole: it goes in by thousands of rows, each in a transaction, and
run again after a crash it finishes what it began, for every row has a key of its own.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import sleep
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, func, select

from actions.import_target import Target, prepare_target
from actions.response import Record, Respondent, Sitting, record_many
from actions.retraction import forget_facts
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Import, Response
from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.reading import Refusal, Refused, Row, read_rows
from questionnaires.interchange.wide import WideFile, open_wide
from vocabulary import Identity

BREATH = 0.03
"""Seconds between two batches, in which whoever waits for the database gets a turn."""

AT_ONCE = 1_000
"""Rows that go in together; others wait for the database no longer than that takes."""

OnRefusal = Callable[[Refusal], None]
Report = Callable[[int], object]


class RefusedRowsError(Exception):
    """A strict import met rows that cannot go in, so none did."""

    def __init__(self, n_refused: int) -> None:
        """Say how many."""
        super().__init__(n_refused)
        self.n_refused = n_refused


class UnknownImportError(Exception):
    """There is no such import."""


class Checked(NamedTuple):
    """A file that was found whole, with what its columns mean."""

    file: WideFile
    mapping: Mapping


def check_file(path: Path, mapping: Mapping) -> Checked:
    """Read a file through; nothing is written.

    Raises:
        FileFaultError: it cannot be imported as it is.
    """
    limit: int = current_app.config["IMPORT_LIMIT"]
    return Checked(open_wide(path, mapping.file, mapping.columns(), limit), mapping)


def import_file(
    checked: Checked,
    *,
    now: datetime,
    is_strict: bool = False,
    on_refusal: OnRefusal | None = None,
    report: Report | None = None,
) -> Import:
    """Store the answers of a file; rows that are in already are left as they are.

    Args:
        checked: the file and its mapping.
        now: the moment.
        is_strict: one bad row keeps all others out too.
        on_refusal: is told every cell that keeps its row out.
        report: is told how many rows were dealt with, from time to time.

    Raises:
        MappingError: the mapping contradicts the journey or survey there is.
        RefusedRowsError: a row is bad, and the import is strict.
    """
    if is_strict:
        _refuse_any(checked, now, on_refusal)
    _clear_undone(checked.mapping.name, now)
    target, run = _begin(checked, now)
    rows = _counted(checked, now, run, on_refusal)
    while some := list(islice(rows, AT_ONCE)):
        good = [row for row in some if isinstance(row, Row)]
        run.n_imported += record_many([_record(row, target, run.id) for row in good])
        run.n_known = run.n_rows - run.n_refused - run.n_imported
        if target.identity is not Identity.ANONYMOUS:
            queue.put(JobKind.PROJECT_RESPONSES, {}, now=now)
        db.session.commit()
        sleep(BREATH)
        if report:
            report(len(some))
    run.finished_at = now
    db.session.commit()
    return run


def undo_import(import_id: int, now: datetime) -> Import:
    """Take an import back: from now on it counts nowhere, and a job removes its responses.

    Raises:
        UnknownImportError: there is no such import.
    """
    run = db.session.get(Import, import_id)
    if run is None:
        raise UnknownImportError(import_id)
    if run.undone_at is None:
        run.undone_at = now
        queue.put(JobKind.CLEAR_IMPORT, {"import": run.id}, now=now)
    db.session.commit()
    return run


def clear_import(
    import_id: int, now: datetime, report: Callable[[float], None] | None = None
) -> int:
    """Remove the responses of an undone import and have their facts forgotten.

    Returns:
        How many responses went.
    """
    of_it = select(Response.id, Response.key).join(Import, Import.id == Response.import_id)
    of_it = of_it.where(Import.id == import_id, Import.undone_at.is_not(None))
    n_all = db.session.scalar(select(func.count()).select_from(of_it.subquery())) or 0
    n_gone = 0
    while some := db.session.execute(of_it.limit(AT_ONCE)).all():
        forget_facts([row.key for row in some])
        db.session.execute(delete(Response).where(Response.id.in_([row.id for row in some])))
        queue.put(JobKind.PROJECT_RESPONSES, {}, now=now)
        db.session.commit()
        n_gone += len(some)
        if report:
            report(min(1.0, n_gone / n_all))
    db.session.rollback()
    return n_gone


def _refuse_any(checked: Checked, now: datetime, on_refusal: OnRefusal | None) -> None:
    """Look at every row, and refuse all if one is bad."""
    n_refused = 0
    for row in _rows(checked, now):
        if isinstance(row, Refused):
            n_refused += 1
            _tell(row, on_refusal)
    if n_refused:
        raise RefusedRowsError(n_refused)


def _tell(row: Refused, on_refusal: OnRefusal | None) -> None:
    """Tell why a row stays out, cell by cell."""
    if on_refusal is not None:
        for refusal in row.refusals:
            on_refusal(refusal)


def _rows(checked: Checked, now: datetime) -> Iterator[Row | Refused]:
    """The rows of a file as its mapping reads them."""
    config = current_app.config
    secret: str = config["SECRET_KEY"]
    return read_rows(
        checked.file,
        checked.mapping,
        zone=config["TIME_ZONE"],
        now=now,
        secret=secret.encode(),
    )


def _clear_undone(source: str, now: datetime) -> None:
    """Finish what undoing an earlier import of the same source began, for its keys come again."""
    undone = select(Import.id).where(Import.source == source, Import.undone_at.is_not(None))
    for import_id in db.session.scalars(undone).all():
        clear_import(import_id, now)


def _begin(checked: Checked, now: datetime) -> tuple[Target, Import]:
    """Write down that the import runs, or take up one that a crash left unfinished."""
    file, mapping = checked.file, checked.mapping
    target = prepare_target(mapping, now)
    said = mapping.model_dump(mode="json", exclude_unset=True)
    unfinished = select(Import).where(
        Import.journey_id == target.journey_id,
        Import.file_hash == file.digest,
        Import.finished_at.is_(None),
        Import.undone_at.is_(None),
    )
    run = next((found for found in db.session.scalars(unfinished) if found.mapping == said), None)
    if run is None:
        run = Import(
            journey_id=target.journey_id,
            source=mapping.name,
            file_name=file.path.name[:255],
            file_hash=file.digest,
            mapping=said,
            started_at=now,
        )
        db.session.add(run)
        db.session.flush()
    of_it = select(func.count()).select_from(Response).where(Response.import_id == run.id)
    run.n_rows, run.n_refused, run.n_known = 0, 0, 0
    run.n_imported = db.session.scalar(of_it) or 0
    db.session.commit()
    return target, run


def _counted(
    checked: Checked, now: datetime, run: Import, on_refusal: OnRefusal | None
) -> Iterator[Row | Refused]:
    """Every row, counted as it comes; of the refused ones each reason is told."""
    for row in _rows(checked, now):
        run.n_rows += 1
        if isinstance(row, Refused):
            run.n_refused += 1
            _tell(row, on_refusal)
        yield row


def _record(row: Row, target: Target, import_id: int) -> Record:
    """A row as a response to be stored."""
    known = row.known
    respondent = Respondent(
        audience=known["audience"],
        market=known.get("market", target.market),
        channel=known.get("channel"),
        account=known.get("account"),
        person=known.get("person"),
        attributes=row.attributes,
    )
    sitting = Sitting(
        key=row.key,
        survey_id=target.survey_id,
        version_id=target.version_id,
        identity=target.identity,
        language=known["language"],
        respondent=respondent,
        started_at=row.answered_at,
    )
    weight = known.get("weight", 1.0)
    return Record(sitting, row.answers, row.answered_at, weight=weight, import_id=import_id)

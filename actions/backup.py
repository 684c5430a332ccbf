"""Back up the whole installation into one file, and restore it on any database."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Select, Table, func, insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from actions import archive
from actions.archive import ArchiveError, Count, Manifest
from extensions import db, is_only_reading

Report = Callable[[float], None]
Migrate = Callable[[Connection, str], None]

FLEETING = {"job", "worker", "attempt"}
"""Tables that a server fills by merely running; what is in them does not make it used."""

BATCH = 1000


def make_backup(
    path: Path, *, secret_key: str, settings: Mapping[str, str], now: datetime, report: Report
) -> Manifest:
    """Write a backup: everything, as it is at one moment, readable by its owner alone.

    Args:
        path: the file; an older one of this name is replaced once the new one is whole.
        secret_key: what signs links and passwords; without it neither would hold.
        settings: the environment's, to look up on the new machine.
        now: the moment.
        report: is told the share done.
    """
    with (
        _new_file(path) as part,
        _one_moment() as connection,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as file,
    ):
        file.writestr("secret_key", secret_key)
        file.writestr("settings.json", json.dumps(dict(settings), indent=2))
        tables = archive.tables_of(connection)
        version = connection.scalar(text(f"SELECT version_num FROM {archive.VERSION_TABLE}"))  # noqa: S608 -- a constant
        n_rows = sum(connection.scalar(_count(table)) or 0 for table in tables)
        counts, n_done = {}, 0
        for table in tables:
            count = counts[table.name] = Count()
            with file.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as lines:
                for line in archive.lines_of(connection, table):
                    count.add(line)
                    lines.write(line)
                    if count.rows % BATCH == 0:
                        report((n_done + count.rows) / n_rows)
            n_done += count.rows
        manifest = Manifest(now.isoformat(), str(version), counts)
        archive.write_manifest(file, manifest)
    report(1.0)
    return manifest


def is_unused() -> bool:
    """Whether the database holds nothing that a restore would overwrite."""
    with db.engine.connect() as connection:
        tables = [t for t in archive.tables_of(connection) if t.name not in FLEETING]
        return all(connection.scalar(_count(table)) == 0 for table in tables)


def restore_backup(
    path: Path, manifest: Manifest, *, home: Path, migrate: Migrate, report: Report
) -> None:
    """Put a backup in place of all that is there: the whole of it, or nothing changes.

    The old tables go, those of the backup's version come, every row is put in, read again and
    compared, and the tables are brought to this version, all in one transaction. The secret key
    and the old settings, to look them up, are written before it and take their names after it.

    Args:
        path: the backup, checked.
        manifest: what it holds.
        home: where the secret key is.
        migrate: brings the tables to a version in the transaction of the connection it is given.
        report: is told the share done.

    Raises:
        ArchiveError: the backup does not fit the tables, the database refuses a row, or rows did
            not arrive as they were.
    """
    with _new_file(home / "secret_key") as key, _new_file(home / "old_settings.json") as settings:
        key.write_bytes(archive.read_part(path, "secret_key"))
        settings.write_bytes(archive.read_part(path, "settings.json"))
        try:
            with _all_or_nothing() as connection:
                _clear(connection)
                migrate(connection, manifest.version)
                _restore_rows(connection, path, manifest, report)
                migrate(connection, "head")
        except SQLAlchemyError as error:
            raise ArchiveError(f"The database refuses this backup: {_reason(error)}") from error


@contextmanager
def _all_or_nothing() -> Iterator[Connection]:
    """One transaction; SQLite looks at foreign keys at its end, for tables are dropped in it."""
    with db.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def _clear(connection: Connection) -> None:
    """Drop every table, so that the migrations can make those of the backup's version."""
    for table in reversed(archive.tables_of(connection)):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {archive.VERSION_TABLE}"))


def _restore_rows(connection: Connection, path: Path, manifest: Manifest, report: Report) -> None:
    """Put every row of a backup into empty tables, read them again and compare."""
    tables = archive.tables_of(connection)
    if {table.name for table in tables} != set(manifest.tables):
        raise ArchiveError("The tables of this backup are not those of its version.")
    n_done = 0
    for table in tables:
        lines = archive.lines_in(path, table.name)
        while batch := list(islice(lines, BATCH)):
            _insert(connection, table, [archive.row_of(line, table) for line in batch])
            n_done += len(batch)
            report(n_done / max(manifest.rows, 1))
        _number_on(connection, table)
    if connection.dialect.name == "sqlite":
        _refuse_orphans(connection)
    for table in tables:
        found = archive.count_rows(connection, table)
        archive.require_equal(table.name, found, manifest.tables[table.name])


def _insert(connection: Connection, table: Table, rows: list[archive.Row]) -> None:
    """Put rows in; what the database or its driver says of a wrong one is passed on."""
    try:
        connection.execute(insert(table), rows)
    except (SQLAlchemyError, ValueError, TypeError, OverflowError) as error:
        why = _reason(error)
        raise ArchiveError(f"The rows of “{table.name}” cannot be put in: {why}") from error


def _refuse_orphans(connection: Connection) -> None:
    """Insist that every row's parent is there; PostgreSQL did so at each row."""
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan:
        raise ArchiveError(f"A row of “{orphan[0]}” refers to a row of “{orphan[2]}” not there.")


def _reason(error: Exception) -> str:
    """The first line of what went wrong; the next ones would show what is in the row."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(cause).__name__])[0]


@contextmanager
def _one_moment() -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    token = is_only_reading.set(True)
    try:
        options = (
            {} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        )
        with db.engine.connect().execution_options(**options) as connection:
            yield connection
    finally:
        is_only_reading.reset(token)


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file under another name, for its owner's eyes only, that takes its own name once whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _count(table: Table) -> Select[int]:
    """How many rows a table has."""
    return select(func.count()).select_from(table)


def _number_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the restored ones; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    sequence = select(func.pg_get_serial_sequence(f'"{table.name}"', "id"))
    if connection.scalar(sequence) is not None:
        last = select(func.max(table.c.id)).scalar_subquery()
        name = func.pg_get_serial_sequence(f'"{table.name}"', "id")
        connection.execute(select(func.setval(name, func.coalesce(last, 1), last.is_not(None))))

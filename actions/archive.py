"""A backup's file: a zip with one line of JSON per row, the same from every database.

It holds ``tables/<name>.jsonl``, ``secret_key``, ``settings.json`` and, written last,
``manifest.json``: the version of the tables, and of each how many rows it has and their checksum.
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Date, DateTime, LargeBinary, MetaData, Table, null, select
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeEngine

FORMAT = 1
VERSION_TABLE = "alembic_version"
SMALL_PARTS = ("secret_key", "settings.json")
SUMS = 2**256

LONGEST_LINE = 16 * 2**20
"""A longer line, in bytes, is no row; it is not read to its end."""

LARGEST_PART = 2**20
"""The largest of the small files beside the tables, in bytes."""

DAMAGES = (zipfile.BadZipFile, KeyError, EOFError, zlib.error, RuntimeError)
"""What reading a broken zip raises; a RuntimeError is one that is locked, or made otherwise."""

Row = dict[str, Any]


class ArchiveError(Exception):
    """The file is not a whole backup; says what is wrong."""


@dataclass
class Count:
    """A table's rows: how many, and a checksum that does not depend on their order."""

    rows: int = 0
    checksum: int = 0

    def add(self, line: bytes) -> None:
        """Count one more row."""
        self.rows += 1
        self.checksum += int.from_bytes(hashlib.sha256(line).digest())
        self.checksum %= SUMS


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    version: str
    tables: Mapping[str, Count]

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(count.rows for count in self.tables.values())


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they are in the database, parents before children."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line of JSON; a few rows at a time are in memory.

    They go by their key, which is a random number for responses: the order in which a database
    happens to keep them would tell when an anonymous answer was given.
    """
    ordered = select(table).order_by(*(table.primary_key.columns or table.columns))
    rows = connection.execution_options(yield_per=1000).execute(ordered)
    for row in rows.mappings():
        values = {name: _plain(value) for name, value in row.items()}
        yield json.dumps(values, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def count_rows(connection: Connection, table: Table) -> Count:
    """Count what is in the database."""
    count = Count()
    for line in lines_of(connection, table):
        count.add(line)
    return count


def row_of(line: bytes, table: Table) -> Row:
    """The row that a line holds, ready to be inserted.

    Raises:
        ArchiveError: it is no row, has other columns than the table, or values they cannot take.
    """
    try:
        values = json.loads(line)
        if not isinstance(values, dict) or set(values) != set(table.columns.keys()):
            raise ArchiveError(f"The rows of “{table.name}” do not fit its columns.")
        return {name: _stored(value, table.c[name].type) for name, value in values.items()}
    except (ValueError, TypeError, RecursionError) as error:
        raise ArchiveError(f"A row of “{table.name}” cannot be read.") from error


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write down what the backup holds; without this the file counts for nothing."""
    tables = {
        name: {"rows": count.rows, "checksum": f"{count.checksum:064x}"}
        for name, count in manifest.tables.items()
    }
    content = asdict(manifest) | {"format": FORMAT, "tables": tables}
    archive.writestr("manifest.json", json.dumps(content, indent=2))


def read_manifest(path: Path) -> Manifest:
    """Read what a backup holds.

    Raises:
        ArchiveError: the file is no backup, or not a whole one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _manifest(json.loads(_read_part(archive, "manifest.json")))
    except (*DAMAGES, AttributeError, TypeError, ValueError) as error:
        raise ArchiveError("This file is not a backup, or it is cut off.") from error


def read_part(path: Path, name: str) -> bytes:
    """Read one of the small files of a backup.

    Raises:
        ArchiveError: it is not there, empty, damaged, or far too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            content = _read_part(archive, name)
    except DAMAGES as error:
        raise ArchiveError(f"“{name}” is missing or damaged in this backup.") from error
    if not content.strip():
        raise ArchiveError(f"“{name}” is empty in this backup.")
    return content


def lines_in(path: Path, table: str) -> Iterator[bytes]:
    """The lines of one table in a backup, one at a time.

    Raises:
        ArchiveError: they cannot be read, or one is longer than any row.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(f"tables/{table}.jsonl") as file:
            while line := file.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise ArchiveError(f"A row of “{table}” is too long to be one.")
                yield line
    except DAMAGES as error:
        raise ArchiveError(f"The table “{table}” is damaged in this backup.") from error


def check(path: Path, manifest: Manifest) -> None:
    """Read the whole backup and compare it with what it says of itself.

    Raises:
        ArchiveError: it is damaged, or lacks the key that passwords and links need.
    """
    for name in SMALL_PARTS:
        read_part(path, name)
    for name, expected in manifest.tables.items():
        require_equal(name, count_lines(lines_in(path, name)), expected)


def count_lines(lines: Iterable[bytes]) -> Count:
    """Count what is in a backup."""
    count = Count()
    for line in lines:
        count.add(line)
    return count


def require_equal(table: str, found: Count, expected: Count) -> None:
    """Insist on every row.

    Raises:
        ArchiveError: rows are missing, too many or changed.
    """
    if found != expected:
        raise ArchiveError(
            f"The table “{table}” is damaged: {found.rows} rows where {expected.rows} belong, "
            "or their content changed."
        )


def _manifest(content: Any) -> Manifest:  # noqa: ANN401 -- whatever JSON holds
    """What a manifest says, if it has the shape of one; else any of the usual errors."""
    if content["format"] != FORMAT:
        raise ArchiveError("This backup was made by a newer Outsidein.")
    made_at, version = content["made_at"], content["version"]
    if not isinstance(version, str):
        raise TypeError(version)
    datetime.fromisoformat(made_at)
    tables = {
        name: Count(int(table["rows"]), int(table["checksum"], 16))
        for name, table in content["tables"].items()
    }
    return Manifest(made_at, version, tables)


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a small file of a backup, never more than it may have."""
    with archive.open(name) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise zipfile.BadZipFile(name)
    return content


def _plain(value: object) -> object:
    """A column's value as JSON has it; moments always in UTC."""
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _stored(value: Any, kind: TypeEngine[Any]) -> object:  # noqa: ANN401 -- whatever JSON holds
    """A value as the column takes it."""
    if value is None:
        return null() if isinstance(kind, JSON) else None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value

"""A state of the fact table: its version, its time and its files."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from deltalake import DeltaTable

BEFORE_THE_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
"""What an empty table is as of."""


class Snapshot(NamedTuple):
    """One state of the table."""

    version: int
    as_of: datetime
    files: tuple[str, ...]


def describe(delta: "DeltaTable", version: int) -> Snapshot:
    """Describe the state a Delta table is in."""
    committed = datetime.fromtimestamp(delta.history(1)[0]["timestamp"] / 1000, UTC)
    return Snapshot(version, committed, tuple(delta.file_uris()))

"""The fact table on disk: one Delta table, written by one process at a time.

The home folder's ``facts`` holds a folder per generation of the table; ``current`` names the one
that is read. A rebuild writes the next generation beside it and then changes that name, so that
no reader sees half a table.
"""

import fcntl
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from facts.schema import ORDER, PARTITION, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import DeltaTable

PROJECTOR = "projector"
"""The name under which the table remembers the latest batch it took in."""

MANY_FILES = 250
"""With more files than this a question takes noticeably longer: time to compact."""

SETTINGS = {
    "delta.checkpointInterval": "50",
    # The log keeps the least and greatest value of these columns only: keys of persons and accounts
    # would otherwise outlive the facts that held them.
    "delta.dataSkippingStatsColumns": "answered_at",
}

_SORTED_AT_MOST = 3_000_000  # facts of one month that are sorted in memory


class Place(NamedTuple):
    """Where the table is, and which generation of it."""

    path: Path
    generation: int


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Wait until no other process writes facts, and keep others from it meanwhile."""
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def place(home: Path) -> Place:
    """Where the table is, or will be once it has a fact."""
    pointer = _folder(home) / "current"
    generation = int(pointer.read_text()) if pointer.exists() else 1
    return Place(_folder(home) / f"table-{generation}", generation)


def open_table(home: Path) -> "DeltaTable | None":
    """The table as it is now; none before the first fact."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError, TableNotFoundError

    found = place(home)
    try:
        return DeltaTable(found.path)
    except DeltaError as error:
        if place(home) != found:
            return open_table(home)  # a rebuild has just put another in its place
        if isinstance(error, TableNotFoundError):
            return None
        raise


def latest_batch(home: Path) -> int | None:
    """The number of the latest batch whose facts are in the table; none before the first."""
    table = open_table(home)
    return None if table is None else table.transaction_version(PROJECTOR)


def append(home: Path, facts: "pa.Table", batch: int) -> None:
    """Add facts, and remember in the same commit that this batch is in."""
    _append(place(home).path, facts, batch)


def erase(home: Path, responses: Sequence[str]) -> int:
    """Take the facts of responses out; the files that held them go with ``vacuum``.

    Returns:
        How many facts went.
    """
    table = open_table(home)
    if table is None or not responses:
        return 0
    keys = ", ".join("'" + key.replace("'", "''") + "'" for key in responses)
    return int(table.delete(f"response IN ({keys})")["num_deleted_rows"])


def is_scattered(home: Path) -> bool:
    """Whether the facts lie in so many files that they should be compacted."""
    table = open_table(home)
    return table is not None and len(table.file_uris()) > MANY_FILES


def compact(home: Path) -> int:
    """Bring the facts of each month together in one sorted file.

    Returns:
        How many months were rewritten.
    """
    return _compact(place(home).path)


def vacuum(home: Path) -> None:
    """Remove every file that the table no longer uses; a reader may have to open it again."""
    table = open_table(home)
    if table is not None:
        table.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False)
        table.cleanup_metadata()
    current = place(home).path
    for path in (*_folder(home).glob("table-*"), *_folder(home).glob("gone-*")):
        if path != current:
            shutil.rmtree(path)


def replace(home: Path, batches: "Iterable[pa.Table]", batch: int) -> int:
    """Write the whole table anew and put it in the old one's place.

    Args:
        home: the home folder.
        batches: all facts, in portions.
        batch: the number of the latest batch that is contained in them.

    Returns:
        How many facts the new table holds.
    """
    old = place(home)
    new = _folder(home) / f"table-{old.generation + 1}"
    shutil.rmtree(new, ignore_errors=True)
    n_facts = 0
    for facts in batches:
        _append(new, facts, batch)
        n_facts += facts.num_rows
    _append(new, arrow_schema().empty_table(), batch)
    _compact(new)
    pointer = _folder(home) / "next"
    pointer.write_text(str(old.generation + 1))
    pointer.replace(_folder(home) / "current")
    _remove(old.path)
    return n_facts


def _folder(home: Path) -> Path:
    """The folder of everything about facts."""
    return home / "facts"


def _append(path: Path, facts: "pa.Table", batch: int) -> None:
    """Add facts to the table at a path, which is made if need be."""
    from deltalake import CommitProperties, Transaction

    is_new = not (path / "_delta_log").exists()
    _write(
        path,
        facts,
        mode="append",
        configuration=SETTINGS if is_new else None,
        commit_properties=CommitProperties(app_transactions=[Transaction(PROJECTOR, batch)]),
    )


def _compact(path: Path) -> int:
    """Rewrite the months of the table at a path that lie in several files."""
    from deltalake import DeltaTable

    table = DeltaTable(path)
    files = table.get_add_actions(flatten=True)
    months: dict[str, list[int]] = {}
    for month, n_facts in zip(
        files.column(f"partition.{PARTITION}").to_pylist(),
        files.column("num_records").to_pylist(),
        strict=True,
    ):
        months.setdefault(month, []).append(n_facts)
    scattered = {month: sum(n) for month, n in months.items() if len(n) > 1}
    for month, n_facts in scattered.items():
        chosen = [(PARTITION, "=", month)]
        if n_facts > _SORTED_AT_MOST:
            table.optimize.compact(partition_filters=chosen)
        else:
            facts = table.to_pyarrow_table(filters=chosen)
            _write(path, facts, mode="overwrite", predicate=f"{PARTITION} = '{month}'")
        table.update_incremental()
    return len(scattered)


def _write(path: Path, facts: "pa.Table", **how: Any) -> None:  # noqa: ANN401 -- passed through
    """Write facts, sorted, so that a question about one journey passes over most of a file."""
    from deltalake import WriterProperties, write_deltalake

    write_deltalake(
        path,
        facts.sort_by([(name, "ascending") for name in ORDER]),
        partition_by=[PARTITION],
        writer_properties=WriterProperties(compression="SNAPPY", max_row_group_size=122_880),
        **how,
    )


def _remove(path: Path) -> None:
    """Remove a generation that is no longer read: gone at once, then taken apart."""
    if path.exists():
        gone = path.with_name(f"gone-{path.name}")
        shutil.rmtree(gone, ignore_errors=True)
        path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

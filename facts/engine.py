"""The engine: questions to the fact table are Ibis expressions, which DuckDB answers.

One DuckDB per process, opened when the first question comes and so never shared by a fork; each
thread asks through a cursor of its own. DuckDB reads the table's Parquet files where they lie.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Any, TypeVar

from facts import store
from facts.schema import NAMES, arrow_schema
from facts.snapshot import BEFORE_THE_FIRST, Snapshot, describe

if TYPE_CHECKING:
    import ibis
    from deltalake import DeltaTable

    from facts.duck import Duck
    from insights.filters import Filters

MEMORY = "512MB"
"""What DuckDB may take; beyond it, it writes to the home folder."""

THREADS = 2

REMEMBERED = 64
"""Results that are kept for the next reader of the same page."""

READABLE = 8
"""Older states that can still be read, by a page that is in the midst of it."""


GENERATION = 1_000_000
"""What a rebuild adds to the version, which then is greater than any before."""

Result = TypeVar("Result")


class Facts:
    """The fact table as it was when it was opened.

    Attributes:
        version: a number that goes up with every change of the table.
        as_of: when that change was made.
    """

    def __init__(self, engine: "_Engine") -> None:
        """Look at what there is."""
        self._engine = engine
        self._snapshot = engine.look()

    @property
    def version(self) -> int:
        """A number that goes up with every change of the table."""
        return self._snapshot.version

    @property
    def as_of(self) -> datetime:
        """When the table was last changed; ``BEFORE_THE_FIRST`` while it is empty."""
        return self._snapshot.as_of

    @property
    def table(self) -> "ibis.Table":
        """All facts, to be asked by the thread that asks for them here."""
        import duckdb

        try:
            return self._engine.table(self._snapshot)
        except duckdb.IOException:
            self._snapshot = self._engine.look(anew=True)
            return self._engine.table(self._snapshot)

    def narrow(
        self, table: "ibis.Table", filters: "Filters", *, by_month: bool = False
    ) -> "ibis.Table":
        """Select what may be told for a page's questions; see ``insights.release.release.telling``.

        What they are in SQL is then remembered from page to page, whatever is selected. A thread
        can work with ``facts.duck.SELECTIONS`` selections at once; an older one is lost.

        Args:
            table: this object's ``table``.
            filters: what to keep.
            by_month: whether each month is told for itself.
        """
        held = self._withheld(filters, by_month=by_month)
        return self._engine.narrow(self._snapshot, table, filters, held)

    def hold(self, what: Hashable, selection: "ibis.Table") -> "ibis.Table":
        """Select once for several questions; ``narrow`` does so, too, and both count together.

        Args:
            what: names the selection and every choice it depends on.
            selection: facts of this object's ``table``, with all its columns.
        """
        return self._engine.hold(self._snapshot, what, selection)

    def tell(
        self, table: "ibis.Table", filters: "Filters", *, by_month: bool = False
    ) -> "ibis.Table":
        """Select as ``narrow`` does, however many selections are wanted."""
        from insights.filters import select
        from insights.release.release import withhold

        return withhold(select(table, filters), self._withheld(filters, by_month=by_month))

    def _withheld(self, filters: "Filters", *, by_month: bool) -> tuple[str, ...]:
        """What may not be told of a selection."""
        from insights.release.release import release

        ever = replace(filters, month_from=None, month_to=None)
        allowed = self.remember(("release", ever), lambda: release(self.table, ever))
        return allowed.withheld(filters.month_from, filters.month_to, by_month=by_month)

    def remember(self, what: Hashable, compute: Callable[[], Result]) -> Result:
        """Compute something from the table, or give what was computed before.

        Files may go while they are read: then the table is opened anew, once, and ``compute``,
        which must ask this object for its ``table``, runs again.

        Args:
            what: names the result and every choice it depends on.
            compute: makes the result, which is not changed afterwards.
        """
        import duckdb

        found = self._engine.recall((self.version, what))
        if found is None:
            try:
                found = compute()
            except duckdb.IOException:
                self._snapshot = self._engine.look(anew=True)
                found = compute()
            self._engine.keep((self.version, what), found)
        result: Result = found
        return result


def open_facts(home: Path) -> Facts:
    """Open the fact table as it is now; takes about a millisecond when nothing changed.

    Args:
        home: the home folder.
    """
    if _process.id != os.getpid():
        _process.__init__()  # type: ignore[misc]  # a forked child starts with nothing opened
    with _process.lock:
        engine = _process.engines.get(home)
        if engine is None:
            engine = _process.engines[home] = _Engine(home)
    return Facts(engine)


class _Process:
    """What this process has opened."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.id = os.getpid()
        self.lock = Lock()
        self.engines: dict[Path, _Engine] = {}


class _Engine:
    """DuckDB over the fact table of one home folder."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._home = home
        self._lock = Lock()
        self._place: store.Place | None = None
        self._delta: DeltaTable | None = None
        self._snapshot: Snapshot | None = None
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._duckdb: Any = None
        self._views: list[str] = []
        self._thread = local()

    def look(self, *, anew: bool = False) -> Snapshot:
        """The newest state of the table.

        Args:
            anew: open the table again, rather than read what was added to its log.
        """
        with self._lock:
            place = store.place(self._home)
            if anew or self._delta is None or place != self._place:
                self._place, self._delta = place, store.open_table(self._home)
            else:
                self._delta.update_incremental()
            if self._delta is None:
                return Snapshot(0, BEFORE_THE_FIRST, ())
            version = place.generation * GENERATION + self._delta.version()
            if self._snapshot is None or self._snapshot.version != version:
                self._snapshot = describe(self._delta, version)
            return self._snapshot

    def table(self, snapshot: Snapshot) -> "ibis.Table":
        """A state of the table, for this thread."""
        import ibis

        if not snapshot.files:
            return ibis.memtable(arrow_schema().empty_table())
        self._open(snapshot)
        return self._duck().stored(_view(snapshot), ibis.Schema.from_pyarrow(arrow_schema()))

    def narrow(
        self,
        snapshot: Snapshot,
        table: "ibis.Table",
        filters: "Filters",
        withheld: tuple[str, ...],
    ) -> "ibis.Table":
        """What may be told of a selection from a state of the table, for this thread."""
        from insights.filters import select
        from insights.release.release import withhold

        selection = withhold(select(table, filters), withheld)
        return self.hold(snapshot, (table.op(), filters, withheld), selection)

    def hold(self, snapshot: Snapshot, what: Hashable, selection: "ibis.Table") -> "ibis.Table":
        """A selection from a state of the table under a name of this thread's."""
        if not snapshot.files:
            return selection
        return self._duck().hold((snapshot.version, what), selection)

    def recall(self, key: Hashable) -> Any:  # noqa: ANN401 -- whatever was kept
        """A result that was kept, or nothing."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def keep(self, key: Hashable, result: object) -> None:
        """Keep a result; the one not asked for longest goes."""
        with self._lock:
            self._results[key] = result
            while len(self._results) > REMEMBERED:
                self._results.popitem(last=False)

    def _open(self, snapshot: Snapshot) -> None:
        """Let DuckDB read the files of a state under its name; the oldest name goes.

        Ibis would ask DuckDB what columns there are; the schema says so already.
        """
        connection, name = self._connection(), _view(snapshot)
        with self._lock:
            if name in self._views:
                return
            files = connection.read_parquet(list(snapshot.files), hive_partitioning=True)
            files.project(", ".join(NAMES)).create_view(name, replace=True)
            self._views.append(name)
            if len(self._views) > READABLE:
                connection.execute(f"DROP VIEW IF EXISTS {self._views.pop(0)}")

    def _duck(self) -> "Duck":
        """This thread's way to DuckDB, opened when it asks first."""
        if not hasattr(self._thread, "duck"):
            from facts.duck import Duck

            self._thread.duck = Duck.from_connection(self._connection().cursor())
        duck: Duck = self._thread.duck
        return duck

    def _connection(self) -> Any:  # noqa: ANN401 -- a DuckDB connection
        """The process's DuckDB, opened once; it installs and loads nothing."""
        import duckdb

        with self._lock:
            if self._duckdb is None:
                settings: dict[str, str | bool | int | float | list[str]] = {
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                    "memory_limit": MEMORY,
                    "threads": THREADS,
                    "temp_directory": str(self._home / "facts" / "spill"),
                    "preserve_insertion_order": False,
                }
                self._duckdb = duckdb.connect(":memory:", config=settings)
                self._duckdb.execute("SET GLOBAL parquet_metadata_cache = true")
        return self._duckdb


def _view(snapshot: Snapshot) -> str:
    """The name under which DuckDB knows a state of the table."""
    return f"facts_{snapshot.version}"


_process = _Process()

"""Ibis over DuckDB for one thread: questions that were put before are not put into SQL again.

To put a question into SQL takes longer than to answer it from a million facts. So a selection is a
view with one of a few names: then the questions of a page are the same from page to page, whatever
was selected, and their SQL is remembered. Few facts are copied for it; to copy many would take
longer than to read what each question needs of them.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any

from ibis.backends.duckdb import Backend
from ibis.expr import operations

if TYPE_CHECKING:
    import ibis

SELECTIONS = 4
"""Selections that a thread can work with at once; a page needs two."""

_NAME = "selection_"
_NAMES = tuple(f"{_NAME}{number}" for number in range(SELECTIONS))

COPIED = 200_000
"""Facts of a selection that are copied once, so that each question need not select them again."""

QUESTIONS = 200
"""Questions to selections whose SQL is remembered."""

_sql: OrderedDict[Hashable, str] = OrderedDict()
_lock = Lock()


class Duck(Backend):  # type: ignore[misc]  # the library is untyped
    """DuckDB as one thread asks it."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 -- passed through
        """Begin with no selection."""
        super().__init__(*given, **named)
        self._selections: OrderedDict[Hashable, str] = OrderedDict()

    def compile(self, expr: "ibis.Expr", /, **how: Any) -> str:  # noqa: ANN401 -- passed through
        """The SQL of a question."""
        if any(value is not None for value in how.values()):
            return str(super().compile(expr, **how))
        question = expr.op()
        with _lock:
            if question in _sql:
                _sql.move_to_end(question)
                return _sql[question]
        sql = str(super().compile(expr))
        if _NAME not in sql:  # it asks one state of the facts, whose results are remembered
            return sql
        with _lock:
            _sql[question] = sql
            while len(_sql) > QUESTIONS:
                _sql.popitem(last=False)
        return sql

    def stored(self, name: str, schema: "ibis.Schema") -> "ibis.Table":
        """A table or view whose columns are known, so that DuckDB need not be asked."""
        return operations.DatabaseTable(
            name=name, schema=schema, source=self, namespace=operations.Namespace()
        ).to_expr()

    def hold(self, what: Hashable, selection: "ibis.Table") -> "ibis.Table":
        """A selection under a name; the one that was not asked for longest gives up its own.

        Args:
            what: names the selection, and the state of the table it is made from.
            selection: with the columns of what it selects from, and nothing from memory.
        """
        if what in self._selections:
            self._selections.move_to_end(what)
        else:
            if len(self._selections) == SELECTIONS:
                self._selections.popitem(last=False)
            taken = self._selections.values()
            name = next(name for name in _NAMES if name not in taken)
            self._name(name, str(super().compile(selection)))
            self._selections[what] = name
        return self.stored(self._selections[what], selection.schema())

    def _name(self, name: str, sql: str) -> None:
        """Give a selection a name, which another may have had before."""
        self.con.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {sql}")
        copy = f"copy_of_{name}"
        if self.con.view(name).count("*").fetchall()[0][0] > COPIED:
            self.con.execute(f"DROP TABLE IF EXISTS {copy}")
            return
        self.con.execute(f"CREATE OR REPLACE TEMPORARY TABLE {copy} AS FROM {name}")
        self.con.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS FROM {copy}")

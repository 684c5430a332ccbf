"""Rows of a CRM's file, and what their cells say: keys, words, amounts, moments."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite

from extensions import Model, db
from questionnaires.interchange.moments import EARLIEST
from questionnaires.interchange.points import CellError
from questionnaires.interchange.reading import Refusal

LONGEST_KEY = 128

OnRefusal = Callable[[Refusal], object]
Report = Callable[[int], object]

Word = TypeVar("Word", bound=StrEnum)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}[.,]\d{3}")
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


class Line(NamedTuple):
    """One row of a file."""

    number: int  # of the line where it begins
    cells: Mapping[str, str]  # by the name of the column; those the file has


class Cells:
    """The cells of one row, read one by one; what cannot be read is kept as a refusal."""

    def __init__(self, line: Line) -> None:
        """Begin with nothing refused."""
        self._line = line
        self.refusals: list[Refusal] = []

    def read(self, column: str, reading: Callable[[str], Any]) -> Any:  # noqa: ANN401 -- any value
        """What a cell says; None where it is blank, not there, or refused."""
        cell = self._line.cells.get(column, "").strip()
        if not cell:
            return None
        try:
            return reading(cell)
        except CellError as error:
            self.refuse(column, str(error))
            return None

    def refuse(self, column: str, reason: str) -> None:
        """Keep the row out."""
        cell = self._line.cells.get(column, "").strip()
        self.refusals.append(Refusal(self._line.number, column, cell, reason))


def read_key(cell: str) -> str:
    """A key, as the company knows somebody.

    Raises:
        CellError: it is too long, or holds characters that no key has.
    """
    return read_text(cell, LONGEST_KEY)


def read_text(cell: str, longest: int) -> str:
    """A short text.

    Raises:
        CellError: it is too long, or holds characters that no line of text has.
    """
    if len(cell) > longest:
        raise CellError(f"this is longer than {longest} characters")
    if _CONTROL.search(cell):
        raise CellError("this holds a line break or another control character")
    return cell


def read_word(cell: str, words: type[Word]) -> Word:
    """One of the shared words, in small letters or capitals, with spaces or dashes.

    Raises:
        CellError: it is none of them; the message lists them.
    """
    try:
        return words(re.sub(r"[\s-]+", "_", cell.lower()))
    except ValueError:
        listed = ", ".join(word.value for word in words)
        raise CellError(f"this is none of: {listed}") from None


def read_amount(cell: str) -> float:
    """An amount of money, zero or above.

    Raises:
        CellError: it is no number, below zero, or may be read in two ways.
    """
    if not _AMOUNT.fullmatch(cell):
        raise CellError("this is no number; write it like 1234.50, without a currency")
    if _THOUSANDS.fullmatch(cell):
        raise CellError("this may mean thousands or decimals; write it like 1234 or 1234.50")
    amount = float(cell.replace(",", "."))
    if amount < 0:
        raise CellError("this is below zero")
    if not math.isfinite(amount):
        raise CellError("this is too large")
    return amount


def read_moment(cell: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A moment in UTC: noon where only a day is told, in the organisation's zone unless it says.

    Raises:
        CellError: there is no such moment, it is written otherwise, or it lies in the future.
    """
    try:
        if _DAY.fullmatch(cell):
            day = date.fromisoformat(cell)
            is_future = day > now.astimezone(zone).date()
            moment = datetime.combine(day, time(12), zone).astimezone(UTC)
        else:
            told = datetime.fromisoformat(cell)
            moment = (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)
            is_future = moment > now
    except (ValueError, OverflowError):
        raise CellError(
            "this is no time; write 2026-10-31, 2026-10-31T14:05 or 2026-10-31T14:05+01:00"
        ) from None
    if is_future:
        raise CellError("this lies in the future")
    if moment < EARLIEST:
        raise CellError("this lies before 1900")
    return moment


def insert_new(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Insert rows; one that another process inserted meanwhile is left as it is."""
    if not rows:
        return
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    # Into the table: the model itself would split rows into one statement per set of blanks.
    table = db.metadata.tables[model.__tablename__]
    insert = sqlite.insert(table) if is_sqlite else postgresql.insert(table)
    db.session.execute(insert.on_conflict_do_nothing(), rows)


def tell(refusals: Iterable[Refusal], on_refusal: OnRefusal | None) -> None:
    """Tell every refusal of a row."""
    if on_refusal is not None:
        for refusal in refusals:
            on_refusal(refusal)

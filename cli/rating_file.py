"""A CSV of ratings as it lies there: its columns as answers, its faulty cells as refusals."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from flask_babel import gettext as _
from tqdm import tqdm

from cli.csv_rows import Rows, column, read_rows
from questionnaires.interchange.reading import Refusal

if TYPE_CHECKING:
    import pandas as pd

    from insights.file.answers import Cells, Scale


class Columns(NamedTuple):
    """Which columns of a file mean what."""

    overall: str
    touchpoints: Sequence[str]
    account: str | None
    weight: str | None

    @property
    def every(self) -> list[str]:
        """All of them, the overall answer first."""
        return [self.overall, *self.touchpoints, *filter(None, [self.account, self.weight])]


class Reading(NamedTuple):
    """How their cells are read."""

    scale: "Scale"
    overall_scale: "Scale"
    not_met: Sequence[str]


class Answers(NamedTuple):
    """What came of a file."""

    frame: "pd.DataFrame"  # as ``insights.pain.pain.pain`` takes it
    names: Mapping[str, str]  # of each touchpoint of the frame its column in the file
    refusals: list[Refusal]
    n_rows: int
    n_without_overall: int
    n_weightless: int  # rows that weigh nothing


def read_answers(path: Path, columns: Columns, reading: Reading) -> Answers:
    """Read a file of ratings; what cannot be read is refused cell by cell, the rest counts.

    Args:
        path: the file.
        columns: which columns of it mean what.
        reading: how their cells are read.

    Raises:
        click.ClickException: the file cannot be read, lacks a column, or has no rows.
    """
    rows = read_rows(path)
    places = _places(rows, columns)
    lines, texts, refusals = _texts(rows, places)
    if not lines and not refusals:
        raise click.ClickException(f"{path} has a header and no rows: there is nothing to analyse.")
    n_rows = len(lines) + len(refusals)
    given = dict(zip(columns.every, texts, strict=True))
    cells = _cells(given, columns, reading)
    for name, found in cells.items():
        refusals += _refused(name, given[name], found, lines)
    frame, names = _frame(cells, given, columns)
    n_without = int(frame["y"].isna().sum())
    n_weightless = 0
    if columns.weight:
        n_weightless = int((frame["weight"] == 0).sum())
        frame = frame[frame["weight"] > 0]
    return Answers(frame, names, sorted(refusals), n_rows, n_without, n_weightless)


def _places(rows: Rows, columns: Columns) -> list[int]:
    """Where the columns stand; each may mean one thing."""
    places = [column(rows, name) for name in columns.every]
    double = [
        name for name, place in zip(columns.every, places, strict=True) if places.count(place) > 1
    ]
    if double:
        raise click.ClickException(f"The column “{double[0]}” is named twice: it can be one thing.")
    return places


def _texts(rows: Rows, places: list[int]) -> tuple[list[int], list[list[str]], list[Refusal]]:
    """Read the cells, column by column, with the line of each row; other rows are refused."""
    lines: list[int] = []
    texts: list[list[str]] = [[] for _ in places]
    refusals = []
    for row in tqdm(rows, total=rows.count(), desc=_("Reading"), unit=" rows", disable=None):
        if row.is_bad:
            reason = _(
                "%(n_here)s fields where the header has %(n_wanted)s",
                n_here=len(row.fields),
                n_wanted=len(rows.header),
            )
            refusals.append(Refusal(row.line, "", "", str(reason)))
            continue
        lines.append(row.line)
        for cells, place in zip(texts, places, strict=True):
            cells.append(row.fields[place])
    return lines, texts, refusals


def _cells(
    given: Mapping[str, list[str]], columns: Columns, reading: Reading
) -> "dict[str, Cells]":
    """The numbers of each column; a value for "not met" that is on the overall scale is a score."""
    from insights.file.answers import number_of, scores_of, weights_of

    worst, best = sorted(reading.overall_scale)
    numbers = {value: number_of(value) for value in reading.not_met}
    absent = [value for value, at in numbers.items() if at is None or not worst <= at <= best]
    cells = {columns.overall: scores_of(given[columns.overall], reading.overall_scale, absent)}
    for name in columns.touchpoints:
        cells[name] = scores_of(given[name], reading.scale, reading.not_met)
    if columns.weight:
        cells[columns.weight] = weights_of(given[columns.weight])
    return cells


def _frame(
    cells: "Mapping[str, Cells]", given: Mapping[str, list[str]], columns: Columns
) -> "tuple[pd.DataFrame, dict[str, str]]":
    """The answers as ``pain`` takes them, and what each touchpoint's column was called."""
    import pandas as pd

    from insights.file.answers import accounts_of

    names = {f"{place:03d}": name for place, name in enumerate(columns.touchpoints)}
    n_rows = len(given[columns.overall])
    account = given[columns.account] if columns.account else [""] * n_rows
    content = {"y": cells[columns.overall].numbers, "cluster": accounts_of(account)}
    content |= {key: cells[name].numbers for key, name in names.items()}
    if columns.weight:
        content["weight"] = cells[columns.weight].numbers
    return pd.DataFrame(content), names


def _refused(
    name: str, texts: Sequence[str], found: "Cells", lines: Sequence[int]
) -> Iterator[Refusal]:
    """The refusals of a column, in words."""
    reasons = {
        "no_number": _("not a number"),
        "off_scale": _("not on its scale"),
        "no_weight": _("no weight: the row is left out"),
        "negative": _("a weight below zero: the row is left out"),
        "infinite": _("not a finite number"),
    }
    for at, fault in found.faults.items():
        yield Refusal(lines[at], name, texts[at], str(reasons[fault]))


def told(refusal: Refusal) -> str:
    """A refusal in one line that cannot steer a terminal."""
    if not refusal.column:
        return str(_("Line %(line)s: %(reason)s.", line=refusal.line, reason=refusal.reason))
    value = "".join(letter if letter.isprintable() else "·" for letter in refusal.value[:60])
    return str(
        _(
            "Line %(line)s, %(column)s, “%(value)s”: %(reason)s.",
            line=refusal.line,
            column=refusal.column,
            value=value,
            reason=refusal.reason,
        )
    )

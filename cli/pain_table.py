"""Pain as a table in a terminal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext as _

import phrasing
from wording import change as change_words
from wording import pain as pain_words

WIDEST = 36
"""Letters of a name that are shown."""


def write(file: Path, text: str) -> None:
    """Write a result, and say so.

    Raises:
        click.ClickException: it cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(_("Wrote %(file)s.", file=file))


def table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line per touchpoint under a line of headings, each column as wide as it needs.

    Args:
        rows: plain rows of a pain result, with ``name``, in the order to be shown.
    """
    heads = [
        _("Touchpoint"),
        _("Points lost"),
        _("Interval"),
        _("Impact × shortfall × reach"),
        _("Rank"),
        _("Score"),
        _("Ratings"),
        _("Importance"),
        _("Kind"),
    ]
    return _aligned(heads, [_cells(row) for row in rows], right=frozenset({1, 4, 5, 6, 7}))


def change_lines(found: Mapping[str, Any]) -> list[str]:
    """What changed in one stage: a sentence, then a line per touchpoint.

    Args:
        found: ``name`` and ``stage``, and its ``change`` as ``insights.pain.change_content`` says.
    """
    change = found["change"]
    lines = [f"{found['name']} [{found['stage']}]: {change_words.whole(change)}"]
    if change is None or change["reason"]:
        return lines
    lines += [f"  {line}" for line in change_words.proven(change)]
    heads = [
        _("Touchpoint"),
        _("Change of points lost"),
        _("Interval"),
        _("by reach"),
        _("by shortfall"),
        _("Impact changed"),
    ]
    rows = [_change_cells(row) for row in change["touchpoints"]]
    return lines + [f"  {line}" for line in _aligned(heads, rows, right=frozenset({1, 3, 4, 5}))]


def _cells(row: Mapping[str, Any]) -> list[str]:
    """What stands in a line."""
    is_priced = row["pain"] is not None
    return [
        _short(row["name"]),
        phrasing.points(row["pain"]),
        phrasing.lost_between(row["pain_low"], row["pain_high"])
        if is_priced
        else pain_words.why_no_pain(row),
        pain_words.spelled(row) if is_priced else phrasing.TOO_FEW,
        pain_words.rank(row),
        phrasing.score(row["score"]),
        phrasing.TOO_FEW if row["n"] is None else phrasing.count(row["n"]),
        phrasing.share(row["importance"]),
        pain_words.kind(row),
    ]


def _change_cells(row: Mapping[str, Any]) -> list[str]:
    """What stands in a line about a change."""
    if row["change"] is None:
        return [_short(row["name"]), phrasing.TOO_FEW, pain_words.why_no_pain(row), "", "", ""]
    return [
        _short(row["name"]),
        change_words.points(row["change"]),
        change_words.between(row["change_low"], row["change_high"]),
        change_words.points(row["reach_part"]),
        change_words.points(row["shortfall_part"]),
        change_words.points(row["impact_part"]),
    ]


def _short(name: str) -> str:
    """A name that leaves room for numbers."""
    return name if len(name) <= WIDEST else name[: WIDEST - 1] + "…"


def _aligned(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]
) -> list[str]:
    """Lines under headings, each column as wide as it needs, numbers to the right."""
    cells = [[str(head) for head in heads], *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]

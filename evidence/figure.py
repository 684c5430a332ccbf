"""What a measurement gives: figures, each with its Monte Carlo error and the bound it must keep."""

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One number that was measured.

    Attributes:
        what: what it is about, in a few words.
        value: the number.
        error: its Monte Carlo standard error; 0 where chance plays no part.
        bound: what it must keep; None where it only informs.
        is_floor: whether ``bound`` is the least it may be, not the most.
        n: surveys, or decisions, that it was counted over.
    """

    what: str
    value: float
    error: float
    bound: float | None = None
    is_floor: bool = False
    n: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether the number keeps its bound."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.is_floor else self.value <= self.bound


class Table(NamedTuple):
    """The figures of one measurement.

    Attributes:
        title: a heading.
        about: how it was measured, in Markdown.
        figures: what came of it.
    """

    title: str
    about: str
    figures: Sequence[Figure]


def share(what: str, hits: int, n: int, bound: float, *, is_floor: bool) -> Figure:
    """A share as a figure, with its binomial error."""
    value = hits / n if n else 0.0
    error = (value * (1 - value) / n) ** 0.5 if n else 0.0
    return Figure(what, value, error, bound, is_floor, n)


def as_markdown(table: Table) -> str:
    """Write a table of figures, three decimals each."""
    lines = [
        f"## {table.title}",
        "",
        table.about.strip(),
        "",
        "| what | counted over | measured | Monte Carlo error | must be |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in table.figures:
        bound = "" if one.bound is None else f"{'≥' if one.is_floor else '≤'} {one.bound:.2f}"
        kept = "" if one.is_kept else " **not kept**"
        lines.append(
            f"| {one.what} | {one.n:,} | {one.value:.3f} | {one.error:.3f} | {bound}{kept} |"
        )
    return "\n".join(lines) + "\n"

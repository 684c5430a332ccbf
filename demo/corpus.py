"""What customers of the demonstration write: hand-written lines, by touchpoint and mood.

Each file in ``comments/`` holds the lines about one touchpoint (or about leaving, or about nothing
in particular) under headings such as ``[nl negative b2b broken]``: a language, a mood, and
optionally the market that talks so and the phase of the story in which it would be said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vocabulary import LANGUAGES, Market

FOLDER: Final = Path(__file__).parent / "comments"
GENERAL: Final = "general"
LEAVING: Final = "leaving"


class Mood(StrEnum):
    """How a line sounds."""

    NEGATIVE = "negative"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Phase(StrEnum):
    """When in the story a line can be said; a line without one can always be."""

    BROKEN = "broken"
    UNREPAIRED = "unrepaired"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class Line:
    """One hand-written comment."""

    text: str
    language: str
    mood: Mood
    market: Market | None = None
    phase: Phase | None = None


class CorpusError(ValueError):
    """A file of comments that cannot be read, with the line where it goes wrong."""


def read_lines(text: str, name: str) -> Iterator[Line]:
    r"""Read one file of comments.

    Raises:
        CorpusError: a heading names something unknown, or a line stands above every heading.

    Example:
        >>> [line.text for line in read_lines("[en positive]\nGreat", "general")]
        ['Great']
    """
    heading: Line | None = None
    for number, row in enumerate(text.splitlines(), start=1):
        if row.startswith("[") and row.endswith("]"):
            heading = _heading(row, f"{name}, line {number}")
        elif row.strip():
            if heading is None:
                raise CorpusError(f"{name}, line {number}: no heading above it")
            yield Line(row.strip(), heading.language, heading.mood, heading.market, heading.phase)


def _heading(row: str, where: str) -> Line:
    """What a heading says about the lines below it."""
    language, mood, *tags = row[1:-1].split()
    known = {*Market, *Phase}
    if language not in LANGUAGES or mood not in set(Mood) or not known.issuperset(tags):
        raise CorpusError(f"{where}: unknown heading {row}")
    market = next((Market(tag) for tag in tags if tag in set(Market)), None)
    phase = next((Phase(tag) for tag in tags if tag in set(Phase)), None)
    return Line("", language, Mood(mood), market, phase)


@cache
def corpus() -> Mapping[str, tuple[Line, ...]]:
    """Every line, by the name of its file."""
    return MappingProxyType(
        {
            path.stem: tuple(read_lines(path.read_text(encoding="utf-8"), path.name))
            for path in sorted(FOLDER.glob("*.txt"))
        }
    )

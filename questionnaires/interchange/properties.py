"""What one cell says of the respondent: an audience, a weight, a language, a key."""

import math
import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

from questionnaires.interchange.points import CellError
from vocabulary import Audience, Channel, Market

LONGEST_KEY, LONGEST_LABEL = 128, 200
HEAVIEST = 1_000_000.0

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def read_label(text: str | None, *, longest: int = LONGEST_LABEL) -> str | None:
    """Read a word or a few; none where the cell is blank.

    Raises:
        CellError: it is too long, or holds control characters.
    """
    if text is None:
        return None
    if len(text) > longest:
        raise CellError(f"this is longer than {longest} characters")
    if not text.isprintable():
        raise CellError("this holds control characters")
    return text


def _read_id(text: str | None) -> str:
    """Read a response's own id."""
    label = read_label(text)
    if not label:
        raise CellError("this row has no id")
    return label


def _read_word(text: str | None, *, kind: type[StrEnum]) -> StrEnum:
    """Read one of the product's own words."""
    try:
        return kind(str(text))
    except ValueError:
        words = ", ".join(kind)
        raise CellError(f"this is none of {words}") from None


def _read_channel(text: str | None) -> StrEnum | None:
    """Read a channel; none where it is not known."""
    return None if text is None else _read_word(text, kind=Channel)


def _read_language(text: str | None) -> str:
    """Read the code of a language."""
    if not _LANGUAGE.fullmatch(text or ""):
        raise CellError("this is no code of a language, such as nl or en")
    return str(text)


def _read_weight(text: str | None) -> float:
    """Read how much a response counts."""
    try:
        weight = float((text or "").replace(",", "."))
    except ValueError:
        raise CellError("this is not a number") from None
    if not math.isfinite(weight) or not 0 < weight <= HEAVIEST:
        raise CellError(f"a weight is more than 0 and at most {HEAVIEST:,.0f}")
    return weight


def _read_part(text: str | None, *, low: int, high: int) -> int | None:
    """Read a part of a date."""
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,4}(\.0+)?", text) or not low <= int(float(text)) <= high:
        raise CellError(f"this is not a number from {low} to {high}")
    return int(float(text))


def _needed(reader: Callable[[str | None], int | None]) -> Callable[[str | None], int]:
    """The same reader, which takes no blank."""

    def read(text: str | None) -> int:
        part = reader(text)
        if part is None:
            raise CellError("this is blank")
        return part

    return read


READERS: dict[str, Callable[[str | None], Any]] = {
    "id": _read_id,
    "person": partial(read_label, longest=LONGEST_KEY),
    "account": partial(read_label, longest=LONGEST_KEY),
    "audience": partial(_read_word, kind=Audience),
    "market": partial(_read_word, kind=Market),
    "channel": _read_channel,
    "language": _read_language,
    "weight": _read_weight,
    "year": _needed(partial(_read_part, low=1900, high=9999)),
    "month": _needed(partial(_read_part, low=1, high=12)),
    "day": partial(_read_part, low=1, high=31),
}
"""How each property is read; an attribute is a label."""

"""What one cell answers: a point of a scale, options, or words."""

import re
from collections.abc import Mapping

from questionnaires.value import COMMENT_LIMIT, NOT_APPLICABLE

_WHOLE = re.compile(r"[-+]?\d{1,9}([.,]0+)?")
_HOLDS_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CellError(ValueError):
    """A cell that cannot be what its column should hold; the message says why."""


def read_point(  # noqa: PLR0913 -- all that a scale may be
    cell: str,
    *,
    ends: tuple[int, int],
    is_reversed: bool,
    points: Mapping[str, int] | None,
    blank: frozenset[str],
    not_met: frozenset[str],
) -> int | str | None:
    """Read a point of a scale; ``NOT_APPLICABLE`` where it was not met, None where blank.

    Raises:
        CellError: it is no whole number, or off the scale.
    """
    text = cell.strip()
    if text in blank:
        return None
    if text in not_met:
        return NOT_APPLICABLE
    if points is not None:
        if text not in points:
            raise CellError("the mapping does not say which point this is")
        point = points[text]
    elif _WHOLE.fullmatch(text):
        point = int(re.split(r"[.,]", text)[0])
    else:
        raise CellError("this is not a whole number")
    low, high = ends
    if not low <= point <= high:
        raise CellError(f"this is off the scale, which goes from {low} to {high}")
    return low + high - point if is_reversed else point


def read_single(cell: str, *, options: Mapping[str, str], blank: frozenset[str]) -> str | None:
    """Read the one option that was chosen.

    Raises:
        CellError: the mapping knows no such option.
    """
    text = cell.strip()
    if text in blank:
        return None
    if text not in options:
        raise CellError("the mapping has no such option")
    return options[text]


def read_several(
    cell: str, *, options: Mapping[str, str], separator: str, blank: frozenset[str]
) -> list[str] | None:
    """Read the options that were chosen, in the order of the file, each once.

    Raises:
        CellError: the mapping knows no such option.
    """
    if cell.strip() in blank:
        return None
    chosen = [read_single(part, options=options, blank=blank) for part in cell.split(separator)]
    return list(dict.fromkeys(option for option in chosen if option is not None))


def read_comment(cell: str, *, blank: frozenset[str]) -> str | None:
    """Read what somebody wrote.

    Raises:
        CellError: it is longer than a comment may be, or holds control characters.
    """
    text = cell.strip()
    if text in blank:
        return None
    if len(text) > COMMENT_LIMIT:
        raise CellError(f"this is longer than {COMMENT_LIMIT:,} characters")
    if _HOLDS_CONTROL.search(text):
        raise CellError("this holds control characters")
    return text

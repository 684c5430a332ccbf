"""What was asked, version by version, and what really changed from one to the next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Asked(NamedTuple):
    """A stage's overall question, or the rating of a touchpoint, as one version asked it.

    Attributes:
        wording: the question, by language.
        scale: everything that says how it is answered, as words and numbers that can be compared.
        ends: what the ends of the scale mean, by language.
        touchpoints: the keys of the touchpoints that were asked about beside it.
    """

    wording: Mapping[str, str]
    scale: tuple[object, ...] = ()
    ends: Mapping[str, str] = {}
    touchpoints: frozenset[str] = frozenset()


Key = tuple[str, int, str, str | None]
"""A survey, the number of a version, a stage, and a touchpoint; None for the stage as a whole."""


class Change(StrEnum):
    """What was asked otherwise from some month on."""

    WORDING = "wording"
    SCALE = "scale"  # other points, or other words at them
    TOUCHPOINTS = "touchpoints"  # others were asked about beside it
    VERSION = "version"  # a new version, of which it is not known what it says


def what_changed(before: Asked | None, after: Asked | None) -> tuple[Change, ...]:
    """Tell what differs between two ways to ask for the same thing.

    Args:
        before: how it was asked; None where that is not known.
        after: how it was asked then.

    Returns:
        The changes, in the order of ``Change``; none where it was asked in the same way. Blanks do
        not matter, and neither does a language that came or went: who reads the others sees the
        same question.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> before = Asked({"en": "How was it?"}, ("rating", 1, 5))
        >>> after = Asked({"en": "How was  it?", "nl": "Hoe was het?"}, ("rating", 1, 7))
        >>> [change.value for change in what_changed(before, after)]
        ['scale']
    """
    if before is None or after is None:
        return (Change.VERSION,)
    differs = {
        Change.WORDING: _is_reworded(before.wording, after.wording),
        Change.SCALE: before.scale != after.scale or _is_reworded(before.ends, after.ends),
        Change.TOUCHPOINTS: before.touchpoints != after.touchpoints,
    }
    return tuple(change for change, is_other in differs.items() if is_other)


def _is_reworded(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether a text differs in a language that has it in both; all of it, where none does."""
    shared = before.keys() & after.keys()
    if not shared:
        return bool(before or after)
    return any(before[code].split() != after[code].split() for code in shared)

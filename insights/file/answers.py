"""Cells of somebody's own CSV as the scores, weights and accounts that pain is computed from."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_SCALE = re.compile(
    r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:-|–|\.\.|:|to)\s*(-?\d+(?:[.,]\d+)?)\s*", re.ASCII
)


class Fault(StrEnum):
    """What is wrong with a cell."""

    NO_NUMBER = "no_number"
    OFF_SCALE = "off_scale"
    NO_WEIGHT = "no_weight"
    NEGATIVE = "negative"
    INFINITE = "infinite"


class Scale(NamedTuple):
    """The point that is worst, and the one that is best; the worst may be the higher number."""

    worst: float
    best: float


class Cells(NamedTuple):
    """A column as numbers, null where there is none, and by position what was refused."""

    numbers: np.ndarray
    faults: Mapping[int, Fault]


def scale_of(text: str) -> Scale:
    """Read a scale as people write it.

    Args:
        text: the worst and the best point, such as "1-5", "0-10", or "5-1" where 1 is best.

    Returns:
        The scale.

    Raises:
        ValueError: it is no such pair, or both points are the same.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> scale_of("5-1"), scale_of("-2-2")
        (Scale(worst=5.0, best=1.0), Scale(worst=-2.0, best=2.0))
    """
    found = _SCALE.fullmatch(text)
    ends = [number_of(end) for end in found.groups()] if found else [None, None]
    worst, best = ends
    if worst is None or best is None or worst == best:
        raise ValueError(f"a scale looks like 1-5 or 0-10, worst point first; not “{text}”")
    return Scale(worst, best)


def number_of(text: str) -> float | None:
    """Read a number with a decimal point or a decimal comma.

    Args:
        text: a cell.

    Returns:
        The number; infinite when it is too large to hold; None when it is no number.

    References:
        ``Cells``.

    Example:
        >>> number_of(" 4,5 "), number_of("four"), number_of("1e999")
        (4.5, None, inf)
    """
    bare = text.strip()
    return float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


def scores_of(texts: Sequence[str], scale: Scale, without: Collection[str] = ()) -> Cells:
    """Read ratings, and bring them to 0-100.

    Args:
        texts: the cells of a column.
        scale: their scale; points between its whole numbers count too.
        without: values that stand for no rating, such as "6" or "n/a"; blank always does.

    Returns:
        Scores, null where there is no rating or the cell was refused: no number, or off the scale.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> found = scores_of(["1", "4,0", "", "6", "7", "good"], Scale(1, 5), ["6.0"])
        >>> found.numbers.tolist(), {at: str(fault) for at, fault in found.faults.items()}
        ([0.0, 75.0, nan, nan, nan, nan], {4: 'off_scale', 5: 'no_number'})
    """
    absent = {_same(value) for value in without} | {""}

    def read(text: str) -> float | Fault:
        if _same(text) in absent:
            return np.nan
        value = number_of(text)
        if value is None:
            return Fault.NO_NUMBER
        if not min(scale) <= value <= max(scale):
            return Fault.OFF_SCALE
        score = 100.0 * (value - scale.worst) / (scale.best - scale.worst)
        return min(max(score, 0.0), 100.0)  # dividing may round past the ends

    return _each(texts, read)


def weights_of(texts: Sequence[str]) -> Cells:
    """Read how much each response counts.

    Args:
        texts: the cells of a column.

    Returns:
        Weights, at most 1: the largest is. Null where the cell was refused: blank, no number,
        negative or infinite. A response that weighs 0 counts for nothing.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> found = weights_of(["2", "0,5", "-1", "inf", ""])
        >>> found.numbers.tolist(), [str(fault) for fault in found.faults.values()]
        ([1.0, 0.25, nan, nan, nan], ['negative', 'infinite', 'no_weight'])
    """

    def read(text: str) -> float | Fault:
        if not text.strip():
            return Fault.NO_WEIGHT
        if text.strip().lstrip("+-").lower() in {"inf", "infinity", "∞"}:
            return Fault.INFINITE
        value = number_of(text)
        if value is None:
            return Fault.NO_NUMBER
        if not np.isfinite(value):
            return Fault.INFINITE
        return value if value >= 0 else Fault.NEGATIVE

    found = _each(texts, read)
    largest = np.nanmax(found.numbers, initial=0.0)
    return found._replace(numbers=found.numbers / largest if largest else found.numbers)


def accounts_of(texts: Sequence[str]) -> np.ndarray:
    """Number accounts by their name; a response without one stands for itself.

    Args:
        texts: the cells of a column.

    Returns:
        The same number for the same name, spaces around it left out.

    References:
        docs/metrics.md, "How sure a score is".

    Example:
        >>> accounts_of(["Acme", "", " Acme", ""]).tolist()
        [0, 3, 0, 5]
    """
    names = np.array([text.strip() for text in texts], dtype=object)
    known, different = pd.factorize(names)
    return np.where(names == "", len(different) + np.arange(len(names)), known)


def _each(texts: Sequence[str], read: Callable[[str], float | Fault]) -> Cells:
    """Read every cell; the same text is read once."""
    codes, different = pd.factorize(np.array(texts, dtype=object))
    found = [read(text) for text in different]
    numbers = np.array([np.nan if isinstance(one, Fault) else one for one in found], dtype=float)
    faults = {code: one for code, one in enumerate(found) if isinstance(one, Fault)}
    refused = np.flatnonzero(np.isin(codes, list(faults)))
    return Cells(numbers[codes], {int(at): faults[int(codes[at])] for at in refused})


def _same(text: str) -> str | float:
    """What makes two cells the same: their number, or else their letters whatever the case."""
    value = number_of(text)
    return text.strip().casefold() if value is None else value

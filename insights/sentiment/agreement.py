"""How far a reader agrees with labels that people gave: the measures, each with an interval."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from insights.intervals import wilson

CLASSES = ("positive", "neutral", "negative")
"""The three classes of labels from elsewhere; "mixed" is between them, as neutral is."""

BINS = 10
SUREST = 0.7


class Agreement(NamedTuple):
    """What a reader got right, as shares from 0 to 1; null where nothing can be said."""

    n: int  # comments with a label
    n_read: int  # of those, how many were read
    n_sides: int  # labelled positive or negative, and read
    accuracy: float | None  # of three classes
    accuracy_low: float | None
    accuracy_high: float | None
    macro_f1: float | None  # of three classes
    balanced: float | None  # of positive against negative: the mean of both shares found
    balanced_low: float | None
    balanced_high: float | None
    surest: float | None  # accuracy of positive against negative of the surest 70 %
    calibration_error: float | None  # mean distance of confidence and accuracy


def agreement(
    labels: Sequence[str], polarities: Sequence[float | None], chances: Sequence[Sequence[float]]
) -> Agreement:
    """Compare what a reader said with what people say.

    Args:
        labels: per comment "positive", "neutral", "negative" or "mixed".
        polarities: per comment, -1..1; null where it was not read, which counts as wrong among
            the three classes and is left out of the two.
        chances: per comment the chances of positive, neutral, negative and mixed.

    Returns:
        Shares with 95 % intervals (Wilson; of the balanced accuracy, by the delta method).

    References:
        docs/readers.md. Calibration: M. Naeini, G. Cooper, M. Hauskrecht, "Obtaining Well
        Calibrated Probabilities Using Bayesian Binning", AAAI 2015 (ten bins of equal width).

    Example:
        >>> found = agreement(["positive", "negative"], [0.9, -0.4],
        ...                   [[.9, .05, .0, .05], [.1, .2, .5, .2]])
        >>> found.balanced, found.accuracy
        (1.0, 1.0)
    """
    is_read = np.array([polarity is not None for polarity in polarities], dtype=bool)
    said = np.array([polarity or 0.0 for polarity in polarities])
    given = np.array([_three(label) for label in labels])
    spread = np.array([_three_chances(some) for some in chances]).reshape(-1, len(CLASSES))
    chosen = np.array(CLASSES)[spread.argmax(axis=1)] if len(spread) else np.array([], dtype=str)
    is_right = (chosen == given) & is_read
    is_side = np.isin(np.array(labels), ["positive", "negative"]) & is_read
    accuracy = wilson(int(is_right.sum()), len(labels)) if len(labels) else None
    sides = _sides(np.array(labels)[is_side], said[is_side])
    return Agreement(
        len(labels),
        int(is_read.sum()),
        int(is_side.sum()),
        float(is_right.mean()) if len(labels) else None,
        accuracy and float(accuracy[0]),
        accuracy and float(accuracy[1]),
        _macro_f1(given, np.where(is_read, chosen, "unread")),
        *sides,
        _surest(np.array(labels)[is_side], said[is_side]),
        _calibration(is_right[is_read], spread[is_read].max(axis=1)) if is_read.any() else None,
    )


def _three(label: str) -> str:
    """One of three classes."""
    return "neutral" if label == "mixed" else label


def _three_chances(chances: Sequence[float]) -> list[float]:
    """The chances of three classes."""
    positive, neutral, negative, mixed = chances
    return [positive, neutral + mixed, negative]


def _sides(
    labels: NDArray[np.str_], said: NDArray[np.float64]
) -> tuple[float | None, float | None, float | None]:
    """The mean share found of the positive and of the negative, with its interval."""
    shares, variance = [], 0.0
    for label, is_found in (("positive", said > 0), ("negative", said < 0)):
        mine = is_found[labels == label]
        if not len(mine):
            return None, None, None
        share = float(mine.mean())
        smooth = (mine.sum() + 1) / (len(mine) + 2)
        variance += smooth * (1 - smooth) / len(mine) / 4
        shares.append(share)
    middle, half = sum(shares) / 2, 1.96 * float(np.sqrt(variance))
    return middle, max(0.0, middle - half), min(1.0, middle + half)


def _surest(labels: NDArray[np.str_], said: NDArray[np.float64]) -> float | None:
    """The balanced accuracy of the comments whose polarity is farthest from 0."""
    if not len(said):
        return None
    order = np.argsort(-np.abs(said), kind="stable")[: int(np.ceil(SUREST * len(said)))]
    return _sides(labels[order], said[order])[0]


def _macro_f1(given: NDArray[np.str_], chosen: NDArray[np.str_]) -> float | None:
    """The mean over the classes of the harmonic mean of precision and recall."""
    found = []
    for name in CLASSES:
        both = int(((given == name) & (chosen == name)).sum())
        either = int((given == name).sum() + (chosen == name).sum())
        if (given == name).any():
            found.append(2 * both / either)
    return float(np.mean(found)) if found else None


def _calibration(is_right: NDArray[np.bool_], confidence: NDArray[np.float64]) -> float:
    """How far confidence and accuracy lie apart, on average over comments."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(is_right[bins == one].mean() - confidence[bins == one].mean()) * (bins == one).sum()
        for one in np.unique(bins)
    ]
    return float(sum(gaps) / len(confidence))

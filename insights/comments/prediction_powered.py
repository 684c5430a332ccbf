"""What all comments say, from what a reader makes of all and what people say of a few of them."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from insights.intervals import LEVEL, wilson

FEWEST_LABELS = 20
"""With fewer labels drawn by chance nothing is corrected."""

FEWEST_OF_A_KIND = 5
"""A share needs so many labels on either side; else the labels speak alone, by Wilson."""


ADDED = 0.5
"""So much of a comment is added to each kind of hit and miss."""


class Powered(NamedTuple):
    """A mean with its interval, in the units of the labels."""

    mean: float
    low: float
    high: float
    n: int  # labels
    tuning: float  # 0: the labels alone; 1: the predictions count in full


def powered_mean(
    predictions: ArrayLike, labelled: ArrayLike, labels: ArrayLike, level: float = LEVEL
) -> Powered | None:
    """Estimate the mean of all labels from predictions of all and labels of some.

    The mean of the labels, moved by how far the predictions of all lie from those of the labelled
    ones. However wrong the predictions are, the interval holds: it is the tuning that falls.

    Args:
        predictions: of all comments, the labelled ones among them.
        labelled: the predictions of the labelled comments, which were drawn by chance.
        labels: what people say of the same comments, in the same order and units.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        None with fewer than 20 labels. The tuning makes the estimated variance smallest, 0 to 1;
        the interval is by t, and its ends are not cut off at the ends of the scale.

    Raises:
        ValueError: there is not one prediction per label, or fewer predictions than labels.

    References:
        A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++: Efficient Prediction-Powered
        Inference", arXiv:2311.01453, 2023.

    Example:
        >>> labels = [0, 1] * 10
        >>> found = powered_mean([0, 1] * 40 + [1, 1] * 10, labels, labels)
        >>> round(found.mean, 2), found.n
        (0.6, 20)
    """
    every, some, said = (np.asarray(one, float) for one in (predictions, labelled, labels))
    if some.size != said.size or every.size < said.size:
        raise ValueError("labels: one prediction for each, and all of them among the predictions")
    if said.size < FEWEST_LABELS:
        return None
    return _powered(every, some, said, level)


def powered_share(
    predictions: ArrayLike, labelled: ArrayLike, labels: ArrayLike, level: float = LEVEL
) -> Powered | None:
    """Estimate the share of all comments that people would say something of.

    Args:
        predictions: 0 or 1 for all comments, the labelled ones among them.
        labelled: 0 or 1 for the labelled comments, as predicted.
        labels: 0 or 1 for the same comments, as people say.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        As ``powered_mean``, 0 to 1, for a spread to which half a comment was added of each kind
        (predicted or not, said or not): a few labels may hold none of the reader's rarer errors.
        With fewer than five labels on one side the labels' share, with Wilson's interval and
        tuning 0.

    Raises:
        ValueError: as ``powered_mean``.

    References:
        As ``powered_mean``; A. Agresti, B. A. Coull, "Approximate Is Better than Exact for
        Interval Estimation of Binomial Proportions", The American Statistician 52(2), 1998.

    Example:
        >>> found = powered_share([0] * 100, [0] * 20, [0] * 20)
        >>> found.mean, found.low, round(found.high, 2)
        (0.0, 0.0, 0.16)
    """
    if powered_mean(predictions, labelled, labels, level) is None:
        return None
    every, some, said = (np.asarray(one, float) for one in (predictions, labelled, labels))
    n_so = float(said.sum())
    if min(n_so, said.size - n_so) < FEWEST_OF_A_KIND:
        return Powered(n_so / said.size, *wilson(n_so, said.size, level), said.size, 0.0)
    found = _powered(every, some, said, level, ADDED)
    mean, low, high = (min(1.0, max(0.0, one)) for one in found[:3])
    return found._replace(mean=mean, low=low, high=high)


def _powered(
    every: np.ndarray, some: np.ndarray, said: np.ndarray, level: float, added: float = 0.0
) -> Powered:
    """The estimate and its interval, which is never that of a wider spread than the labels' own."""
    n, n_others = said.size, every.size - said.size
    together = np.cov(some, said)
    of_labels = float(together[1, 1]) / n
    if n_others < 2:  # noqa: PLR2004 -- no spread is known of one
        return _by_t(float(said.mean()), of_labels, n, 0.0, level)
    others = float(every.sum() - some.sum()) / n_others
    squares = float((every**2).sum() - (some**2).sum()) / n_others
    of_others = max(squares - others**2, 0.0) / (n_others - 1)
    slope = of_others + float(together[0, 0]) / n
    tuning = min(1.0, max(0.0, float(together[0, 1]) / n / slope)) if slope > 0 else 0.0
    mean = float(said.mean()) + tuning * (others - float(some.mean()))
    weights = np.concatenate([np.ones(n), np.full(4, added)])
    left = np.concatenate([said, [0, 1, 0, 1]]) - tuning * np.concatenate([some, [0, 0, 1, 1]])
    left -= np.average(left, weights=weights)
    spread = float(np.average(left**2, weights=weights)) / (n - 1)
    return _by_t(mean, min(tuning**2 * of_others + spread, of_labels), n, tuning, level)


def _by_t(mean: float, variance: float, n: int, tuning: float, level: float) -> Powered:
    """The interval by t; a tuning was chosen from the same labels, which costs one of them."""
    n_free = n - 2 if tuning > 0 else n - 1
    error = math.sqrt(variance * (n - 1) / n_free)
    half = float(stdtrit(n_free, (1 + level) / 2)) * error
    return Powered(float(mean), float(mean - half), float(mean + half), n, tuning)

"""The pain model: slopes that cannot be negative, and the same shrunk to what they share."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dtrtrs
from scipy.optimize import nnls

from insights.intervals import LEVEL
from insights.pain.design import Design, independent, residuals


@dataclass(frozen=True, eq=False)
class Fit:
    """What the answers say.

    Attributes:
        slopes: points of the overall score per point of shortfall, one per priced touchpoint.
        shrunk: the same, drawn to the slope they share as far as chance may have parted them.
        rewards: points per point above the target, by the position of the touchpoint.
        r2: the share of the variance of the overall score that the whole model explains.
    """

    slopes: np.ndarray
    shrunk: np.ndarray
    rewards: dict[int, float]
    r2: float


def fit(design: Design) -> Fit:
    """Fit the model by weighted least squares, no slope of a shortfall below 0.

    Args:
        design: what ``make_design`` built, with at least one priced touchpoint.

    Returns:
        The slopes and R squared (0-1).

    References:
        C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems", 1974, chapter 23.

    Example:
        >>> from insights.pain.design import make_design
        >>> ratings = np.array([[0.0], [25.0], [50.0], [0.0], [25.0], [75.0], [75.0]])
        >>> found = fit(make_design(80 - 0.4 * (75 - ratings.ravel()), ratings, 75.0))
        >>> found.slopes.round(6).tolist(), round(found.r2, 6)
        ([0.4], 1.0)
    """
    n_held, triangle = design.n_held, design.triangle
    held = triangle[:, :n_held]
    both = residuals(held, triangle[:, n_held:])
    columns, left = both[:, :-1], both[:, -1]
    slopes = _not_negative(-columns, left)
    rest = left + columns @ slopes
    spread = design.y - np.average(design.y, weights=design.weight)
    freedom = len(design.y) - independent(held).size - columns.shape[1]
    return Fit(
        slopes,
        shrunk_slopes(columns.T @ columns, -columns.T @ left, float(left @ left), freedom),
        _rewards(design, held, triangle[:, -1] + triangle[:, n_held:-1] @ slopes),
        1.0 - float(rest @ rest) / float(design.weight @ spread**2),
    )


def shrunk_slopes(gram: np.ndarray, target: np.ndarray, square: float, freedom: int) -> np.ndarray:
    """Draw slopes to the one they share, by empirical Bayes; none below 0.

    The true slopes of a stage are taken to scatter around a common one; how much, their spread
    beyond chance says. What chance alone may have parted is drawn together.

    Args:
        gram: the products of the columns, everything held constant projected out.
        target: their products with what is to be explained.
        square: the sum of squares of what is to be explained.
        freedom: rows minus all columns of the model.

    Returns:
        One slope per column.

    References:
        C. N. Morris, JASA 78(381), 1983; R. Dersimonian, N. Laird, Controlled Clinical Trials
        7(3), 1986, on the spread by moments. docs/metrics.md, "Pain".

    Example:
        >>> shrunk_slopes(np.eye(2) * 100, np.array([40.0, 40.0]), 40.0, 98).round(3).tolist()
        [0.4, 0.4]
    """
    inverse = np.linalg.pinv(gram)
    slopes = inverse @ target
    noise = max(square - float(slopes @ target), 0.0) / max(freedom, 1)
    whole = float(gram.sum())
    common = max(float(target.sum()) / whole, 0.0) if whole > 0 else 0.0
    spread = float(((slopes - common) ** 2 - noise * np.diag(inverse)).mean())
    if spread <= 0:
        return np.full(len(slopes), common)
    ridge = noise / spread
    root = np.linalg.cholesky(gram + ridge * np.eye(len(slopes)))
    return _not_negative(root.T, np.linalg.solve(root, target + ridge * common))


def solve_many(gram: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Fit many samples from their sums, no slope below 0.

    Most samples have none below 0 anyway; only the others are fitted again.

    Args:
        gram: per sample the products of the columns, a positive definite matrix.
        target: per sample their products with what is to be explained.

    Returns:
        One row of slopes per sample.

    Raises:
        numpy.linalg.LinAlgError: the matrix of a sample is singular.

    References:
        C. L. Lawson, R. J. Hanson, "Solving Least Squares Problems", 1974, chapter 23.

    Example:
        >>> grams = np.array([np.eye(2), np.eye(2)])
        >>> solve_many(grams, np.array([[0.5, 0.2], [0.5, -0.2]])).tolist()
        [[0.5, 0.2], [0.5, 0.0]]
    """
    slopes: np.ndarray = np.linalg.solve(gram, target[:, :, None])[:, :, 0]
    again = np.flatnonzero(slopes.min(axis=1, initial=0.0) < 0)
    for row, root in zip(again, np.linalg.cholesky(gram[again]), strict=True):
        # LAPACK reads columns first: the transpose of the lower triangle is an upper one to it.
        slopes[row] = nnls(root.T, dtrtrs(root.T, target[row], trans=1)[0])[0]
    return slopes


def kinds(contrasts: np.ndarray, level: float = LEVEL) -> list[str | None]:
    """Tell the touchpoints that must not fail from those that can delight.

    Args:
        contrasts: slope of the shortfall minus slope of the reward; one row per resample, one
            column per touchpoint, NaN without a reward.
        level: the share of resamples that must agree, on both sides together.

    Returns:
        Per touchpoint "dissatisfier" (surely above 0), "delighter" (surely below) or None.

    References:
        V. Mittal, W. T. Ross, P. M. Baldasare, Journal of Marketing 62(1), 1998.

    Example:
        >>> kinds(np.array([[0.3, -0.1, np.nan], [0.2, 0.1, np.nan]]))
        ['dissatisfier', None, None]
    """
    low, high = np.quantile(contrasts, [(1 - level) / 2, (1 + level) / 2], axis=0)
    names = np.where(low > 0, "dissatisfier", np.where(high < 0, "delighter", ""))
    return [name or None for name in names.tolist()]


def _not_negative(columns: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Fit by least squares, no slope below 0; columns of any length."""
    lengths = np.linalg.norm(columns, axis=0)
    slopes: np.ndarray = nnls(columns / lengths, left)[0] / lengths
    return slopes


def _rewards(design: Design, held: np.ndarray, left: np.ndarray) -> dict[int, float]:
    """The slopes of the rewards; none of a reward that repeats other columns."""
    chosen = independent(held)
    slopes = np.linalg.lstsq(held[:, chosen], left)[0]
    place = {int(column): at for at, column in enumerate(chosen)}
    return {
        touchpoint: float(slopes[place[column]])
        for touchpoint, column in design.rewards.items()
        if column in place
    }

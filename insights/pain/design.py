"""The columns of the pain model: what each respondent met, fell short of and was rewarded with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.linalg import qr

from insights.pain.columns import Columns

MINIMUM_LOW = 5
"""The shortfall of a touchpoint with fewer ratings below the target gets no slope."""

_ALWAYS, _HARDLY = 0.98, 0.02  # beyond these reaches, "met" says no more than the intercept does
_SAME = 1e-7  # a column this close to others, relative to its length, is no column of its own


@dataclass(frozen=True, eq=False)
class Design:
    """A regression split in what is priced and what is only held constant.

    Attributes:
        columns: what the columns are made of.
        weight: what each response counts for; 1 on average.
        triangle: the columns as ``Columns.triangle`` gives them.
        rewards: position of a touchpoint to its reward column among those held.
        collinear: touchpoints whose shortfall cannot be told from others, as positions.
    """

    columns: Columns
    weight: np.ndarray
    triangle: np.ndarray
    rewards: dict[int, int]
    collinear: np.ndarray

    @property
    def y(self) -> np.ndarray:
        """The overall score of each response, points."""
        return self.columns.y

    @property
    def priced(self) -> np.ndarray:
        """The touchpoints that are priced, as positions."""
        return self.columns.priced

    @property
    def n_held(self) -> int:
        """How many columns are only held constant: the first ones."""
        return self.columns.n_held

    @property
    def n_columns(self) -> int:
        """All columns of the model."""
        return self.n_held + self.priced.size

    @property
    def held(self) -> np.ndarray:
        """Intercept, rewards, met-indicators, controls, and shortfalls that cannot be priced."""
        return self.columns.block(slice(None))[:, : self.n_held]

    @property
    def shortfalls(self) -> np.ndarray:
        """Shortfall per response and priced touchpoint, points."""
        return self.columns.block(slice(None))[:, self.n_held : -1]

    @property
    def losses(self) -> np.ndarray:
        """The mean shortfall over all responses, weighted, per priced touchpoint."""
        ones = self.triangle[:, 0]
        means: np.ndarray = ones @ self.triangle[:, self.n_held : -1] / (ones @ ones)
        return means


class Extra(NamedTuple):
    """What a design may have beside ratings.

    Attributes:
        weight: what each response counts for, positive and finite; all alike where left out.
        unknown: true where a rating may not be told, one column per touchpoint: what is known of
            the others on average stands in its place.
        controls: columns that are held constant.
    """

    weight: np.ndarray | None = None
    unknown: np.ndarray | None = None
    controls: np.ndarray | None = None


NOTHING_MORE = Extra()


def make_design(
    y: np.ndarray, ratings: np.ndarray, target: float, extra: Extra = NOTHING_MORE
) -> Design:
    """Build the columns of the pain model.

    Args:
        y: the overall score of each response, points.
        ratings: one row per response, one column per touchpoint: scores, NaN where not rated.
        target: the lowest score that is no shortfall.
        extra: weights, ratings that are not known, and controls.

    Returns:
        The design. Not rated means no shortfall and no reward. A touchpoint with fewer than
        five low ratings has no shortfall column; one that more than 98% or fewer than 2% rate
        has no met-indicator; one rated good or bad and nothing between has no reward, since
        falling short and excelling are then one and the same step.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> ratings = np.array([[50.0], [25.0], [0.0], [50.0], [50.0], [100.0], [np.nan]])
        >>> design = make_design(np.arange(7.0), ratings, 75.0)
        >>> design.shortfalls.ravel().tolist(), design.held.shape
        ([25.0, 50.0, 75.0, 25.0, 25.0, 0.0, 0.0], (7, 3))
    """
    weight = np.ones(len(y)) if extra.weight is None else extra.weight / extra.weight.mean()
    met = ~np.isnan(ratings)
    n_low = (ratings < target).sum(axis=0)
    reach = met.sum(axis=0) / max(len(y), 1)
    is_rewarded = (ratings > target).any(axis=0) & ~_is_yes_or_no(ratings, n_low)
    none = np.zeros(0, dtype=int)
    columns = Columns(
        y=y,
        ratings=ratings,
        target=target,
        controls=np.empty((len(y), 0)) if extra.controls is None else extra.controls,
        rewarded=np.flatnonzero(is_rewarded),
        indicated=np.flatnonzero((reach <= _ALWAYS) & (reach >= _HARDLY)),
        held=none,
        priced=np.flatnonzero(n_low >= MINIMUM_LOW),
        unknown=extra.unknown,
        means=None if extra.unknown is None else _means(ratings, extra.unknown, target, weight),
    )
    triangle, n_held = columns.triangle(weight), columns.n_held
    shortfalls = triangle[:, n_held:-1]
    same = _collinear(residuals(triangle[:, :n_held], shortfalls), shortfalls)
    if same.any():
        columns = replace(columns, held=columns.priced[same], priced=columns.priced[~same])
        order = np.r_[:n_held, n_held + np.flatnonzero(same), n_held + np.flatnonzero(~same), -1]
        triangle = triangle[:, order]
    return Design(
        columns=columns,
        weight=weight,
        triangle=triangle,
        rewards={int(column): place + 1 for place, column in enumerate(columns.rewarded)},
        collinear=columns.held,
    )


def _means(
    ratings: np.ndarray, unknown: np.ndarray, target: float, weight: np.ndarray
) -> np.ndarray:
    """The means that stand in for what is not known: of who met, shortfalls and rewards."""
    found = np.zeros((3, ratings.shape[1]))
    for place, (column, missing) in enumerate(zip(ratings.T, unknown.T, strict=True)):
        given, counts = column[~missing], weight[~missing]
        if given.size:
            met = ~np.isnan(given)
            gap = np.where(met, target - given, 0.0)
            parts = (met.astype(float), np.maximum(gap, 0.0), np.maximum(-gap, 0.0))
            found[:, place] = [np.average(part, weights=counts) for part in parts]
    return found


def _is_yes_or_no(ratings: np.ndarray, n_low: np.ndarray) -> np.ndarray:
    """Find the touchpoints with two different ratings only, the lower one a shortfall."""
    two = []
    for column, low in zip(ratings.T, n_low, strict=True):
        given = column[~np.isnan(column)]
        ends = (given.min(), given.max()) if given.size else (0.0, 0.0)
        between = (given != ends[0]) & (given != ends[1])
        two.append(bool(low) and ends[0] != ends[1] and not between.any())
    return np.array(two, dtype=bool)


def residuals(held: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Take out of columns what a straight line through held columns explains.

    Args:
        held: n rows; columns may repeat each other.
        columns: n rows.

    Returns:
        The columns, projected on what is orthogonal to ``held``.

    References:
        R. Frisch, F. V. Waugh, Econometrica 1(4), 1933; M. C. Lovell, JASA 58, 1963.

    Example:
        >>> residuals(np.ones((3, 1)), np.array([[1.0], [2.0], [6.0]])).ravel().round(9).tolist()
        [-2.0, -1.0, 3.0]
    """
    basis = held[:, independent(held)]
    orthogonal, _ = np.linalg.qr(basis)
    remainder: np.ndarray = columns - orthogonal @ (orthogonal.T @ columns)
    return remainder


def independent(columns: np.ndarray) -> np.ndarray:
    """Choose columns that do not repeat each other and together say what all of them say.

    Args:
        columns: n rows; at least one column.

    Returns:
        The positions, sorted. A column of zeros is never chosen.

    References:
        G. H. Golub, C. F. Van Loan, "Matrix Computations", on QR with column pivoting.

    Example:
        >>> independent(np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 1.0], [1.0, 2.0, 0.0]])).size
        2
    """
    lengths = np.linalg.norm(columns, axis=0)
    scaled = columns / np.where(lengths > 0, lengths, 1.0)
    triangle, order = qr(scaled, mode="r", pivoting=True)[-2:]
    diagonal = np.abs(np.diag(triangle[: columns.shape[1]]))
    chosen: np.ndarray = np.sort(order[: diagonal.size][diagonal > _SAME])
    return chosen


def _collinear(remainder: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Find the columns that are explained by the held ones, or share in explaining each other."""
    if not columns.shape[1]:
        return np.zeros(0, dtype=bool)
    lengths = np.linalg.norm(remainder, axis=0)
    explained: np.ndarray = lengths <= _SAME * np.linalg.norm(columns, axis=0)
    scaled = np.where(explained, 0.0, remainder / np.where(explained, 1.0, lengths))
    _, sizes, axes = np.linalg.svd(scaled, full_matrices=False)
    nothing = axes[sizes <= _SAME * max(sizes.max(), 1e-300)]
    shared: np.ndarray = (np.abs(nothing) > np.sqrt(_SAME)).any(axis=0)
    either: np.ndarray = explained | shared
    return either


def ratings_of(frame: pd.DataFrame, touchpoints: Sequence[str]) -> np.ndarray:
    """Take the ratings out of a frame, checked.

    Args:
        frame: one row per response.
        touchpoints: the columns with scores, 0-100 or null.

    Returns:
        One column per touchpoint, NaN where there is no rating.

    Raises:
        ValueError: a touchpoint is given twice, or a score lies outside 0 to 100.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> ratings_of(pd.DataFrame({"shop": [75.0, None]}), ["shop"]).tolist()
        [[75.0], [nan]]
    """
    if len(set(touchpoints)) < len(touchpoints):
        raise ValueError("touchpoints: one is given twice")
    ratings = frame[list(touchpoints)].to_numpy(dtype=float, na_value=np.nan)
    ends = [float(end.reduce(ratings, axis=None, initial=0.0)) for end in (np.fmin, np.fmax)]
    if ends[0] < 0 or ends[1] > 100:  # noqa: PLR2004 -- the scale
        raise ValueError("ratings: one lies outside 0 to 100")
    return ratings

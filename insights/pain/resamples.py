"""What other samples of as many accounts would have said: the bootstrap of the pain model.

All sums that a fit needs are made once per account and raking cell; a resample only adds them up.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from insights.pain.columns import AT_ONCE
from insights.pain.design import Design
from insights.pain.model import solve_many
from insights.pain.weights import Cells
from insights.weighting.mix import KnownMix
from insights.weighting.raking import rake_many

MAXIMUM_GROUPS = 2000
"""More accounts than this are resampled in this many random groups, to bound time and memory."""

MINIMUM_GROUPS = 200
"""However many raking cells there are, accounts are drawn from so many groups at least."""

MAXIMUM_SUMS = 4000
"""Groups times raking cells; one row of sums each."""

_RIDGE = 1e-10  # keeps a resample solvable in which a column vanished; too small to be seen


@dataclass(frozen=True, eq=False)
class Resamples:
    """One row per resample.

    Attributes:
        pains: points lost per priced touchpoint.
        contrasts: slope of the shortfall minus slope of the reward; NaN without a reward.
    """

    pains: np.ndarray
    contrasts: np.ndarray


class Sampling(NamedTuple):
    """What is drawn, and what is done to each draw.

    Attributes:
        clusters: the account of each response.
        mix: the known shares that each draw is weighted to; none where answers count alike.
        cells: the combinations of groups that are weighted to it.
        begun: what each response counted for before it was weighted to the mix; 1 unless given.
    """

    clusters: np.ndarray
    mix: KnownMix = ()
    cells: Cells | None = None
    begun: np.ndarray | None = None


def resample(
    design: Design, sampling: Sampling, times: int, seed: int, groups: int = MAXIMUM_GROUPS
) -> Resamples:
    """Draw accounts with replacement, weight them to the mix anew and fit again, many times.

    Args:
        design: what ``make_design`` built.
        sampling: the accounts, and the mix.
        times: how many resamples.
        seed: of the random numbers; the same seed and answers give the same resamples.
        groups: how many accounts, or groups of accounts, are drawn from at most.

    Returns:
        Pains in points, contrasts in points per point.

    References:
        A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section
        3.8; C. A. Field, A. H. Welsh, JRSS B 69(3), 2007 (resampling clusters); J. Shao, R. R.
        Sitter, JASA 91(435), 1996 (weighting anew in each resample).

    Example:
        >>> from insights.pain.design import make_design
        >>> ratings = np.tile([[0.0], [25.0], [50.0], [75.0]], (10, 1))
        >>> design = make_design(80 - 0.4 * (75 - ratings.ravel()), ratings, 75.0)
        >>> resample(design, Sampling(np.arange(40)), 3, seed=1).pains.shape
        (3, 1)
    """
    random = np.random.default_rng(seed)
    cells = sampling.cells or Cells(np.zeros(len(design.y), dtype=int))
    n_cells = len(cells.names)
    most = max(MINIMUM_GROUPS, min(groups, MAXIMUM_SUMS // n_cells))
    numbers = _grouped(sampling.clusters, most, random)
    scales = np.sqrt((design.triangle**2).sum(axis=0) / len(design.y))
    scales[scales == 0] = 1.0
    rows = numbers * n_cells + cells.place
    sums, begun = _sums(design, scales, sampling.begun, rows, n_cells)
    counts = _counts(len(sums), times, random)
    factors = np.ones((times, n_cells))
    if sampling.mix:
        factors = rake_many(counts @ begun, cells.groups(), sampling.mix).factors
    cross = _drawn(sums, counts, factors)
    p, k = design.n_held, design.priced.size
    slopes, held = _solve(cross, p, k)
    shortfalls = cross[:, 0, p : p + k] / cross[:, 0, :1]  # the first held column is all ones
    rewards = np.full_like(slopes, np.nan)
    for column, touchpoint in enumerate(design.priced):
        if touchpoint in design.rewards:
            place = design.rewards[touchpoint]
            rewards[:, column] = held[:, place] / scales[place]
    contrasts = slopes / scales[p : p + k] - rewards
    return Resamples(slopes * shortfalls * scales[-1], contrasts * scales[-1])


def _grouped(clusters: np.ndarray, groups: int, random: np.random.Generator) -> np.ndarray:
    """Number the accounts from 0; when there are too many, put them in groups at random."""
    names, numbers = np.unique(clusters, return_inverse=True)
    if names.size <= groups:
        return numbers
    return (random.permutation(names.size) % groups)[numbers]


def _sums(
    design: Design,
    scales: np.ndarray,
    begun: np.ndarray | None,
    rows: np.ndarray,
    n_cells: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Sum the products of all pairs of columns, and the weights, per group and cell."""
    weight = design.weight if begun is None else begun
    n_groups = int(rows.max()) // n_cells + 1
    pairs = np.triu_indices(scales.size)
    sums = np.zeros((n_groups * n_cells, pairs[0].size))
    order = np.argsort(rows, kind="stable")
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        edges = np.flatnonzero(np.r_[True, np.diff(rows[some]) > 0])
        block = design.columns.block(some) / scales * np.sqrt(weight[some])[:, None]
        for first, part in zip(edges, np.split(block, edges[1:]), strict=True):
            sums[rows[some[first]]] += (part.T @ part)[pairs]
    held = np.bincount(rows, weights=weight, minlength=n_groups * n_cells)
    shape = n_groups, n_cells
    return sums.reshape(*shape, -1) / len(rows), held.reshape(shape)


def _counts(groups: int, times: int, random: np.random.Generator) -> np.ndarray:
    """How often each group is drawn; one row per resample."""
    drawn = random.integers(groups, size=(times, groups)) + groups * np.arange(times)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=times * groups)
    return counts.reshape(times, groups).astype(float)


def _drawn(sums: np.ndarray, counts: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Add up the sums of the groups that were drawn: one symmetric matrix per resample."""
    total = np.zeros((len(counts), sums.shape[2]))
    for cell, factor in enumerate(factors.T):
        total += factor[:, None] * (counts @ sums[:, cell])
    size = math.isqrt(2 * sums.shape[2])
    rows, columns = np.triu_indices(size)
    cross = np.empty((len(counts), size, size))
    cross[:, rows, columns] = total
    cross[:, columns, rows] = total
    return cross


def _solve(cross: np.ndarray, p: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit every resample from its sums: slopes of shortfalls, then those of the held columns."""
    ridged = cross + _RIDGE * np.eye(cross.shape[1])
    explained = np.linalg.solve(ridged[:, :p, :p], cross[:, :p, p:])
    remainder = ridged[:, p:, p:] - cross[:, p:, :p] @ explained
    gram, target = remainder[:, :k, :k], -remainder[:, :k, k]  # a shortfall takes points away
    slopes = solve_many(gram, target)
    held = explained[:, :, k] + (explained[:, :, :k] @ slopes[:, :, None])[:, :, 0]
    return slopes, held

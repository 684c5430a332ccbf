"""The parts of a change of pain, for the answers as they are and for other samples of accounts."""

import math
from typing import NamedTuple

import numpy as np

from insights.pain.columns import AT_ONCE
from insights.pain.design import Design
from insights.pain.model import solve_many

MAXIMUM_GROUPS = 2000
"""More accounts than this are resampled in this many random groups, to bound time and memory."""

_PERIODS = 3  # before, after, neither
_RIDGE = 1e-10  # keeps a resample solvable in which a column vanished; too small to be seen
_NOBODY = 1e-12  # a reach this small is nobody's


Pair = tuple[np.ndarray, np.ndarray]
"""Before, and after."""


class Parts(NamedTuple):
    """Points, one row per sample (the answers themselves first), one column per touchpoint.

    Attributes:
        before: pain in the earlier period, at the slopes of all answers.
        after: pain in the later one, at the same slopes.
        reach: what of after - before comes from more or fewer people having met it.
        shortfall: what of it comes from ratings falling shorter or less short.
        impact: what a change of the slope itself adds, each period having its own; apart from
            after - before.
    """

    before: np.ndarray
    after: np.ndarray
    reach: np.ndarray
    shortfall: np.ndarray
    impact: np.ndarray


class Sample(NamedTuple):
    """The answers behind a change: all equally long, one entry per response.

    Attributes:
        design: what ``make_design`` built from all of them, weighted.
        cluster: the account of each response.
        period: 0 in the earlier period, 1 in the later one, 2 in neither.
    """

    design: Design
    cluster: np.ndarray
    period: np.ndarray


def draw_parts(sample: Sample, times: int, seed: int) -> Parts:
    """Split the change of each touchpoint's pain, and again for resampled accounts.

    An account is drawn with all its answers of both periods, so what it says twice is compared
    with itself. All sums are made once per account; a resample only adds them up.

    Args:
        sample: the answers.
        times: how many resamples.
        seed: of the random numbers.

    Returns:
        The parts: ``reach`` and ``shortfall`` add up to after - before in every sample.

    References:
        docs/metrics.md, "Change of pain". A. F. Shorrocks, Journal of Economic Inequality 11,
        2013, on splitting a product by the Shapley value; D. Neumark, Journal of Human Resources
        23(3), 1988, on Oaxaca's and Blinder's split with pooled slopes.

    Example:
        >>> from insights.pain.design import make_design
        >>> ratings = np.tile([[0.0], [25.0], [50.0], [75.0]], (20, 1))
        >>> ratings[40:] = np.maximum(ratings[40:] - 25, 0)
        >>> design = make_design(80 - 0.4 * (75 - ratings.ravel()), ratings, 75.0)
        >>> sample = Sample(design, np.arange(80), np.repeat([0, 1], 40))
        >>> [float(part[0, 0].round(6)) + 0 for part in draw_parts(sample, 3, seed=1)]
        [15.0, 22.5, 0.0, 7.5, 0.0]
    """
    random = np.random.default_rng(seed)
    group, n_groups = _grouped(sample.cluster, random)
    counts = np.ones((times + 1, n_groups))
    drawn = random.integers(n_groups, size=(times, n_groups)) + n_groups * np.arange(times)[:, None]
    counts[1:] = np.bincount(drawn.ravel(), minlength=times * n_groups).reshape(times, n_groups)
    products, met = _sums(sample, group, n_groups)
    cells = (counts @ products[:, at] for at in range(_PERIODS))
    before, after, neither = (np.asarray(one) for one in cells)
    n_held = sample.design.columns.n_held
    first, last, pooled = (
        _slopes(one, n_held) for one in (before, after, before + after + neither)
    )
    gaps, reaches = zip(*(_means(counts @ met[:, at]) for at in (0, 1)), strict=True)
    reach, shortfall = split(pooled, reaches, gaps)
    impact = gaps[1] * (last - pooled) + gaps[0] * (pooled - first)
    return Parts(pooled * gaps[0], pooled * gaps[1], reach, shortfall, impact)


def split(slopes: np.ndarray, reaches: Pair, gaps: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Split the change of slope x reach x shortfall in what reach does and what shortfall does.

    Each part is what changing it alone does, averaged over doing it first and doing it last.

    Args:
        slopes: the same in both periods.
        reaches: share that rates it, before and after, 0-1.
        gaps: reach x shortfall, before and after, points.

    Returns:
        The two parts; together slope x (gap after - gap before). Where nobody rates it in one
        period, the whole change is that of reach.

    References:
        A. F. Shorrocks, Journal of Economic Inequality 11, 2013.

    Example:
        >>> parts = split(np.array([0.5]), (np.array([0.4]), np.array([0.6])),
        ...     (np.array([8.0]), np.array([18.0])))
        >>> [float(part[0].round(9)) for part in parts]
        [2.5, 2.5]
    """
    known = [reach > _NOBODY for reach in reaches]
    falls = [
        np.divide(gap, reach, out=np.zeros_like(gap), where=is_known)
        for gap, reach, is_known in zip(gaps, reaches, known, strict=True)
    ]
    before = np.where(known[0], falls[0], falls[1])
    after = np.where(known[1], falls[1], falls[0])
    of_reach = slopes * (reaches[1] - reaches[0]) * (before + after) / 2
    of_shortfall = slopes * (after - before) * (reaches[0] + reaches[1]) / 2
    return of_reach, of_shortfall


def _grouped(clusters: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Number the accounts from 0; when there are too many, put them in groups at random."""
    names, numbers = np.unique(clusters, return_inverse=True)
    if names.size <= MAXIMUM_GROUPS:
        return numbers, names.size
    return (random.permutation(names.size) % MAXIMUM_GROUPS)[numbers], MAXIMUM_GROUPS


def _sums(sample: Sample, group: np.ndarray, n_groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Add up per account and period: products of all columns, and who met and fell short of what.

    Products are of all pairs of columns, weighted; the other sums are, per priced touchpoint, of
    those whose rating is known, of those who rated it, and of their shortfalls.
    """
    columns, weight = sample.design.columns, sample.design.weight
    pairs = np.triu_indices(columns.n_held + columns.priced.size + 1)
    products = np.zeros((n_groups * _PERIODS, pairs[0].size))
    met = np.zeros((n_groups * _PERIODS, 3 * columns.priced.size))
    cell = group * _PERIODS + sample.period
    order = np.argsort(cell, kind="stable")
    for start in range(0, len(order), AT_ONCE):
        some = order[start : start + AT_ONCE]
        block = columns.block(some)
        ratings = columns.ratings[np.ix_(some, columns.priced)]
        known = np.ones(ratings.shape)
        if columns.unknown is not None:
            known -= columns.unknown[np.ix_(some, columns.priced)]
        falls = np.maximum(columns.target - np.nan_to_num(ratings, nan=columns.target), 0.0)
        seen = np.column_stack([known, known * ~np.isnan(ratings), known * falls])
        edges = np.flatnonzero(np.r_[True, np.diff(cell[some]) > 0])
        weighted = block * np.sqrt(weight[some])[:, None]
        for first, part in zip(edges, np.split(weighted, edges[1:]), strict=True):
            products[cell[some[first]]] += (part.T @ part)[pairs]
        met_here = np.add.reduceat(seen * weight[some][:, None], edges, axis=0)
        met[cell[some[edges]]] += met_here
    shape = (n_groups, _PERIODS, -1)
    return products.reshape(shape), met.reshape(shape)


def _slopes(sums: np.ndarray, n_held: int) -> np.ndarray:
    """Fit every sample from its sums: points lost per point of shortfall, none negative."""
    size = math.isqrt(2 * sums.shape[1])
    rows, places = np.triu_indices(size)
    cross = np.empty((len(sums), size, size))
    cross[:, rows, places] = cross[:, places, rows] = sums
    scales = np.sqrt(np.maximum(np.diagonal(cross[0]), 0.0))
    scales[scales == 0] = 1.0
    cross /= scales[:, None] * scales
    ridged = cross + _RIDGE * np.eye(size)
    explained = np.linalg.solve(ridged[:, :n_held, :n_held], cross[:, :n_held, n_held:])
    left = ridged[:, n_held:, n_held:] - cross[:, n_held:, :n_held] @ explained
    gram, target = left[:, :-1, :-1], -left[:, :-1, -1]  # a shortfall takes points away
    in_points: np.ndarray = solve_many(gram, target) * scales[-1] / scales[n_held:-1]
    return in_points


def _means(sums: np.ndarray) -> Pair:
    """The mean shortfall over everybody whose answer is known, and the reach, per sample."""
    known, met, falls = np.split(sums, 3, axis=1)
    above = np.maximum(known, 1e-300)
    return falls / above, met / above

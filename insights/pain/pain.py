"""Pain: the points of satisfaction a stage loses at each of its touchpoints."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from insights.intervals import LEVEL
from insights.pain.design import Design, Extra, make_design, ratings_of
from insights.pain.guards import (
    PRICES,
    RANKS,
    Obstacle,
    Pace,
    Reason,
    excused,
    lacking,
    obstacle,
    when,
)
from insights.pain.model import Fit, fit, kinds
from insights.pain.resamples import Resamples, Sampling, resample
from insights.pain.table import describe
from insights.pain.weights import Weights, weights_of
from insights.release.suppression import MINIMUM_PERSONS
from insights.ties import rank_intervals, tie_groups, worst_shares
from insights.weighting.mix import KnownMix

METHOD_VERSION = "2"
"""Goes up when the same answers would give another pain."""

TARGET = 75.0
"""The lowest score that is no shortfall: 4 of 5, the lowest satisfied answer."""

FEW = 300
"""Below this many answers touchpoints are ordered by their shrunk pain."""


@dataclass(frozen=True, eq=False)
class Pain:
    """What a stage loses, and where.

    Attributes:
        touchpoints: one row per touchpoint; see ``pain``.
        n: overall answers of the stage; None under five persons.
        accounts: the clusters they come from; None under five persons.
        mean: the mean overall score, weighted where answers are, points; null under five persons.
        total: all pains together, points; null when nothing is priced.
        low: the lower end of ``total``.
        high: its upper end.
        painless: the mean if nobody had fallen short where it is priced: mean + total.
        r2: the share of the variance of the overall score that the model explains.
        unweighted: the mean with every answer counting once, where answers are weighted.
        n_eff: so many answers that count alike would say as much, where they are weighted.
        deff: the variance of the mean, over that of as many answers that each stand alone.
        is_capped: whether the known mix is only nearly met, for some would count for too much.
        reason: why nothing is priced, or None.
        needed: how many there must be for that reason, or None.
        have: how many there are, or None.
        missing: how many more it takes, or None.
        expected_month: when they will be there at the present rate, or None.
        target: the score below which a rating falls short.
        method: the version of the method.
    """

    touchpoints: pd.DataFrame
    n: int | None
    accounts: int | None
    mean: float
    total: float = math.nan
    low: float = math.nan
    high: float = math.nan
    painless: float = math.nan
    r2: float = math.nan
    unweighted: float = math.nan
    n_eff: float = math.nan
    deff: float = math.nan
    is_capped: bool = False
    reason: Reason | None = None
    needed: int | None = None
    have: int | None = None
    missing: int | None = None
    expected_month: str | None = None
    target: float = TARGET
    method: str = METHOD_VERSION


def pain(  # noqa: PLR0913 -- what it computes, and choices with a good default
    frame: pd.DataFrame,
    touchpoints: Sequence[str],
    *,
    target: float = TARGET,
    bootstrap: int = 2000,
    seed: int = 20261107,
    unrated: Mapping[str, int] | None = None,
    unknown: np.ndarray | None = None,
    mix: KnownMix = (),
    controls: Sequence[str] = (),
    until: str | None = None,
) -> Pain:
    """Price each touchpoint of a stage: impact x shortfall x reach, in points of the stage's score.

    The overall score is explained by what each respondent met, by how far each rating fell below
    the target and by how far it rose above it; a shortfall can only cost. The pain of a touchpoint
    is what its shortfalls cost on average over all respondents, so pains add up: mean + total is
    the fitted score if nobody had fallen short.

    Args:
        frame: one row per response: ``y`` (overall score, 0-100; rows without it drop out),
            ``cluster`` (account), perhaps ``respondent`` (each row its own where left out),
            ``weight`` (what it counts for; rows that count for nothing drop out), ``month``,
            and one column per touchpoint (score, 0-100; null where not met, or met and not rated).
        touchpoints: those columns.
        target: the lowest score that is no shortfall, points.
        bootstrap: how many resamples of accounts make the intervals.
        seed: of the resamples.
        unrated: how many respondents met a touchpoint but did not rate it; reported in ``met``.
        unknown: true where a rating may not be told, one row per row of the frame and one column
            per touchpoint; the mean of what is known stands in its place.
        mix: known shares to weight to, anew in every resample; the frame has a column of groups
            per property, named as ``insights.weighting.groups.group_name`` says.
        controls: columns of numbers to be held constant.
        until: the last month ("YYYY-MM") in which answers were awaited; else that of the last one.

    Returns:
        The stage's numbers and ``touchpoints``, by pain (of fewer than 300 answers by ``shrunk``)
        and then by gap: what ``table.describe`` gives, and ``impact`` (points of the overall
        score per point of shortfall), ``pain``, ``pain_low``, ``pain_high`` (points, not
        negative), ``p_worst`` (share of resamples), ``reward`` (points per point above the target,
        or null), ``shrunk`` (the pain with slopes drawn to the one they share), ``order``,
        ``rank``, ``rank_low``, ``rank_high``, ``tie`` (touchpoints with the same number cannot be
        told from the first of them), ``is_tied``, ``kind`` ("dissatisfier": falling short costs
        surely more than excelling wins, "delighter": surely less, or null), ``reason`` (a
        ``Reason`` or null), ``needed``, ``have``, ``missing`` and ``expected_month``. Without
        enough to go on there is a reason and no pain.

    Raises:
        ValueError: a rating lies outside 0 to 100, ``y`` is infinite, a control is not a number or
            is not known of a response, a touchpoint is given twice.
        KeyError: a column is missing.

    References:
        docs/metrics.md, "Pain". C. Groemping, The American Statistician 61(2), 2007, on what
        shares of variance are not; S. Albayrak, M. Caber, Tourism Management Perspectives 2013,
        on penalties and rewards; C. L. Lawson, R. J. Hanson, 1974, on slopes that are not negative.

    Example:
        >>> shop = np.tile([0.0, 25.0, 50.0, 75.0], 25)
        >>> answers = pd.DataFrame({"y": 50 + 0.4 * shop, "cluster": range(100), "shop": shop})
        >>> found = pain(answers, ["shop"], bootstrap=200)
        >>> row = found.touchpoints.iloc[0]
        >>> row[["impact", "shortfall", "reach", "pain"]].astype(float).round(6).tolist()
        [0.4, 37.5, 1.0, 15.0]
        >>> round(found.mean, 6), round(found.painless, 6)
        (65.0, 80.0)
    """
    weights = weights_of(frame, mix)
    kept = frame["y"].notna().to_numpy() & (weights.given != 0)
    rows, weights = frame if kept.all() else frame[kept], weights.of(kept)
    y, ratings = rows["y"].to_numpy(dtype=float), ratings_of(rows, touchpoints)
    if not np.isfinite(y).all():
        raise ValueError("y: one is not finite")
    who = _who(rows)
    unknown = None if unknown is None else unknown[kept]
    table = describe(
        ratings, who, touchpoints, unrated or {}, target, weight=weights.used, unknown=unknown
    )
    if weights.are_bad:
        return _refused(table, target)
    is_told = table["shown"].to_numpy(dtype=bool)
    visible = ratings if is_told.all() else np.where(is_told, ratings, np.nan)
    held = rows[list(controls)].to_numpy(dtype=float, na_value=np.nan)
    if not np.isfinite(held).all():
        raise ValueError("controls: one is not known of a response, or not finite")
    design = make_design(y, visible, target, Extra(weights.used, unknown, held))
    pace, clusters = Pace.of(rows, until), who["cluster"].to_numpy()
    found = _unpriced(table, design, who, weights, pace)
    if found.reason is None:
        sampling = Sampling(clusters, weights.mix, weights.cells, weights.given)
        found = _priced(found, design, fit(design), resample(design, sampling, bootstrap, seed))
    return replace(found, touchpoints=_sorted(found.touchpoints, len(y)))


def _who(rows: pd.DataFrame) -> pd.DataFrame:
    """The account and the person of each response; each its own where persons are not known."""
    persons = rows["respondent"].to_numpy() if "respondent" in rows else np.arange(len(rows))
    return pd.DataFrame({"cluster": rows["cluster"].to_numpy(), "respondent": persons})


def _unpriced(
    table: pd.DataFrame, design: Design, who: pd.DataFrame, weights: Weights, pace: Pace | None
) -> Pain:
    """Say what is known without a price, and why there is none, if so."""
    y, clusters = design.y, who["cluster"].to_numpy()
    is_shown = who["respondent"].nunique() >= MINIMUM_PERSONS
    whole = obstacle(design, clusters, is_shown=is_shown)
    return Pain(
        touchpoints=excused(table, design, whole, pace),
        n=len(y) if is_shown else None,
        accounts=pd.unique(clusters).size if is_shown else None,
        mean=float(np.average(y, weights=design.weight)) if is_shown else math.nan,
        **(weights.told(y, clusters) if is_shown else {}),
        reason=whole.reason,
        needed=whole.needed,
        have=whole.have,
        missing=lacking(whole),
        expected_month=when(whole, pace),
        target=design.columns.target,
    )


def _refused(table: pd.DataFrame, target: float) -> Pain:
    """Say nothing of answers whose weights cannot be right."""
    nothing = make_design(np.zeros(0), np.zeros((0, len(table))), target)
    means = ("reach", "score", "low", "high", "shortfall", "gap")
    hidden = table.assign(**dict.fromkeys(means, np.nan))
    why = Obstacle(Reason.BAD_WEIGHTS)
    return Pain(
        touchpoints=excused(hidden, nothing, why, None),
        n=None,
        accounts=None,
        mean=math.nan,
        reason=Reason.BAD_WEIGHTS,
        target=target,
    )


def _sorted(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """Order the touchpoints: the most painful first; of few answers by the shrunk pain."""
    first = "shrunk" if n < FEW else "pain"
    keys = [first, "pain", "gap", "touchpoint"]
    ordered = table.sort_values(keys, ascending=[False, False, False, True], ignore_index=True)
    is_priced = ordered["pain"].notna()
    place = pd.Series(np.arange(1, len(ordered) + 1), dtype="Int64").where(is_priced)
    return ordered.assign(order=place)


def _priced(found: Pain, design: Design, fitted: Fit, others: Resamples) -> Pain:
    """Fill in the prices, what other samples would have said of them, and the total."""
    table, rows = found.touchpoints, design.priced
    losses = design.losses
    pains = fitted.slopes * losses
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    low, high = np.quantile(others.pains, ends, axis=0)
    rewards = [fitted.rewards.get(int(row), math.nan) for row in rows]
    worst = worst_shares(others.pains)
    prices = [fitted.slopes, pains, low, high, worst, rewards, fitted.shrunk * losses]
    table.loc[rows, list(PRICES)] = np.column_stack(prices)
    order = np.argsort(-pains, kind="stable")
    ties = tie_groups(order, others.pains)
    rank = rankdata(-pains, method="min").astype(int)
    ranks = np.column_stack([rank, rank_intervals(others.pains), ties])
    table.loc[rows, list(RANKS)] = ranks
    table.loc[rows, "is_tied"] = np.bincount(ties)[ties] > 1
    table.loc[rows, "kind"] = kinds(others.contrasts)
    total_low, total_high = np.quantile(others.pains.sum(axis=1), ends)
    total = float(pains.sum())
    return replace(
        found,
        total=total,
        low=float(total_low),
        high=float(total_high),
        painless=found.mean + total,
        r2=fitted.r2,
    )

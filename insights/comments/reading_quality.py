"""What the readings of comments are worth: held against the team's labels, and against ratings."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import ibis
import numpy as np
import pandas as pd
from scipy.special import ndtri

from insights.cells import beside, collect
from insights.comments.pairs import explained
from insights.intervals import LEVEL, UNKNOWN, Interval, wilson
from insights.release.suppression import suppress
from vocabulary import Draw, SentimentLabel

ENOUGH = 30
"""So many comments must be labelled, or have a rating beside them, before anything is judged."""

LEAST_AGREEMENT = 0.6
"""Share of labels that a reader must agree with."""

LEAST_CORRELATION, DOUBTFUL_CORRELATION, STRONG = 0.3, 0.45, 0.5
"""Readings are hidden where the correlation is below the first and its end below the second."""

_CLASSES = {
    SentimentLabel.NEGATIVE: 0,
    SentimentLabel.NEUTRAL: 1,
    SentimentLabel.MIXED: 1,
    SentimentLabel.POSITIVE: 2,
}
_OF_LABELS = ("n", "agreement", "low", "high", "kappa")
_OF_RATINGS = ("n", "rho", "low", "high")


class Verdict(StrEnum):
    """Whether what was read may be shown."""

    GOOD = "good"
    UNKNOWN = "unknown"  # shown, and said
    POOR = "poor"  # hidden, and said why


class Evidence(StrEnum):
    """What a verdict rests on."""

    LABELS = "labels"
    RATINGS = "ratings"


class Strength(StrEnum):
    """A correlation in one word."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Judged(NamedTuple):
    """A verdict with the numbers behind it; null where there are none."""

    verdict: Verdict
    evidence: Evidence
    n: int | None
    value: float | None  # share of labels, or rank correlation
    low: float | None
    high: float | None


def agreement_with_labels(
    frame: pd.DataFrame, by: Sequence[str] = ("survey", "language")
) -> pd.DataFrame:
    """Say how often a reader says what the team says.

    Args:
        frame: one row per labelled comment: ``by``, ``said`` (the reader's label), ``given`` (the
            team's), ``draw`` (a value of ``vocabulary.Draw``), ``respondent`` (who wrote it).
        by: the columns that name a cell; at least one.

    Returns:
        One row per cell, sorted: ``by``, ``persons``, ``n``, ``agreement`` (share of three
        classes: positive, negative, and neutral or mixed; unsure and unread count as wrong),
        ``low``, ``high`` (Wilson), ``kappa`` (weighted in a straight line, over what was read and
        sure), ``is_by_chance``, ``shown``. Where at least 30 were drawn by chance only those
        count; else all do, which says less: people correct what is wrong. Null under five persons.

    References:
        J. Cohen, "Weighted kappa", Psychological Bulletin 70(4), 1968.

    Example:
        >>> frame = pd.DataFrame({"survey": "s", "language": "nl", "draw": "random",
        ...     "respondent": range(5), "given": ["positive"] * 3 + ["negative"] * 2,
        ...     "said": ["positive", "positive", "unsure", "negative", "positive"]})
        >>> agreement_with_labels(frame)[["n", "agreement", "kappa"]].values.tolist()
        [[5, 0.6, 0.5]]
    """
    rows = []
    for key, cell in frame.groupby(list(by), dropna=False, sort=True):
        by_chance = cell[cell["draw"] == Draw.RANDOM]
        is_by_chance = len(by_chance) >= ENOUGH
        counted = by_chance if is_by_chance else cell
        said, given = counted["said"].map(_CLASSES), counted["given"].map(_CLASSES)
        n, n_right = len(counted), int((said == given).sum())
        low, high = wilson(n_right, n)
        kappa = _kappa(said[said.notna()].astype(int), given[said.notna()].astype(int))
        persons = counted["respondent"].nunique()
        keys = key if isinstance(key, tuple) else (key,)
        rows.append((*keys, persons, n, n_right / n, low, high, kappa, is_by_chance))
    cells = pd.DataFrame(rows, columns=[*by, "persons", *_OF_LABELS, "is_by_chance"])
    return suppress(cells, _OF_LABELS)


def agreement_with_ratings(
    table: ibis.Table, by: Sequence[str] = ("survey", "language")
) -> pd.DataFrame:
    """Say how far comments and the ratings beside them put people in the same order.

    Args:
        table: the facts of one journey, filtered.
        by: the columns that name a cell; at least one.

    Returns:
        One row per cell, sorted: ``by``, ``persons``, ``n`` (comments with a score beside them),
        ``clusters``, ``rho`` (Spearman), ``low``, ``high`` (by Fisher's z, with the number of
        accounts in the place of n), ``shown``. No correlation where all comments or all scores
        are alike. Null under five persons. What colleagues corrected counts as they said.

    References:
        D. G. Bonett, T. A. Wright, "Sample size requirements for estimating Pearson, Kendall and
        Spearman correlations", Psychometrika 65(1), 2000: the standard error of z.

    Example:
        >>> rows = [{"response": f"r{k}", "respondent": k, "cluster": k, "survey": "s",
        ...          "language": "nl", "stage": "buy", "state": "answered", "question": metric,
        ...          "touchpoint": None, "metric": metric, "value": value, "score": score,
        ...          "is_overall": metric == "nps"} for k in range(6)
        ...         for metric, value, score in [("sentiment", k / 9, None), ("nps", k, 10.0 * k)]]
        >>> types = dict.fromkeys(rows[0], "string") | {"respondent": "int64",
        ...     "cluster": "int64", "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> found = agreement_with_ratings(ibis.memtable(rows, schema=types))
        >>> found[["survey", "language", "n", "rho"]].values.tolist()
        [['s', 'nl', 6, 1.0]]
    """
    found = explained(table)
    counted = collect(found.group_by([*by, "polarity", "score"]).aggregate(n=found.count()))
    persons = collect(
        found.group_by(list(by)).aggregate(
            persons=found.respondent.nunique(), clusters=found.cluster.nunique()
        )
    )
    rows = []
    for key, cell in counted.groupby(list(by), dropna=False, sort=True):
        n = cell["n"].to_numpy(dtype=float)
        rho = _correlation(_ranks(cell["polarity"], n), _ranks(cell["score"], n), n)
        rows.append((*(key if isinstance(key, tuple) else (key,)), int(n.sum()), rho))
    cells = pd.DataFrame(rows, columns=[*by, "n", "rho"])
    cells = cells.astype({name: counted[name].dtype for name in by} | {"n": "int64"})
    cells = beside(cells, persons, by)
    ends = list(map(_fisher, cells["rho"], cells["clusters"]))
    cells[["low", "high"]] = np.array(ends, dtype=float).reshape(-1, 2)
    return suppress(cells, (*_OF_RATINGS, "clusters"))


def verdict(labels: Mapping[str, Any] | None, ratings: Mapping[str, Any] | None) -> Judged:
    """Judge whether what was read of some comments may be shown.

    Labels by the team, drawn by chance, are the best evidence, and decide where there are 30;
    else the ratings beside 30 comments do.

    Args:
        labels: a plain row of ``agreement_with_labels``, if there is one.
        ratings: a plain row of ``agreement_with_ratings``, if there is one.

    Returns:
        Poor where the share of labels is surely below 0.6, or the correlation is below 0.3 and
        its interval ends below 0.45; unknown where it merely may be, or there is too little.

    References:
        ``insights.plain.plain_rows`` makes such rows.

    Example:
        >>> verdict(None, {"n": 200, "rho": 0.1, "low": -0.04, "high": 0.24}).verdict.value
        'poor'
        >>> verdict(None, {"n": 20, "rho": 0.1, "low": -0.3, "high": 0.5}).verdict.value
        'unknown'
    """
    if labels and labels["is_by_chance"] and (labels["n"] or 0) >= ENOUGH:
        share, low, high = (float(labels[name]) for name in ("agreement", "low", "high"))
        found = _judge(share, high, LEAST_AGREEMENT, LEAST_AGREEMENT)
        return Judged(found, Evidence.LABELS, int(labels["n"]), share, low, high)
    n, rho, start, end = ((ratings or {}).get(name) for name in _OF_RATINGS)
    found = Verdict.UNKNOWN
    if (n or 0) >= ENOUGH and rho is not None and end is not None:
        found = _judge(rho, end, LEAST_CORRELATION, DOUBTFUL_CORRELATION)
    return Judged(found, Evidence.RATINGS, n, rho, start, end)


def strength(rho: float) -> Strength:
    """Name the strength of a correlation.

    Args:
        rho: the correlation; one below 0 is weak, for it was to be positive.

    Returns:
        Strong from 0.5, moderate from 0.3.

    References:
        J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 2nd edition, 1988.

    Example:
        >>> [strength(rho).value for rho in (0.6, 0.3, -0.8)]
        ['strong', 'moderate', 'weak']
    """
    if rho >= STRONG:
        return Strength.STRONG
    return Strength.MODERATE if rho >= LEAST_CORRELATION else Strength.WEAK


def _judge(value: float, high: float, least: float, doubtful: float) -> Verdict:
    """Poor where it is surely too little, unknown where it may be."""
    if value >= least:
        return Verdict.GOOD
    return Verdict.POOR if high < doubtful else Verdict.UNKNOWN


def _kappa(said: "pd.Series[int]", given: "pd.Series[int]") -> float:
    """Agreement beyond chance, where being off by two classes is twice as wrong as by one."""
    if said.empty:
        return math.nan
    seen = (said - given).abs().mean()
    by_chance = np.abs(np.subtract.outer(said.to_numpy(), given.to_numpy())).mean()
    return float(1 - seen / by_chance) if by_chance else math.nan


def _ranks(values: "pd.Series[float]", n: np.ndarray) -> np.ndarray:
    """Ranks of values of which each stands for ``n``; those alike share the mean of theirs."""
    _, which = np.unique(values.to_numpy(dtype=float), return_inverse=True)
    counts = np.bincount(which, n)
    ranks: np.ndarray = (np.cumsum(counts) - (counts - 1) / 2)[which]
    return ranks


def _correlation(one: np.ndarray, other: np.ndarray, n: np.ndarray) -> float:
    """Pearson's correlation of values of which each stands for ``n``; null without spread."""
    a, b = one - np.average(one, weights=n), other - np.average(other, weights=n)
    spread = math.sqrt(float((n * a * a).sum()) * float((n * b * b).sum()))
    return round(float((n * a * b).sum()) / spread, 12) if spread else math.nan


def _fisher(rho: float, n: float) -> Interval:
    """The interval of a rank correlation; null for fewer than four."""
    if math.isnan(rho) or n < 4:  # noqa: PLR2004 -- three are lost
        return UNKNOWN
    z = math.atanh(max(-1 + 1e-9, min(1 - 1e-9, rho)))
    half = float(ndtri((1 + LEVEL) / 2)) * math.sqrt((1 + rho * rho / 2) / (n - 3))
    return Interval(math.tanh(z - half), math.tanh(z + half))

"""Each kind of question in its own figure, beside the score: NPS, shares, effort."""

from collections.abc import Hashable, Sequence
from enum import StrEnum
from typing import Any

import ibis
import numpy as np
import pandas as pd

from insights.cells import answered, beside, collect, mean_cells
from insights.clusters import MINIMUM_CLUSTERS
from insights.intervals import UNKNOWN, Interval, nps_interval, wilson
from insights.release.suppression import suppress
from insights.scales.lengths import QUESTION, scale_lengths
from vocabulary import Metric

_PROMOTER, _DETRACTOR = 90, 60  # 9 and 6 of 0-10, as scores
_SATISFIED = 75  # 4 of 1-5, as a score
_SHORTEST = 5  # points of a scale on which "satisfied" or "easy" is not just the best answer
_EASY = 66.6  # 5 of 1-7 is 66.67 as a score
_EFFORT_TOP = 7
_LIKED = (
    *(Metric.SATISFACTION, Metric.STARS, Metric.SMILEYS),
    *(Metric.AGREEMENT, Metric.RATING),
)


class Figure(StrEnum):
    """What a figure is."""

    NPS = "nps"  # points, -100 to 100
    TOP_TWO = "top_two"  # share, 0-1, of 4 and 5 on five points; scores of 75 and more
    EASY = "easy"  # share, 0-1, of 5 to 7 on seven points; scores of 66.7 and more
    EFFORT = "effort"  # mean, 1-7
    YES = "yes"  # share, 0-1, of yes


_FIGURES = {
    Metric.NPS.value: Figure.NPS,
    Metric.EFFORT.value: Figure.EASY,
    Metric.YES_NO.value: Figure.YES,
}


def own_figures(table: ibis.Table, by: Sequence[str] = ("stage",)) -> pd.DataFrame:
    """Report each kind of question as its own figure.

    Args:
        table: facts; answered ones with a score count, sentiment and choices do not. Answers on
            a scale of fewer than five points count for no share satisfied and no effort: there
            only the best answer would pass, which is another question.
        by: the columns that name a cell; at least one.

    Returns:
        One row per cell, metric and figure: ``by``, ``metric``, ``figure`` (a ``Figure``),
        ``persons``, ``n``, ``value``, ``low``, ``high`` (units of the figure), ``shown``, and for
        a share satisfied ``passing`` and ``best``: the lowest and the highest answer that count
        (null where scales of several lengths came together). When
        each answer stands for itself NPS has the score interval and a share Wilson's; with
        accounts NPS and effort have the jackknife's, a share Wilson's for n / design effect.
        No interval with fewer than five accounts; nothing at all under five persons.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "NPS, share satisfied, effort".

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "score": 100.0,
        ...          "value": 10.0, "metric": "nps", "state": "answered", "survey": "s",
        ...          "version": 1, "question": "nps"} for k in range(10)]
        >>> types = dict.fromkeys(("stage", "metric", "state", "survey", "question"), "string")
        >>> types |= dict.fromkeys(("respondent", "cluster", "version"), "int64")
        >>> types |= {"score": "float64", "value": "float64"}
        >>> found = own_figures(ibis.memtable(rows, schema=types))
        >>> found[["figure", "n", "value", "low", "high"]].round(1).values.tolist()
        [['nps', 10, 100.0, 44.5, 100.0]]
    """
    kinds = [*_FIGURES, *(kind.value for kind in _LIKED)]
    answers = answered(table.filter(table.metric.isin(kinds)))
    lengths = scale_lengths(answers, tuple(by))
    answers = _long_enough(answers, lengths)
    keys = [*by, "metric"]
    shares = mean_cells(answers.mutate(own=_own(answers)), keys, "own")
    shares["figure"] = shares["metric"].map(lambda metric: _FIGURES.get(metric, Figure.TOP_TWO))
    asked = set(shares["metric"])
    if Metric.NPS.value in asked:
        shares = beside(shares, _promoters(answers, keys), keys)
    rows = _rows(shares, keys)
    if Metric.EFFORT.value in asked:
        rows += _rows(_effort(answers, keys), keys)
    names = [*keys, "figure", "persons", "n", "value", "low", "high"]
    frame = pd.DataFrame(rows, columns=names).sort_values([*keys, "figure"], ignore_index=True)
    frame = _with_passing(frame, lengths, keys)
    return suppress(frame, ("n", "value", "low", "high"))


def _with_passing(frame: pd.DataFrame, lengths: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Say from which answer on somebody counts as satisfied, where all scales were alike."""
    long = lengths[lengths["points"] >= _SHORTEST].groupby(list(keys), dropna=False)
    alike = long[["points", "worst"]].agg(["min", "max"])
    steps = alike["points", "max"] - 1
    is_alike = (alike["points", "min"] == alike["points", "max"]) & (
        alike["worst", "min"] == alike["worst", "max"]
    )
    ends = pd.DataFrame(
        {
            "passing": alike["worst", "max"] + np.ceil(steps * _SATISFIED / 100 - 1e-9),
            "best": alike["worst", "max"] + steps,
        }
    )
    found = beside(frame, ends.where(is_alike).reset_index(), keys)
    is_share = found["figure"] == Figure.TOP_TWO
    return found.assign(**{name: found[name].where(is_share) for name in ("passing", "best")})


def _long_enough(answers: ibis.Table, lengths: pd.DataFrame) -> ibis.Table:
    """Leave out the answers on scales too short for a figure of their own."""
    whole = (Metric.NPS.value, Metric.YES_NO.value)
    short = lengths[~(lengths["points"] >= _SHORTEST) & ~lengths["metric"].isin(whole)]
    short = short[QUESTION].drop_duplicates()
    for row in short.to_dict("records"):
        is_other = [answers[str(name)] != value for name, value in row.items()]
        answers = answers.filter(ibis.or_(*is_other))
    return answers


def _own(answers: ibis.Table) -> ibis.Value:
    """Turn a score into the number whose mean is the figure."""
    promotes = ibis.ifelse(answers.score >= _PROMOTER, 100.0, 0.0)
    detracts = ibis.ifelse(answers.score <= _DETRACTOR, 100.0, 0.0)
    bar = ibis.ifelse(answers.metric == Metric.EFFORT.value, _EASY, float(_SATISFIED))
    is_passed = ibis.ifelse(answers.metric == Metric.YES_NO.value, answers.value, answers.score)
    bar = ibis.ifelse(answers.metric == Metric.YES_NO.value, 1.0, bar)
    passes = ibis.ifelse(is_passed >= bar, 1.0, 0.0)
    return ibis.ifelse(answers.metric == Metric.NPS.value, promotes - detracts, passes)


def _effort(answers: ibis.Table, keys: Sequence[str]) -> pd.DataFrame:
    """Average effort on its own scale."""
    effort = answers.filter(answers.metric == Metric.EFFORT.value)
    own = 1 + effort.score * (_EFFORT_TOP - 1) / 100
    return mean_cells(effort.mutate(own=own), keys, "own").assign(figure=Figure.EFFORT)


def _promoters(answers: ibis.Table, keys: Sequence[str]) -> pd.DataFrame:
    """Count the ends of the NPS scale, which its interval for plain samples needs."""
    nps = answers.filter(answers.metric == Metric.NPS.value)
    counts = nps.group_by(list(keys)).aggregate(
        promoters=(nps.score >= _PROMOTER).sum(), detractors=(nps.score <= _DETRACTOR).sum()
    )
    return collect(counts)


def _rows(cells: pd.DataFrame, keys: Sequence[str]) -> list[dict[str, object]]:
    """Give every cell its figure and the interval that fits it."""
    rows = []
    for cell in cells.to_dict("records"):
        low, high = _interval(cell)
        kept = {name: cell[name] for name in (*keys, "figure", "persons", "n")}
        rows.append(kept | {"value": cell["mean"], "low": low, "high": high})
    return rows


def _interval(cell: dict[Hashable, Any]) -> Interval:
    """Choose the interval: score intervals for plain samples, clustered ones for accounts."""
    n, clusters, mean, error = (cell[name] for name in ("n", "clusters", "mean", "error"))
    if clusters < MINIMUM_CLUSTERS:
        return UNKNOWN
    if cell["figure"] == Figure.EFFORT:
        return Interval(*np.clip([cell["low"], cell["high"]], 1, _EFFORT_TOP).tolist())
    # All alike: then an account counts as one answer, the least that the sample can be worth.
    if cell["figure"] == Figure.NPS:
        if clusters < n and error > 0:
            return Interval(*np.clip([cell["low"], cell["high"]], -100, 100).tolist())
        ends = np.array([cell["promoters"], cell["detractors"]]) * clusters / n
        return nps_interval(ends[0], max(clusters - ends.sum(), 0.0), ends[1])
    plain = mean * (1 - mean) / n
    effective = min(n, n * plain / error**2) if clusters < n and error > 0 else clusters
    return wilson(mean * effective, effective)

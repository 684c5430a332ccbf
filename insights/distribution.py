"""Distribution: how often each answer was given."""

import ibis
import numpy as np
import pandas as pd

from insights.cells import collect, overall, rated
from insights.release.suppression import MINIMUM_PERSONS
from insights.scales.scales import ENDS, FULL
from vocabulary import Metric


def distribution(table: ibis.Table, stage: str, touchpoint: str | None = None) -> pd.DataFrame:
    """Count the answers of each value, of a touchpoint or of a stage's overall question.

    Args:
        table: the facts of one journey, filtered.
        stage: the key of the stage.
        touchpoint: the key of the touchpoint; None means the stage's overall question.

    Returns:
        One row per metric and point of its own scale, sorted: ``metric``, ``value``, ``n``
        (answers; 0 for a point nobody chose), ``share`` (0-1, of the metric's answers). No rows
        at all when fewer than five persons answered. Where the scale is not known, or its points
        are no whole numbers, only values that were given have a row. A single bar may well stand
        for one answer: it names no property of a person.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Distribution".

    Example:
        >>> rows = [{"stage": "buy", "metric": "satisfaction", "state": "answered",
        ...          "is_overall": True, "respondent": k, "value": 4.0 + k % 2,
        ...          "score": 75.0 + 25 * (k % 2)}
        ...         for k in range(6)]
        >>> types = {"stage": "string", "metric": "string", "state": "string",
        ...          "is_overall": "boolean", "respondent": "int64", "value": "float64",
        ...          "score": "float64"}
        >>> distribution(ibis.memtable(rows, schema=types), "buy")[["value", "n"]].values.tolist()
        [[1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [4.0, 3.0], [5.0, 3.0]]
    """
    here = table.filter(table.stage == stage)
    if touchpoint is None:
        answers = overall(here)
    else:
        answers = rated(here.filter(here.touchpoint == touchpoint))
    persons = answers.aggregate(persons=answers.respondent.nunique()).to_pyarrow()
    given = answers.group_by(["metric", "value"]).aggregate(
        n=answers.count(), lowest=answers.score.min(), highest=answers.score.max()
    )
    counts = collect(given)
    if persons["persons"][0].as_py() < MINIMUM_PERSONS:
        counts = counts.iloc[:0]
    scales = [_whole_scale(str(metric), found) for metric, found in counts.groupby("metric")]
    names = ["metric", "value", "n"]
    counts = pd.concat([counts.iloc[:0], *scales])[names].astype({"n": "int64"})
    counts = counts.sort_values(["metric", "value"], ignore_index=True)
    return counts.assign(share=counts["n"] / counts.groupby("metric")["n"].transform("sum"))


def _whole_scale(metric: str, given: pd.DataFrame) -> pd.DataFrame:
    """Add the points of a metric's scale that nobody chose."""
    ends = _ends(metric, given)
    values = given["value"].to_numpy(dtype=float)
    if ends is None or (np.concatenate([values, ends]) % 1).any():
        return given
    missing = np.setdiff1d(np.arange(min(ends), max(ends) + 1), values)
    return pd.concat([given, pd.DataFrame({"metric": metric, "value": missing, "n": 0})])


def _ends(metric: str, given: pd.DataFrame) -> tuple[float, float] | None:
    """Find the worst and best answer of the scale: the usual one, or what the scores tell.

    An imported scale may be longer or the other way round; value and score lie on one line.
    """
    values, scores = given["value"].to_numpy(dtype=float), given["lowest"].to_numpy(dtype=float)
    if (given["highest"] != given["lowest"]).any():
        return None  # scales of different lengths came together
    known = [ENDS[Metric(metric)]] if Metric(metric) in ENDS else []
    low, high = scores.argmin(), scores.argmax()
    if scores[low] < scores[high]:
        step = (values[high] - values[low]) / (scores[high] - scores[low])
        worst = values[low] - step * scores[low]
        known.append((round(worst, 6), round(worst + step * FULL, 6)))
    for worst, best in known:
        if np.allclose(worst + (best - worst) * scores / FULL, values):
            return worst, best
    return None

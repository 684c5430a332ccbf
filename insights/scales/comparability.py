"""Which stages' scores may stand side by side: those that rest on the same kind of question."""

from collections.abc import Sequence
from enum import StrEnum

import ibis
import pandas as pd

from insights.cells import answered
from insights.scales.lengths import scale_lengths
from vocabulary import Metric

ANCHORS = (Metric.SATISFACTION, Metric.STARS, Metric.SMILEYS)
"""What a stage's overall question may measure: how it was, all in all; the usual one first."""

SHORT = 5
"""Scales of fewer points leave no room for "rather", so their scores lie further apart."""


class Why(StrEnum):
    """Why a stage's score does not stand beside the others."""

    NO_ANSWERS = "no_answers"  # nobody answered anything about the stage
    NO_ANCHOR = "no_anchor"  # no overall question, so no score of its own
    OTHER_MATTER = "other_matter"  # the overall question is about recommending, effort, agreement
    SEVERAL_KINDS = "several_kinds"  # it was asked in several kinds, or on short and long scales
    OTHER_KIND = "other_kind"  # most stages ask it in another kind
    OTHER_LENGTH = "other_length"  # most stages ask it on longer scales, or on shorter ones


def comparability(table: ibis.Table, stages: Sequence[str]) -> pd.DataFrame:
    """Tell of every stage whether its score compares with those of the others.

    A straight line brings every scale to 0-100, but recommending is not being satisfied, and a face
    is not a number: scores compare by construction only. So the reference is the kind of overall
    question that most stages ask; what is asked otherwise is marked, never hidden.

    Args:
        table: the facts of one journey, filtered.
        stages: the keys of its stages, in order.

    Returns:
        One row per stage, in order: ``stage``, ``metric`` (of its overall question; null where it
        has none or several), ``is_comparable``, ``reason`` (a ``Why``; null where it compares).
        A stage alone compares with nothing, and is not marked for it.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        J. Dawes, International Journal of Market Research 50(1), 2008: scales of five and seven
        points give the same mean once brought to one line, ten points a slightly lower one.

    Example:
        >>> rows = [{"stage": stage, "metric": metric, "state": "answered", "is_overall": True,
        ...     "survey": stage, "version": 1, "question": "q", "value": value, "score": score}
        ...     for stage, metric in (("buy", "satisfaction"), ("use", "nps"), ("leave", "stars"))
        ...     for value, score in ((1.0, 0.0), (3.0, 50.0))]
        >>> texts = dict.fromkeys(("stage", "metric", "state", "survey", "question"), "string")
        >>> types = texts | {"version": "int32", "value": "float64", "score": "float64"}
        >>> facts = ibis.memtable(rows, schema=types | {"is_overall": "boolean"})
        >>> comparability(facts, ["buy", "use", "leave"])["reason"].tolist()
        [None, 'other_matter', 'other_kind']
    """
    lengths = scale_lengths(answered(table), ("stage", "is_overall"))
    shapes = {stage: _shape(lengths[lengths["stage"] == stage]) for stage in stages}
    usual = _usual([shape for shape in shapes.values() if isinstance(shape, tuple)])
    rows = []
    for stage, shape in shapes.items():
        reason = shape if isinstance(shape, Why) else _difference(shape, usual)
        metric = shape[0] if isinstance(shape, tuple) else None
        rows.append((stage, metric, reason is None, reason))
    frame = pd.DataFrame(rows, columns=["stage", "metric", "is_comparable", "reason"])
    return frame.astype({"stage": "object", "metric": "object", "reason": "object"}).replace(
        {float("nan"): None}
    )


_Shape = tuple[str, bool]  # what is measured, and whether its scale is short


def _shape(asked: pd.DataFrame) -> _Shape | Why:
    """What the overall question of a stage is, or why it has none to compare."""
    if asked.empty:
        return Why.NO_ANSWERS
    anchors = asked[asked["is_overall"].eq(True)]
    if anchors.empty:
        return Why.NO_ANCHOR
    shapes = {
        (str(metric), bool(points < SHORT))
        for metric, points in zip(anchors["metric"], anchors["points"], strict=True)
    }
    if not all(metric in ANCHORS for metric, _ in shapes):
        return Why.OTHER_MATTER
    return shapes.pop() if len(shapes) == 1 else Why.SEVERAL_KINDS


def _usual(shapes: Sequence[_Shape]) -> _Shape | None:
    """What most stages ask; of several such the one that stands first among the anchors."""
    by_rank = sorted(set(shapes), key=lambda shape: (ANCHORS.index(Metric(shape[0])), shape[1]))
    return max(by_rank, key=shapes.count, default=None)


def _difference(shape: _Shape, usual: _Shape | None) -> Why | None:
    """How a stage's question differs from the usual one."""
    if shape == usual:
        return None
    return Why.OTHER_KIND if usual is None or shape[0] != usual[0] else Why.OTHER_LENGTH

"""Changes of pain as plain values: two periods of a stage in, and which changes are proven."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import ibis
import numpy as np
import pandas as pd

from insights.cells import collect, overall
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.months import YEAR, months_before, months_from
from insights.pain.change import AFTER, BEFORE, pain_change
from insights.pain.guards import Reason
from insights.pain.rows import PainRows, pain_rows
from insights.pain.weights import weights_of
from insights.plain import plain, plain_rows
from insights.release.suppression import FEW_ANSWERS
from insights.weighting.mix import KnownMix


class Span(NamedTuple):
    """From the first to the last month, both "YYYY-MM" and included."""

    first: str
    last: str


def span_before(span: Span) -> Span:
    """The months before a period, as many as it has.

    Args:
        span: the period.

    Returns:
        The one that ends the month before it begins.

    References:
        ISO 8601.

    Example:
        >>> span_before(Span("2026-01", "2026-03"))
        Span(first='2025-10', last='2025-12')
    """
    count = len(months_from(*span))
    return Span(months_before(span.first, count), months_before(span.first, 1))


def span_of_slopes(before: Span, after: Span) -> Span:
    """The months whose answers tell what a point of shortfall costs: a year at least.

    Args:
        before: the earlier period.
        after: the later one.

    Returns:
        All from the first month of the earlier to the last of the later, or the twelve months
        up to that.

    References:
        docs/metrics.md, "Change of pain".

    Example:
        >>> span_of_slopes(Span("2026-09", "2026-09"), Span("2026-10", "2026-10"))
        Span(first='2025-11', last='2026-10')
    """
    return Span(min(before.first, months_before(after.last, YEAR - 1)), after.last)


def stage_change(
    kept: Mapping[str, ibis.Table], stage: str, mix: KnownMix = ()
) -> dict[str, Any] | None:
    """Compare the pain of one stage in two periods, as plain values.

    Args:
        kept: the facts of one journey that may be told of each period: "before", "after", and
            perhaps "neither", whose answers only help to tell what a point of shortfall costs.
        stage: the key of the stage.
        mix: known shares of the people there are, to weight each period to.

    Returns:
        ``whole``, ``touchpoints``, ``reason`` and ``needed`` as ``pain_change`` gives them; None
        when a period has no answers at all.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Change of pain".

    Example:
        >>> texts = dict.fromkeys("response stage touchpoint metric state".split(), "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "score": "float64",
        ...     "is_overall": "boolean"}
        >>> empty = ibis.memtable([], schema=types)
        >>> stage_change({"before": empty, "after": empty, "neither": empty}, "buy")
    """
    rows = {period: pain_rows(facts, stage, mix) for period, facts in kept.items()}
    if rows[BEFORE].frame.empty or rows[AFTER].frame.empty:
        return None
    names = sorted({name for one in rows.values() for name in one.touchpoints})
    parts = {period: one for period, one in rows.items() if len(one.frame)}
    frames = [_of_period(one, period, names) for period, one in parts.items()]
    unknown = np.vstack([_unknown(one, names) for one in parts.values()])
    frame = pd.concat(frames, ignore_index=True)
    found = pain_change(frame, names, unknown=unknown if unknown.any() else None)
    return {
        "whole": {name: plain(value) for name, value in found.whole.items()},
        "touchpoints": plain_rows(found.touchpoints),
        "reason": plain(found.reason),
        "needed": plain(found.needed),
    }


def _of_period(rows: PainRows, period: str, names: Sequence[str]) -> pd.DataFrame:
    """The answers of a period, weighted to the mix by themselves; a column for every touchpoint."""
    weights = weights_of(rows.frame, rows.fitted.mix)
    used = weights.of(np.ones(len(rows.frame), dtype=bool)).used
    others = ["y", "cluster", "respondent"]
    frame = rows.frame.reindex(columns=[*others, *names])
    return frame.assign(period=period, weight=1.0 if used is None else used / used.mean())


def _unknown(rows: PainRows, names: Sequence[str]) -> np.ndarray:
    """Where a rating may not be told, with a column for every touchpoint."""
    unknown = np.zeros((len(rows.frame), len(names)), dtype=bool)
    if rows.unknown is not None:
        unknown[:, [names.index(name) for name in rows.touchpoints]] = rows.unknown
    return unknown


def stage_changes(
    kept: Mapping[str, ibis.Table], stages: Sequence[str], mix: KnownMix = ()
) -> Iterator[dict[str, Any] | None]:
    """Compare the pain of each stage in two periods; those without answers enough cost nothing.

    Args:
        kept: as for ``stage_change``.
        stages: the keys of the stages.
        mix: as for ``stage_change``.

    Returns:
        Per stage, one after the other, as ``stage_change``.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Change of pain".

    Example:
        >>> texts = dict.fromkeys("response stage touchpoint metric state".split(), "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "score": "float64",
        ...     "is_overall": "boolean"}
        >>> empty = ibis.memtable([], schema=types)
        >>> list(stage_changes({"before": empty, "after": empty, "neither": empty}, ["buy"]))
        [None]
    """
    counts = {}
    for period in (BEFORE, AFTER):
        answers = overall(kept[period]).group_by("stage")
        rows = collect(answers.aggregate(n=ibis._.response.nunique()))
        counts[period] = dict(zip(rows["stage"], rows["n"], strict=True))
    for stage in stages:
        fewest = min(counts[BEFORE].get(stage, 0), counts[AFTER].get(stage, 0))
        yield stage_change(kept, stage, mix) if fewest >= FEW_ANSWERS else _too_few(fewest)


def _too_few(fewest: int) -> dict[str, Any] | None:
    """What is said of a stage with too few answers in one of the periods."""
    if not fewest:
        return None
    reason = {"reason": Reason.TOO_FEW_ANSWERS.value, "needed": FEW_ANSWERS}
    return {"whole": {}, "touchpoints": []} | reason


def with_proof(
    changes: Sequence[dict[str, Any] | None], share: float = FALSE_DISCOVERIES
) -> list[dict[str, Any] | None]:
    """Say which changes are proven, all stages of a page looked at together.

    Args:
        changes: per stage what ``stage_change`` gave.
        share: how many of the changes called proven may be chance, on average, 0-1.

    Returns:
        The same, with ``p_adjusted`` and ``is_proven`` in every row of ``touchpoints``.

    References:
        docs/metrics.md, "Change". Y. Benjamini, Y. Hochberg, JRSS B 57(1), 1995.

    Example:
        >>> found = with_proof([{"touchpoints": [{"p": 0.04}, {"p": None}]}, None])
        >>> [row["is_proven"] for row in found[0]["touchpoints"]]
        [True, False]
    """
    chances = [row["p"] for one in changes if one for row in one["touchpoints"]]
    judged = iter(adjusted([math.nan if p is None else p for p in chances]))
    return [
        one
        and one | {"touchpoints": [_judged(row, next(judged), share) for row in one["touchpoints"]]}
        for one in changes
    ]


def _judged(row: dict[str, Any], chance: float, share: float) -> dict[str, Any]:
    """A row with its verdict."""
    return row | {"p_adjusted": plain(chance), "is_proven": bool(chance <= share)}

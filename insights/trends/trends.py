"""Trends: scores by month, and the months in which what is asked changed."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect, overall, rated
from insights.months import months_before, months_from
from insights.scores import score_cells
from insights.trends.asked import Asked, Change, Key, what_changed


class Line(NamedTuple):
    """A trend as it is drawn.

    Attributes:
        months: the rows of the trend in order; rows without a score break the line.
        are_waves: whether it joins rounds with empty months between them.
    """

    months: pd.DataFrame
    are_waves: bool


def stage_trends(table: ibis.Table, asked: Mapping[Key, Asked] | None = None) -> pd.DataFrame:
    """Score every stage in every month.

    Args:
        table: the facts of one journey, filtered.
        asked: what each version asked; without it every new version counts as a change.

    Returns:
        One row per stage and month with answers, sorted: ``stage``, ``month`` ("YYYY-MM"),
        ``persons``, ``n``, ``score``, ``low``, ``high`` (points), ``shown``, ``few``,
        ``is_break``: from this month on it was asked otherwise, so that a step here may come from
        the question, and ``changed``: in what, as values of ``insights.trends.asked.Change`` with
        blanks between them. A month without answers has no row.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> rows = [{"stage": "buy", "month": "2026-10", "survey": "s", "version": 1,
        ...          "respondent": k, "cluster": k, "score": 20.0 * k, "state": "answered",
        ...          "is_overall": True} for k in range(6)]
        >>> types = {"stage": "string", "month": "string", "survey": "string", "version": "int32",
        ...          "respondent": "int64", "cluster": "int64", "score": "float64",
        ...          "state": "string", "is_overall": "boolean"}
        >>> trend = stage_trends(ibis.memtable(rows, schema=types))
        >>> trend[["month", "score", "is_break"]].values.tolist()
        [['2026-10', 50.0, False]]
    """
    return _trends(overall(table), ["stage"], asked)


def touchpoint_trends(table: ibis.Table, asked: Mapping[Key, Asked] | None = None) -> pd.DataFrame:
    """Score every touchpoint in every month.

    Args:
        table: the facts of one journey, filtered; keep one stage where one is shown.
        asked: as for ``stage_trends``.

    Returns:
        As ``stage_trends``, with ``touchpoint`` after ``stage``.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> rows = [{"stage": "buy", "month": "2026-10", "survey": "s", "version": 1,
        ...          "respondent": k, "cluster": k, "score": 20.0 * k, "state": "answered",
        ...          "metric": "rating", "touchpoint": "shop"} for k in range(6)]
        >>> types = {"stage": "string", "month": "string", "survey": "string", "version": "int32",
        ...          "respondent": "int64", "cluster": "int64", "score": "float64",
        ...          "state": "string", "metric": "string", "touchpoint": "string"}
        >>> touchpoint_trends(ibis.memtable(rows, schema=types))["score"].tolist()
        [50.0]
    """
    return _trends(rated(table), ["stage", "touchpoint"], asked)


def trend_line(trend: pd.DataFrame) -> Line:
    """Say which months a line goes through, so that it never runs over a month without answers.

    Args:
        trend: the rows of one stage or touchpoint, with ``month``, ``score``, ``is_break`` and
            ``changed``.

    Returns:
        The months from the first to the last, those without answers as rows of nulls. But where no
        two neighbouring months have a score, as with a survey of every year, nothing would be left
        of the line: then only the months with a score, told as waves, and what began in a month
        that is not there begins in the next one that is.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> months = pd.DataFrame({"month": ["2026-01", "2026-02", "2026-04"],
        ...     "score": [50.0, 55.0, 60.0], "is_break": False, "changed": ""})
        >>> line = trend_line(months)
        >>> line.months["month"].tolist(), line.are_waves
        (['2026-01', '2026-02', '2026-03', '2026-04'], False)
    """
    ordered = trend.sort_values("month", ignore_index=True)
    is_shown = ordered["score"].notna()
    shown = ordered[is_shown]
    if any(months_before(later, 1) == month for month, later in pairwise(shown["month"])):
        every = months_from(ordered["month"].iloc[0], ordered["month"].iloc[-1])
        filled = ordered.set_index("month").reindex(every).rename_axis("month").reset_index()
        filled = filled.assign(changed=filled["changed"].fillna(""))
        return Line(filled.assign(is_break=filled["is_break"].eq(True)), are_waves=False)
    wave = is_shown.shift(fill_value=False).cumsum()
    is_break = ordered["is_break"].groupby(wave).transform("any")
    changed = ordered["changed"].groupby(wave).transform(lambda each: _joined(" ".join(each)))
    ordered = ordered.assign(is_break=is_break, changed=changed)
    return Line(ordered[is_shown], are_waves=len(shown) > 1)


def since_change(trend: pd.DataFrame) -> pd.DataFrame:
    """Keep the months that compare with the newest one.

    Args:
        trend: the rows of one stage or touchpoint, with ``month``, ``score`` and ``is_break``.

    Returns:
        The months with a score since what is asked was last changed, in order.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> months = pd.DataFrame({"month": ["2026-01", "2026-02", "2026-03"],
        ...     "score": [50.0, 55.0, 60.0], "is_break": [False, True, False]})
        >>> since_change(months)["score"].tolist()
        [55.0, 60.0]
    """
    ordered = trend.sort_values("month", ignore_index=True)
    era = ordered["is_break"].eq(True).cumsum()
    return ordered[(era == era.max()) & ordered["score"].notna()].reset_index(drop=True)


def _trends(answers: ibis.Table, by: list[str], asked: Mapping[Key, Asked] | None) -> pd.DataFrame:
    """Score by month and mark the months from which on it was asked otherwise."""
    cells = score_cells(answers, [*by, "month"]).rename(columns={"mean": "score"})
    found: dict[tuple[str, ...], str] = {}
    for place, changes in _breaks(answers, by, asked or {}):
        found[place] = _joined(" ".join([found.get(place, ""), *changes]))
    places = cells[[*by, "month"]].itertuples(index=False, name=None)
    changed = pd.Series([found.get(place, "") for place in places], cells.index, "object")
    return cells.assign(is_break=changed != "", changed=changed)


def _joined(changes: str) -> str:
    """Each change once, in their order."""
    return " ".join(change for change in Change if change in changes.split())


def _breaks(
    answers: ibis.Table, by: list[str], asked: Mapping[Key, Asked]
) -> Iterator[tuple[tuple[str, ...], tuple[Change, ...]]]:
    """Give the place and month in which a version was first answered that asks it otherwise.

    Versions are compared within a survey, for another survey speaks to other people in its own
    words. But a survey that joins with a scale no other had there so far makes a break too.
    """
    versions = answers.group_by([*by, "survey", "version"]).aggregate(month=answers.month.min())
    begun = collect(versions).sort_values([*by, "month", "survey", "version"])
    last: dict[tuple[str, ...], Key] = {}
    scales: dict[tuple[str, ...], set[tuple[object, ...]]] = {}
    for *names, survey, version, month in begun.itertuples(index=False, name=None):
        place = tuple(names)
        key: Key = (survey, int(version), names[0], names[1] if len(names) > 1 else None)
        before, now = last.get((*place, survey)), asked.get(key)
        if before is not None:
            changes = what_changed(asked.get(before), now)
        else:
            is_new = now is not None and now.scale not in scales.get(place, {now.scale})
            changes = (Change.SCALE,) if is_new else ()
        if changes:
            yield (*place, month), changes
        last[*place, survey] = key
        if now is not None:
            scales.setdefault(place, set()).add(now.scale)

"""Did an improvement help: acted touchpoints against untouched ones, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import pandas as pd

from insights.cells import collect, rated
from insights.comparing.changes import Period
from insights.effects.cells import Cells, period_cells
from insights.effects.contrast import Contrast, contrast
from insights.effects.controls import (
    Control,
    Plan,
    changed_by_others,
    choose_controls,
)
from insights.effects.months import (
    ACTED,
    MONTHS_EACH_SIDE,
    TWO_YEARS,
    gaps,
    monthly_scores,
    step,
    unrest,
)
from insights.effects.sums import Sums, rating_sums
from insights.effects.verdict import Amount, Case, Needed, Reason, Verdict, judge, needed_ratings
from insights.effects.window import Window, window
from insights.months import months_before
from insights.trends.asked import Asked, Change, Key, what_changed
from vocabulary import Metric


@dataclass(frozen=True)
class Effect:
    """What is known of an improvement; points are null where nothing can be said.

    Attributes:
        verdict: what may be said.
        reason: why no more than that.
        case: the months, the amounts, the difference in differences and what checks it.
        controls: the untouched touchpoints, first those compared with.
        scores: as ``insights.effects.months.monthly_scores``, from two years before the start.
        breaks: the months in which the questionnaire changed.
        needed: what it takes to see what was expected; None where that is there.
    """

    verdict: Verdict
    reason: Reason | None
    case: Case
    controls: tuple[Control, ...]
    scores: pd.DataFrame
    breaks: tuple[str, ...]
    needed: Needed | None


def effect(
    table: ibis.Table,
    plan: Plan,
    last_closed: str,
    asked: Mapping[Key, Asked] | None = None,
) -> Effect:
    """Find out whether an improvement helped.

    Args:
        table: the facts of one journey that may be told month by month.
        plan: what was registered.
        last_closed: the last month that is over, "YYYY-MM".
        asked: how each version asked; without it every new version counts as a change.

    Returns:
        The verdict and all that it rests on.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Effect of an improvement". O. Ashenfelter, D. Card, REStat 67(4), 1985,
        and S. G. Donald, K. Lang, REStat 89(2), 2007, on difference in differences.

    Example:
        >>> from datetime import date
        >>> types = dict.fromkeys("stage touchpoint month metric state survey".split(), "string")
        >>> types |= {"respondent": "int64", "cluster": "int64", "score": "float64",
        ...     "version": "int32"}
        >>> plan = Plan("buy", ("shop",), None, date(2026, 3, 1), 5.0)
        >>> found = effect(ibis.memtable([], schema=types), plan, "2026-01")
        >>> found.verdict.value, found.reason.value
        ('too_early', 'not_started')
    """
    seen = window(plan.starts_on, last_closed)
    stage = table.filter(table.stage == plan.stage)
    first = months_before(seen.before.last, TWO_YEARS - 1)
    sums = rating_sums(rated(stage), Period(first, seen.last))
    changed = _changed(_versions(stage), plan.stage, asked or {})
    return weigh(sums, changed, plan, last_closed)


def weigh(sums: Sums, changed: pd.DataFrame, plan: Plan, last_closed: str) -> Effect:
    """Weigh what was answered about an improvement.

    Args:
        sums: the ratings of the stage, from two years before the start.
        changed: one row per ``touchpoint`` and ``month`` from which on its rating was asked
            otherwise.
        plan: what was registered.
        last_closed: the last month that is over, "YYYY-MM".

    Returns:
        The verdict and all that it rests on.

    References:
        As ``effect``.

    Example:
        >>> from datetime import date
        >>> ratings = pd.DataFrame(columns=["cluster", "touchpoint", "month", "n", "total"])
        >>> persons = pd.DataFrame(columns=["touchpoint", "month", "persons"])
        >>> changed = pd.DataFrame(columns=["touchpoint", "month"])
        >>> plan = Plan("buy", ("shop",), None, date(2026, 3, 1), 5.0)
        >>> found = weigh(Sums(ratings, persons), changed, plan, "2026-09")
        >>> found.verdict.value, found.reason.value
        ('no_proof', 'too_few_before')
    """
    case, controls, scores, breaks = _case(sums, changed, plan, last_closed)
    before = None
    if case.window.n_months_after > 1:
        before = _case(sums, changed, plan, months_before(case.window.last, 1))[0]
    needed = needed_ratings(case, plan.expected)
    return Effect(*judge(case, before), case, controls, scores, breaks, needed)


def _case(
    sums: Sums, changed: pd.DataFrame, plan: Plan, last_closed: str
) -> tuple[Case, tuple[Control, ...], pd.DataFrame, tuple[str, ...]]:
    """All that a verdict rests on in a month; and the controls, the months and the breaks."""
    seen = window(plan.starts_on, last_closed)
    sums = Sums(*(frame[frame["month"] <= seen.last] for frame in sums))
    after = seen.after or Period(seen.first_after, last_closed)
    cells = period_cells(sums.ratings, seen.before, after)
    acted = cells.places(plan.touchpoints)
    controls = choose_controls(cells, plan, seen)
    places = cells.places([each.touchpoint for each in controls if each.reason is None])
    scores = _scores(sums, cells, (acted, places))
    series = gaps(scores)
    breaks = _breaks(changed, cells.keys([*acted, *places]), seen)
    case = Case(
        window=seen,
        amount=_amount(cells, acted, scores, seen),
        n_controls=len(places),
        compared=_wider(contrast(cells, acted, places), series, seen.before, seen.after),
        before_start=_before_start(sums.ratings, cells, (acted, places), series, seen),
        step=step(series, seen.before.last, seen.first_after),
        is_late=plan.is_late,
        overlaps=bool(changed_by_others(plan, seen) & set(plan.touchpoints)),
        has_break=bool(breaks),
    )
    return case, controls, scores, breaks


def _scores(sums: Sums, cells: Cells, sides: tuple[list[int], list[int]]) -> pd.DataFrame:
    """The months of both sides, each touchpoint about its own level before the start."""
    level = cells.table["mean_before"].fillna(cells.table["mean_after"])
    acted, controls = (
        {key: float(level.iloc[at]) for key, at in zip(cells.keys(side), side, strict=True)}
        for side in sides
    )
    return monthly_scores(sums, acted, controls)


def _wider(
    compared: Contrast, series: pd.DataFrame, before: Period, after: Period | None
) -> Contrast:
    """Give the contrast the error that the unrest of the months asks for, where that is wider."""
    found = unrest(series, before, after) if after and compared.is_sure else None
    if found is None:
        return compared
    error, freedom = found
    other = compared._replace(error=error, freedom=float(freedom))
    if other.interval.high <= compared.interval.high:
        return compared
    return other._replace(fixed=compared.fixed * (error / compared.error) ** 2)


def _before_start(
    ratings: pd.DataFrame,
    cells: Cells,
    sides: tuple[list[int], list[int]],
    series: pd.DataFrame,
    seen: Window,
) -> Contrast | None:
    """The contrast between two halves of the time before, where nothing should be seen."""
    months = list(series.loc[series["month"].between(*seen.before), "month"])
    half = len(months) // 2
    if half < MONTHS_EACH_SIDE:
        return None
    early, late = Period(months[0], months[half - 1]), Period(months[half], months[-1])
    halves = period_cells(ratings, early, late)
    acted, controls = (halves.places(cells.keys(side)) for side in sides)
    return _wider(contrast(halves, acted, controls), series, early, late)


def _amount(cells: Cells, acted: list[int], scores: pd.DataFrame, seen: Window) -> Amount:
    """How much was answered about the acted touchpoints."""
    rows = cells.table.iloc[acted]
    n_before, n_after = (int(rows[f"n_{each}"].sum()) for each in ("before", "after"))
    clusters = [
        int(rows[f"clusters_{each}"].max()) if len(rows) else 0 for each in ("before", "after")
    ]
    is_before = (scores["side"] == ACTED) & scores["month"].between(*seen.before)
    return Amount(n_before, n_after, clusters[0], clusters[1], int(is_before.sum()))


def _versions(stage: ibis.Table) -> pd.DataFrame:
    """When each version of a survey first asked for a rating of each touchpoint."""
    asked = stage.filter(stage.metric == Metric.RATING.value)
    return collect(
        asked.group_by(["touchpoint", "survey", "version"]).aggregate(month=asked.month.min())
    )


def _changed(versions: pd.DataFrame, stage: str, asked: Mapping[Key, Asked]) -> pd.DataFrame:
    """The months from which on a survey asked for the rating of a touchpoint otherwise."""
    ordered = versions.sort_values(["touchpoint", "survey", "version"])
    rows: list[tuple[str, str]] = []
    last: dict[tuple[str, str], Key] = {}
    for touchpoint, survey, version, month in ordered[_VERSION].itertuples(index=False, name=None):
        key: Key = (survey, int(version), stage, touchpoint)
        before = last.get((touchpoint, survey))
        if before and set(what_changed(asked.get(before), asked.get(key))) - {Change.TOUCHPOINTS}:
            rows.append((touchpoint, month))
        last[touchpoint, survey] = key
    return pd.DataFrame(rows, columns=["touchpoint", "month"])


_VERSION = ["touchpoint", "survey", "version", "month"]


def _breaks(changed: pd.DataFrame, touchpoints: Sequence[str], seen: Window) -> tuple[str, ...]:
    """The months, after the first, in which the questions about these touchpoints changed."""
    months = changed.loc[changed["touchpoint"].isin(touchpoints), "month"]
    return tuple(sorted({month for month in months if seen.before.first < month <= seen.last}))

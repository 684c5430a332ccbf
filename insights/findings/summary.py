"""All numbers of a monthly summary, as plain values that are kept as JSON."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import ibis
import pandas as pd

from insights.cells import collect
from insights.comments.comments import Order
from insights.comments.quotes import Place
from insights.comparing.month_changes import month_changes
from insights.filters import Filters, select
from insights.findings.findings import Subject, findings
from insights.findings.headline import LEAST_PAIN, headline
from insights.findings.in_use import Parts, frame_in_use, pains_in_use
from insights.months import YEAR, months_before
from insights.pain.content import stage_pain
from insights.plain import number
from insights.release.release import telling
from insights.release.suppression import MINIMUM_PERSONS
from insights.scores import stage_scores
from insights.trends.trends import stage_trends

MOST_HURTING = 3
"""A summary names so many touchpoints at most."""

Row = dict[str, Any]


def summary_numbers(  # noqa: PLR0913 -- what, when, and two ways to ask an engine
    table: ibis.Table,
    journey: str,
    parts: Parts,
    month: str,
    *,
    narrow: Callable[..., ibis.Table] = telling,
    pain: Callable[[str], Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Compute what the summary of one journey and one closed month says.

    Args:
        table: the facts.
        journey: the journey's key.
        parts: its stages in use, in order, each with its touchpoints in use; nothing is told of
            others.
        month: "YYYY-MM".
        narrow: how to select what may be told; an engine may remember what that is.
        pain: gives what ``insights.pain.content.stage_pain`` says of a stage over the twelve months
            up to the month, where that is known already.

    Returns:
        Plain values: ``month``, ``before`` (the month before), ``year_from`` (the first of the
        twelve months that pain is about), ``n`` and ``persons`` (of the month; null under five
        persons), ``stages`` (per stage score, interval, n, and the change when it is proven),
        ``findings`` (see ``insights.findings.findings``), ``worst`` (what hurts most over twelve
        months), ``pain`` (per stage why nothing is priced), ``trend`` (per stage scores by month).

    References:
        docs/metrics.md, "Score", "Change" and "Pain".

    Example:
        >>> texts = "response month journey survey stage touchpoint metric state".split()
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "version": "int32", "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> found = summary_numbers(ibis.memtable([], schema=types), "buy", {"buy": []}, "2026-10")
        >>> found["findings"][0]["subject"], found["worst"]
        ('no_answers', [])
    """
    before, year_from = months_before(month, 1), months_before(month, YEAR - 1)
    here = narrow(table, Filters(journey, month, month))
    months = narrow(table, Filters(journey), by_month=True)
    scores = frame_in_use(stage_scores(here), parts)
    changed = frame_in_use(month_changes(months, month), parts)
    year = Filters(journey, year_from, month)
    pain = pain or partial(stage_pain, narrow(table, year))
    pains = {stage: pain(stage) for stage in parts}
    rows = pains_in_use({stage: content["touchpoints"] for stage, content in pains.items()}, parts)
    weakest = headline(scores, rows)
    return {
        "month": month,
        "before": before,
        "year_from": year_from,
        **_size(here),
        "stages": _stages(list(parts), scores, changed),
        "findings": [finding.plain() for finding in findings(weakest, changed)],
        "is_clear": weakest is not None and weakest.is_clear,
        "worst": _worst(rows),
        "pain": {stage: _why(content["whole"]) for stage, content in pains.items()},
        "trend": _trend(stage_trends(narrow(table, year, by_month=True)), list(parts)),
    }


def answers_by_month(table: ibis.Table, journey: str, until: str) -> dict[str, int]:
    """Count the responses of each month, to see later which came in late.

    Args:
        table: the facts.
        journey: the journey's key.
        until: the last month that counts, "YYYY-MM".

    Returns:
        Responses by month; not for showing, as some may be few.

    References:
        ``late_answers``.

    Example:
        >>> types = dict.fromkeys(("journey", "month", "response"), "string")
        >>> facts = ibis.memtable([dict(zip(types, ("buy", "2026-10", "r1")))], schema=types)
        >>> answers_by_month(facts, "buy", "2026-10")
        {'2026-10': 1}
    """
    facts = select(table, Filters(journey, month_to=until))
    counts = collect(facts.group_by("month").aggregate(n=facts.response.nunique()))
    return {str(month): int(n) for month, n in zip(counts["month"], counts["n"], strict=True)}


def late_answers(
    counted: Mapping[str, int], now: Mapping[str, int], until: str
) -> list[dict[str, Any]]:
    """Say over which months answers came in after the last summary was made.

    Args:
        counted: responses by month when that summary was made.
        now: the same now.
        until: the month of that summary; later months are not late.

    Returns:
        The months with more answers, oldest first: ``month`` and ``n``, null for fewer than five.

    References:
        ``insights.release.suppression.MINIMUM_PERSONS``.

    Example:
        >>> late_answers({"2026-08": 40}, {"2026-08": 52, "2026-09": 2, "2026-10": 9}, "2026-09")
        [{'month': '2026-08', 'n': 12}, {'month': '2026-09', 'n': None}]
    """
    more = {month: n - counted.get(month, 0) for month, n in now.items() if month <= until}
    return [
        {"month": month, "n": more[month] if more[month] >= MINIMUM_PERSONS else None}
        for month in sorted(more)
        if more[month] > 0
    ]


def quote_places(numbers: Mapping[str, Any]) -> list[Place]:
    """Say what the quotes of a summary are best about, in order.

    Args:
        numbers: what ``summary_numbers`` gave.

    Returns:
        What fell (blame), what rose (praise), what hurts most (blame), the weakest stage (blame),
        and then the stages of all these, for where no comment is about the touchpoint itself; each
        place once.

    References:
        ``insights.comments.quotes.quotable``.

    Example:
        >>> quote_places({"findings": [{"subject": "weakest_stage", "stage": "use"}], "worst": []})
        [Place(stage='use', touchpoint=None, order=<Order.WORST: 'worst'>)]
    """
    orders = {Subject.FELL: Order.WORST, Subject.ROSE: Order.BEST}
    told = numbers["findings"]
    places = [
        Place(one["stage"], one["touchpoint"], orders[one["subject"]])
        for one in told
        if one["subject"] in orders
    ]
    places += [Place(one["stage"], one["touchpoint"], Order.WORST) for one in numbers["worst"]]
    places += [
        Place(one["stage"], None, Order.WORST)
        for one in told
        if one["subject"] == Subject.WEAKEST_STAGE
    ]
    places += [place._replace(touchpoint=None) for place in places]
    first: dict[tuple[str, str | None], Place] = {}
    for place in places:
        first.setdefault(place[:2], place)
    return list(first.values())


def _size(here: ibis.Table) -> dict[str, int | None]:
    """Count the answers of the month and who gave them; nothing of fewer than five persons."""
    counted = here.aggregate(n=here.response.nunique(), persons=here.respondent.nunique())
    row = collect(counted).iloc[0]
    is_shown = row["persons"] >= MINIMUM_PERSONS
    return {name: int(row[name]) if is_shown else None for name in ("n", "persons")} | {
        "is_empty": bool(row["n"] == 0)
    }


def _stages(stages: Sequence[str], scores: pd.DataFrame, changed: pd.DataFrame) -> list[Row]:
    """Put score and proven change of each stage side by side, in the journey's order."""
    score_of = {row["stage"]: row for row in scores.to_dict("records")}
    overall = changed[changed["touchpoint"].isna() & changed["is_proven"]]
    change_of = {row["stage"]: row for row in overall.to_dict("records")}
    rows = []
    for stage in stages:
        score, change = score_of.get(stage, {}), change_of.get(stage, {})
        row: Row = {"stage": stage, "is_few": bool(score.get("few", False))}
        row |= {name: number(score.get(name)) for name in ("score", "low", "high")}
        row |= {name: _whole(score.get(name)) for name in ("n", "persons")}
        names = {"change": "change", "change_low": "low", "change_high": "high"}
        rows.append(row | {name: number(change.get(key)) for name, key in names.items()})
    return rows


def _worst(pains: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Row]:
    """Take the touchpoints that cost their stage most, of all stages."""
    kept = ("touchpoint", "pain", "pain_low", "pain_high", "n", "tie", "is_tied")
    rows = [
        {"stage": stage} | {name: row[name] for name in kept}
        for stage, touchpoints in pains.items()
        for row in touchpoints
        if row["pain"] is not None and row["pain"] >= LEAST_PAIN
    ]
    worst = sorted(rows, key=lambda row: (-row["pain"], row["stage"], row["touchpoint"]))
    return [row | {"is_sure": (row["pain_low"] or 0.0) > 0} for row in worst[:MOST_HURTING]]


def _why(whole: Mapping[str, Any]) -> Row:
    """Say why nothing is priced in a stage, if so."""
    return {"reason": whole["reason"], "needed": whole["needed"]}


def _trend(trend: pd.DataFrame, stages: Sequence[str]) -> dict[str, list[Row]]:
    """List the scores by month of each stage; months of too few persons are left out."""
    shown = trend[trend["shown"]]
    return {
        stage: [
            {name: number(row[name]) for name in ("score", "low", "high")}
            | {"month": str(row["month"])}
            for row in shown[shown["stage"] == stage].to_dict("records")
        ]
        for stage in stages
    }


def _whole(value: Any) -> int | None:  # noqa: ANN401 -- a number, NaN, NA or None
    """A whole number that JSON knows."""
    known = number(value)
    return None if known is None else int(known)

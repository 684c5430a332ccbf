"""/journeys/<journey>/stages/<stage>/touchpoints/<touchpoint>: everything about one touchpoint."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from actions.asked import asked_in
from models import Journey, PainResult
from views import guard, selection, touchpoint_charts
from views.frame import can
from views.improvement import at_touchpoint
from views.reading_trust import trust_of
from views.sentences import touchpoint_sentence
from views.trend_words import (
    changed_words,
    month_name,
    season_sentence,
    signal_note,
    trend_sentences,
)
from views.verbatims import may_read, verbatims
from vocabulary import Role

if TYPE_CHECKING:
    from charts.board import Named
    from insights.touchpoint import TouchpointNumbers

bp = Blueprint("touchpoint", __name__, url_prefix="/journeys/<journey_key>")


@bp.get("/stages/<stage>/touchpoints/<touchpoint>")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey, stage: str, touchpoint: str) -> ResponseReturnValue:
    """Show a touchpoint's trend, distribution, groups and comments."""
    from insights.comments.comments import Order
    from insights.plain import plain_rows

    chosen = selection.load(journey)
    stage_named, touchpoint_named = _find(journey, stage, touchpoint)
    numbers = _numbers(journey, chosen, stage, touchpoint)
    pains = selection.pains_of(journey, chosen)
    results = {key: result for key, result in pains.items() if key == stage}
    pain = _pain_row(results, stage, touchpoint)
    score = next(iter(plain_rows(numbers.score)), None)
    asked = request.args.get("order", "")
    order = Order(asked) if asked in set(Order) else Order.WORST
    return render_template(
        "touchpoint/show.html",
        journey=journey,
        chosen=chosen,
        stage=stage_named,
        touchpoint=touchpoint_named,
        numbers=numbers,
        charts=touchpoint_charts.draw(touchpoint_named.name, numbers),
        tables=_tables(numbers),
        sentence=touchpoint_sentence(score, pain, stage_named.name),
        trend_sentences=trend_sentences(numbers.reading),
        season_sentence=season_sentence(numbers.reading.seasons),
        improvements=_improvements(journey, stage, touchpoint),
        results=results,
        is_awaited=selection.is_pain_awaited(chosen, results),
        comments=verbatims(chosen, stage, touchpoint, order),
        order=order,
        orders=list(Order),
        can_read_comments=may_read(),
        trust=trust_of(chosen),
        touchpoints=[(f"{stage}/{part.key}", part.name) for part in stage_named.touchpoints],
    )


def _numbers(
    journey: Journey, chosen: selection.Selection, stage: str, touchpoint: str
) -> "TouchpointNumbers":
    """Compute what the page shows, or take what was computed before."""
    from insights.touchpoint import touchpoint_numbers

    facts, filters = chosen.facts, chosen.filters
    return facts.remember(
        ("touchpoint", filters, stage, touchpoint),
        lambda: touchpoint_numbers(
            facts.table, filters, stage, touchpoint, asked=asked_in(journey), narrow=facts.narrow
        ),
    )


def _find(journey: Journey, stage: str, touchpoint: str) -> "tuple[Named, Named]":
    """The stage and touchpoint with these keys, or 404."""
    stages = selection.named(selection.stages_of(journey))
    parts = [(whole, part) for whole in stages for part in whole.touchpoints]
    found = [(whole, part) for whole, part in parts if (whole.key, part.key) == (stage, touchpoint)]
    if not found:
        abort(404)
    return found[0]


def _improvements(journey: Journey, stage: str, touchpoint: str) -> list[Any]:
    """What was done about the touchpoint, for those who may see it."""
    if not can("improvement.show"):
        return []
    return list(at_touchpoint(journey, stage, touchpoint, datetime.now(UTC)))


def _tables(numbers: "TouchpointNumbers") -> dict[str, list[dict[str, Any]]]:
    """The tables under the charts, by the chart's name."""
    from insights.plain import plain_rows

    groups = {
        name: cells.rename(columns={"mean": "score"}) for name, cells in numbers.groups.items()
    }
    seasons = numbers.reading.seasons.months
    seasons = seasons.assign(label=[month_name(int(each)) for each in seasons["calendar"]])
    frames = {"distribution": numbers.distribution, "seasons": seasons} | groups
    tables = {name: plain_rows(frame) for name, frame in frames.items()}
    return tables | {"trend": _trend_rows(numbers)}


def _trend_rows(numbers: "TouchpointNumbers") -> list[dict[str, Any]]:
    """The months with their limits, and in words what was asked anew and what stands out."""
    from insights.plain import plain_rows
    from insights.trends.process_rules import signal_months

    behaviour = numbers.reading.behaviour
    bounds = {row["month"]: row for row in plain_rows(behaviour.bounds)}
    signals = signal_months(behaviour.signals)
    rows = []
    for row in plain_rows(numbers.trend):
        notes = [signal_note(signal) for signal in signals.get(row["month"], [])]
        if row["changed"]:
            notes.insert(0, changed_words(row["changed"]))
        limits = bounds.get(row["month"], {"limit_low": None, "limit_high": None})
        rows.append(row | limits | {"notes": notes})
    return rows


def _pain_row(
    results: Mapping[str, PainResult], stage: str, touchpoint: str
) -> dict[str, Any] | None:
    """What this touchpoint costs, if it was looked at."""
    rows = results[stage].content["touchpoints"] if stage in results else []
    return next((row for row in rows if row["touchpoint"] == touchpoint), None)

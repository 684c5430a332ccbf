"""/journeys/<journey>/flow: how people go from stage to stage, and what follows."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import phrasing
from models import Journey, Stage
from views import guard, selection
from views.frame import can
from vocabulary import Role
from wording import flow as flow_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from charts.board import Named
    from views.selection import Selection

bp = Blueprint("flow", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]

MOST_SHOWN = 15
"""Touchpoints in the picture, those rated most; the table has all."""


@bp.get("/flow")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show how many go on from each stage, what they thought, and what they did afterwards."""
    chosen = _ever(selection.load_of_parts(journey))
    stages = selection.stages_of(journey)
    content = _content(chosen, stages)
    found = _with_names(content, selection.named(stages))
    shown = [row for row in found["outcomes"] if row["shown"]]
    return render_template(
        "flow/show.html",
        journey=journey,
        chosen=chosen,
        flow=found,
        words=flow_words,
        sentence=flow_words.lead(found, stages),
        survivorship=flow_words.survivorship(
            found["survivors"], is_filtered=chosen.filters != chosen.filters.of_everybody
        ),
        outcomes=sorted(shown, key=lambda row: (row["p"] is None, row["p"])),
        chart=_chart(shown),
    )


def _ever(chosen: "Selection") -> "Selection":
    """The selection over all months, unless a period was asked for: a way takes its time."""
    is_period = bool(request.args.get("from") or request.args.get("to"))
    if is_period and can("response.index"):
        return chosen
    kept = {name: value for name, value in chosen.parameters.items() if name not in {"from", "to"}}
    filters = replace(chosen.filters, month_from=None, month_to=None)
    return replace(chosen, filters=filters, parameters=kept)


def _content(chosen: "Selection", stages: "Sequence[Stage]") -> Row:
    """The flow of a selection; computed anew when answers, events or stages have changed."""
    from actions.event_reading import known_events, state_of_events
    from insights.flow.flow import flow_content, journey_flow
    from insights.flow.walks import leg_of

    facts, filters = chosen.facts, chosen.filters
    legs = tuple(leg_of(stage.key, stage.leads_from, stage.leads_to) for stage in stages)

    def compute() -> Row:
        known = known_events()
        table = facts.narrow(facts.table, filters)
        return flow_content(
            journey_flow(table, legs, known.rows, homes=known.homes, codes=known.codes)
        )

    return facts.remember(("flow", filters, legs, state_of_events()), compute)


def _with_names(content: Row, stages: "Sequence[Named]") -> Row:
    """The rows with the names readers know; touchpoints that have no name are left out."""
    names = {stage.key: stage.name for stage in stages}
    touchpoints = {(stage.key, one.key): one.name for stage in stages for one in stage.touchpoints}
    tables = {
        table: [row | {"name": names[row["stage"]]} for row in content[table]]
        for table in ("steps", "survivors")
    }
    moves = [
        row | {"name": names[row["stage"]], "next_name": names[row["next"]]}
        for row in content["moves"]
        if row["shown"] and row["share"] is not None
    ]
    outcomes = [
        row | {"name": names[row["stage"]], "touchpoint_name": touchpoints[place]}
        for row in content["outcomes"]
        if (place := (row["stage"], row["touchpoint"])) in touchpoints
    ]
    return content | tables | {"moves": moves, "outcomes": outcomes}


def _chart(shown: "Sequence[Mapping[str, Any]]") -> Row | None:
    """Draw one outcome after every touchpoint: that of the surest difference."""
    from charts.flow import outcome_gaps
    from charts.theme import Caption

    tested = [row for row in shown if row["p"] is not None]
    if not tested:
        return None
    kind = min(tested, key=lambda row: row["p"])["outcome"]
    most_rated = sorted(
        (row for row in tested if row["outcome"] == kind),
        key=lambda row: row["n_hurt"] + row["n_content"],
    )[-MOST_SHOWN:]
    rows = [
        {
            "name": row["touchpoint_name"],
            "change": 100 * row["change"],
            "low": 100 * row["change_low"],
            "high": 100 * row["change_high"],
            "is_proven": row["is_proven"],
        }
        for row in sorted(most_rated, key=lambda row: row["change"], reverse=True)
    ]
    told = ", ".join(f"{row['name']} {phrasing.change(row['change'])}" for row in rows)
    words = {
        "points": _("Percentage points more"),
        "touchpoint": _("Touchpoint"),
        "from": _("From"),
        "to": _("To"),
        "proven": _("proven"),
        "open": _("may be chance"),
    }
    title = flow_words.outcome_title(kind)
    specification: Row = outcome_gaps(rows, Caption(title, told, words)).to_dict()
    return specification

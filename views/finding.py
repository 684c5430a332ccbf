"""/journeys/<journey>/findings: everything worth saying, in order, each with its evidence."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from actions.evidence import page_of
from actions.finding import findings_of
from models import InsightResult, Journey
from views import guard, selection
from vocabulary import Role
from wording import finding as finding_words

bp = Blueprint("finding", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]


@bp.get("/findings")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the findings of the last year with answers."""
    kept = findings_of(journey)
    return render_template(
        "finding/show.html",
        journey=journey,
        chosen=selection.load(journey),
        found=kept,
        findings=told(journey, kept),
    )


def told(journey: Journey, kept: InsightResult | None, most: int | None = None) -> list[Row]:
    """The findings as sentences, each with the page of its evidence.

    Args:
        journey: the one they are about.
        kept: what was found.
        most: how many; all where left out.
    """
    if kept is None:
        return []
    stages = selection.named(selection.stages_of(journey))
    touchpoints = {
        (stage.key, touchpoint.key): touchpoint.name
        for stage in stages
        for touchpoint in stage.touchpoints
    }
    names = finding_words.Names({stage.key: stage.name for stage in stages}, touchpoints)
    return [
        {"sentence": finding_words.say(row, names), "path": _path(journey, row, touchpoints)}
        for row in kept.content["findings"][:most]
    ]


def _path(journey: Journey, row: Row, known: dict[tuple[str, str], str]) -> str:
    """The address of the evidence; a touchpoint that was taken away has no page of its own."""
    is_gone = row["touchpoint"] and (row["stage"], row["touchpoint"]) not in known
    endpoint, parts = page_of(row, journey.key)
    if endpoint == "touchpoint.show" and is_gone:
        return url_for("board.show", journey_key=journey.key)
    return url_for(endpoint, **parts)

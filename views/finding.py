"""/journeys/<journey>/findings: everything worth saying, in order, each with its evidence."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from actions.evidence import page_of
from actions.finding import findings_of
from models import InsightResult, Journey
from questionnaires.value import in_language
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
    from insights.findings.in_use import is_in_use

    stages, language = selection.stages_of(journey), str(get_locale())
    names = finding_words.Names(
        {stage.key: in_language(stage.name, language) for stage in stages},
        {
            (stage.key, touchpoint.key): in_language(touchpoint.name, language)
            for stage in stages
            for touchpoint in stage.touchpoints
        },
    )
    parts = {
        stage.key: [each.key for each in stage.touchpoints if each.retired_at is None]
        for stage in stages
    }
    present = [
        row
        for row in kept.content["findings"]
        if row["number"] is not None or is_in_use(row, parts)  # retired since these were drawn
    ]
    return [
        {"sentence": finding_words.say(row, names), "path": _path(journey, row, kept.content)}
        for row in present[:most]
    ]


def _path(journey: Journey, row: Row, content: Row) -> str:
    """The address of the evidence."""
    endpoint, parts = page_of(row, journey.key, content)
    return url_for(endpoint, **parts)

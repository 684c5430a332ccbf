"""/journeys/<journey>/planning: answers still needed, who answered, what the silent could do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import phrasing
from actions.outreach import outreach_of
from models import Journey
from views import guard, selection, weighting
from views.outreach import stage_names, survey_names
from vocabulary import Role
from wording import planning as planning_words
from wording.mix import property_name, value_name

if TYPE_CHECKING:
    from actions.planning import Planning
    from charts.board import Named
    from facts.engine import Facts

bp = Blueprint("planning", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]


@bp.get("/planning")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show what it takes to tell a difference, and who did and did not answer."""
    from insights.filters import Filters

    chosen = selection.load(journey)
    points = _points(request.args.get("points", ""))
    planning = _planning(journey, chosen.facts, points)
    stages = selection.named(selection.stages_of(journey))
    plans = _plans(stages, planning)
    year = Filters(journey.key, planning.first, planning.last)
    weighted = weighting.weighted(journey, chosen.facts, year)
    return render_template(
        "planning/show.html",
        journey=journey,
        chosen=chosen,
        planning=planning,
        plans=plans,
        sentence=planning_words.sentence(plans, points),
        response=planning_words.response_sentence(planning.whole),
        chart=_chart(plans, points),
        surveys=_surveys(journey, planning),
        answering=_answering(stages, planning),
        silent=[row for stage in stages for row in planning.silent if row["stage"] == stage.key],
        names={stage.key: stage.name for stage in stages},
        every_name=stage_names(journey),
        weighted=weighted,
        weighted_stages={row["stage"]: row for row in weighted.stages},
        pain_needs=_pain_needs(),
        words=planning_words,
        property_name=property_name,
        value_name=value_name,
        results={},
    )


def _points(text: str) -> int:
    """The difference the reader asks about, in points; the usual one where it is none."""
    from insights.planning.planner import LEAST_POINTS, MOST_POINTS, POINTS

    is_number = text.isascii() and text.isdigit() and len(text) < 4  # noqa: PLR2004 -- at most 100
    return min(max(int(text), LEAST_POINTS), MOST_POINTS) if is_number else POINTS


def _planning(journey: Journey, facts: "Facts", points: int) -> "Planning":
    """The numbers, computed once for the same answers, mailings and month."""
    from actions.planning import planning_of
    from insights.months import last_closed

    last = last_closed(datetime.now(UTC), current_app.config["TIME_ZONE"])
    told = tuple((one.id, one.told_at) for _survey, one in outreach_of(journey))
    what = ("planning", journey.key, last, points, told)
    return facts.remember(what, lambda: planning_of(journey, facts, last, points))


def _plans(stages: "tuple[Named, ...]", planning: "Planning") -> list[Row]:
    """Per stage in journey order its plan, and those of its touchpoints."""
    cells = {(row["stage"], row["touchpoint"]): row for row in planning.cells}
    found = []
    for stage in stages:
        whole = cells.get((stage.key, None))
        if whole is not None:
            parts = [
                cells[stage.key, one.key] | {"name": one.name}
                for one in stage.touchpoints
                if (stage.key, one.key) in cells
            ]
            found.append(whole | {"key": stage.key, "name": stage.name, "touchpoints": parts})
    return found


def _surveys(journey: Journey, planning: "Planning") -> list[Row]:
    """Per survey its counts, where people stop and how long a page takes, by its name."""
    names = survey_names(journey)
    rows = [
        row
        | {
            "name": names.get(row["survey"], row["survey"]),
            "stop": planning.stops.get(row["survey"]) if row["shown"] else None,
            "pace": planning.paces.get(row["survey"]) if row["shown"] else None,
        }
        for row in planning.rates["survey"]
    ]
    return sorted(rows, key=lambda row: row["name"])


def _pain_needs() -> dict[str, str]:
    """What it takes before pain is computed, as readers write numbers."""
    from insights.pain.design import MINIMUM_LOW
    from insights.pain.guards import MINIMUM_ANSWERS
    from insights.pain.pain import TARGET

    needs = {"answers": MINIMUM_ANSWERS, "low": MINIMUM_LOW, "target": TARGET}
    return {name: phrasing.count(number) for name, number in needs.items()}


def _answering(stages: "tuple[Named, ...]", planning: "Planning") -> list[Row]:
    """Per stage that was answered how people answer: what they skip, early ones against late."""
    found = []
    for stage in stages:
        parts = {
            short: next(
                (row for row in planning.answering[name] if row["stage"] == stage.key), None
            )
            for short, name in _ANSWERING.items()
        }
        if any(parts.values()):
            found.append(parts | {"name": stage.name})
    return found


_ANSWERING = {"skipped": "skipped", "alike": "alike", "late": "early_and_late"}


def _chart(plans: list[Row], points: int) -> Mapping[str, Any] | None:
    """Draw what is there and what it takes, stage by stage."""
    shown = [plan for plan in plans if plan["shown"]]
    if not shown:
        return None
    import pandas as pd

    from charts.planning import answers_and_needs
    from charts.theme import Caption

    frame = pd.DataFrame(
        [
            {name: plan[name] for name in ("name", "n", "still")} | {"needed": 2 * plan["each"]}
            for plan in shown
        ]
    )
    told = "; ".join(planning_words.told(plan) for plan in shown)
    caption = Caption(
        _(
            "Answers of the last year (bars), and how many tell %(points)s points (marks)",
            points=points,
        ),
        told,
        {
            "stage": _("Stage"),
            "answers": _("Answers"),
            "needed": _("Needed in both periods together"),
            "still": _("Still needed"),
        },
    )
    specification: dict[str, Any] = answers_and_needs(frame, caption).to_dict()
    return specification

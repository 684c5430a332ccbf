"""/journeys/<journey>/: the journey board, the home of the CX team."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from actions.finding import findings_of
from models import Journey
from views import finding, guard, selection, weighting
from views.comparability import uncompared
from views.mention import unasked
from views.reading_trust import trust_of
from views.sentences import board_sentence
from vocabulary import Role
from wording import planning as planning_words

MOST = 5
"""So many findings are told on the board; all are on a page of their own."""

if TYPE_CHECKING:
    import pandas as pd

    from actions.weighting import Weighted
    from charts.board import Named

bp = Blueprint("board", __name__, url_prefix="/journeys/<journey_key>")


@bp.get("/")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the stages in journey order with their touchpoints by pain."""
    from charts.board import columns
    from insights.board import board_numbers
    from insights.findings.headline import headline

    chosen = selection.load(journey)
    facts, filters = chosen.facts, chosen.filters
    stages = selection.named(selection.stages_of(journey))
    numbers = facts.remember(
        ("board", filters), lambda: board_numbers(facts.table, filters, facts.narrow)
    )
    results = selection.pains_of(journey, chosen)
    pains = {stage: result.content["touchpoints"] for stage, result in results.items()}
    wholes = {stage: result.content["whole"] for stage, result in results.items()}
    weighted = weighting.weighted(journey, facts, filters)
    shown = numbers.stages["stage"].isin([stage.key for stage in stages])  # no retired ones
    return render_template(
        "board/show.html",
        journey=journey,
        chosen=chosen,
        stages=columns(stages, vars(numbers), pains),
        sentence=board_sentence(headline(numbers.stages[shown], pains), stages, wholes),
        weighted=_weighted_rows(weighted),
        mix_sentence=weighting.mix_sentence(weighted),
        groups=planning_words.group_names(weighted.mix),
        words=planning_words,
        results=results,
        is_awaited=selection.is_pain_awaited(chosen, results),
        trust=trust_of(chosen),
        unasked=unasked(chosen, stages),
        uncompared=uncompared(_comparability(chosen, stages), stages),
        findings=finding.told(journey, findings_of(journey), MOST) if chosen.is_usual else [],
    )


def _weighted_rows(found: "Weighted") -> dict[str, dict[str, Any]]:
    """The weighted scores by stage; none where no stage has one, which the sentence says."""
    is_any = any(row["score"] is not None for row in found.stages)
    return {row["stage"]: row for row in found.stages} if is_any else {}


def _comparability(chosen: selection.Selection, stages: "tuple[Named, ...]") -> "pd.DataFrame":
    """Which stages' scores compare, or what was found before."""
    from insights.scales.comparability import comparability

    facts, filters = chosen.facts, chosen.filters
    keys = [stage.key for stage in stages]
    return facts.remember(
        ("comparability", filters, *keys),
        lambda: comparability(facts.narrow(facts.table, filters), keys),
    )


@bp.post("/pain-requests")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def ask_for_pain(journey: Journey) -> ResponseReturnValue:
    """Have the pain of this selection computed, and come back to it."""
    from actions.pain import ask_for_pain as ask

    chosen = selection.load(journey)
    is_weighted = request.form.get("weighted") == "1"
    ask(chosen.filters, datetime.now(UTC), is_weighted=is_weighted)
    back = "pain.show" if request.form.get("page") == "pain" else "board.show"
    address: dict[str, Any] = {"journey_key": journey.key} | chosen.parameters
    address |= {"weighted": "1"} if is_weighted else {}
    place = current_app.url_for(back, **address)
    return redirect(place, code=303)

"""/journeys/<journey>/pain: what hurts, ranked, stage by stage."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import phrasing
from actions.mix import as_mix, mixes_in_force
from models import Journey, PainResult
from views import guard, selection, weighting
from views.moment import this_month
from vocabulary import Role
from wording import change as change_words
from wording import pain as pain_words
from wording.mix import mix_words

if TYPE_CHECKING:
    from charts.board import Named

bp = Blueprint("pain", __name__, url_prefix="/journeys/<journey_key>")


@bp.get("/pain")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the touchpoints of each stage by the points they cost."""
    chosen = selection.load(journey)
    mixes = mixes_in_force(journey, chosen.filters.month_to)
    is_weighted = bool(mixes) and request.args.get("weighted") == "1"
    stages = selection.named(selection.stages_of(journey))
    plain = selection.pains_of(journey, chosen)
    results = selection.pains_of(journey, chosen, as_mix(mixes)) if is_weighted else plain
    furthest = _furthest(results)
    rankings = [
        _ranking(stage, results[stage.key], furthest, plain.get(stage.key) if is_weighted else None)
        for stage in stages
        if stage.key in results
    ]
    return render_template(
        "pain/show.html",
        journey=journey,
        chosen=chosen,
        results=results,
        is_awaited=selection.is_pain_awaited(chosen, results, is_weighted=is_weighted),
        is_weighted=is_weighted,
        mix=mix_words(as_mix(mixes), {mix.dimension: mix.month_from for mix in mixes}),
        rankings=rankings,
        lost_more=change_words.points,
        lost_more_between=change_words.between,
    )


def _furthest(results: dict[str, PainResult]) -> float:
    """The left end of all charts: the most that any touchpoint may cost."""
    rows = [row for result in results.values() for row in result.content["touchpoints"]]
    return -max((row["pain_high"] or row["pain"] or 0.0 for row in rows), default=0.0)


def _ranking(
    stage: "Named", result: PainResult, furthest: float, plain: PainResult | None
) -> dict[str, Any]:
    """One stage's ranking: its sentences, its chart, and its rows with the names readers know.

    Where it is weighted, ``plain`` is the one with every answer counting once, to stand beside it.
    """
    beside = {row["touchpoint"]: row for row in plain.content["touchpoints"]} if plain else {}
    names = {touchpoint.key: touchpoint.name for touchpoint in stage.touchpoints}
    content, month = result.content, this_month()
    rows = [
        _told(
            pain_words.without_past(row, month)
            | {"name": names[row["touchpoint"]], "plain": beside.get(row["touchpoint"])}
        )
        for row in content["touchpoints"]
        if row["touchpoint"] in names
    ]
    rows.sort(key=lambda row: row.get("order") or len(rows) + 1)  # a stable sort: else as it was
    priced = [row for row in rows if row["pain"] is not None]
    whole = pain_words.without_past(content["whole"], month)
    return {
        "stage": stage,
        "whole": whole,
        "target": content["target"],
        "rows": rows,
        "lead": [pain_words.worst(rows), *map(pain_words.tied, pain_words.groups_of_ties(rows))],
        "told": pain_words.whole(whole),
        "notes": [
            *pain_words.kinds(rows),
            pain_words.weighted(whole),
            weighting.why(content.get("weighting", {})) if plain else "",
        ],
        "order_note": pain_words.shrunk_note(whole),
        "chart": _chart(stage.name, priced, furthest) if priced else None,
        "change": _change(content.get("change"), names),
    }


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A touchpoint with what is said of it."""
    words = {
        "kind_words": pain_words.kind(row),
        "rank_words": pain_words.rank(row),
        "formula": pain_words.spelled(row) if row["pain"] is not None else None,
        "why": pain_words.why_no_pain(row) if row["pain"] is None else None,
    }
    return row | words


def _change(change: dict[str, Any] | None, names: dict[str, str]) -> dict[str, Any] | None:
    """What changed since the period before, in words and as rows; None where there was none."""
    if change is None:
        return None
    rows = [
        row | {"name": names[row["touchpoint"]]}
        for row in change["touchpoints"]
        if row["touchpoint"] in names
    ]
    told = change | {"touchpoints": rows}
    return told | {
        "sentence": change_words.whole(told),
        "proven": [] if change["reason"] else change_words.proven(told),
    }


def _chart(stage_name: str, priced: list[dict[str, Any]], furthest: float) -> dict[str, Any]:
    """Draw the ranking."""
    from charts.ranking import pain_ranking, ranking_frame
    from charts.theme import Caption

    frame = ranking_frame(priced, [row["name"] for row in priced])
    frame = frame.assign(tie=[row["tie"] for row in priced])
    told = ", ".join(f"{row['name']} {phrasing.points(row['pain'])}" for row in priced)
    caption = Caption(
        _("Points lost in %(stage)s, with 95%% intervals", stage=stage_name),
        told,
        {
            "touchpoint": _("Touchpoint"),
            "points": _("Points lost"),
            "from": _("From"),
            "to": _("To"),
        },
    )
    specification: dict[str, Any] = pain_ranking(
        frame, caption, furthest=furthest or None
    ).to_dict()
    return specification

"""/journeys/<journey>/compare: any two periods or groups, in every stage and touchpoint."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

import phrasing
from models import Journey
from views import guard, selection
from vocabulary import Role
from wording import compare as compare_words

if TYPE_CHECKING:
    from charts.board import Named
    from insights.comparing.compare import Comparison
    from views.selection import Selection

bp = Blueprint("compare", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]


@bp.get("/compare")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show where two groups differ, which of it is proven, and what could have been seen."""
    from forms.compare import as_address, other_choices, other_filters, read_comparison, ways

    chosen = selection.load(journey)
    comparison = read_comparison(request.args, chosen.filters, chosen.choices)
    if comparison is None:
        return render_template("compare/show.html", journey=journey, chosen=chosen, comparison=None)
    rows = _rows(journey, chosen, comparison) if comparison.is_possible else []
    proven = compare_words.proven_of(rows)
    filters = other_filters(comparison)
    return render_template(
        "compare/show.html",
        journey=journey,
        chosen=replace(
            chosen, choices=other_choices(chosen.choices, comparison.by), parameters=filters
        ),
        comparison=comparison,
        ways=ways(chosen.choices),
        address=as_address(comparison),
        sentences=compare_words.sentences(rows, comparison) if comparison.is_possible else [],
        proven=[
            compare_words.told_of(row, comparison) for row in proven[: compare_words.MOST_TOLD]
        ],
        n_more=max(len(proven) - compare_words.MOST_TOLD, 0),
        sections=_sections(chosen, rows, comparison),
        unasked=_unasked(rows, comparison),
        words=compare_words,
        results={},
    )


def _rows(journey: Journey, chosen: "Selection", comparison: "Comparison") -> list[Row]:
    """Every difference of the page, in the journey's order, with the names readers know."""
    from insights.comparing.compare import compare
    from insights.plain import plain_rows

    stages = selection.named(selection.stages_of(journey))
    names = _names(stages)
    facts = chosen.facts
    found = facts.remember(
        ("compare", comparison, tuple(names)),
        lambda: compare(facts.table, comparison, places=names, narrow=facts.narrow),
    )
    row_of = {(row["stage"], row["touchpoint"]): row for row in plain_rows(found)}
    return [row_of[place] | told for place, told in names.items() if place in row_of]


def _names(stages: "Sequence[Named]") -> dict[tuple[str, str | None], Row]:
    """What the reader calls each stage as a whole, and each touchpoint."""
    whole = _("As a whole")
    return {
        (stage.key, key): {"stage_name": stage.name, "name": name}
        for stage in stages
        for key, name in [(None, whole), *((part.key, part.name) for part in stage.touchpoints)]
    }


def _is_asked(row: Row) -> bool:
    """Whether both sides were asked."""
    return row["reason"] not in {"not_asked_a", "not_asked_b"}


def _sections(chosen: "Selection", rows: Sequence[Row], comparison: "Comparison") -> list[Row]:
    """What both sides were asked, stage by stage, each with its chart."""
    stages: dict[str, list[Row]] = {}
    for row in rows:
        if _is_asked(row):
            stages.setdefault(row["stage"], []).append(row)
    language = str(get_locale())
    charts = chosen.facts.remember(
        ("compare charts", comparison, language, tuple(row["name"] for row in rows)),
        lambda: _charts(stages, comparison),
    )
    return [
        {"key": stage, "name": told[0]["stage_name"], "rows": told, "chart": charts[stage]}
        for stage, told in stages.items()
    ]


def _charts(stages: Mapping[str, Sequence[Row]], comparison: "Comparison") -> dict[str, Any]:
    """Draw each stage, on one scale; they are kept, for to draw takes longer than to compute."""
    from charts.compare import furthest_of

    asked = [row for rows in stages.values() for row in rows if row["difference"] is not None]
    furthest = furthest_of(asked)
    return {stage: _chart(rows, comparison, furthest) for stage, rows in stages.items()}


def _chart(
    rows: Sequence[Row], comparison: "Comparison", furthest: float
) -> Mapping[str, Any] | None:
    """Draw the differences of one stage; nothing where none may be shown."""
    from charts.compare import difference_dots, difference_frame
    from charts.theme import Caption

    drawn = [row for row in rows if row["difference"] is not None]
    if not drawn:
        return None
    a, b = (compare_words.side_name(comparison, side) for side in (comparison.a, comparison.b))
    told = ", ".join(
        f"{row['name']}: {phrasing.change(row['difference'])} "
        f"({compare_words.verdict(row, comparison)})"
        for row in drawn
    )
    caption = Caption(
        _("%(stage)s: %(b)s compared with %(a)s", stage=rows[0]["stage_name"], a=a, b=b),
        told,
        {
            "place": _("Touchpoint"),
            "difference": _("Difference in points"),
            "from": _("From"),
            "to": _("To"),
        },
    )
    specification: dict[str, Any] = difference_dots(
        difference_frame(drawn), caption, furthest=furthest
    ).to_dict()
    return specification


def _unasked(rows: Sequence[Row], comparison: "Comparison") -> list[str]:
    """Which stages, and which touchpoints of the others, were not asked of a side, per side."""
    told = []
    for reason in ("not_asked_a", "not_asked_b"):
        left_out = [row for row in rows if row["reason"] == reason]
        whole = {row["stage"] for row in left_out if row["touchpoint"] is None}
        names = [
            row["stage_name"] if row["touchpoint"] is None else row["name"]
            for row in left_out
            if row["touchpoint"] is None or row["stage"] not in whole
        ]
        if names:
            text = compare_words.why(reason, comparison)
            told.append(f"{text[:1].upper()}{text[1:]}: {', '.join(names)}.")
    return told

"""/journeys/<journey>/gap: what colleagues think customers give, beside what they give."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

import phrasing
from actions import estimate as actions
from models import EstimateRound, Journey, PainResult
from views import guard, selection
from vocabulary import Role
from wording import gap as gap_words

if TYPE_CHECKING:
    from insights.gaps.inside_out import InsideOut

bp = Blueprint("gap", __name__, url_prefix="/journeys/<journey_key>")

Row = dict[str, Any]


@bp.get("/gap")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the gap at each touchpoint, and the round in which colleagues are asked."""
    from insights.plain import plain_rows
    from insights.release.suppression import MINIMUM_PERSONS

    chosen = selection.load(journey)
    told = actions.told_round_of(journey.id, MINIMUM_PERSONS)
    asked = actions.open_round_of(journey.id)
    sheets = actions.sheets_of(told) if told else []
    results = selection.pains_of(journey, chosen)
    found = _numbers(chosen, told, sheets, results) if told else None
    rows = _named(journey, plain_rows(found.touchpoints)) if found else []
    shown = [row for row in rows if row["shown"]]
    return render_template(
        "gap/show.html",
        journey=journey,
        chosen=chosen,
        told=told,
        asked=asked,
        link=actions.link_of(asked) if asked else None,
        n_asked=actions.n_sheets(asked) if asked else 0,
        n_told=len(sheets),
        names=_names_of(asked or told),
        rows=rows,
        teams=plain_rows(found.teams) if found else [],
        sentence=gap_words.sentence(rows, len(sheets)) if told else None,
        chart=_chart(shown) if shown else None,
        results=results if shown else {},
        words=gap_words,
    )


@bp.post("/gap/rounds")
@guard.members(Role.ANALYST)
def open_round(journey: Journey) -> ResponseReturnValue:
    """Begin to ask colleagues."""
    actions.open_round(journey, datetime.now(UTC))
    flash(_("The round is open. Send its link to your colleagues."))
    return _back(journey)


@bp.post("/gap/rounds/end")
@guard.members(Role.ANALYST)
def close_round(journey: Journey) -> ResponseReturnValue:
    """Take no more estimates, and show what came in."""
    closed = actions.close_round(journey, datetime.now(UTC))
    if closed is not None:
        n = actions.n_sheets(closed)
        flash(
            ngettext(
                "The round is closed; one colleague took part.",
                "The round is closed; %(num)s colleagues took part.",
                n,
            )
        )
    return _back(journey)


def _numbers(
    chosen: selection.Selection,
    told: EstimateRound,
    sheets: list[Any],
    results: dict[str, PainResult],
) -> "InsideOut":
    """Lay both sides beside each other, or take what was computed before."""
    from insights.gaps.inside_out import inside_out

    facts, filters = chosen.facts, chosen.filters
    pains = {
        (stage, row["touchpoint"]): row["pain"]
        for stage, result in results.items()
        for row in result.content["touchpoints"]
        if row["pain"] is not None
    }
    given = [(sheet.team, sheet.points) for sheet in sheets]
    what = ("gap", filters, told.id, len(sheets), tuple(sorted(pains.items())))
    return facts.remember(
        what, lambda: inside_out(facts.narrow(facts.table, filters), given, pains)
    )


def _named(journey: Journey, rows: list[Row]) -> list[Row]:
    """The rows of touchpoints that are still there, as the reader calls them."""
    names = {
        (stage.key, touchpoint.key): {"stage_name": stage.name, "name": touchpoint.name}
        for stage in selection.named(selection.stages_of(journey))
        for touchpoint in stage.touchpoints
    }
    known = [row for row in rows if (row["stage"], row["touchpoint"]) in names]
    return [row | names[row["stage"], row["touchpoint"]] for row in known]


def _names_of(some: EstimateRound | None) -> list[str]:
    """Who took part and said so, for those who look after the round."""
    if some is None or current_user.role not in {Role.ANALYST, Role.ADMINISTRATOR}:
        return []
    return sorted(sheet.name for sheet in actions.sheets_of(some) if sheet.name)


def _chart(shown: list[Row]) -> dict[str, Any]:
    """Draw the gaps."""
    from charts.gap import dumbbell_frame, dumbbells
    from charts.theme import Caption

    told = "; ".join(
        _(
            "%(name)s: colleagues %(inside)s, customers %(outside)s",
            name=row["name"],
            inside=phrasing.score(row["inside"]),
            outside=phrasing.score(row["outside"]),
        )
        for row in shown
    )
    words = {
        "score": _("Score"),
        "touchpoint": _("Touchpoint"),
        "inside": _("Colleagues expect"),
        "outside": _("Customers give"),
        "from": _("Gap from"),
        "to": _("Gap to"),
    }
    caption = Caption(_("What colleagues expect and what customers give"), told, words)
    specification: dict[str, Any] = dumbbells(dumbbell_frame(shown), caption).to_dict()
    return specification


def _back(journey: Journey) -> ResponseReturnValue:
    """To the page."""
    return redirect(url_for("gap.show", journey_key=journey.key), code=303)

"""/journeys/<journey>/mix: the known mix of people, property by property."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from sqlalchemy import select

from actions import mix as act
from extensions import db
from forms.mix import mix_form
from models import Journey, Mix
from views import guard, selection
from views.moment import this_month
from vocabulary import LANGUAGES, Audience, Channel, Market, Role
from wording.mix import property_name, value_name

if TYPE_CHECKING:
    from insights.choices import Choices

bp = Blueprint("mix", __name__, url_prefix="/journeys/<journey_key>/mix")

_SHARED: Mapping[str, tuple[str, ...]] = {
    "audience": tuple(Audience),
    "market": tuple(Market),
    "channel": tuple(Channel),
    "language": LANGUAGES,
}
"""The properties every journey has, each with the values it may take."""


@bp.route("", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def show(journey: Journey) -> ResponseReturnValue:
    """Show what is known of the people, and take in what else is."""
    choices = selection.load(journey).choices
    mixes = act.mixes_of(journey)
    properties = [*_SHARED, *(name for name in choices.attributes if name not in _SHARED)]
    asked = request.args.get("dimension", "")
    dimension = asked if asked in properties else properties[0]
    values, now = _values(choices, mixes, dimension), this_month()
    form = mix_form(*values, choices.usual_period[0] or now, now)
    if form.validate_on_submit():
        known = act.WhoMix(dimension, form.month_from.data, form.shares())
        act.set_mix(journey, known, datetime.now(UTC), current_user.id)
        _tell(dimension, act.unknown_values(choices, dimension, form.shares()))
        return redirect(url_for("mix.show", journey_key=journey.key, dimension=dimension), 303)
    page = render_template(
        "mix/show.html",
        journey=journey,
        form=form,
        dimension=dimension,
        properties=[(name, property_name(name)) for name in properties],
        mixes=[(mix, property_name(mix.dimension)) for mix in mixes],
        value_name=value_name,
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:number>/deletion")
@guard.members(Role.ANALYST)
def deletion(journey: Journey, number: int) -> ResponseReturnValue:
    """Take back what was said of a property."""
    found = select(Mix).where(Mix.id == number, Mix.journey_id == journey.id)
    mix = db.session.scalar(found) or abort(404)
    dimension = mix.dimension
    act.remove_mix(mix)
    flash(_("The mix is taken back."))
    return redirect(url_for("mix.show", journey_key=journey.key, dimension=dimension), 303)


def _values(
    choices: "Choices", mixes: list[Mix], dimension: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """The values that can be given a share, with their names, and the newest shares."""
    known = choices.values.get(dimension) or choices.attributes.get(dimension) or ()
    newest = next((mix.shares for mix in mixes if mix.dimension == dimension), {})
    values = dict.fromkeys([*map(str, _SHARED.get(dimension, ())), *known, *newest])
    return {value: value_name(dimension, value) for value in values}, newest


def _tell(dimension: str, unknown: list[str]) -> None:
    """Say that it was kept, and which values no answers have."""
    flash(_("The mix is kept."))
    if unknown:
        names = ", ".join(value_name(dimension, value) for value in unknown)
        text = ngettext(
            "No answers, or too few, are of this group yet: %(names)s.",
            "No answers, or too few, are of these groups yet: %(names)s.",
            len(unknown),
            names=names,
        )
        flash(text, "problem")

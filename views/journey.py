"""/journeys: which there are, a new one, and the map of each."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import Row, func, select

from actions.journey import (
    name_journey,
    plant_journey,
    restore_journey,
    retire_journey,
    stages_of,
)
from extensions import db
from forms.journey import CHANNELS, LIFECYCLES, TEAMS, NameForm, NewJourneyForm, as_data, texts
from models import Journey, Membership, Response, Stage, Survey
from views import guard
from vocabulary import Role

bp = Blueprint("journey", __name__, url_prefix="/journeys")


@bp.get("")
@guard.colleagues()
def index() -> ResponseReturnValue:
    """List the journeys that this colleague may see."""
    rows = _rows()
    return render_template(
        "journey/index.html",
        in_use=[row for row in rows if row.Journey.retired_at is None],
        retired=[row for row in rows if row.Journey.retired_at is not None],
        form=NewJourneyForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@guard.colleagues(Role.ANALYST)
def new() -> ResponseReturnValue:
    """Plant a journey from a template."""
    form = NewJourneyForm()
    if form.validate_on_submit():
        template, market = form.chosen()
        now = datetime.now(UTC)
        journey = plant_journey(
            template, market, name=form.name(), user_id=current_user.id, now=now
        )
        flash(_("The journey is there. Look it over, then ask your customers."))
        return redirect(url_for("journey.map", journey_key=journey.key), code=303)
    return render_template("journey/new.html", form=form), 422 if form.errors else 200


@bp.get("/<journey_key>/map")
@guard.members(Role.ANALYST)
def map(journey: Journey) -> ResponseReturnValue:  # noqa: A001 -- the page's name
    """Show the stages and touchpoints, to be edited and put in order."""
    return render_template(
        "journey/map.html",
        journey=journey,
        stages=stages_of(journey),
        lifecycles=LIFECYCLES,
        channels=CHANNELS,
        teams=TEAMS,
    )


@bp.route("/<journey_key>/name", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def name(journey: Journey) -> ResponseReturnValue:
    """Call the journey otherwise."""
    form = NameForm(data=as_data(journey, "name"))
    if form.validate_on_submit():
        name_journey(journey, texts(form, "name"))
        flash(_("Saved."))
        return redirect(url_for("journey.map", journey_key=journey.key), code=303)
    page = render_template("journey/name.html", journey=journey, form=form)
    return page, 422 if form.errors else 200


@bp.post("/<journey_key>/retirement")
@guard.members(Role.ANALYST)
def retirement(journey: Journey) -> ResponseReturnValue:
    """Put the journey away, or take it up again."""
    if request.form.get("is_retired") == "no":
        restore_journey(journey)
        flash(_("The journey is in use again."))
    else:
        retire_journey(journey, datetime.now(UTC))
        flash(_("The journey is put away. Its answers are kept, and you can take it up again."))
    return redirect(url_for("journey.index"), code=303)


def _rows() -> list[Row[Any]]:
    """Journeys with how many stages, open surveys and responses each has, in one statement."""
    n_stages = (
        select(func.count())
        .where(Stage.journey_id == Journey.id, Stage.retired_at.is_(None))
        .scalar_subquery()
    )
    n_open = (
        select(func.count())
        .where(
            Survey.journey_id == Journey.id,
            Survey.opened_at.is_not(None),
            Survey.closed_at.is_(None),
        )
        .scalar_subquery()
    )
    n_responses = (
        select(func.count())
        .select_from(Response)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.journey_id == Journey.id, Response.excluded_at.is_(None))
        .scalar_subquery()
    )
    found = select(
        Journey,
        n_stages.label("n_stages"),
        n_open.label("n_open"),
        n_responses.label("n_responses"),
    ).order_by(Journey.created_at, Journey.id)
    if current_user.role is not Role.ADMINISTRATOR:
        found = found.join(Membership, Membership.journey_id == Journey.id).where(
            Membership.user_id == current_user.id
        )
    return list(db.session.execute(found))

"""/journeys/<journey>/map/stages: edit, order, retire and delete stages and touchpoints."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from actions import stage as act
from actions.stage import InUseError, StageFacts, TouchpointFacts
from actions.stems import stems_of
from extensions import db
from forms.journey import StageForm, TouchpointForm, as_data, texts
from models import Journey, Stage, Touchpoint
from views import guard
from vocabulary import Channel, Lifecycle, Media, Role, Team

bp = Blueprint("stage", __name__, url_prefix="/journeys/<journey_key>/map/stages")


@bp.route("/new", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def new(journey: Journey) -> ResponseReturnValue:
    """Add a stage at the end of the journey."""
    form = StageForm()
    if form.validate_on_submit():
        stage = act.add_stage(journey, _stage_facts(form))
        return _to_map(journey, f"stage-{stage.key}")
    return _form("stage/stage.html", form, journey=journey, stage=None)


@bp.route("/<stage_key>", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def edit(journey: Journey, stage_key: str) -> ResponseReturnValue:
    """Edit what is said of a stage."""
    stage = _stage(journey, stage_key)
    form = StageForm(data=as_data(stage, "name", "goal", "leads_from", "leads_to"))
    if form.validate_on_submit():
        act.edit_stage(stage, _stage_facts(form))
        flash(_("Saved."))
        return _to_map(journey, f"stage-{stage_key}")
    return _form("stage/stage.html", form, journey=journey, stage=stage)


@bp.post("/<stage_key>/position")
@guard.members(Role.ANALYST)
def position(journey: Journey, stage_key: str) -> ResponseReturnValue:
    """Change places with the stage before or after it."""
    act.move_stage(_stage(journey, stage_key), is_up=request.form.get("direction") == "up")
    return _to_map(journey, f"stage-{stage_key}")


@bp.post("/<stage_key>/retirement")
@guard.members(Role.ANALYST)
def retirement(journey: Journey, stage_key: str) -> ResponseReturnValue:
    """Put a stage away, or take it up again."""
    _retire(_stage(journey, stage_key))
    return _to_map(journey, f"stage-{stage_key}")


@bp.post("/<stage_key>/deletion")
@guard.members(Role.ANALYST)
def deletion(journey: Journey, stage_key: str) -> ResponseReturnValue:
    """Delete a stage that nobody was asked about."""
    try:
        act.delete_stage(_stage(journey, stage_key))
    except InUseError:
        flash(_("This stage has surveys, so it is kept. You can put it away instead."), "problem")
    else:
        flash(_("The stage is deleted."))
    return _to_map(journey)


@bp.route("/<stage_key>/touchpoints/new", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def new_touchpoint(journey: Journey, stage_key: str) -> ResponseReturnValue:
    """Add a touchpoint at the end of a stage."""
    stage = _stage(journey, stage_key)
    form = TouchpointForm()
    if form.validate_on_submit():
        facts, now = _touchpoint_facts(form), datetime.now(UTC)
        touchpoint = act.add_touchpoint(stage, facts, now, form.stems())
        return _to_map(journey, f"touchpoint-{stage_key}-{touchpoint.key}")
    return _form("stage/touchpoint.html", form, journey=journey, stage=stage, touchpoint=None)


@bp.route("/<stage_key>/touchpoints/<touchpoint_key>", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def edit_touchpoint(journey: Journey, stage_key: str, touchpoint_key: str) -> ResponseReturnValue:
    """Edit what is said of a touchpoint."""
    stage = _stage(journey, stage_key)
    touchpoint = _touchpoint(stage, touchpoint_key)
    said = as_data(touchpoint, "name", "channel", "media", "team")
    form = TouchpointForm(data=said | _stems_data(touchpoint))
    if form.validate_on_submit():
        facts, now = _touchpoint_facts(form), datetime.now(UTC)
        if act.edit_touchpoint(touchpoint, facts, now, form.stems()):
            flash(_("Saved. The comments are read again by these words, within some minutes."))
        else:
            flash(_("Saved."))
        return _to_map(journey, f"touchpoint-{stage_key}-{touchpoint_key}")
    page = "stage/touchpoint.html"
    return _form(page, form, journey=journey, stage=stage, touchpoint=touchpoint)


@bp.post("/<stage_key>/touchpoints/<touchpoint_key>/position")
@guard.members(Role.ANALYST)
def touchpoint_position(
    journey: Journey, stage_key: str, touchpoint_key: str
) -> ResponseReturnValue:
    """Change places with the touchpoint before or after it."""
    touchpoint = _touchpoint(_stage(journey, stage_key), touchpoint_key)
    act.move_touchpoint(touchpoint, is_up=request.form.get("direction") == "up")
    return _to_map(journey, f"touchpoint-{stage_key}-{touchpoint_key}")


@bp.post("/<stage_key>/touchpoints/<touchpoint_key>/retirement")
@guard.members(Role.ANALYST)
def touchpoint_retirement(
    journey: Journey, stage_key: str, touchpoint_key: str
) -> ResponseReturnValue:
    """Put a touchpoint away, or take it up again."""
    _retire(_touchpoint(_stage(journey, stage_key), touchpoint_key))
    return _to_map(journey, f"stage-{stage_key}")


@bp.post("/<stage_key>/touchpoints/<touchpoint_key>/deletion")
@guard.members(Role.ANALYST)
def touchpoint_deletion(
    journey: Journey, stage_key: str, touchpoint_key: str
) -> ResponseReturnValue:
    """Delete a touchpoint that nobody was asked about."""
    try:
        act.delete_touchpoint(_touchpoint(_stage(journey, stage_key), touchpoint_key))
    except InUseError:
        flash(
            _("This touchpoint has answers, so it is kept. You can put it away instead."),
            "problem",
        )
    else:
        flash(_("The touchpoint is deleted."))
    return _to_map(journey, f"stage-{stage_key}")


def _stage(journey: Journey, key: str) -> Stage:
    """The stage with this key, else 404."""
    found = select(Stage).where(Stage.journey_id == journey.id, Stage.key == key)
    return db.session.scalar(found) or abort(404)


def _touchpoint(stage: Stage, key: str) -> Touchpoint:
    """The touchpoint with this key, else 404."""
    found = select(Touchpoint).where(Touchpoint.stage_id == stage.id, Touchpoint.key == key)
    return db.session.scalar(found) or abort(404)


def _stage_facts(form: StageForm) -> StageFacts:
    """What the form says of a stage."""
    return StageFacts(
        name=texts(form, "name"),
        goal=texts(form, "goal"),
        leads_from=Lifecycle(form.leads_from.data) if form.leads_from.data else None,
        leads_to=Lifecycle(form.leads_to.data) if form.leads_to.data else None,
    )


def _touchpoint_facts(form: TouchpointForm) -> TouchpointFacts:
    """What the form says of a touchpoint."""
    return TouchpointFacts(
        name=texts(form, "name"),
        channel=Channel(form.channel.data),
        media=Media(form.media.data),
        team=Team(form.team.data),
    )


def _stems_data(touchpoint: Touchpoint) -> dict[str, str]:
    """The stems in force, as their fields show them."""
    languages = ("nl", "en")
    return {f"stems_{one}": "\n".join(stems_of(touchpoint, one)) for one in languages}


def _retire(part: Stage | Touchpoint) -> None:
    """Put a part away or take it up again, as the request says."""
    if request.form.get("is_retired") == "no":
        act.restore(part, datetime.now(UTC))
        flash(_("It is in use again."))
    else:
        act.retire(part, datetime.now(UTC))
        flash(_("It is put away. Its answers are kept, and you can take it up again."))


def _form(page: str, form: Any, **about: Any) -> ResponseReturnValue:  # noqa: ANN401 -- untyped
    """A page with a form; 422 if it was sent and refused."""
    return render_template(page, form=form, **about), 422 if form.errors else 200


def _to_map(journey: Journey, anchor: str | None = None) -> ResponseReturnValue:
    """Lead back to the map, to the part that was changed."""
    return redirect(url_for("journey.map", journey_key=journey.key, _anchor=anchor), code=303)

"""/journeys/<journey>/imports: the files of old answers that were taken in."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from actions.importing import undo_import
from extensions import db
from models import Import, Journey
from views import guard
from vocabulary import Role

bp = Blueprint("importing", __name__, url_prefix="/journeys/<journey_key>/imports")


@bp.get("")
@guard.members(Role.ANALYST)
def index(journey: Journey) -> ResponseReturnValue:
    """List the imports, the newest first."""
    found = select(Import).where(Import.journey_id == journey.id).order_by(Import.id.desc())
    return render_template(
        "importing/index.html", journey=journey, imports=db.session.scalars(found).all()
    )


@bp.post("/<int:import_id>/undoing")
@guard.members(Role.ANALYST)
def undo(journey: Journey, import_id: int) -> ResponseReturnValue:
    """Take an import back."""
    of_it = select(Import.id).where(Import.journey_id == journey.id, Import.id == import_id)
    if db.session.scalar(of_it) is None:
        abort(404)
    undo_import(import_id, datetime.now(UTC))
    flash(_("The import is taken back. Its responses will be gone from the board in a moment."))
    return redirect(url_for("importing.index", journey_key=journey.key), code=303)

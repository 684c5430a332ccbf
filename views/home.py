"""The start: where a colleague lands after signing in."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from views import guard

bp = Blueprint("home", __name__)


@bp.get("/")
@guard.colleagues()
def show() -> ResponseReturnValue:
    """Lead to the journeys, which are what everything here is about."""
    if "journey.index" in current_app.view_functions:
        return redirect(url_for("journey.index"))
    return render_template("home/show.html")

"""/journeys/<journey>/responses: every response as it came in, and all of them as a file."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from actions.exclusion import exclude_response, include_response
from actions.exporting import export_rows
from extensions import db
from models import Journey, Survey
from models import Response as Sitting
from views import guard
from views.raw_answers import PER_PAGE, count_responses, newest_responses
from vocabulary import Role

bp = Blueprint("response", __name__, url_prefix="/journeys/<journey_key>")

AT_ONCE = 500
"""Rows of the file that are sent together."""


@bp.get("/responses")
@guard.members(Role.ANALYST)
def index(journey: Journey) -> ResponseReturnValue:
    """Show the responses, the newest first."""
    n_responses = count_responses(journey.id)
    n_pages = max(1, -(-n_responses // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), n_pages)
    return render_template(
        "response/index.html",
        journey=journey,
        responses=newest_responses(journey.id, page),
        n_responses=n_responses,
        page=page,
        n_pages=n_pages,
    )


@bp.get("/responses.csv")
@guard.members(Role.ANALYST)
def export(journey: Journey) -> ResponseReturnValue:
    """Send all responses as a CSV file, row by row."""
    name = f"{journey.key}-{datetime.now(UTC):%Y-%m-%d}.csv"
    return Response(
        stream_with_context(_lines(journey.key)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.post("/responses/<key>/exclusion")
@guard.members(Role.ANALYST)
def exclusion(journey: Journey, key: str) -> ResponseReturnValue:
    """Set a response aside as junk, or take it back."""
    of_it = select(Sitting.id).join(Survey).where(Survey.journey_id == journey.id)
    if db.session.scalar(of_it.where(Sitting.key == key)) is None:
        abort(404)
    now = datetime.now(UTC)
    if request.form.get("is_excluded") == "no":
        include_response(key, now)
        flash(_("The response counts again."))
    else:
        exclude_response(key, now)
        flash(_("The response is set aside. It is kept, but counts nowhere."))
    page = request.args.get("page", 1, type=int)
    address = url_for("response.index", journey_key=journey.key, page=page, _anchor=f"r-{key}")
    return redirect(address, code=303)


def _lines(journey: str) -> Iterator[str]:
    """The file in pieces, with the mark that tells a spreadsheet how it is written."""
    yield "\ufeff"
    piece = StringIO()
    writer = csv.writer(piece)
    for number, row in enumerate(export_rows(journey), start=1):
        writer.writerow(row)
        if number % AT_ONCE == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()

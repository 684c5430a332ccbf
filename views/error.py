"""What a reader sees when something cannot be: what happened, and what to do next."""

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from extensions import db

bp = Blueprint("error", __name__)

RETRY_SECONDS = 30


@bp.app_errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Say in the reader's words why there is no page here."""
    response = error.get_response()
    if (error.code or 500) < 400:  # noqa: PLR2004 -- a redirect is no error
        return response
    heading, advice = words(error.code or 500)
    page = render_template("error/page.html", heading=heading, advice=advice, **_way_on())
    kept = [(k, v) for k, v in response.headers if k in {"Allow", "Retry-After"}]
    return page, error.code or 500, kept


@bp.app_errorhandler(CSRFError)
def stale(_error: CSRFError) -> ResponseReturnValue:
    """Say that a form came without its token: left open too long, or sent by someone else."""
    return render_template(
        "error/page.html",
        heading=_("This page was open too long"),
        advice=_("Nothing was changed. Open the page again and send the form once more."),
        **_way_on(),
    ), 400


@bp.app_errorhandler(OperationalError)
def unreachable(error: OperationalError) -> ResponseReturnValue:
    """Say that the database cannot be used now; nothing of the request was kept."""
    current_app.logger.error("database: %s", error.orig)
    return _bare(ServiceUnavailable.code, [("Retry-After", str(RETRY_SECONDS))])


@bp.app_errorhandler(InternalServerError)
def broken(_error: InternalServerError) -> ResponseReturnValue:
    """Say that we made a mistake; Flask has written down which."""
    return _bare(InternalServerError.code, [])


def words(code: int) -> tuple[str, str]:
    """The heading and the advice for a status; a code without words of its own is a 400."""
    said = {
        400: (_("We could not read that"), _("Go back, check what you sent and try again.")),
        401: (_("Please sign in"), _("This address is for colleagues who are signed in.")),
        403: (
            _("This is not for your role"),
            _("Ask an administrator if you need it; they can change your role."),
        ),
        404: (
            _("There is no page here"),
            _("The address may be mistyped or old, or the page is not shared with you."),
        ),
        405: (
            _("This page works another way"),
            _("Open it by a link or a button instead of by its address."),
        ),
        410: (_("This page is gone"), _("It was here once and will not come back.")),
        413: (_("That is too large"), _("Send a smaller file or a shorter text.")),
        429: (
            _("Too many tries"),
            _("Wait an hour and try again, or ask an administrator for a new link."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("It has been written down. Try again; if it stays, tell whoever runs this site."),
        ),
        503: (
            _("This site is resting for a moment"),
            _("What you just sent was not kept. Try again in half a minute."),
        ),
    }
    return said.get(code, said[400])


def _way_on() -> dict[str, str]:
    """A way back to the start; a respondent has none."""
    if request.path.startswith("/s/"):
        return {}
    return {"way_path": "/", "way_name": _("To the start")}


def _bare(code: int, headers: list[tuple[str, str]]) -> ResponseReturnValue:
    """A page that is drawn without the database, which may be what broke."""
    db.session.rollback()
    g.is_database_down = True
    heading, advice = words(code)
    page = render_template("error/page.html", heading=heading, advice=advice, is_bare=True)
    return page, code, headers

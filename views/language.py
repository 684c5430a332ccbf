"""The language of the page, and the switch for it."""

from datetime import timedelta

from flask import Blueprint, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import current_user

from extensions import csrf
from views import guard, host
from views.local_path import local_path
from vocabulary import LANGUAGES

bp = Blueprint("language", __name__)

COOKIE = "language"


def choose() -> str:
    """The language of this page.

    What the reader chose here goes first, then a colleague's own language, then what the browser
    asks for, then the organisation's. Respondents cost no look-up of a user.
    """
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    if "_user_id" in session and not g.get("is_database_down") and current_user.is_authenticated:
        return str(current_user.language)
    asked = request.accept_languages.best_match(LANGUAGES)
    if asked:
        return asked
    ours = host.current()
    return ours.language if ours else LANGUAGES[0]


# A cookie of the reader's own browser is all that changes, and a respondent needs no session for
# it: hence no token against forged requests.
@bp.post("/language")
@csrf.exempt  # type: ignore[untyped-decorator]
@guard.public
def keep() -> ResponseReturnValue:
    """Keep the reader's choice in a cookie, and go back to where they were."""
    response = redirect(local_path(request.form.get("next", "")), code=303)
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=timedelta(days=365),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response

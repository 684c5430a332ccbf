"""Signing in and out, and who a request comes from."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Flask, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import SQLAlchemyUserDatastore, current_user
from flask_security.utils import login_user, logout_user
from sqlalchemy import select

from actions.sign_in import (
    LONGEST,
    TooManyAttemptsError,
    WrongCredentialsError,
    hashed,
    sign_in,
    sign_out,
)
from extensions import db, security
from forms.sign_in import SignInForm
from models import SignIn, User
from models.user import GrantedRole
from views import guard, host
from views.local_path import local_path

bp = Blueprint("sign_in", __name__)

IDLE = timedelta(minutes=30)
# A password costs a guesser 19 MiB and two passes, as OWASP advises for Argon2id.
ARGON2ID = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19 * 1024,
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}


def init_app(app: Flask) -> None:
    """Let Flask-Security keep passwords and sessions; the pages are our own."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 -- the name of an algorithm
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2ID,
        # A hash stands on its own, so that a changed or lost secret key locks no one out.
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SESSION_REFRESH_EACH_REQUEST=False,
        # No referrer is sent, by our own header; cookies are SameSite and forms carry a token.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    datastore = SQLAlchemyUserDatastore(db, User, GrantedRole)
    security.init_app(app, datastore, register_blueprint=False)
    security.principal.identity_loaders.clear()  # loads the user for each request, static files too
    login = app.login_manager  # type: ignore[attr-defined]  # put there by Flask-Login
    login.request_loader(lambda _request: None)  # no sign-in by a token in a header or address
    login.user_loader(_load)
    guard.public(app.view_functions["static"])


@bp.route("/sign-in", methods=["GET", "POST"])
@guard.public
def show() -> ResponseReturnValue:
    """Ask for e-mail address and password, and begin a session."""
    if host.current() is None:
        return redirect(url_for("setup.show"))
    next_path = local_path(request.args.get("next", ""))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(next_path)
    form, problem, status = SignInForm(), "", 200
    if form.validate_on_submit():
        now = datetime.now(UTC)
        try:
            user, token = sign_in(
                form.email.data, form.password.data, request.remote_addr or "", now
            )
        except WrongCredentialsError:
            problem, status = _("This e-mail address and this password do not go together."), 422
        except TooManyAttemptsError:
            abort(429)
        else:
            begin(user, token, now)
            return redirect(next_path, code=303)
    page = "security/sign_in.html"
    return render_template(page, form=form, problem=problem, next_path=next_path), status


@bp.post("/sign-out")
@guard.public
def leave() -> ResponseReturnValue:
    """End the session, in the browser and here."""
    sign_out(session.get("sign_in", ""))
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.show"), code=303)


def begin(user: User, token: str, now: datetime) -> None:
    """Put a new session into the browser; nothing of an older one stays."""
    session.clear()
    login_user(user, remember=False, authn_via=["password"])
    session.permanent = True
    session["sign_in"] = token
    session["seen_at"] = int(now.timestamp())


def _load(uniquifier: str) -> User | None:
    """The colleague of this session, unless it was ended, is over, or they were disabled."""
    now = datetime.now(UTC)
    seen_at = session.get("seen_at", 0)
    if now.timestamp() - seen_at > IDLE.total_seconds():
        return None
    found = (
        select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(User.fs_uniquifier == uniquifier, User.active)
        .where(SignIn.token_hash == hashed(session.get("sign_in", "")))
        .where(SignIn.created_at > now - LONGEST)
    )
    user = db.session.scalar(found)
    if user and now.timestamp() - seen_at > 60:  # noqa: PLR2004 -- a minute
        session["seen_at"] = int(now.timestamp())
    return user

"""A new password: asking for a link, and choosing one by it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from actions.password import StaleLinkError, ask_for_link, choose_password, user_of_link
from actions.sign_in import TooManyAttemptsError
from forms.password import AskForm, ChooseForm
from views import guard, sign_in

bp = Blueprint("password", __name__)


@bp.route("/password-link", methods=["GET", "POST"])
@guard.public
def ask() -> ResponseReturnValue:
    """Have a link mailed; the page says the same whether or not anyone has this address."""
    if not current_app.config["SMTP_URL"]:
        return render_template("security/no_mail.html")
    form = AskForm()
    if form.validate_on_submit():
        try:
            ask_for_link(form.email.data, request.remote_addr or "", datetime.now(UTC))
        except TooManyAttemptsError:
            abort(429)
        return redirect(url_for("password.asked"), code=303)
    return render_template("security/ask_for_link.html", form=form)


@bp.get("/password-link/sent")
@guard.public
def asked() -> ResponseReturnValue:
    """Say where to look now."""
    return render_template("security/asked_for_link.html")


@bp.route("/password/<token>", methods=["GET", "POST"])
@guard.public
def choose(token: str) -> ResponseReturnValue:
    """Choose a password by a mailed or copied link; only sending the form uses the link up."""
    form, now = ChooseForm(), datetime.now(UTC)
    try:
        user = user_of_link(token)
        if form.validate_on_submit():
            user, session_token = choose_password(token, form.password.data, now)
            sign_in.begin(user, session_token, now)
            flash(_("Your password is set and you are signed in."))
            return redirect(url_for("home.show"), code=303)
    except StaleLinkError:
        return render_template("security/stale_link.html"), 410
    return render_template("security/choose_password.html", form=form, user=user)

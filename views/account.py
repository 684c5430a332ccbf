"""A colleague's own page: name, language, password."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from actions.account import edit_account
from actions.password import WrongPasswordError, change_password
from actions.sign_in import TooManyAttemptsError
from forms.account import AccountForm
from forms.password import ChangeForm
from views import guard, language, sign_in

bp = Blueprint("account", __name__)


@bp.route("/account", methods=["GET", "POST"])
@guard.colleagues()
def show() -> ResponseReturnValue:
    """Change one's own name and language."""
    form = AccountForm(obj=current_user)
    if form.validate_on_submit():
        edit_account(current_user, form.name.data, form.language.data)
        flash(_("Saved."))
        response = redirect(url_for("account.show"), code=303)
        response.delete_cookie(language.COOKIE)  # or an older choice would win over this one
        return response
    return render_template("account/show.html", form=form), 422 if form.errors else 200


@bp.route("/account/password", methods=["GET", "POST"])
@guard.colleagues()
def password() -> ResponseReturnValue:
    """Change one's own password; sessions elsewhere end."""
    form, now = ChangeForm(), datetime.now(UTC)
    if form.validate_on_submit():
        user = current_user._get_current_object()  # noqa: SLF001 -- the user behind the proxy
        given = (form.current.data, form.password.data, request.remote_addr or "")
        try:
            token = change_password(user, *given, now)
        except WrongPasswordError:
            form.current.errors = [_("This is not your password.")]
        except TooManyAttemptsError:
            abort(429)
        else:
            sign_in.begin(user, token, now)
            flash(_("Your password is changed. Sessions on other devices have ended."))
            return redirect(url_for("account.show"), code=303)
    return render_template("account/password.html", form=form), 422 if form.errors else 200

"""The first visit: the organisation and its administrator."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from actions.setup import AlreadySetUpError, Beginning, WrongCodeError, set_up
from actions.sign_in import TooManyAttemptsError
from forms.setup import SetupForm
from views import guard, host, sign_in

bp = Blueprint("setup", __name__)


@bp.route("/setup", methods=["GET", "POST"])
@guard.public
def show() -> ResponseReturnValue:
    """Set the site up, once, by who can read the console."""
    if host.current():
        return redirect(url_for("sign_in.show"))
    form, now = SetupForm(language=str(get_locale())), datetime.now(UTC)
    if form.validate_on_submit():
        given = {k: v for k, v in form.data.items() if k in Beginning.__dataclass_fields__}
        home, sender = current_app.config["HOME"], request.remote_addr or ""
        try:
            user, token = set_up(home, form.code.data, Beginning(**given), sender, now)
        except WrongCodeError:
            form.code.errors = [_("This is not the code that the console shows since the start.")]
        except TooManyAttemptsError:
            abort(429)
        except AlreadySetUpError:
            return redirect(url_for("sign_in.show"), code=303)
        else:
            sign_in.begin(user, token, now)
            flash(_("Welcome. Your site is ready."))
            return redirect(url_for("home.show"), code=303)
    return render_template("setup/show.html", form=form), 422 if form.errors else 200

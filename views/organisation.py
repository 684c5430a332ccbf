"""The organisation: what it is called, whom to ask, what it promises."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from actions.organisation import edit_organisation
from extensions import db
from forms.organisation import OrganisationForm
from models import Organisation
from views import guard
from vocabulary import Role

bp = Blueprint("organisation", __name__)


@bp.route("/organisation", methods=["GET", "POST"])
@guard.colleagues(Role.ADMINISTRATOR)
def show() -> ResponseReturnValue:
    """Change the organisation's settings."""
    ours = db.get_or_404(Organisation, 1)
    form = OrganisationForm(obj=ours)
    if form.validate_on_submit():
        edit_organisation(
            ours, form.name.data, form.language.data, form.contact.data, form.privacy_note.data
        )
        flash(_("Saved."))
        return redirect(url_for("organisation.show"), code=303)
    return render_template("organisation/show.html", form=form), 422 if form.errors else 200

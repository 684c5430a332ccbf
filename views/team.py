"""The team: who is in it, who may do what, who is invited."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select

from actions.user import (
    EmailTakenError,
    LastAdministratorError,
    edit_user,
    invite_user,
    mail_invitation,
    make_link,
)
from extensions import db
from forms.team import ColleagueForm, InvitationForm
from mail.deliver import MailError
from models import Journey, Membership, User
from questionnaires.value import in_language
from views import guard
from vocabulary import Role

bp = Blueprint("team", __name__, url_prefix="/team")


@bp.get("")
@guard.colleagues(Role.ANALYST)
def index() -> ResponseReturnValue:
    """List all colleagues."""
    users = db.session.scalars(select(User).order_by(User.active.desc(), User.name)).all()
    return render_template("team/index.html", users=users)


@bp.route("/invitation", methods=["GET", "POST"])
@guard.colleagues(Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue:
    """Invite a colleague, by mail where there is mail, and by a link to copy."""
    form = InvitationForm(language=str(get_locale()), role=Role.MANAGER.value)
    if form.validate_on_submit():
        role, now = Role(form.role.data), datetime.now(UTC)
        try:
            user = invite_user(form.email.data, form.name.data, role, form.language.data, now)
        except EmailTakenError:
            form.email.errors = [_("A colleague has this e-mail address already.")]
        else:
            return redirect(url_for("team.show", user_id=user.id), code=303)
    return render_template("team/invite.html", form=form), 422 if form.errors else 200


@bp.route("/<int:user_id>", methods=["GET", "POST"])
@guard.colleagues(Role.ADMINISTRATOR)
def show(user_id: int) -> ResponseReturnValue:
    """Change what a colleague may do and see."""
    user = db.get_or_404(User, user_id)
    seen = db.session.scalars(select(Membership.journey_id).where(Membership.user_id == user_id))
    form = ColleagueForm(role=user.role.value, is_active=user.active, journeys=list(seen))
    form.offer(_journeys())
    if form.validate_on_submit():
        try:
            edit_user(user, Role(form.role.data), form.is_active.data, form.journeys.data or [])
        except LastAdministratorError:
            form.role.errors = [
                _("The site needs an administrator who can sign in: make someone else one first.")
            ]
        else:
            flash(_("Saved."))
            return redirect(url_for("team.show", user_id=user_id), code=303)
    return render_template("team/show.html", form=form, user=user), 422 if form.errors else 200


@bp.post("/<int:user_id>/link")
@guard.colleagues(Role.ADMINISTRATOR)
def link(user_id: int) -> ResponseReturnValue:
    """Make a link by which a colleague chooses a password: to copy, or mailed as well."""
    user = db.first_or_404(select(User).where(User.id == user_id, User.active))
    made, problem, is_mailed = make_link(user), "", False
    if request.form.get("by") == "mail" and user.is_invited and current_app.config["SMTP_URL"]:
        try:
            mail_invitation(user, current_user.name, made, datetime.now(UTC))
            is_mailed = True
        except MailError as error:
            problem = str(error)
    return render_template(
        "team/link.html", user=user, link=made, problem=problem, is_mailed=is_mailed
    )


def _journeys() -> list[tuple[int, str]]:
    """Number and name of each journey, in the reader's language."""
    journeys = db.session.scalars(select(Journey).order_by(Journey.id))
    return [(journey.id, in_language(journey.name, str(get_locale()))) for journey in journeys]

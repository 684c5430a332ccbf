"""Who gets the summary of a journey, and /unsubscribe: the way out, straight from the mail."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select

from actions import subscription as actions
from extensions import csrf, db
from forms.subscription import OwnSubscriptionForm, SubscriptionForm
from models import Journey, Subscription
from questionnaires.value import in_language
from views import guard
from vocabulary import Role

bp = Blueprint("subscription", __name__)


@bp.post("/journeys/<journey_key>/summary/subscription")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def subscribe(journey: Journey) -> ResponseReturnValue:
    """Let the colleague who asks have it every month."""
    form = OwnSubscriptionForm()
    if not form.validate_on_submit():
        abort(400)
    me, now = current_user, datetime.now(UTC)
    actions.subscribe(journey.id, me.email, me.name, form.language.data, now, user_id=me.id)
    flash(_("You get the summary from now on: on the first of each month."))
    return _back(journey)


@bp.post("/journeys/<journey_key>/summary/subscription/end")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def leave_list(journey: Journey) -> ResponseReturnValue:
    """End the own subscription."""
    own = own_of(journey)
    if own is not None:
        actions.decline(own, datetime.now(UTC))
    flash(_("You no longer get the summary."))
    return _back(journey)


@bp.route("/journeys/<journey_key>/summary/subscriptions", methods=["GET", "POST"])
@guard.members(Role.ANALYST)
def add(journey: Journey) -> ResponseReturnValue:
    """Put somebody else on the list."""
    form = SubscriptionForm()
    if form.validate_on_submit():
        name, language = form.name.data, form.language.data
        try:
            actions.subscribe(journey.id, form.email.data, name, language, datetime.now(UTC))
        except actions.DeclinedError:
            form.email.errors = [
                _("Who reads this address unsubscribed; only they can subscribe again.")
            ]
        else:
            flash(_("%(name)s gets the summary from now on.", name=name))
            return _back(journey)
    page = render_template("subscription/add.html", journey=journey, form=form)
    return page, 422 if form.errors else 200


@bp.post("/journeys/<journey_key>/summary/subscriptions/<int:number>/end")
@guard.members(Role.ANALYST)
def end(journey: Journey, number: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    found = select(Subscription).where(
        Subscription.id == number, Subscription.journey_id == journey.id
    )
    subscription = db.first_or_404(found)
    actions.end_subscription(subscription, datetime.now(UTC))
    flash(_("%(name)s no longer gets the summary.", name=subscription.name))
    return _back(journey)


@bp.get("/unsubscribe/<token>")
@guard.public
def leave(token: str) -> ResponseReturnValue:
    """Show the form that ends a subscription; looking changes nothing, for mail scanners look."""
    subscription = _known(token)
    return _page(subscription, token) if subscription else _unknown()


# A mail program posts this without cookies, so no proof of a form can come along (RFC 8058); the
# signed token is the proof, and all it can do is end one subscription.
@bp.post("/unsubscribe/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # untyped
@guard.public
def end_from_mail(token: str) -> ResponseReturnValue:
    """End a subscription at once, from a form or a mail program's one click."""
    subscription = _known(token)
    if subscription is None:
        return _unknown()
    actions.decline(subscription, datetime.now(UTC))
    return _page(subscription, token)


@bp.post("/unsubscribe/<token>/return")
@guard.public
def resume(token: str) -> ResponseReturnValue:
    """Subscribe again, for who clicked by mistake."""
    subscription = _known(token)
    if subscription is None:
        return _unknown()
    actions.resume(subscription)
    return _page(subscription, token)


def own_of(journey: Journey) -> Subscription | None:
    """The colleague's own active subscription."""
    found = select(Subscription).where(
        Subscription.journey_id == journey.id,
        Subscription.email == current_user.email,
        Subscription.ended_at.is_(None),
    )
    return db.session.scalar(found)


def _known(token: str) -> Subscription | None:
    """The subscription a link is about, if the link is ours."""
    try:
        return actions.subscription_of(token)
    except actions.UnknownTokenError:
        return None


def _unknown() -> ResponseReturnValue:
    """Say that the link does not work, and what to do."""
    return render_template("subscription/unknown.html"), 404


def _page(subscription: Subscription, token: str) -> ResponseReturnValue:
    """What the reader of the mail sees, in the language of the mail."""
    with force_locale(subscription.language):
        journey = db.session.get_one(Journey, subscription.journey_id)
        return render_template(
            "subscription/leave.html",
            subscription=subscription,
            name=in_language(journey.name, subscription.language),
            token=token,
        )


def _back(journey: Journey) -> ResponseReturnValue:
    """To the summary's page."""
    return redirect(url_for("summary.show", journey_key=journey.key), code=303)

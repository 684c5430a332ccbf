"""/journeys/<journey>/summary: the mail exactly as it is sent, who gets it, what became of it."""

import base64
from datetime import UTC, datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select
from werkzeug import Response

from actions import delivery as deliveries
from actions.summary import MonthNotClosedError, ask_for_summary, pictures_of, require_closed
from actions.summary_mail import ask_for_test, sheet_of
from extensions import db
from forms.subscription import OwnSubscriptionForm
from insights.months import last_closed
from mail.letter import Reader
from mail.summary import Copy, Rendered, render
from models import Delivery, Journey, Subscription, Summary
from views import guard
from views.headers import POLICY
from views.mail_policy import policy_of
from views.subscription import own_of
from vocabulary import LANGUAGES, Role

bp = Blueprint("summary", __name__, url_prefix="/journeys/<journey_key>/summary")


@bp.get("")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the summary of a month exactly as mailed, and who gets it."""
    now, language = datetime.now(UTC), _language()
    months = _months(journey, now)
    month = request.args.get("month", months[0])
    if month not in months:
        abort(404)
    summary = _summary(journey, month)
    page = render_template(
        "summary/show.html",
        journey=journey,
        month=month,
        months=months,
        language=language,
        summary=summary,
        mail=_rendered(journey, summary, language) if summary else None,
        is_stale=summary is not None and _is_stale(summary),
        own=own_of(journey),
        form=OwnSubscriptionForm(formdata=None, language=str(get_locale())),
        readers=_readers(journey, month, now) if _is_analyst() else None,
        unknown=deliveries.unknown_months(now).get(journey.id, []) if _is_analyst() else [],
        has_mail=bool(current_app.config["SMTP_URL"]),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@bp.get("/mail")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def mail(journey: Journey) -> ResponseReturnValue:
    """The mail's HTML alone, in which nothing can run."""
    summary = _summary(journey, request.args.get("month", ""))
    if summary is None:
        abort(404)
    response = make_response(_rendered(journey, summary, _language()).html)
    response.headers["Content-Security-Policy"] = policy_of(response.get_data(as_text=True))
    return response


@bp.post("/compositions")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def compose(journey: Journey) -> ResponseReturnValue:
    """Have the summary of a month composed, or composed anew."""
    ask_for_summary(journey, _closed_month(), datetime.now(UTC))
    flash(_("The summary is being composed; look again in a few seconds."))
    return _back(journey)


@bp.post("/test-mails")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def send_test(journey: Journey) -> ResponseReturnValue:
    """Send the mail to who asks, marked as a test."""
    summary = _summary(journey, request.form.get("month", ""))
    if summary is None:
        abort(404)
    _require_mail_server(journey)
    ask_for_test(summary.id, current_user.id, _language(), datetime.now(UTC))
    flash(_("A test mail is on its way to %(email)s.", email=current_user.email))
    return _back(journey)


@bp.post("/sendings")
@guard.members(Role.ANALYST)
def send(journey: Journey) -> ResponseReturnValue:
    """Send a month's summary to every subscriber who has not got it."""
    _require_mail_server(journey)
    deliveries.ask_for_sending(journey.id, _closed_month(), datetime.now(UTC))
    flash(_("The summary goes out to every subscriber who has not got it yet."))
    return _back(journey)


@bp.post("/deliveries/<int:number>/resendings")
@guard.members(Role.ANALYST)
def resend(journey: Journey, number: int) -> ResponseReturnValue:
    """Send a mail again of which nobody knows whether it arrived."""
    _require_mail_server(journey)
    found = select(Delivery).join(Subscription, Delivery.subscription_id == Subscription.id)
    db.first_or_404(found.where(Delivery.id == number, Subscription.journey_id == journey.id))
    try:
        deliveries.resend(number, datetime.now(UTC))
    except deliveries.NothingToResendError:
        flash(_("This mail was sent already, or is on its way."), "problem")
    else:
        flash(_("The mail is sent again. If the first one did arrive, most programs show one."))
    return _back(journey)


def _months(journey: Journey, now: datetime) -> list[str]:
    """The closed months one can look at, the last first."""
    from facts.engine import open_facts
    from insights.choices import choices

    facts = open_facts(current_app.config["HOME"])
    found = facts.remember(("choices", journey.key), lambda: choices(facts.table, journey.key))
    last = last_closed(now, current_app.config["TIME_ZONE"])
    return sorted({last, *(month for month in found.months if month <= last)}, reverse=True)


def _summary(journey: Journey, month: str) -> Summary | None:
    """The summary of a month, once composed."""
    found = select(Summary).where(Summary.journey_id == journey.id, Summary.month == month)
    return db.session.scalar(found)


def _rendered(journey: Journey, summary: Summary, language: str) -> Rendered:
    """The mail as a subscriber gets it; its pictures lie in the document itself."""
    pictures = pictures_of(summary.id, language)
    reader = Reader(current_user.name, current_user.email, language)
    page = url_for("summary.show", journey_key=journey.key)
    copy = Copy(reader, pictures, unsubscribe=page)
    sources = {
        name: f"data:image/png;base64,{base64.b64encode(png).decode()}"
        for name, png in pictures.items()
    }
    return render(sheet_of(summary, journey.key), copy, sources)


def _is_stale(summary: Summary) -> bool:
    """Whether answers came in since, and it may still be composed anew."""
    from facts.engine import open_facts

    facts = open_facts(current_app.config["HOME"])
    return not summary.is_frozen and facts.version != summary.facts_version


def _readers(
    journey: Journey, month: str, now: datetime
) -> list[tuple[Subscription, Delivery | None, bool]]:
    """Who gets it, with the mail of this month, and whether nobody knows if it arrived."""
    of_month = (Delivery.subscription_id == Subscription.id) & (Delivery.month == month)
    found = (
        select(Subscription, Delivery, deliveries.is_unknown(now))
        .outerjoin(Delivery, of_month)
        .where(Subscription.journey_id == journey.id)
        .where(Subscription.ended_at.is_(None) | Delivery.id.is_not(None))
        .order_by(Subscription.name, Subscription.id)
    )
    return [(row[0], row[1], bool(row[2])) for row in db.session.execute(found)]


def _is_analyst() -> bool:
    """Whether this colleague looks after the list."""
    return current_user.role in {Role.ANALYST, Role.ADMINISTRATOR}


def _language() -> str:
    """The language of the mail that is looked at."""
    asked = request.values.get("language", "")
    return asked if asked in LANGUAGES else str(get_locale())


def _closed_month() -> str:
    """The month a form is about."""
    month = request.form.get("month", "")
    try:
        require_closed(month, datetime.now(UTC), current_app.config["TIME_ZONE"])
    except MonthNotClosedError:
        abort(400)
    return month


def _require_mail_server(journey: Journey) -> None:
    """Lead back to the page where there is no mail server; it says what to do."""
    if not current_app.config["SMTP_URL"]:
        flash(_("Nothing was sent: there is no mail server yet."), "problem")
        abort(_back(journey))


def _back(journey: Journey) -> Response:
    """To the page, at the same month and language."""
    month, language = request.form.get("month"), request.form.get("language")
    path = url_for("summary.show", journey_key=journey.key, month=month, language=language)
    return redirect(path, code=303)

"""The first of the month: compose every journey's summary, and send it to who subscribed."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from sqlalchemy import exists, select

from actions.delivery import Clock, MailStillWaitsError, Tally, plan_deliveries, send_waiting
from actions.journey import UnknownJourneyError
from actions.summary import compose_summary, require_closed
from extensions import db
from mail.deliver import MailNotConfiguredError
from models import Journey, Subscription


def send_summaries(
    month: str,
    clock: Clock,
    *,
    journey: str | None = None,
    report: Callable[[float], None] | None = None,
) -> dict[str, Tally]:
    """Send a closed month's summaries to every subscriber who has not got theirs.

    Safe to run again, and by two at once: nobody gets two.

    Args:
        month: "YYYY-MM".
        clock: tells the time.
        journey: only this one, by its key.
        report: told the share done, 0-1.

    Returns:
        What became of the mails of each journey that has subscribers, by its key.

    Raises:
        MailNotConfiguredError: there is no mail server in the settings; nothing was planned.
        MonthNotClosedError: the month is not over.
        UnknownJourneyError: there is no such journey.
    """
    home = current_app.config["HOME"]
    zone = current_app.config["TIME_ZONE"]
    require_closed(month, clock(), zone)
    if not current_app.config["SMTP_URL"]:
        raise MailNotConfiguredError("OUTSIDEIN_SMTP_URL is not set.")
    journeys = subscribed(journey)
    tallies = {}
    for number, (journey_id, key) in enumerate(journeys, start=1):
        summary_id = compose_summary(key, month, home, clock(), zone)
        plan_deliveries(summary_id, clock())
        tallies[key] = send_waiting([journey_id], month, clock)
        if report:
            report(number / len(journeys))
    return tallies


def require_all_taken(tallies: dict[str, Tally]) -> None:
    """Say so if mail waits on, so that the job is tried again.

    Raises:
        MailStillWaitsError: some does.
    """
    waiting = sum(tally.waiting for tally in tallies.values())
    if waiting:
        raise MailStillWaitsError(f"{waiting} summaries wait for the mail server.")


def subscribed(journey: str | None) -> list[tuple[int, str]]:
    """Number and key of the journeys that somebody subscribed to; or of the one asked for.

    Raises:
        UnknownJourneyError: there is no such journey.
    """
    found = select(Journey.id, Journey.key).where(Journey.retired_at.is_(None))
    if journey is not None:
        found = found.where(Journey.key == journey)
    else:
        is_read = exists().where(
            Subscription.journey_id == Journey.id, Subscription.ended_at.is_(None)
        )
        found = found.where(is_read)
    rows = [(row.id, row.key) for row in db.session.execute(found.order_by(Journey.id))]
    db.session.rollback()
    if journey is not None and not rows:
        raise UnknownJourneyError(journey)
    return rows


def month_over(now: datetime) -> str:
    """The last closed month where the organisation is."""
    from insights.months import last_closed

    return last_closed(now, current_app.config["TIME_ZONE"])

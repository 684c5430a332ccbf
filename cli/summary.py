"""`flask summary send`: the monthly summaries, mailed or written as files."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions import summary_sending
from actions.delivery import Tally, message_id
from actions.journey import UnknownJourneyError
from actions.summary import MonthNotClosedError, compose_summary
from actions.summary_mail import mail_for, mail_to_nobody
from extensions import db
from mail.deliver import MailNotConfiguredError
from mail.wire import as_bytes
from models import Journey, Subscription, Summary
from vocabulary import LANGUAGES

command = AppGroup("summary", help="The monthly summary of a journey, by mail.")


@command.command("send")
@click.option("--month", help="The closed month, YYYY-MM; else the last one.")
@click.option("--journey", help="Only this journey, by its key; else all.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the mails as .eml files into this folder and send nothing.",
)
def send(month: str | None, journey: str | None, out: Path | None) -> None:
    """Send a month's summaries to every subscriber who has not got theirs."""
    month = month or summary_sending.month_over(_now())
    try:
        if out is not None:
            _write_all(month, journey, out)
            return
        tallies = summary_sending.send_summaries(month, _now, journey=journey)
    except MonthNotClosedError as error:
        zone = current_app.config["TIME_ZONE"].key
        raise click.ClickException(
            f"“{month}” is no month that is over in {zone}; give one as 2026-10."
        ) from error
    except UnknownJourneyError as error:
        raise click.ClickException(
            f"There is no journey “{error}”: see `flask journey list`."
        ) from error
    except MailNotConfiguredError as error:
        raise click.ClickException(
            "There is no mail server. Set OUTSIDEIN_SMTP_URL, for instance to "
            "smtp://user:password@mail.example.org:587, or write files with --out."
        ) from error
    _tell(tallies, month)


def _tell(tallies: dict[str, Tally], month: str) -> None:
    """Say what became of the mails; a failure where some could not be sent now."""
    if not tallies:
        click.echo("Nobody has subscribed to a summary yet.")
    for key, tally in tallies.items():
        parts = [f"{tally.sent} sent", f"{tally.refused} refused", f"{tally.waiting} waiting"]
        parts += [f"{tally.unknown} of unknown fate"] if tally.unknown else []
        click.echo(f"{key}, {month}: {', '.join(parts)}.")
    if any(tally.waiting for tally in tallies.values()):
        raise click.ClickException("Some mail was not taken. Run this again later: none go twice.")


def _write_all(month: str, journey: str | None, out: Path) -> None:
    """Write the mails of every journey meant."""
    zone, home = current_app.config["TIME_ZONE"], current_app.config["HOME"]
    out.mkdir(parents=True, exist_ok=True)
    for journey_id, key in _journeys(journey):
        number = compose_summary(key, month, home, _now(), zone)
        n = _write(db.session.get_one(Summary, number), journey_id, key, out)
        click.echo(f"{key}, {month}: wrote {n} files into {out}; nothing was sent.")


def _write(summary: Summary, journey_id: int, key: str, out: Path) -> int:
    """Write one mail per subscriber, or one per language where there is none; how many."""
    found = select(Subscription).where(
        Subscription.journey_id == journey_id, Subscription.ended_at.is_(None)
    )
    subscriptions = db.session.scalars(found.options(joinedload(Subscription.journey))).all()
    mails = {
        one.email: mail_for(summary, one, message_id(one.id, summary.month), _now())
        for one in subscriptions
    } or {language: mail_to_nobody(summary, key, language, _now()) for language in LANGUAGES}
    for name, message in mails.items():
        safe = re.sub(r"[^A-Za-z0-9.@_-]", "_", f"{key}-{summary.month}-{name}")
        (out / f"{safe}.eml").write_bytes(as_bytes(message))
    return len(mails)


def _journeys(journey: str | None) -> list[tuple[int, str]]:
    """Number and key of the journeys meant."""
    if journey is not None:
        return summary_sending.subscribed(journey)
    found = select(Journey.id, Journey.key).where(Journey.retired_at.is_(None))
    rows = [(row.id, row.key) for row in db.session.execute(found.order_by(Journey.id))]
    db.session.rollback()
    return rows


def _now() -> datetime:
    """The moment."""
    return datetime.now(UTC)

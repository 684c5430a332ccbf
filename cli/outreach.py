"""`flask outreach`: how many people were asked to answer a survey in a month."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from actions import outreach as act
from cli.months import check_month
from extensions import db
from models import Journey, Survey

command = AppGroup("outreach", help="How many were asked to answer, per survey and month.")

WHY = {
    "month": "A month looks like 2026-10.",
    "nobody": "Give how many were invited, with --invited, and no number below 0.",
    "too_many": "More bounced, refused and were ineligible than were invited: count again.",
}


@command.command("set")
@click.argument("survey")
@click.argument("month")
@click.option("--invited", type=int, required=True, help="People an invitation was sent to.")
@click.option("--bounced", type=int, default=0, help="Invitations that never arrived.")
@click.option("--refused", type=int, default=0, help="People who said no.")
@click.option("--ineligible", type=int, default=0, help="People who should not have been asked.")
def set_(survey: str, month: str, **counts: int) -> None:
    """Tell how many were asked to answer SURVEY (its key) in MONTH, YYYY-MM."""
    check_month(month)
    try:
        act.set_outreach(_survey(survey), month, act.Counts(**counts), datetime.now(UTC))
    except act.WrongOutreachError as error:
        raise click.ClickException(WHY[error.code]) from error
    click.echo(f"{survey}, {month}: {_told(act.Counts(**counts))}.")


@command.command("list")
@click.option("--journey", help="Only this journey, by its key.")
def list_(journey: str | None) -> None:
    """List what was told of mailings, the newest month first."""
    found = list(db.session.scalars(select(Journey).order_by(Journey.key)))
    if journey is not None and journey not in {one.key for one in found}:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    rows = [row for one in found if journey in {None, one.key} for row in act.outreach_of(one)]
    if not rows:
        click.echo("Nothing was told of mailings yet: see `flask outreach set --help`.")
    for survey, told in rows:
        counts = act.Counts(told.invited, told.bounced, told.refused, told.ineligible)
        click.echo(f"{told.month}, {survey.key}: {_told(counts)}")


@command.command("remove")
@click.argument("survey")
@click.argument("month")
def remove(survey: str, month: str) -> None:
    """Take back what was told of SURVEY in MONTH."""
    found = act.told_of(_survey(survey), month)
    if found is None:
        raise click.ClickException(
            f"Nothing was told of “{survey}” in {month}: see `flask outreach list`."
        )
    act.remove_outreach(found)
    click.echo(f"{survey}, {month}: taken back.")


def _survey(key: str) -> Survey:
    """The survey with this key."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is None:
        raise click.ClickException(f"There is no survey “{key}”.")
    return survey


def _told(counts: act.Counts) -> str:
    """The counts in words."""
    parts = [f"{counts.invited:,} invited"]
    parts += [
        f"{n:,} {name}"
        for name, n in zip(("bounced", "refused", "ineligible"), counts[1:], strict=True)
        if n
    ]
    return ", ".join(parts)

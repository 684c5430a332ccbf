"""`flask events import|list|remove`: what happened to people and accounts, from a CRM."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select
from tqdm import tqdm

from actions.event_import import COLUMNS, import_events, remove_events
from cli.crm_file import open_crm_file, told_rows
from cli.refusals import report_of
from extensions import db
from models import LifecycleEvent

command = AppGroup("events", help="Lifecycle events: who became a customer, bought again, left.")

A_FILE = click.Path(path_type=Path, dir_okay=False)


@command.command("import")
@click.argument("file", type=A_FILE, metavar="FILE.csv")
@click.option("--refused", type=A_FILE, help="Where refused rows go; FILE.csv.refused.csv.")
def import_(file: Path, refused: Path | None) -> None:
    """Import FILE.csv: columns person or account, kind, time, value, product.

    Bad rows are refused and reported, and the others go in. The same file twice changes nothing.
    """
    refusals = report_of(file, refused, "--refused")
    rows = open_crm_file(
        file,
        COLUMNS,
        refusals,
        wanted=(("person", "account"), ("kind",), ("time",)),
        also={"date": "time", "happened_at": "time", "event": "kind"},
    )
    with refusals, tqdm(total=len(rows), desc="Importing", unit=" rows", disable=None) as bar:
        done = import_events(
            rows, now=datetime.now(UTC), on_refusal=refusals.add, report=bar.update
        )
    refusals.summarise()
    n_read, n_refused = done.n_rows + rows.n_broken, done.n_refused + rows.n_broken
    told = told_rows(n_read, n_refused)
    click.echo(f"{told}: {done.n_new:,} events new, {done.n_known:,} known already.")


@command.command("list")
def show() -> None:
    """List how many events of each kind there are, and from when to when."""
    event, zone = LifecycleEvent, current_app.config["TIME_ZONE"]
    counts = select(
        event.kind, func.count(), func.min(event.happened_at), func.max(event.happened_at)
    )
    found = db.session.execute(counts.group_by(event.kind).order_by(event.kind)).all()
    for kind, n, first, last in found:
        days = " to ".join(f"{at.astimezone(zone):%Y-%m-%d}" for at in (first, last))
        click.echo(f"{kind.value}  {n:,}  {days}")
    if not found:
        click.echo("There are no events yet: see `flask events import --help`.")


@command.command("remove")
@click.option("--person", help="The person's key, as the company knows it.")
@click.option("--account", help="The account's key.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(person: str | None, account: str | None, *, yes: bool) -> None:
    """Remove all events of a person, or of an account, for good."""
    if (person is None) == (account is None):
        raise click.UsageError("Give --person KEY or --account KEY, one of the two.")
    whose = f"person {person}" if person is not None else f"account {account}"
    if not yes:
        click.confirm(f"Remove all events of {whose} for good?", abort=True)
    n_gone = remove_events(person=person, account=account)
    click.echo(f"{n_gone:,} events of {whose} removed.")

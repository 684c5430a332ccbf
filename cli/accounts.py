"""`flask accounts import|list|remove`: the accounts of a CRM, and who belongs to them."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from tqdm import tqdm

from actions.account_import import COLUMNS, import_accounts, remove_account, remove_person
from cli.crm_file import open_crm_file, told_rows
from cli.refusals import report_of
from extensions import db
from models import Account, Person

command = AppGroup("accounts", help="Accounts: companies, and the persons who belong to them.")

A_FILE = click.Path(path_type=Path, dir_okay=False)


@command.command("import")
@click.argument("file", type=A_FILE, metavar="FILE.csv")
@click.option("--refused", type=A_FILE, help="Where refused rows go; FILE.csv.refused.csv.")
def import_(file: Path, refused: Path | None) -> None:
    """Import FILE.csv: columns account, name, market, revenue, person, part.

    One row per person, the account's columns repeated, or one per account. Bad rows are refused
    and reported, and the others go in. The same file twice changes nothing; a later one updates.
    """
    refusals = report_of(file, refused, "--refused")
    rows = open_crm_file(
        file, COLUMNS, refusals, wanted=(("account",),), also={"role": "part", "persons": "person"}
    )
    with refusals, tqdm(total=len(rows), desc="Importing", unit=" rows", disable=None) as bar:
        done = import_accounts(
            rows, now=datetime.now(UTC), on_refusal=refusals.add, report=bar.update
        )
    refusals.summarise()
    n_read, n_refused = done.n_rows + rows.n_broken, done.n_refused + rows.n_broken
    click.echo(
        f"{told_rows(n_read, n_refused)}: "
        f"{done.accounts_new:,} accounts new, {done.accounts_changed:,} changed; "
        f"{done.persons_new:,} persons new, {done.persons_changed:,} changed."
    )


@command.command("list")
def show() -> None:
    """List the accounts, one a line, each its key first, with its persons by their part."""
    parts: dict[int, list[str]] = {}
    counts = select(Person.account_id, Person.part, func.count())
    counts = counts.group_by(Person.account_id, Person.part).order_by(Person.part)
    for number, part, n in db.session.execute(counts):
        word = part.value.replace("_", " ") if part else "part unknown"
        parts.setdefault(number, []).append(f"{n} {word}")
    found = db.session.scalars(select(Account).order_by(Account.key)).all()
    for account in found:
        revenue = None if account.revenue is None else f"{account.revenue:,.2f}"
        market = account.market.value.upper() if account.market else None
        told = (account.key, account.name, market, revenue, ", ".join(parts.get(account.id, [])))
        click.echo("  ".join(filter(None, told)))
    if not found:
        click.echo("There are no accounts yet: see `flask accounts import --help`.")


@command.command("remove")
@click.option("--person", help="The person's key, as the company knows it.")
@click.option("--account", help="The account's key; its persons go with it.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(person: str | None, account: str | None, *, yes: bool) -> None:
    """Remove a person, or an account with its persons, for good; answers stay."""
    if (person is None) == (account is None):
        raise click.UsageError("Give --person KEY or --account KEY, one of the two.")
    whose = f"person {person}" if person is not None else f"account {account}"
    if not yes:
        click.confirm(f"Remove {whose} for good?", abort=True)
    is_gone = remove_person(person) if person is not None else remove_account(account or "")
    if not is_gone:
        raise click.ClickException(f"There is no {whose}; see flask accounts list.")
    click.echo(f"Removed {whose}. Lifecycle events go by: flask events remove.")

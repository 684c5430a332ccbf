"""`flask facts status|rebuild|export`: the table that all numbers come from."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select
from tqdm import tqdm

from actions import projection
from extensions import db
from models import Projection, Response

command = AppGroup("facts", help="The table that all numbers come from.")


@command.command("status")
def status() -> None:
    """Say what is in the table, how old it is, and what waits."""
    from facts.engine import open_facts

    facts = open_facts(current_app.config["HOME"])
    waiting = select(func.count()).where(
        Response.projected_at.is_(None), Response.excluded_at.is_(None)
    )
    n_waiting = db.session.scalar(waiting)
    n_begun = db.session.scalar(select(func.count()).select_from(Projection))
    if not facts.version:
        click.echo(f"No facts yet; {n_waiting} responses wait.")
        return
    table = facts.table
    counts = table.aggregate(
        facts=table.count(), responses=table.response.nunique(), months=table.month.nunique()
    ).to_pyarrow()
    n_facts, n_responses, n_months = (column[0].as_py() for column in counts.columns)
    click.echo(
        f"{n_facts} facts of {n_responses} responses in {n_months} months, as of "
        f"{facts.as_of:%Y-%m-%d %H:%M:%S} UTC (version {facts.version}); "
        f"{n_waiting} responses wait, {n_begun} batches are begun."
    )


@command.command("rebuild")
def rebuild() -> None:
    """Make the table again from the answers; readers see the old one until it is done."""
    now = datetime.now(UTC)
    with tqdm(total=100, unit="%", desc="Facts", leave=False) as bar:

        def report(share: float) -> None:
            bar.update(round(100 * min(share, 1)) - bar.n)

        n_facts = projection.rebuild_facts(now, report)
    n_added = projection.project_finished(now)
    click.echo(f"Rebuilt {n_facts} facts; {n_added} responses that waited were added.")


@command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the facts, and what their keys stand for, to FOLDER as Parquet files.

    The files hold the keys of persons and accounts, and nothing that people wrote.
    """
    from facts.dimensions import dimensions
    from facts.engine import open_facts
    from facts.export import export as write

    with tqdm(total=7, unit="file", desc="Export", leave=False) as bar:
        facts = open_facts(current_app.config["HOME"])

        def report(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        n_facts = write(facts, dimensions(), folder, report)
    click.echo(f"Wrote {n_facts} facts to {folder}: see README.md there.")

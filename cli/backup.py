"""`flask backup make|restore`: the whole installation in one file, and back."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from tqdm import tqdm

import config
from actions import archive, backup
from actions.archive import ArchiveError
from extensions import db
from jobs import heartbeat

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

command = AppGroup("backup", help="Back up and restore the whole installation.")


@command.command("make")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make(file: Path) -> None:
    """Write everything into FILE, while the server goes on."""
    given = {s.name: os.environ[s.name] for s in config.SETTINGS if s.name in os.environ}
    with progress("Backing up") as report:
        manifest = backup.make_backup(
            file,
            secret_key=current_app.config["SECRET_KEY"],
            settings=given,
            now=datetime.now(UTC),
            report=report,
        )
    click.echo(
        f"Backed up {manifest.rows:,} rows of {len(manifest.tables)} tables into {file}. "
        "It holds personal data and keys: keep it safe."
    )


@command.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite what is there now.")
def restore(file: Path, force: bool) -> None:
    """Put FILE's content in place of an empty installation, and build the facts again."""
    from actions.projection import rebuild_facts

    try:
        manifest = archive.read_manifest(file)
        archive.check(file, manifest)
        require_free(manifest.version, force)
        with progress("Restoring") as report:
            backup.restore_backup(
                file, manifest, home=current_app.config["HOME"], migrate=migrate_to, report=report
            )
    except ArchiveError as error:
        raise click.ClickException(f"Nothing was changed. {error}") from error
    with progress("Building facts") as report:
        n_facts = rebuild_facts(datetime.now(UTC), report)
    click.echo(
        f"Restored {manifest.rows:,} rows of {len(manifest.tables)} tables as of "
        f"{manifest.made_at}, and built {n_facts:,} facts."
    )
    if os.environ.get("OUTSIDEIN_SECRET_KEY"):
        click.echo(
            "OUTSIDEIN_SECRET_KEY must be the old one, or nobody can sign in: see secret_key."
        )


def require_free(version: str, force: bool) -> None:
    """Insist that the database may be overwritten by a backup of a version; changes nothing.

    Raises:
        click.ClickException: the version is not known, or the database is in use and that must
            not be lost by mistake.
    """
    if version not in {script.revision for script in migrations().walk_revisions()}:
        raise click.ClickException("This backup was made by a newer Outsidein.")
    n_workers = (
        heartbeat.n_alive(datetime.now(UTC)) if inspect(db.engine).has_table("worker") else 0
    )
    db.session.remove()
    if n_workers:
        raise click.ClickException("Stop the server first: a worker is running.")
    if not backup.is_unused() and not force:
        raise click.ClickException("This installation is not empty; --force overwrites all of it.")


def migrations() -> "ScriptDirectory":
    """The versions of the tables that this Outsidein knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(f"{current_app.root_path}/migrations")


def migrate_to(connection: Connection, version: str) -> None:
    """Bring the tables to a version, in the transaction of a connection."""
    from alembic import command as alembic

    settings = current_app.extensions["migrate"].migrate.get_config(migrations().dir)
    settings.attributes["connection"] = connection
    alembic.upgrade(settings, version)


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Show on the console how far it is."""
    with tqdm(
        total=100, desc=what, unit="%", disable=None, bar_format="{desc} {bar} {n:.0f}%"
    ) as bar:

        def report(share: float) -> None:
            bar.update(100 * share - bar.n)

        yield report

"""`flask serve`: the web server and the worker, kept running together."""

import json
import os
import socket
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from actions.setup import setup_code
from cli.threads import compute_alone
from extensions import db

WEB_SERVER = (
    *("--worker-class", "sync"),  # one writer at a time suits SQLite: see docs/benchmarks.md
    "--preload",  # the processes share what they imported
    *("--timeout", "60", "--graceful-timeout", "30", "--log-level", "warning"),
    *("--forwarded-allow-ips", ""),  # whom to believe is OUTSIDEIN_TRUSTED_PROXIES's business
    "--no-control-socket",
)


@click.command("serve")
@click.option("--demo", is_flag=True, help="Plant the demonstration first, if nothing is there.")
@click.pass_context
@with_appcontext
def command(context: click.Context, demo: bool) -> None:
    """Bring the database up to date, then serve until stopped."""
    compute_alone()
    settings = current_app.config
    refuse_taken_port(settings["BIND"], settings["PORT"])
    migrate_database()
    if demo:
        offer_demo(context)
    code = setup_code(settings["HOME"])
    if code:
        click.echo(f"Nothing is set up yet. The first visitor needs this code: {code}")
    click.echo(f"Outsidein answers at {settings['BASE_URL']} (Ctrl+C stops it).")
    sys.stdout.flush()
    db.engine.dispose()
    os.chdir(current_app.root_path)
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "app:create_app()", *WEB_SERVER]
    web += ["--bind", f"{settings['BIND']}:{settings['PORT']}"]
    web += ["--workers", str(settings["WEB_WORKERS"])]
    worker = [*python, "flask", "worker", "run"]
    # The supervisor takes this process's place, so that no second app stays in memory.
    os.execv(sys.executable, [*python, "cli.supervisor", json.dumps([web, worker])])  # noqa: S606 -- our own interpreter


def offer_demo(context: click.Context) -> None:
    """Plant the demonstration if nothing is there, and say how to sign in to it."""
    from actions.demo import is_empty, renew_demo_password
    from cli.demo import plant

    if is_empty():
        context.invoke(plant)
        return
    sign_in = renew_demo_password()
    if sign_in:
        click.echo("Sign in to the demonstration as {} with {}".format(*sign_in))
        click.echo("(new at each start; analist@, eigenaar@ and manager@ are other roles)")


def refuse_taken_port(address: str, port: int) -> None:
    """Say at once that the port is taken, rather than start and fail over and over."""
    try:
        with socket.create_server((address, port)):
            pass
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise click.ClickException(f"Port {port} cannot be used ({reason}); set PORT.") from error


def migrate_database() -> None:
    """Bring the database to the newest version, if it is not there yet."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from flask_migrate import upgrade

    with db.engine.connect() as connection:
        version = MigrationContext.configure(connection).get_current_revision()
    migrations = f"{current_app.root_path}/migrations"
    if version != ScriptDirectory(migrations).get_current_head():
        upgrade(migrations)

"""`flask user ...`: colleagues, from the console of the server."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from actions.user import EmailTakenError, invite_user, make_link
from extensions import db
from models import User
from vocabulary import LANGUAGES, Role

command = AppGroup("user", help="Colleagues who sign in.")


@command.command("list")
def list_users() -> None:
    """List all colleagues, one line each: address, role, state, name."""
    for user in db.session.scalars(select(User).order_by(User.email)):
        state = "disabled" if not user.active else "invited" if user.is_invited else "active"
        click.echo(f"{user.email}\t{user.role.value}\t{state}\t{user.name}")


@command.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link by which the colleague with this address chooses a password, once."""
    found = select(User).where(User.email == email.strip().lower(), User.active)
    user = db.session.scalar(found)
    if user is None:
        raise click.ClickException(f"No active colleague has the address {email}.")
    click.echo(make_link(user))


@command.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="As others see it.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.MANAGER.value,
    show_default=True,
    help="What they may do.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def invite(email: str, name: str, role: str, language: str) -> None:
    """Add a colleague and print the link by which they choose a password, once."""
    try:
        user = invite_user(email, name, Role(role), language, datetime.now(UTC))
    except EmailTakenError as error:
        raise click.ClickException(f"A colleague has the address {email} already.") from error
    click.echo(make_link(user))

"""`flask journey plant|list`: make journeys from templates, and see which there are."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from actions.journey import KeyTakenError, WrongKeyError, plant_journey
from actions.stage import n_active
from extensions import db
from models import Journey, Stage
from questionnaires.template import templates
from questionnaires.value import in_language
from vocabulary import Market

command = AppGroup("journey", help="Journeys: the way people go with the company.")

TEMPLATES = sorted({template.key for template in templates()})


@command.command("plant")
@click.argument("template", type=click.Choice(TEMPLATES))
@click.option(
    "--market",
    type=click.Choice([market.value for market in Market]),
    required=True,
    help="Whom the company sells to: the words and touchpoints differ.",
)
@click.option("--key", help="What it is called in addresses; by default TEMPLATE_MARKET.")
def plant(template: str, market: str, key: str | None) -> None:
    """Make a journey from TEMPLATE, in Dutch and English."""
    try:
        journey = plant_journey(template, Market(market), key=key, now=datetime.now(UTC))
    except KeyTakenError as error:
        raise click.ClickException(f"There is a journey “{error}” already.") from error
    except WrongKeyError as error:
        raise click.ClickException(
            f"“{error}” cannot be a key: use small letters, digits and underscores, "
            "and begin with a letter."
        ) from error
    click.echo(_line(_all(journey.key)[0]))


@command.command("list")
def show() -> None:
    """List the journeys, one a line, each its key first."""
    for journey in _all():
        click.echo(_line(journey))


def _all(key: str | None = None) -> list[Journey]:
    """All journeys with their stages and touchpoints, or the one with this key."""
    found = (
        select(Journey)
        .order_by(Journey.key)
        .options(selectinload(Journey.stages).selectinload(Stage.touchpoints))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(found.where(Journey.key == key) if key else found))


def _line(journey: Journey) -> str:
    """A journey in one line."""
    n_stages, n_touchpoints = n_active(journey.stages)
    state = ", retired" if journey.retired_at else ""
    return (
        f"{journey.key}  {in_language(journey.name, 'en')} ({journey.market.value.upper()}, "
        f"{n_stages} stages, {n_touchpoints} touchpoints{state})"
    )

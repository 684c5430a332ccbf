"""What the commands about pain have in common: which stages, which language, where JSON goes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cli.pain_table import write
from extensions import db
from models import Journey, Stage

A_FILE = click.Path(dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "file", type=A_FILE, help="Write JSON.")
IN_LANGUAGE = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="en", show_default=True
)


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Write a result as JSON."""
    write(file, json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))


def stages_meant(journey: str, stage: str | None) -> list[Stage]:
    """The stages meant, with their touchpoints.

    Args:
        journey: the key of a journey.
        stage: the key of one of its stages; None for all.

    Raises:
        click.ClickException: there is no such journey or stage.
    """
    found = (
        select(Stage)
        .join(Journey, Stage.journey_id == Journey.id)
        .where(Journey.key == journey)
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    every = list(db.session.scalars(found))
    if not every:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    chosen = [one for one in every if stage in {None, one.key}]
    if not chosen:
        keys = ", ".join(one.key for one in every)
        raise click.ClickException(f"“{journey}” has no stage “{stage}”, but has: {keys}.")
    return chosen

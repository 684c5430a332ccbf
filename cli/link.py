"""`flask link make`, `flask link make-many`: signed links to a survey."""

import csv
import sys
from pathlib import Path
from typing import TextIO

import click
from flask.cli import AppGroup
from sqlalchemy import select

from actions.link import LinkError, make_link
from extensions import db
from models import Survey
from vocabulary import Audience, Channel, Market

command = AppGroup("link", help="Signed links to surveys.")

COLUMNS = ("audience", "market", "channel", "account", "person", "language")


@command.command("make")
@click.argument("survey_key")
@click.option("--audience", type=click.Choice([word.value for word in Audience]))
@click.option("--market", type=click.Choice([word.value for word in Market]))
@click.option("--channel", type=click.Choice([word.value for word in Channel]))
@click.option("--account", help="The customer the person belongs to.")
@click.option("--person", help="The person, by the key the company uses.")
@click.option("--language", help="In which the survey opens.")
@click.option("--attribute", "attributes", multiple=True, help="NAME=VALUE, to compare by.")
def make(survey_key: str, attributes: tuple[str, ...], **given: str | None) -> None:
    """Print a link to a survey that says who is asked."""
    pairs = dict(_pair(text) for text in attributes)
    click.echo(_link(_survey(survey_key), given, pairs))


@command.command("make-many")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--survey", "survey_key", help="The survey, if the file has no column “survey”.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="By default printed.")
def make_many(file: Path, survey_key: str | None, out: Path | None) -> None:
    """Add a column “link” to a CSV FILE of people.

    It reads the columns survey, audience, market, channel, account, person and language; every
    other column is an attribute.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(f"{file.name} is no CSV file in UTF-8: {error}") from error
    surveys: dict[str, Survey] = {}
    for number, row in enumerate(rows, 2):
        key = row.get("survey") or survey_key or ""
        try:
            surveys[key] = surveys.get(key) or _survey(key)
            row["link"] = _row_link(surveys[key], row)
        except click.ClickException as error:
            raise click.ClickException(f"{file.name}, row {number}: {error.message}") from error
    if out is None:
        _write(rows, sys.stdout)
        return
    with out.open("w", encoding="utf-8", newline="") as target:
        _write(rows, target)
    click.echo(f"Wrote {len(rows)} links to {out}.")


def _row_link(survey: Survey, row: dict[str, str]) -> str:
    """The link of one row; an empty cell says nothing."""
    if None in row:
        raise click.ClickException("it has more cells than the first row.")
    given = {name: row.get(name) or None for name in COLUMNS}
    others = {name: text for name, text in row.items() if name not in {*COLUMNS, "survey"} and text}
    return _link(survey, given, others)


def _link(survey: Survey, given: dict[str, str | None], attributes: dict[str, str]) -> str:
    """Make a link, or say in one line why not."""
    try:
        return make_link(survey, attributes=attributes, **given)  # type: ignore[arg-type]  # checked
    except LinkError as error:
        raise click.ClickException(str(error)) from error


def _survey(key: str) -> Survey:
    """The survey with this key."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is None:
        raise click.ClickException(f"There is no survey “{key}”.")
    return survey


def _pair(text: str) -> tuple[str, str]:
    """An attribute as it is typed: region=noord."""
    name, sign, value = text.partition("=")
    if not sign:
        raise click.BadParameter(f"“{text}” is not NAME=VALUE.", param_hint="--attribute")
    return name.strip(), value.strip()


def _write(rows: list[dict[str, str]], target: TextIO) -> None:
    """Write the rows as CSV."""
    if rows:
        table = csv.DictWriter(target, [*rows[0]], extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)

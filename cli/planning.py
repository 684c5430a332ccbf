"""`flask planning show`: answers still needed, who answered, and what the silent could do."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cli.only_reading import only_reading
from extensions import db
from insights.months import last_closed
from models import Journey, Stage
from questionnaires.value import in_language

if TYPE_CHECKING:
    from actions.planning import Planning

command = AppGroup("planning", help="How many answers it takes, and who gave none.")

WHEN = {
    "now": "there now",
    "far": "not within two years",
    "standstill": "no answers of late",
    "too_few_persons": "too few answers to show",
}
WHY = {
    "not_told": "nobody said how many were asked: see `flask outreach set --help`",
    "more_answers_than_invited": "more answered than were invited",
    "too_few_persons": "too few answers to show",
}


@command.command("show")
@click.argument("journey")
@click.option(
    "--points",
    type=click.IntRange(2, 20),
    default=5,
    show_default=True,
    help="The difference that is to be told.",
)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, points: int, file: Path | None, language: str) -> None:
    """Show how many answers JOURNEY (its key) still needs, and when they will be there."""
    from actions.planning import planning_of
    from facts.engine import open_facts

    found = db.session.scalar(select(Journey).where(Journey.key == journey))
    if found is None:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    last = last_closed(datetime.now(UTC), current_app.config["TIME_ZONE"])
    facts = open_facts(current_app.config["HOME"])
    planning = planning_of(found, facts, last, points)
    _print(planning, _names(found, language))
    if file:
        content = {"journey": journey, "as_of": facts.as_of.isoformat()} | asdict(planning)
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
        click.echo(f"Wrote {file}.")


def _names(journey: Journey, language: str) -> dict[tuple[str, str | None], str]:
    """What stages and touchpoints are called, by their keys, in journey order."""
    found = (
        select(Stage)
        .where(Stage.journey_id == journey.id, Stage.retired_at.is_(None))
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    names: dict[tuple[str, str | None], str] = {}
    for stage in db.session.scalars(found):
        names[stage.key, None] = in_language(stage.name, language)
        for one in stage.touchpoints:
            names[stage.key, one.key] = "  " + in_language(one.name, language)
    return names


def _print(planning: "Planning", names: dict[tuple[str, str | None], str]) -> None:
    """Print the plan, the response and the silent."""
    cells = {(row["stage"], row["touchpoint"]): row for row in planning.cells}
    click.echo(
        f"A difference of {planning.points} points between two periods; "
        f"answers from {planning.first} until {planning.last}."
    )
    click.echo(f"{'':<34} {'n':>7} {'needed':>7} {'still':>7}  there by the end of")
    for key, name in names.items():
        if key in cells:
            click.echo(_line(name, cells[key]))
    whole = planning.whole
    if whole.get("completion") is not None:
        click.echo(f"\nCompletion {_share(whole, 'completion')}")
    click.echo(f"Response {_response(whole)}")
    for row in planning.rates["survey"]:
        click.echo(f"  {row['survey']:<40} {_response(row)}")
    for row in planning.silent:
        if row["shown"] and not row["reason"]:
            click.echo(
                f"Silent in {names.get((row['stage'], None), row['stage'])}, {row['audience']}: "
                f"score {row['score']:.0f}, between {row['lowest']:.0f} and "
                f"{row['highest']:.0f} if all {row['silent']:,} were at 0 or at 100"
            )


def _line(name: str, row: dict[str, Any]) -> str:
    """One stage or touchpoint."""
    when = row["month"] or WHEN[row["status"]]
    if not row["shown"]:
        return f"{name:<34} {when}"
    star = "*" if row["is_assumed"] else ""
    needed = f"{2 * row['each']:,}{star}"
    return f"{name:<34} {row['n']:>7,} {needed:>7} {row['still']:>7,}  {when}"


def _response(row: dict[str, Any]) -> str:
    """The response rates of a cell, or why there are none."""
    if row.get("rr1") is None:
        return WHY.get(row.get("reason") or "", "no answers yet")
    return f"RR1 {_share(row, 'rr1')}, RR2 {100 * row['rr2']:.1f}% of {row['eligible']:,}"


def _share(row: dict[str, Any], name: str) -> str:
    """A share with its interval, in percent."""
    low, high = 100 * row[f"{name}_low"], 100 * row[f"{name}_high"]
    return f"{100 * row[name]:.1f}% ({low:.1f} to {high:.1f})"

"""`flask planning show`: answers still needed, who answered, and what the silent could do."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import phrasing
from cli.only_reading import only_reading
from extensions import db
from insights.months import last_closed
from models import Journey, Stage
from questionnaires.value import in_language
from wording import planning as words

if TYPE_CHECKING:
    from actions.planning import Planning

command = AppGroup("planning", help="How many answers it takes, and who gave none.")


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
    with force_locale(language):
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
    plans = [
        cells[place] | {"name": name}
        for place, name in names.items()
        if place in cells and place[1] is None
    ]
    click.echo(words.sentence(plans, planning.points))
    heads = f"{_('Answers'):>10} {_('Needed'):>10} {_('Still needed'):>14}"
    click.echo(f"{'':<34} {heads}  {_('There by the end of')}")
    for place, name in names.items():
        if place in cells:
            click.echo(_line(name, cells[place]))
    click.echo(f"\n{words.response_sentence(planning.whole)}")
    for row in planning.rates["survey"]:
        click.echo(f"  {row['survey']:<40} {_response(row)}")
    if planning.whole.get("reason") == "not_told":
        click.echo("flask outreach set --help")
    _print_silent([row for row in planning.silent if row["shown"] and not row["reason"]], names)


def _print_silent(rows: list[dict[str, Any]], names: dict[tuple[str, str | None], str]) -> None:
    """Print what those who said nothing could make of the scores."""
    if rows:
        click.echo(f"\n{_('What the silent could make of it')}: {_('If all were at 0, at 100')}")
    for row in rows:
        who = f"{names.get((row['stage'], None), row['stage'])}, {phrasing.word(row['audience'])}"
        between = phrasing.interval(row["lowest"], row["highest"])
        click.echo(f"  {who:<40} {phrasing.score(row['score'])}; {between}")


def _line(name: str, row: dict[str, Any]) -> str:
    """One stage or touchpoint."""
    when = words.when(row["status"], row["month"])
    if not row["shown"]:
        return f"{name:<34} {when}"
    needed = phrasing.count(2 * row["each"]) + ("*" if row["is_assumed"] else "")
    numbers = f"{phrasing.count(row['n']):>10} {needed:>10} {phrasing.count(row['still']):>14}"
    return f"{name:<34} {numbers}  {when}"


def _response(row: dict[str, Any]) -> str:
    """The response rates of a survey, or why there are none."""
    if row.get("rr1") is None:
        return words.why_no_rate(row.get("reason") or "no_answers")
    low, high = phrasing.share(row["rr1_low"]), phrasing.share(row["rr1_high"])
    between = _("between %(low)s and %(high)s", low=low, high=high)
    return f"RR1 {phrasing.share(row['rr1'])} ({between}), RR2 {phrasing.share(row['rr2'])}"

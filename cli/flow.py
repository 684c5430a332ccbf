"""`flask flow show`: how people go through a journey, as tables or as JSON."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cli.only_reading import only_reading
from extensions import db
from models import Journey, Stage
from questionnaires.value import in_language

command = AppGroup("flow", help="How people go through a journey, and what follows.")


@command.command("show")
@click.argument("journey")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, file: Path | None, language: str) -> None:
    """Show how many go on from each stage of JOURNEY (its key), and what followed."""
    stages = _stages(journey)
    content = _named(_content(journey, stages), stages, language)
    _print(content)
    if file:
        said = json.dumps({"journey": journey} | content, indent=2, ensure_ascii=False)
        file.write_text(said, encoding="utf-8")
        click.echo(f"Wrote {file}.")


def _stages(journey: str) -> list[Stage]:
    """The stages of a journey, with their touchpoints; retired ones left out."""
    found = (
        select(Stage)
        .join(Journey, Stage.journey_id == Journey.id)
        .where(Journey.key == journey, Stage.retired_at.is_(None))
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    stages = list(db.session.scalars(found))
    if not stages:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    return stages


def _content(journey: str, stages: list[Stage]) -> dict[str, Any]:
    """The flow of all answers of a journey."""
    from actions.event_reading import known_events
    from facts.engine import open_facts
    from insights.filters import Filters
    from insights.flow.flow import flow_content, journey_flow
    from insights.flow.walks import leg_of

    facts, known = open_facts(current_app.config["HOME"]), known_events()
    table = facts.narrow(facts.table, Filters(journey))
    legs = [leg_of(stage.key, stage.leads_from, stage.leads_to) for stage in stages]
    flow = journey_flow(table, legs, known.rows, homes=known.homes, codes=known.codes)
    return {"as_of": facts.as_of.isoformat()} | flow_content(flow)


def _named(content: dict[str, Any], stages: list[Stage], language: str) -> dict[str, Any]:
    """The rows with the names readers know."""
    names = {stage.key: in_language(stage.name, language) for stage in stages}
    touchpoints = {
        (stage.key, one.key): in_language(one.name, language)
        for stage in stages
        for one in stage.touchpoints
    }

    def named(row: dict[str, Any]) -> dict[str, Any]:
        """One row, with the name of its stage, the next one, and its touchpoint."""
        said = {"name": names[row["stage"]]}
        if "next" in row:
            said["next_name"] = names[row["next"]]
        if "touchpoint" in row:
            place = row["stage"], row["touchpoint"]
            said["touchpoint_name"] = touchpoints.get(place, row["touchpoint"])
        return said | row

    tables = ("steps", "moves", "survivors", "outcomes")
    return content | {table: [named(row) for row in content[table]] for table in tables}


def _print(content: dict[str, Any]) -> None:
    """Print each table, and what cannot be said."""
    click.echo("How many go on from each stage:")
    for row in content["steps"]:
        click.echo(f"  {row['name']:<24} {_step(row)}")
    click.echo("\nScores by what became of those who answered:")
    for row in content["survivors"]:
        group = row["group"].replace("_", " ")
        score = _score(row) if row["shown"] else "too few answers to show"
        click.echo(f"  {row['name']:<24} {group:<12} {score}")
    click.echo(
        "\nIn the year after a rating, hurt against not (goes together; no proof of a cause):"
    )
    if not content["has_events"]:
        click.echo("  no events are known: see `flask events import --help`")
    shown = [row for row in content["outcomes"] if row["shown"]]
    for row in sorted(shown, key=lambda one: (one["p"] is None, one["p"])):
        click.echo(f"  {row['touchpoint_name']:<24} {row['outcome']:<16} {_outcome(row)}")
    n_hidden = len(content["outcomes"]) - len(shown)
    if n_hidden:
        click.echo(f"  {n_hidden} more cannot be said: too few, or followed for less than a year")


def _step(row: dict[str, Any]) -> str:
    """One step in words."""
    if not row["shown"]:
        return str(row["reason"]).replace("_", " ")
    text = f"{_between(row, 'share', 'low', 'high')} within {row['within']} days, n = {row['n']}"
    return text if row["days"] is None else f"{text}; half of them after {row['days']:.0f} days"


def _score(row: dict[str, Any]) -> str:
    """A score with its interval and its n."""
    if row["low"] is None:
        return f"{row['score']:.0f}, n = {row['n']}"
    return f"{row['score']:.0f} (between {row['low']:.0f} and {row['high']:.0f}), n = {row['n']}"


def _outcome(row: dict[str, Any]) -> str:
    """Two shares and their difference."""
    hurt = _between(row, "share_hurt", "low_hurt", "high_hurt")
    content = _between(row, "share_content", "low_content", "high_content")
    proven = "  proven" if row["is_proven"] else ""
    n = f"n = {row['n_hurt']} and {row['n_content']}"
    ends = f"{100 * row['change_low']:+.1f} and {100 * row['change_high']:+.1f}"
    return f"{hurt} against {content}: {100 * row['change']:+.1f} (between {ends}), {n}{proven}"


def _between(row: dict[str, Any], share: str, low: str, high: str) -> str:
    """A share with its interval."""
    text = f"{row[share]:.0%}"
    return text if row[low] is None else f"{text} ({row[low]:.0%} to {row[high]:.0%})"

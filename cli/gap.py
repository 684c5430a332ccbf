"""`flask gap show|open|close`: what colleagues think customers give, beside what they give."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import phrasing
from actions import estimate as actions
from cli.only_reading import only_reading
from extensions import db
from models import EstimateRound, Journey, PainResult, Stage
from questionnaires.value import in_language
from wording import gap as gap_words

command = AppGroup("gap", help="What colleagues think customers give, and what they give.")

Row = dict[str, Any]


@command.command("open")
@click.argument("journey")
def open_(journey: str) -> None:
    """Ask colleagues about JOURNEY (its key), and print the link to send them."""
    click.echo(actions.link_of(actions.open_round(_journey(journey), datetime.now(UTC))))


@command.command("close")
@click.argument("journey")
def close(journey: str) -> None:
    """Close the round of JOURNEY (its key), so that its gaps are shown."""
    closed = actions.close_round(_journey(journey), datetime.now(UTC))
    if closed is None:
        raise click.ClickException(
            f"No round of “{journey}” is open: open one with `flask gap open {journey}`."
        )
    click.echo(f"Closed; colleagues who took part: {actions.n_sheets(closed)}.")


@command.command("show")
@click.argument("journey")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, file: Path | None, language: str) -> None:
    """Show the gap at each touchpoint of JOURNEY (its key), over the last year with answers."""
    from insights.release.suppression import MINIMUM_PERSONS

    ours = _journey(journey)
    told = actions.told_round_of(ours.id, MINIMUM_PERSONS)
    if told is None:
        raise click.ClickException(
            f"No round of “{journey}” was closed yet: see `flask gap open {journey}` and "
            f"`flask gap close {journey}`."
        )
    found = _found(ours, told, language)
    with force_locale(language):
        _print(found)
    if file:
        content = {name: value for name, value in found.items() if name != "said"}
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
        click.echo(f"Wrote {file}.")


def _journey(key: str) -> Journey:
    """The journey meant."""
    found = select(Journey).where(Journey.key == key)
    journey = db.session.scalar(
        found.options(selectinload(Journey.stages).selectinload(Stage.touchpoints))
    )
    if journey is None:
        raise click.ClickException(f"There is no journey “{key}”: see `flask journey list`.")
    return journey


def _found(journey: Journey, told: EstimateRound, language: str) -> Row:
    """The gaps, with the names readers know."""
    from actions.pain import selection_key, usual_filters
    from facts.engine import open_facts
    from insights.gaps.inside_out import inside_out
    from insights.plain import plain_rows

    home = current_app.config["HOME"]
    facts, filters = open_facts(home), usual_filters(journey.key, home)
    sheets = actions.sheets_of(told)
    given = [(sheet.team, sheet.points) for sheet in sheets]
    pains = _pains(journey, selection_key(filters))
    numbers = inside_out(facts.tell(facts.table, filters), given, pains)
    rows = _named(journey, plain_rows(numbers.touchpoints), language)
    with force_locale(language):
        said = gap_words.sentence(rows, len(sheets))
    return {
        "said": said,
        "journey": journey.key,
        "from": filters.month_from,
        "to": filters.month_to,
        "as_of": facts.as_of.isoformat(),
        "closed_at": told.closed_at and told.closed_at.isoformat(),
        "colleagues": len(sheets),
        "touchpoints": rows,
        "teams": plain_rows(numbers.teams),
    }


def _pains(journey: Journey, selection: str) -> dict[tuple[str, str], float]:
    """Points lost by stage and touchpoint, where they were computed."""
    found = select(PainResult).where(
        PainResult.journey_id == journey.id, PainResult.selection == selection
    )
    return {
        (result.stage, row["touchpoint"]): row["pain"]
        for result in db.session.scalars(found)
        for row in result.content["touchpoints"]
        if row["pain"] is not None
    }


def _named(journey: Journey, rows: list[Row], language: str) -> list[Row]:
    """The rows of the journey's touchpoints, with their names."""
    names = {
        (stage.key, touchpoint.key): in_language(touchpoint.name, language)
        for stage in journey.stages
        for touchpoint in stage.touchpoints
    }
    known = [row for row in rows if (row["stage"], row["touchpoint"]) in names]
    return [{"name": names[row["stage"], row["touchpoint"]]} | row for row in known]


def _print(found: Row) -> None:
    """Print the sentence, and a line per touchpoint that may be shown."""
    click.echo(found["said"])
    for row in found["touchpoints"]:
        if not row["shown"]:
            continue
        gap = f"{phrasing.whole_change(gap_words.shown_gap(row)):>4}"
        numbers = f"{phrasing.score(row['inside']):>4} {phrasing.score(row['outside']):>4} {gap}"
        interval = gap_words.gap_interval(row["low"], row["high"])
        click.echo(
            f"  {row['name']:<40} {numbers}  {interval:<28} {gap_words.side_word(row['side'])}"
        )

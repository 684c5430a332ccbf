"""`flask improvement list|show|register|withdraw`: what is changed, and whether it helped."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import select

import phrasing
from actions import improvement as act
from actions.journey import stages_of
from cli.only_reading import only_reading
from extensions import db
from models import Improvement, Journey
from questionnaires.value import in_language
from wording import effect as effect_words
from wording import effect_basis

if TYPE_CHECKING:
    from insights.effects.effects import Effect

command = AppGroup("improvement", help="Improvements: what is changed, and whether it helped.")

LANGUAGE = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="en", show_default=True
)


@command.command("list")
@click.argument("journey")
@LANGUAGE
@only_reading
def show_all(journey: str, language: str) -> None:
    """List the improvements of JOURNEY (its key), the last to start first, with their verdicts."""
    found = _journey(journey)
    every = act.improvements_of(found.id)
    effects = _effects(found, every)
    with force_locale(language):
        for each in every:
            effect = effects.get(each.id)
            verdict = effect.verdict.value if effect else effect_words.WITHDRAWN
            touchpoints = ", ".join(each.touchpoints)
            click.echo(
                f"{each.id:>4}  {each.starts_on}  {effect_words.verdict_word(verdict):<16} "
                f"{each.title} [{each.stage}: {touchpoints}]"
            )
    if not every:
        click.echo(f"None yet: register one with `flask improvement register {journey}`.")


@command.command("show")
@click.argument("journey")
@click.argument("number", type=int)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@LANGUAGE
@only_reading
def show(journey: str, number: int, file: Path | None, language: str) -> None:
    """Show improvement NUMBER of JOURNEY: the verdict, and what it rests on."""
    found = _journey(journey)
    improvement = _improvement(found, number)
    effect = _effects(found, [improvement]).get(number)
    with force_locale(language):
        click.echo(f"{improvement.title}, {effect_words.day(improvement.starts_on)}")
        for line in _lines(improvement, effect, _names(found, language)):
            click.echo(line)
    if file:
        content = _content(found, improvement, effect)
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
        click.echo(f"Wrote {file}.")


@command.command("register")
@click.argument("journey")
@click.option("--stage", required=True, help="The stage, by its key.")
@click.option("--touchpoint", "touchpoints", multiple=True, required=True, help="By its key.")
@click.option("--starts-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--expected", required=True, type=float, help="Points the score is to rise.")
@click.option("--title", required=True, help="What changes, in a few words.")
@click.option("--description", help="More about it.")
@click.option(
    "--control", "controls", multiple=True, help="Compare with these only, not with all others."
)
@click.option("--late", is_flag=True, help="It has started: keep it as a note that proves nothing.")
def register(  # noqa: PLR0913 -- one per option
    journey: str,
    *,
    stage: str,
    touchpoints: tuple[str, ...],
    starts_on: datetime,
    expected: float,
    title: str,
    description: str | None,
    controls: tuple[str, ...],
    late: bool,
) -> None:
    """Register an improvement of JOURNEY before it starts."""
    found = _journey(journey)
    announced = act.Announcement(
        stage=stage,
        touchpoints=touchpoints,
        starts_on=starts_on.date(),
        expected=expected,
        title=title.strip(),
        description=description,
        controls=controls,
        is_late=late,
    )
    made = _registered(found, announced)
    click.echo(f"Registered as {made.id}: see `flask improvement show {journey} {made.id}`.")


@command.command("withdraw")
@click.argument("journey")
@click.argument("number", type=int)
def withdraw(journey: str, number: int) -> None:
    """Say that improvement NUMBER of JOURNEY did not take place; it stays to be read."""
    improvement, zone = _improvement(_journey(journey), number), current_app.config["TIME_ZONE"]
    try:
        act.withdraw_improvement(improvement, datetime.now(UTC), zone)
    except act.AlreadyJudgedError as error:
        message = "There is a verdict already: it stays, and the improvement cannot be withdrawn."
        raise click.ClickException(message) from error
    click.echo(f"Improvement {number} is withdrawn.")


def _registered(journey: Journey, announced: act.Announcement) -> Improvement:
    """Register it, or say what to do."""
    zone = current_app.config["TIME_ZONE"]
    try:
        return act.register_improvement(journey, announced, datetime.now(UTC), zone)
    except act.UnknownStageError as error:
        keys = ", ".join(each.key for each in stages_of(journey) if not each.retired_at)
        text = f"“{journey.key}” has no stage “{error}” in use, but has: {keys}."
        raise click.ClickException(text) from error
    except act.UnknownTouchpointError as error:
        stage = next(each for each in stages_of(journey) if each.key == announced.stage)
        keys = ", ".join(each.key for each in stage.touchpoints if not each.retired_at)
        text = f"“{stage.key}” has no touchpoint “{error}” in use, but has: {keys}."
        raise click.ClickException(text) from error
    except act.NothingToCompareError as error:
        text = "Leave at least one touchpoint untouched, and compare with none that changes."
        raise click.ClickException(text) from error
    except act.WrongExpectationError as error:
        text = f"--expected is above 0 and at most 100 points, not {error}."
        raise click.ClickException(text) from error
    except act.AlreadyStartedError as error:
        text = (
            f"It starts on {error}, which is not after today, so its effect may have been seen. "
            "Register before the start, or add --late to keep it as a note that proves nothing."
        )
        raise click.ClickException(text) from error


def _journey(key: str) -> Journey:
    """The journey with this key."""
    found = db.session.scalar(select(Journey).where(Journey.key == key))
    if found is None:
        raise click.ClickException(f"There is no journey “{key}”: see `flask journey list`.")
    return found


def _improvement(journey: Journey, number: int) -> Improvement:
    """The journey's improvement with this number."""
    every = act.improvements_of(journey.id)
    found = next((each for each in every if each.id == number), None)
    if found is None:
        text = f"There is no improvement {number}: see `flask improvement list {journey.key}`."
        raise click.ClickException(text)
    return found


def _effects(journey: Journey, improvements: list[Improvement]) -> "dict[int, Effect]":
    """What became of improvements."""
    home, zone = current_app.config["HOME"], current_app.config["TIME_ZONE"]
    return act.effects(improvements, journey, home, datetime.now(UTC), zone)


def _names(journey: Journey, language: str) -> dict[tuple[str, str], str]:
    """What the reader calls touchpoints, by the keys of stage and touchpoint."""
    return {
        (stage.key, each.key): in_language(each.name, language)
        for stage in stages_of(journey)
        for each in stage.touchpoints
    }


def _lines(
    improvement: Improvement, effect: "Effect | None", names: Mapping[tuple[str, str], str]
) -> list[str]:
    """What is said of an improvement, line by line."""
    if effect is None:
        return [effect_words.verdict_word(effect_words.WITHDRAWN)]

    def called(key: str) -> str:
        return names.get((improvement.stage, key), key)

    acted, starts_on = [called(key) for key in improvement.touchpoints], improvement.starts_on
    lines = [effect_words.effect_sentence(effect, acted, starts_on)]
    lines += effect_words.further_sentences(effect, acted, improvement.expected)
    lines += [f"  - {text}" for text in effect_basis.checks(effect)]
    for control in effect.controls:
        change = phrasing.TOO_FEW if isnan(control.change) else phrasing.change(control.change)
        why = effect_basis.why_left_out(control.reason)
        lines.append(f"    {called(control.touchpoint):<40} {change:>7}  {why}")
    return lines


def _content(
    journey: Journey, improvement: Improvement, effect: "Effect | None"
) -> dict[str, object]:
    """An improvement and its effect, for JSON."""
    from insights.effects.content import effect_content

    starts_on: date = improvement.starts_on
    registered = {
        "journey": journey.key,
        "number": improvement.id,
        "title": improvement.title,
        "stage": improvement.stage,
        "touchpoints": improvement.touchpoints,
        "starts_on": starts_on.isoformat(),
        "expected": improvement.expected,
        "registered_at": improvement.registered_at.isoformat(),
        "withdrawn": improvement.withdrawn_at is not None,
    }
    return registered | {"effect": effect_content(effect) if effect else None}

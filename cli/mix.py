"""`flask mix`: the known mix of a journey's people, and scores weighted to it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from actions import mix as act
from cli.months import check_month
from cli.only_reading import only_reading
from extensions import db
from insights.months import is_month
from insights.weighting.shares import WrongShareError, read_share
from models import Journey, Mix, Stage
from questionnaires.value import in_language

if TYPE_CHECKING:
    from actions.weighting import Weighted
    from insights.filters import Filters

command = AppGroup("mix", help="Who there are: what scores can be weighted to.")

WHY = {
    "month": "A month looks like 2026-10: give it with --from.",
    "dimension": "Name a property: audience, market, channel, language, or an attribute.",
    "one_group": "Give the shares of two groups or more, as customer=80 prospect=20.",
}


@command.command("set")
@click.argument("journey")
@click.argument("dimension")
@click.argument("shares", nargs=-1, required=True, metavar="VALUE=SHARE...")
@click.option("--from", "month", required=True, help="The month from which on it holds, YYYY-MM.")
def set_(journey: str, dimension: str, shares: tuple[str, ...], month: str) -> None:
    """Say how all people of JOURNEY divide by DIMENSION: audience, market, or an attribute.

    Shares are parts of one, or percents: customer=0.8 prospect=0.2, or customer=80 prospect=20.
    """
    from facts.engine import open_facts
    from insights.choices import choices

    found = _journey(journey)
    check_month(month)
    known = act.WhoMix(dimension, month, _shares(shares))
    try:
        mix = act.set_mix(found, known, datetime.now(UTC))
    except act.WrongMixError as error:
        whole = f"Together the shares must be 1, or 100; these are {error.total}."
        raise click.ClickException(WHY.get(error.code, whole)) from error
    click.echo(f"{journey}, {dimension}, from {mix.month_from}: {_told(mix)}.")
    possible = choices(open_facts(current_app.config["HOME"]).table, journey)
    for value in act.unknown_values(possible, dimension, mix.shares):
        click.echo(f"No answers, or too few, have {dimension} “{value}” yet.", err=True)


@command.command("list")
@click.option("--journey", help="Only this journey, by its key.")
def list_(journey: str | None) -> None:
    """List the known mixes, the newest month of each property first."""
    if journey is not None:
        _journey(journey)
    keys = select(Journey).order_by(Journey.key)
    rows = [(one, mix) for one in db.session.scalars(keys).all() for mix in act.mixes_of(one)]
    rows = [(one, mix) for one, mix in rows if journey in {None, one.key}]
    if not rows:
        click.echo("No mix is known yet: see `flask mix set --help`.")
    for one, mix in rows:
        click.echo(f"{one.key}, {mix.dimension}, from {mix.month_from}: {_told(mix)}")


@command.command("remove")
@click.argument("journey")
@click.argument("dimension")
@click.option("--from", "month", required=True, help="The month it was set from, YYYY-MM.")
def remove(journey: str, dimension: str, month: str) -> None:
    """Take back the mix of DIMENSION in JOURNEY that was set from a month on."""
    mixes = act.mixes_of(_journey(journey))
    found = [mix for mix in mixes if (mix.dimension, mix.month_from) == (dimension, month)]
    if not found:
        raise click.ClickException(
            f"“{journey}” has no mix of “{dimension}” from {month}: see `flask mix list`."
        )
    act.remove_mix(found[0])
    click.echo(f"{journey}, {dimension}, from {month}: taken back.")


@command.command("show")
@click.argument("journey")
@click.option("--month", help="Only answers of this month, YYYY-MM; else the usual year.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, month: str | None, file: Path | None, language: str) -> None:
    """Show the scores of JOURNEY's stages, unweighted and weighted, side by side."""
    from actions.weighting import weighted_of
    from facts.engine import open_facts

    found, facts = _journey(journey), open_facts(current_app.config["HOME"])
    filters = _filters(journey, month)
    weighted = weighted_of(found, facts, filters)
    stages = db.session.scalars(
        select(Stage).where(Stage.journey_id == found.id).order_by(Stage.position)
    )
    names = {stage.key: in_language(stage.name, language) for stage in stages}
    _print(weighted, names)
    if file:
        content = {
            "journey": journey,
            "from": filters.month_from,
            "to": filters.month_to,
            "as_of": facts.as_of.isoformat(),
            "mix": {margin.dimension: dict(margin.shares) for margin in weighted.mix},
            "beside": weighted.beside,
            "stages": weighted.stages,
        }
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
        click.echo(f"Wrote {file}.")


def _journey(key: str) -> Journey:
    """The journey with this key."""
    found = db.session.scalar(select(Journey).where(Journey.key == key))
    if found is None:
        raise click.ClickException(f"There is no journey “{key}”: see `flask journey list`.")
    return found


def _shares(texts: tuple[str, ...]) -> dict[str, float]:
    """The shares as they were typed: customer=80."""
    shares: dict[str, float] = {}
    for text in texts:
        value, sign, typed = text.rpartition("=")
        try:
            share = read_share(typed)
        except WrongShareError:
            sign = ""
        if not sign or not value.strip():
            raise click.ClickException(f"“{text}” is not VALUE=SHARE, as in customer=80.")
        if value.strip() in shares:
            raise click.ClickException(f"“{value.strip()}” is given twice: give each value once.")
        shares[value.strip()] = share
    return shares


def _filters(journey: str, month: str | None) -> "Filters":
    """The selection meant."""
    from actions.pain import usual_filters
    from insights.filters import Filters

    if month is None:
        return usual_filters(journey, current_app.config["HOME"])
    if not is_month(month):
        raise click.BadParameter("a month looks like 2026-10", param_hint="--month")
    return Filters(journey, month, month)


def _told(mix: Mix) -> str:
    """The shares of a mix in percent."""
    return ", ".join(f"{value} {100 * share:.4g}%" for value, share in mix.shares.items())


def _print(weighted: "Weighted", names: dict[str, str]) -> None:
    """Print the scores, and what must be known beside them."""
    if not weighted.mix:
        click.echo("No mix is known for these months: see `flask mix set --help`.")
    for margin in weighted.mix:
        shares = ", ".join(f"{value} {100 * share:.4g}%" for value, share in margin.shares)
        click.echo(f"{margin.dimension}, from {weighted.since[margin.dimension]}: {shares}")
    rows = {row["stage"]: row for row in weighted.stages}
    click.echo(
        f"{'stage':<28} {'unweighted':<24} {'weighted':<24} {'n':>7} {'n_eff':>7} {'deff':>6}"
    )
    for key, name in names.items():
        if key in rows:
            _print_stage(name, rows[key])


def _print_stage(name: str, row: dict[str, Any]) -> None:
    """Print one stage, both ways."""
    if not row["shown"]:
        click.echo(f"{name:<28} too few answers to show")
        return
    plain = _score(row["unweighted"], row["unweighted_low"], row["unweighted_high"])
    both = _score(row["score"], row["low"], row["high"])
    n_eff = "" if row["n_eff"] is None else f"{row['n_eff']:.0f}"
    deff = "" if row["deff"] is None else f"{row['deff']:.2f}"
    click.echo(f"{name:<28} {plain:<24} {both:<24} {row['n']:>7} {n_eff:>7} {deff:>6}")
    if row["reason"]:
        click.echo(f"{'':<28} not weighted: {row['reason'].replace('_', ' ')}")
    if row["absent"]:
        groups = ", ".join(f"{dimension} {value}" for dimension, value in row["absent"])
        lacking = f"{100 * row['absent_share']:.0f}% of all people"
        click.echo(f"{'':<28} no answers of {groups} ({lacking}): this is about the others")
    if row["has_others"]:
        click.echo(f"{'':<28} some answers are of people the mix does not name")
    if row["is_capped"]:
        click.echo(f"{'':<28} a weight was cut, so the mix is not met in full")


def _score(score: float | None, low: float | None, high: float | None) -> str:
    """A score with its interval."""
    if score is None:
        return "-"
    return f"{score:.1f}" + ("" if low is None else f" ({low:.1f} to {high:.1f})")

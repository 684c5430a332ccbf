"""`flask mix`: the known mix of a journey's people, and scores weighted to it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

import phrasing
from actions import mix as act
from cli.months import check_month
from cli.only_reading import only_reading
from extensions import db
from insights.months import is_month
from insights.weighting.shares import WrongShareError, read_share
from models import Journey, Mix, Stage
from questionnaires.value import in_language
from wording import planning as words
from wording.mix import mix_words

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
    with force_locale(language):
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
    if weighted.mix:
        click.echo(mix_words(weighted.mix, weighted.since))
    else:
        click.echo(f"{words.why_unweighted('no_mix')} flask mix set --help")
    rows, groups = {row["stage"]: row for row in weighted.stages}, words.group_names(weighted.mix)
    numbers = f"{_('Answers'):>10} {_('Worth'):>8} {_('Design effect')}"
    click.echo(f"{'':<28} {_('Every answer once'):<30} {_('Weighted'):<30} {numbers}")
    for key, name in names.items():
        if key in rows:
            _print_stage(name, rows[key], groups)


def _print_stage(name: str, row: dict[str, Any], groups: dict[tuple[str, str], str]) -> None:
    """Print one stage, both ways."""
    if not row["shown"]:
        click.echo(f"{name:<28} {_('too few answers to show')}")
        return
    plain = _score(row["unweighted"], row["unweighted_low"], row["unweighted_high"])
    both = _score(row["score"], row["low"], row["high"])
    worth = phrasing.TOO_FEW if row["n_eff"] is None else phrasing.count(row["n_eff"])
    numbers = f"{phrasing.count(row['n']):>10} {worth:>8} {phrasing.decimals(row['deff'], 2)}"
    click.echo(f"{name:<28} {plain:<30} {both:<30} {numbers}")
    if sentence := words.weighted_sentence(row, groups):
        click.echo(f"{'':<28} {sentence}")


def _score(score: float | None, low: float | None, high: float | None) -> str:
    """A score with its interval."""
    if score is None:
        return phrasing.TOO_FEW
    return f"{phrasing.score(score)}, {phrasing.interval(low, high)}"

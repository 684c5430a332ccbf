"""`flask compare show`: how two groups or periods differ, as a table or as JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy import select

import phrasing
from actions.journey import stages_of
from cli.only_reading import only_reading
from extensions import db
from models import Journey
from questionnaires.value import in_language
from wording import compare as compare_words

if TYPE_CHECKING:
    from facts.engine import Facts
    from insights.choices import Choices
    from insights.comparing.compare import Comparison

command = AppGroup("compare", help="How two groups or two periods differ.")

Row = dict[str, Any]


@command.command("show")
@click.argument("journey")
@click.option(
    "--by",
    required=True,
    help="In what they differ: period, audience, market, channel, language, or an attribute.",
)
@click.option("--a", required=True, help="What is compared with; a period is 2026-01..2026-03.")
@click.option("--b", required=True, help="The other; a difference is this one minus the first.")
@click.option("--from", "first", help="Only answers from this month on, YYYY-MM.")
@click.option("--to", "last", help="Only answers up to this month, YYYY-MM.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(  # noqa: PLR0913 -- one argument per option
    *,
    journey: str,
    by: str,
    a: str,
    b: str,
    first: str | None,
    last: str | None,
    file: Path | None,
    language: str,
) -> None:
    """Show where JOURNEY (its key) differs between A and B, and which of it is proven.

    Without months the last year with answers counts.
    """
    from facts.engine import open_facts
    from insights.choices import choices

    kept = db.session.scalar(select(Journey).where(Journey.key == journey))
    if kept is None:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    facts = open_facts(current_app.config["HOME"])
    possible = choices(facts.table, journey)
    months = _months(first, last)
    comparison = _comparison(journey, possible, by, (a, b), months)
    with force_locale(language):
        rows = _rows(kept, facts, comparison)
        _print(rows, comparison)
        content = _content(journey, rows, comparison) | {"as_of": facts.as_of.isoformat()}
    if file:
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
        click.echo(f"\nWrote {file}.")


def _months(first: str | None, last: str | None) -> dict[str, str]:
    """The months that count, as an address has them."""
    from insights.months import is_month

    for name, month in (("--from", first), ("--to", last)):
        if month is not None and not is_month(month):
            raise click.BadParameter("a month looks like 2026-10", param_hint=name)
    if first and last and first > last:
        raise click.BadParameter("lies before --from", param_hint="--to")
    return {name: month for name, month in (("from", first), ("to", last)) if month}


def _comparison(
    journey: str, possible: "Choices", by: str, sides: tuple[str, str], months: dict[str, str]
) -> "Comparison":
    """What was asked for; or an error that says what can be."""
    from forms.compare import read_comparison, ways
    from forms.filters import ATTRIBUTE, read_filters

    known = ways(possible)
    way = by if by in known else ATTRIBUTE + by
    if way not in known:
        names = ", ".join(name.removeprefix(ATTRIBUTE) for name in known) or "nothing yet"
        raise click.BadParameter(f"cannot compare by “{by}”, but by: {names}", param_hint="--by")
    sent = {"by": way}
    for letter, text in zip("ab", sides, strict=True):
        if way == "period":
            sent |= _period(letter, text)
        elif text not in known[way]:
            values = ", ".join(known[way])
            raise click.BadParameter(f"no “{text}” here, but: {values}", param_hint=f"--{letter}")
        else:
            sent[letter] = text
    comparison = read_comparison(sent, read_filters(months, journey, possible), possible)
    if comparison is None or not comparison.is_possible:
        raise click.UsageError("--a and --b must differ; periods may not overlap.")
    return comparison


def _period(letter: str, text: str) -> dict[str, str]:
    """A period such as 2026-01..2026-03, or one month, as an address has it."""
    from insights.months import is_month

    first, _dots, last = text.partition("..")
    last = last or first
    if not (is_month(first) and is_month(last) and first <= last):
        raise click.BadParameter("a period looks like 2026-01..2026-03", param_hint=f"--{letter}")
    return {f"{letter}_from": first, f"{letter}_to": last}


def _rows(journey: Journey, facts: "Facts", comparison: "Comparison") -> list[Row]:
    """Every difference, in the journey's order, with the names readers know."""
    from insights.comparing.compare import compare
    from insights.plain import plain_rows

    language = str(get_locale())
    names: dict[tuple[str, str | None], Row] = {}
    for stage in stages_of(journey):
        if stage.retired_at is not None:
            continue
        whole = {"stage_name": in_language(stage.name, language)}
        names[stage.key, None] = whole | {"name": str(_("As a whole"))}
        for part in stage.touchpoints:
            if part.retired_at is None:
                names[stage.key, part.key] = whole | {"name": in_language(part.name, language)}
    found = compare(facts.table, comparison, places=names, narrow=facts.narrow)
    row_of = {(row["stage"], row["touchpoint"]): row for row in plain_rows(found)}
    return [row_of[place] | told for place, told in names.items() if place in row_of]


def _content(journey: str, rows: list[Row], comparison: "Comparison") -> Row:
    """What the JSON holds, but the moment."""
    from forms.compare import as_address

    return {
        "journey": journey,
        **as_address(comparison),
        "from": comparison.a.month_from if comparison.by != "period" else None,
        "to": comparison.a.month_to if comparison.by != "period" else None,
        "sentences": compare_words.sentences(rows, comparison),
        "differences": rows,
    }


def _print(rows: list[Row], comparison: "Comparison") -> None:
    """Print the sentences, then every difference by stage."""
    for sentence in compare_words.sentences(rows, comparison):
        click.echo(sentence)
    stage = None
    for row in rows:
        if row["stage"] != stage:
            stage = row["stage"]
            click.echo(f"\n{row['stage_name']} [{stage}]")
        told = compare_words.verdict(row, comparison)
        if row["difference"] is None:
            click.echo(f"  {row['name']:<40} {told}")
            continue
        sizes = f"n = {row['n_a']} and {row['n_b']}"
        points = phrasing.change(row["difference"])
        click.echo(
            f"  {row['name']:<40} {points:>6}  {compare_words.between(row):<28} {told:<14} {sizes}"
        )

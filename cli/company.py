"""`flask company show`: what accounts say, counted three ways, and who of them was heard."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import phrasing
from actions import company as actions
from cli.only_reading import only_reading
from extensions import db
from models import Journey
from questionnaires.value import in_language
from wording import company as company_words

if TYPE_CHECKING:
    from insights.accounts.accounts import CompanyNumbers

command = AppGroup("company", help="What accounts say, and who of them was heard.")

TABLES = ("ways", "agreement", "parts", "silence", "contrast")
COUNTS = ("n_accounts", "n_persons", "n_known", "n_known_heard", "n_lone")


@command.command("show")
@click.argument("journey")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, file: Path | None, language: str) -> None:
    """Show the accounts of JOURNEY (its key), over the last year with answers."""
    from actions.pain import usual_filters
    from facts.engine import open_facts
    from insights.accounts.accounts import company_numbers
    from insights.plain import plain_rows

    ours, home = _journey(journey), current_app.config["HOME"]
    facts, filters = open_facts(home), usual_filters(journey, home)
    table = facts.tell(facts.table, filters)
    numbers = company_numbers(table, table, actions.read_crm(ours))
    if not numbers.is_anybody:
        raise click.ClickException(
            f"Fewer than five people answered for an account in “{journey}”: use links that say "
            "for which account somebody answers, and bring accounts in with "
            "`flask accounts import FILE.csv`."
        )
    names = {stage.key: in_language(stage.name, language) for stage in ours.stages}
    with force_locale(language):
        _print(numbers, names)
    if file:
        period = {"journey": journey, "from": filters.month_from, "to": filters.month_to}
        content: dict[str, Any] = {**period}
        content |= {"as_of": facts.as_of.isoformat()}
        content |= {name: getattr(numbers, name) for name in COUNTS}
        content |= {name: plain_rows(getattr(numbers, name)) for name in TABLES}
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
        click.echo(f"Wrote {file}.")


def _journey(key: str) -> Journey:
    """The journey meant."""
    found = select(Journey).where(Journey.key == key).options(selectinload(Journey.stages))
    journey = db.session.scalar(found)
    if journey is None:
        raise click.ClickException(f"There is no journey “{key}”: see `flask journey list`.")
    return journey


def _print(numbers: "CompanyNumbers", names: dict[str, str]) -> None:
    """Print the sentence, and a line per stage and way, and per part in the decision."""
    from insights.plain import plain_rows

    click.echo(company_words.sentence(numbers, names))
    if numbers.n_accounts is None:
        return
    rows = plain_rows(numbers.ways)
    for stage, name in names.items():
        for row in rows:
            if row["stage"] == stage:
                click.echo(f"  {name:<24} {_way(row)}")
    for row in plain_rows(numbers.parts):
        click.echo(f"  {company_words.part_name(row['part']):<24} {_part(row)}")


def _way(row: dict[str, Any]) -> str:
    """One way of counting one stage."""
    way = f"{company_words.way_name(row['way']):<22} {phrasing.score(row['mean']):>4}"
    if row["reason"]:
        return f"{way}  {company_words.why_no_way(row['reason'])}"
    return f"{way}  {phrasing.interval(row['low'], row['high']):<20} n = {row['n']}"


def _part(row: dict[str, Any]) -> str:
    """One part in the decision."""
    if not row["shown"]:
        return company_words.why_no_way("too_few_persons")
    known = "" if row["known"] is None else f" / {row['known']}"
    score = f"{row['persons']}{known:<8} {phrasing.score(row['score']):>4}"
    return f"{score}  {phrasing.interval(row['low'], row['high'])}"

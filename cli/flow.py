"""`flask flow show`: how people go through a journey, as tables or as JSON."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import phrasing
from cli.only_reading import only_reading
from extensions import db
from models import Journey, Stage
from questionnaires.value import in_language
from wording import flow as words

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
    with force_locale(language):
        _print(content, stages)
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


def _print(content: dict[str, Any], stages: list[Stage]) -> None:
    """Print what the page says, each table, and what cannot be said."""
    click.echo(words.lead(content, stages))
    if not content["has_events"]:
        click.echo("flask events import FILE.csv")
    click.echo(f"\n{_('From stage to stage')}")
    for row in content["steps"]:
        click.echo(f"  {row['name']:<24} {_step(row, is_last=row is content['steps'][-1])}")
    click.echo(f"\n{_('Who is still asked, and who is not')}")
    for row in content["survivors"]:
        click.echo(f"  {row['name']:<24} {words.group(row['group']):<26} {_score(row)}")
    for sentence in words.survivorship(content["survivors"]):
        click.echo(sentence)
    if content["outcomes"]:
        _print_outcomes(content["outcomes"])


def _print_outcomes(rows: list[dict[str, Any]]) -> None:
    """Print what followed, the surest difference first, and of how much it cannot be said."""
    shown = [row for row in rows if row["shown"]]
    click.echo(f"\n{_('What followed')}: {_('Hurt by it')} / {_('Not hurt')}")
    for row in sorted(shown, key=lambda one: (one["p"] is None, one["p"])):
        name = f"{row['touchpoint_name']:<24} {words.outcome(row['outcome']):<26}"
        click.echo(f"  {name} {_outcome(row)}")
    hidden = len(rows) - len(shown)
    if hidden:
        text = ngettext(
            "%(count)s more cannot be said: too few, or followed for less than a year.",
            "%(count)s more cannot be said: too few, or followed for less than a year.",
            hidden,
            count=phrasing.count(hidden),
        )
        click.echo(f"  {text}")
    if shown and not any(row["is_proven"] for row in shown):  # else it was said on top
        click.echo(words.caveat())


def _step(row: dict[str, Any], *, is_last: bool) -> str:
    """One step in words."""
    if not row["shown"]:
        return words.why(row["reason"])
    within = words.span(row["within"])
    goes = (
        _("reach its goal within %(span)s", span=within)
        if is_last
        else _("go on within %(span)s", span=within)
    )
    parts = [f"{phrasing.share(row['share'])} {goes}, {words.share_between(row)}"]
    if row["days"] is not None:
        parts.append(_("half of them after %(span)s", span=words.span(row["days"])))
    return "; ".join([*parts, f"n = {phrasing.count(row['n'])}"])


def _score(row: dict[str, Any]) -> str:
    """A score with its interval and its n."""
    if not row["shown"]:
        return str(_("too few answers to show"))
    between = phrasing.interval(row["low"], row["high"])
    return f"{phrasing.score(row['score'])}, {between}; n = {phrasing.count(row['n'])}"


def _outcome(row: dict[str, Any]) -> str:
    """Two shares and their difference."""
    sides = " / ".join(
        f"{phrasing.share(row[f'share_{side}'])}, "
        f"{words.share_between(row, f'low_{side}', f'high_{side}')} "
        f"(n = {phrasing.count(row[f'n_{side}'])})"
        for side in ("hurt", "content")
    )
    change = f"{phrasing.change(100 * row['change'])}, {words.change_between(row, 100)}"
    judged = _("proven") if row["is_proven"] else words.why(row["reason"]) if row["reason"] else ""
    return f"{sides}: {change}" + (f" · {judged}" if judged else "")

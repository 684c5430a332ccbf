"""`flask pain parts`: where the points are lost, by groups of people and over the whole journey."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

import phrasing
from cli.only_reading import only_reading
from cli.pain_stages import AS_JSON, IN_LANGUAGE, stages_meant, write_json
from models import Stage
from questionnaires.value import in_language

if TYPE_CHECKING:
    import ibis

GROUPS = ("audience", "market", "channel", "language")

Row = dict[str, Any]


@click.command("parts")
@click.argument("journey")
@click.option("--by", type=click.Choice(GROUPS), default="audience", show_default=True)
@AS_JSON
@IN_LANGUAGE
@only_reading
def parts(journey: str, by: str, file: Path | None, language: str) -> None:
    """Show where the points of JOURNEY (its key) are lost: the parts add up to the whole.

    Of each stage the groups of people add up to its points; times the share of people who reach
    it, the stages add up to what the journey loses. The last year with answers.
    """
    from actions.pain import usual_filters
    from facts.engine import open_facts

    stages = stages_meant(journey, None)
    home = current_app.config["HOME"]
    facts, filters = open_facts(home), usual_filters(journey, home)
    content = _content(facts.tell(facts.table, filters), stages, by)
    names = {stage.key: in_language(stage.name, language) for stage in stages}
    touchpoints = {
        (stage.key, one.key): in_language(one.name, language)
        for stage in stages
        for one in stage.touchpoints
    }
    with force_locale(language):
        for row in content["journey"]:
            _print(row, content["parts"], names, touchpoints)
        if not content["journey"]:
            click.echo(_("Nothing can be priced yet."))
    if file:
        told = {"journey": journey, "by": by, "from": filters.month_from, "to": filters.month_to}
        write_json(file, told | {"as_of": facts.as_of.isoformat()} | content)


def _content(table: "ibis.Table", stages: list[Stage], by: str) -> dict[str, list[Row]]:
    """What each touchpoint costs the journey, and of which groups of people that is."""
    import pandas as pd

    from insights.pain.pain import pain
    from insights.pain.parts import journey_pain, pain_parts, stage_shares
    from insights.pain.rows import pain_rows
    from insights.plain import plain_rows

    priced, found = {}, []
    for stage in stages:
        rows = pain_rows(table, stage.key, by=by)
        given = (rows.frame, rows.touchpoints)
        result = pain(*given, unrated=rows.unrated, unknown=rows.unknown, until=rows.until)
        priced[stage.key] = result.touchpoints
        labels = rows.frame["part"].tolist()
        parts = pain_parts(*given, result, labels, unknown=rows.unknown)
        found.append(parts.assign(stage=stage.key))
    together = pd.concat(found, ignore_index=True)
    return {
        "journey": plain_rows(journey_pain(priced, stage_shares(table))),
        "parts": plain_rows(together),
    }


def _print(
    row: Row, parts: list[Row], names: dict[str, str], touchpoints: dict[tuple[str, str], str]
) -> None:
    """One touchpoint: what the journey loses there, and below it the groups of people."""
    place = (row["stage"], row["touchpoint"])
    click.echo(
        _(
            "%(touchpoint)s (%(stage)s): %(lost)s points of the journey, %(between)s: %(pain)s of "
            "the stage's score, which %(share)s of the people reach.",
            touchpoint=touchpoints.get(place, row["touchpoint"]),
            stage=names[row["stage"]],
            lost=phrasing.points(row["lost"]),
            between=phrasing.lost_between(row["lost_low"], row["lost_high"]),
            pain=phrasing.points(row["pain"]),
            share=phrasing.share(row["share"]),
        )
    )
    for part in parts:
        if (part["stage"], part["touchpoint"]) != place:
            continue
        name = phrasing.word(part["part"]) if part["part"] else _("not known")
        if not part["shown"]:
            click.echo(f"  {name}: {_('too few answers to show')}")
            continue
        said = _(
            "%(lost)s of the stage's points (%(count)s answers; %(pain)s of their own score)",
            lost=phrasing.points(part["lost"]),
            count=phrasing.count(part["n"]),
            pain=phrasing.points(part["pain"]),
        )
        click.echo(f"  {name}: {said}")

"""`flask analyse FILE.csv`: what hurts in anybody's CSV of ratings, without importing it."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

import phrasing
from cli.output import check_output
from cli.pain_table import table, write
from cli.rating_file import Answers, Columns, Reading, read_answers, told
from cli.refusals import SHOWN, RefusalReport
from wording import pain as pain_words

if TYPE_CHECKING:
    from insights.file.answers import Scale

MOST_REFUSALS = 1_000
"""So many refused cells stand in the JSON; their number is there whatever it is."""


class ScaleType(click.ParamType[Any]):
    """A scale such as 1-5, the worst point first."""

    name = "scale"

    def convert(
        self,
        value: Any,  # noqa: ANN401 -- as in click
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> "Scale":
        """Read it, or say what one looks like."""
        from insights.file.answers import scale_of

        try:
            return value if isinstance(value, tuple) else scale_of(value)  # type: ignore[return-value]
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


def _a_number(_ctx: click.Context, _param: click.Parameter, value: float) -> float:
    """Refuse nan, which is in every range for click."""
    if isnan(value):
        raise click.BadParameter("nan is no number: give one above 0, at most 100.")
    return value


@click.command("analyse")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("more", nargs=-1, metavar="[COLUMN]...")
@click.option("--overall", required=True, help="The column with the overall answer.")
@click.option("--touchpoint", "touchpoints", multiple=True, help="A column of ratings; repeat it.")
@click.option(
    "--scale",
    type=ScaleType(),
    default="1-5",
    show_default=True,
    help="Of the ratings, worst-best.",
)
@click.option("--overall-scale", type=ScaleType(), help="Of the overall answer; else as --scale.")
@click.option("--not-met", multiple=True, help="A value that means “did not meet it”; repeat it.")
@click.option("--account", help="The column that tells whose answers belong together.")
@click.option("--weight", help="The column that tells how much a row counts.")
@click.option(
    "--target",
    type=click.FloatRange(0, 100, min_open=True),
    callback=_a_number,
    default=75.0,
    show_default=True,
    help="Lowest score, 0-100, that is no shortfall.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=20261107, show_default=True, help="Of the intervals."
)
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every refused cell, CSV.",
)
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@with_appcontext
def command(language: str, **given: Any) -> None:  # noqa: ANN401 -- click's options
    """Show what hurts in FILE, a CSV with one row per response; nothing is imported or kept.

    A blank cell is a touchpoint that was not rated; a cell that is no point of its scale is
    refused and told, and the rest of its row counts.
    """
    with force_locale(language):
        _analyse(**given)


def _analyse(  # noqa: PLR0913 -- one argument per option
    *,
    file: Path,
    more: tuple[str, ...],
    overall: str,
    touchpoints: tuple[str, ...],
    scale: "Scale",
    overall_scale: "Scale | None",
    not_met: tuple[str, ...],
    account: str | None,
    weight: str | None,
    target: float,
    seed: int,
    out: Path | None,
    report: Path | None,
) -> None:
    """Read, compute, print."""
    from insights.file.pain import analysis

    columns = Columns(overall, [*touchpoints, *more], account, weight)
    if not columns.touchpoints:
        raise click.UsageError("Name at least one column of ratings: --touchpoint COLUMN.")
    _check_outputs(file, out, report)
    answers = read_answers(file, columns, Reading(scale, overall_scale or scale, not_met))
    content = analysis(answers.frame, answers.names, target=target, seed=seed)
    month = f"{datetime.now(current_app.config['TIME_ZONE']):%Y-%m}"
    rows = [pain_words.without_past(row, month) for row in content["touchpoints"]]
    content |= {"touchpoints": rows, "whole": pain_words.without_past(content["whole"], month)}
    sentences = _sentences(content, overall)
    click.echo("\n".join([sentences[0], "", *table(rows), "", *sentences[1:]]))
    _tell_refusals(answers, report)
    if out:
        about = {"file": file.name, "overall": overall, "n_rows": answers.n_rows}
        about |= {
            "n_without_overall": answers.n_without_overall,
            "n_weightless": answers.n_weightless,
        }
        said = {"sentences": sentences, "refused": _refused(answers)}
        content["touchpoints"] = [row | {"why": _why(row)} for row in rows]
        text = json.dumps(about | content | said, indent=2, ensure_ascii=False, allow_nan=False)
        write(out, text)


def _check_outputs(file: Path, out: Path | None, report: Path | None) -> None:
    """Refuse what cannot be written, before anything is computed."""
    if out and report and out.resolve() == report.resolve():
        raise click.ClickException("--json and --report name the same file. Name two.")
    for option, named in (("--json", out), ("--report", report)):
        if named:
            check_output(named, option, file)


def _sentences(content: Mapping[str, Any], overall: str) -> list[str]:
    """What a reader is told, the score first and the caveat last."""
    rows, whole = content["touchpoints"], content["whole"]
    lines = [_score(whole, overall), pain_words.weighted(whole)]
    lines += [pain_words.worst(rows), *map(pain_words.tied, pain_words.groups_of_ties(rows))]
    lines += pain_words.kinds(rows)
    lines += pain_words.whole(_as_pain(whole))
    lines += [pain_words.shrunk_note(_as_pain(whole))]
    if any(row["importance"] is not None for row in rows):
        lines.append(pain_words.importance_note())
    lines += [
        f"{row['name']}: {_why(row)}."
        for row in rows
        if row["pain"] is None and whole["reason"] is None
    ]
    return [*filter(None, lines), pain_words.caveat()]


def _score(whole: Mapping[str, Any], overall: str) -> str:
    """How people answer the overall question."""
    if whole["mean"] is None:
        return str(_("%(name)s: too few answers to show.", name=overall))
    text = ngettext(
        "%(name)s: %(score)s of 100, %(between)s, from one answer.",
        "%(name)s: %(score)s of 100, %(between)s, from %(count)s answers.",
        whole["n"],
        name=overall,
        score=phrasing.score(whole["mean"]),
        between=phrasing.interval(whole["low"], whole["high"]),
        count=phrasing.count(whole["n"]),
    )
    return str(text)


def _as_pain(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The whole as the words of pain know it: there ``low`` and ``high`` are of the total."""
    names = {"total": "total_pain", "low": "total_pain_low", "high": "total_pain_high"}
    return dict(whole) | {name: whole[here] for name, here in names.items()}


def _why(row: Mapping[str, Any]) -> str | None:
    """Why a touchpoint has no points lost, in words."""
    return pain_words.why_no_pain(row) if row["pain"] is None else None


def _tell_refusals(answers: Answers, report: Path | None) -> None:
    """Say what does not count, and which cells were refused: the first few, and all in a file."""
    found = answers.refusals
    if answers.n_without_overall:
        n = answers.n_without_overall
        text = ngettext(
            "One row has no overall answer and does not count.",
            "%(count)s rows have no overall answer and do not count.",
            n,
            count=phrasing.count(n),
        )
        click.echo(text, err=True)
    if answers.n_weightless:
        n = answers.n_weightless
        text = ngettext(
            "One row weighs 0 and does not count.",
            "%(count)s rows weigh 0 and do not count.",
            n,
            count=phrasing.count(n),
        )
        click.echo(text, err=True)
    if report:
        with RefusalReport(report) as kept:
            for one in found:
                kept.add(one)
        kept.summarise()
    for one in [] if report else found[:SHOWN]:
        click.echo(told(one), err=True)
    for (name, reason), n in Counter((one.column, one.reason) for one in found).items():
        text = ngettext(
            "%(count)s cell refused", "%(count)s cells refused", n, count=phrasing.count(n)
        )
        click.echo(f"{name or _('Row')}: {text}, {reason}.", err=True)


def _refused(answers: Answers) -> dict[str, Any]:
    """The refused cells for the JSON: how many, and the first thousand."""
    cells = [one._asdict() for one in answers.refusals[:MOST_REFUSALS]]
    return {"n": len(answers.refusals), "cells": cells}

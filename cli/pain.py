"""`flask pain show|change|parts`: what hurts in a journey and what changed, as a table or JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from tqdm import tqdm

import phrasing
from cli.only_reading import only_reading
from cli.pain_parts import parts
from cli.pain_stages import AS_JSON, IN_LANGUAGE, stages_meant, write_json
from cli.pain_table import change_lines, table
from extensions import db
from models import Journey, Stage
from questionnaires.value import in_language
from wording import pain as pain_words

if TYPE_CHECKING:
    from insights.filters import Filters
    from insights.weighting.mix import KnownMix

command = AppGroup("pain", help="Points of satisfaction lost per touchpoint, and how that changed.")
command.add_command(parts)

FIGURES = (
    *("name", "n", "met", "reach", "score", "low", "high", "impact", "shortfall"),
    *("pain", "pain_low", "pain_high", "p_worst", "reward", "kind", "importance", "touchpoint"),
    *("shrunk", "order", "tie", "is_tied", "rank_low", "rank_high"),
    *("reason", "needed", "have", "missing", "expected_month"),
)
"""What the JSON holds of each touchpoint."""


class SpanType(click.ParamType[Any]):
    """A month, or the first and the last of several: 2026-10, or 2026-07:2026-09."""

    name = "months"

    def convert(
        self,
        value: Any,  # noqa: ANN401 -- as in click
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Read it, or say what one looks like."""
        from insights.months import is_month

        first, _colon, last = value.partition(":")
        last = last or first
        if not (is_month(first) and is_month(last) and first <= last):
            self.fail("months look like 2026-10, or 2026-07:2026-09", param, ctx)
        return first, last


OF_STAGE = click.option("--stage", help="Only this stage, by its key.")


@command.command("show")
@click.argument("journey")
@OF_STAGE
@click.option(
    "--month", help="Only answers of this month, YYYY-MM; else the last year with answers."
)
@click.option(
    "--weighted", "is_weighted", is_flag=True, help="Weight to the known mix: see `flask mix`."
)
@AS_JSON
@IN_LANGUAGE
@only_reading
def show(  # noqa: PLR0913, PLR0917 -- one argument per option
    journey: str,
    stage: str | None,
    month: str | None,
    is_weighted: bool,
    file: Path | None,
    language: str,
) -> None:
    """Show the touchpoints of JOURNEY (its key) by the points they cost."""
    stages = stages_meant(journey, stage)
    filters = _filters(journey, month)
    mix = _mix(journey, filters.month_to) if is_weighted else ()
    with force_locale(language):
        found = [_analysed(one, filters, language, mix) for one in stages]
        for one in found:
            _print(one)
        if file:
            content: dict[str, Any] = {"journey": journey, "from": filters.month_from}
            content |= {"to": filters.month_to}
            content |= {"mix": {margin.dimension: dict(margin.shares) for margin in mix}}
            write_json(file, content | {"stages": found})


@command.command("change")
@click.argument("journey")
@click.option("--before", required=True, type=SpanType(), help="The earlier month, or first:last.")
@click.option("--after", required=True, type=SpanType(), help="The later month, or first:last.")
@OF_STAGE
@AS_JSON
@IN_LANGUAGE
@only_reading
def change(  # noqa: PLR0913, PLR0917 -- one argument per option
    journey: str,
    before: tuple[str, str],
    after: tuple[str, str],
    stage: str | None,
    file: Path | None,
    language: str,
) -> None:
    """Show what more or fewer points JOURNEY (its key) loses, and why: reach or shortfall."""
    if not before[1] < after[0]:
        raise click.UsageError("The months of --before must all come before those of --after.")
    stages = stages_meant(journey, None)
    chosen = {one.key for one in stages_meant(journey, stage)}
    with force_locale(language), _bar() as progress:
        every = _compared(journey, stages, (before, after), language, progress)
        found = [one for one in every if one["stage"] in chosen]
    with force_locale(language):
        for one in found:
            click.echo("\n".join(["", *change_lines(one)]))
        if file:
            write_json(
                file, {"journey": journey, "before": before, "after": after, "stages": found}
            )


def _filters(journey: str, month: str | None) -> "Filters":
    """The selection meant."""
    from actions.pain import usual_filters
    from insights.filters import Filters
    from insights.months import is_month

    if month is None:
        return usual_filters(journey, current_app.config["HOME"])
    if not is_month(month):
        raise click.BadParameter("a month looks like 2026-10", param_hint="--month")
    return Filters(journey, month, month)


def _mix(journey: str, month: str | None) -> "KnownMix":
    """The known mix of a month."""
    from actions.mix import mix_of

    found = mix_of(db.session.scalars(select(Journey).where(Journey.key == journey)).one(), month)
    if not found:
        raise click.ClickException(
            f"No mix of “{journey}” is known for these months: see `flask mix set --help`."
        )
    return found


def _analysed(stage: Stage, filters: "Filters", language: str, mix: "KnownMix") -> dict[str, Any]:
    """The pain of one stage, with the names readers know."""
    from actions.weighting import told_per_group
    from facts.engine import open_facts
    from insights.pain.content import stage_pain

    facts = open_facts(current_app.config["HOME"])
    plain = stage_pain(facts.tell(facts.table, filters), stage.key)
    content = stage_pain(told_per_group(facts, filters, mix), stage.key, mix) if mix else plain
    month = f"{datetime.now(current_app.config['TIME_ZONE']):%Y-%m}"
    rows = [
        pain_words.without_past(row, month)
        for row in _named(content["touchpoints"], stage, language)
    ]
    once = _named(plain["touchpoints"], stage, language) if mix else []
    return {
        "stage": stage.key,
        "name": in_language(stage.name, language),
        "as_of": facts.as_of.isoformat(),
        "target": content["target"],
        "method": content["method"],
        "whole": pain_words.without_past(content["whole"], month),
        "weighting": content["weighting"],
        "touchpoints": [{name: row.get(name) for name in FIGURES} for row in rows],
        "unweighted": [{name: row.get(name) for name in FIGURES} for row in once],
    }


def _compared(
    journey: str,
    stages: Sequence[Stage],
    spans: tuple[tuple[str, str], tuple[str, str]],
    language: str,
    progress: Callable[[float], None],
) -> list[dict[str, Any]]:
    """The change of each stage, with the names readers know: all stages are judged together."""
    from actions.pain_change import changes_between
    from facts.engine import open_facts
    from insights.filters import Filters
    from insights.pain.change_content import Span

    facts = open_facts(current_app.config["HOME"])
    keys = [one.key for one in stages]
    between = (Span(*spans[0]), Span(*spans[1]))
    changes = changes_between(facts, Filters(journey), keys, between, progress)
    return [
        {
            "stage": stage.key,
            "name": in_language(stage.name, language),
            "as_of": facts.as_of.isoformat(),
            "change": found
            and found | {"touchpoints": _named(found["touchpoints"], stage, language)},
        }
        for stage, found in zip(stages, changes, strict=True)
    ]


def _named(rows: Sequence[Mapping[str, Any]], stage: Stage, language: str) -> list[dict[str, Any]]:
    """Rows with the names readers know."""
    names = {one.key: in_language(one.name, language) for one in stage.touchpoints}
    return [{"name": names.get(row["touchpoint"], row["touchpoint"])} | dict(row) for row in rows]


def _print(found: dict[str, Any]) -> None:
    """Print one stage: pain with a minus, as on the pages."""
    whole, rows = found["whole"], found["touchpoints"]
    mean = _("too few answers")
    if whole["mean"] is not None:
        mean = _("score %(score)s", score=phrasing.score(whole["mean"]))
    n = "" if whole["n"] is None else f", n = {phrasing.count(whole['n'])}"
    click.echo(f"\n{found['name']} [{found['stage']}]: {mean}{n}")
    told = [*pain_words.whole(whole), pain_words.weighted(whole), pain_words.shrunk_note(whole)]
    told += [*map(pain_words.tied, pain_words.groups_of_ties(rows)), *pain_words.kinds(rows)]
    lines = [*filter(None, told), *(table(rows) if rows else []), *_beside(found)]
    click.echo("\n".join(f"  {line}" for line in lines))


def _beside(found: dict[str, Any]) -> list[str]:
    """What a weighted result lacks, and what it would be with every answer counting once."""
    if not found["unweighted"]:
        return []
    weighting, lines = found["weighting"], []
    if weighting["reason"]:
        lines.append(f"not weighted: {weighting['reason'].replace('_', ' ')}")
    elif weighting["absent"]:
        groups = ", ".join(" ".join(group) for group in weighting["absent"])
        lines.append(f"no answers of {groups}: this is about the others")
    return [*lines, "", f"{_('Every answer once')}:", *table(found["unweighted"])]


@contextmanager
def _bar() -> Iterator[Callable[[float], None]]:
    """A progress bar that is told the share done."""
    shape = "{desc}: {percentage:3.0f}%|{bar}|"
    with tqdm(total=1.0, desc=str(_("Comparing")), bar_format=shape, disable=None) as bar:

        def report(share: float) -> None:
            bar.update(share - bar.n)

        yield report

"""`flask findings show`: everything worth saying of a journey, in order."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import phrasing
from actions.finding import findings_of
from cli.only_reading import only_reading
from extensions import db
from models import Journey, Stage
from questionnaires.value import in_language
from wording import finding as finding_words

command = AppGroup("findings", help="What the answers of a journey say.")


@command.command("show")
@click.argument("journey")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
@only_reading
def show(journey: str, file: Path | None, language: str) -> None:
    """Say what was found in the last year of JOURNEY (its key), most important first."""
    found = db.session.scalar(select(Journey).where(Journey.key == journey))
    if found is None:
        raise click.ClickException(f"There is no journey “{journey}”: see `flask journey list`.")
    kept = findings_of(found)
    if kept is None:
        raise click.ClickException(
            "Nothing was found yet: findings are made by the worker, a few minutes after answers "
            "come in. See `flask serve` and `flask worker run`."
        )
    with force_locale(language):
        sentences = finding_words.say_all(kept.content["findings"], _names(found, language))
        until = _("Answers up to %(moment)s.", moment=phrasing.day(kept.as_of))
    for number, sentence in enumerate(sentences, 1):
        click.echo(f"{number}. {sentence}")
    click.echo(until)
    if file:
        rows = [
            row | {"sentence": sentence}
            for row, sentence in zip(kept.content["findings"], sentences, strict=True)
        ]
        content = kept.content | {"journey": journey, "as_of": kept.as_of.isoformat()}
        text = json.dumps(content | {"findings": rows}, indent=2, ensure_ascii=False)
        file.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {file}.")


def _names(journey: Journey, language: str) -> finding_words.Names:
    """What stages and touchpoints are called."""
    found = select(Stage).where(Stage.journey_id == journey.id)
    stages = list(db.session.scalars(found.options(selectinload(Stage.touchpoints))))
    return finding_words.Names(
        {stage.key: in_language(stage.name, language) for stage in stages},
        {
            (stage.key, touchpoint.key): in_language(touchpoint.name, language)
            for stage in stages
            for touchpoint in stage.touchpoints
        },
    )

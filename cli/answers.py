"""`flask answers import|undo|list|export|exclude|include|remove`: old answers in, all out."""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import AppGroup
from sqlalchemy import select
from tqdm import tqdm

from actions.exclusion import UnknownResponseError, exclude_response, include_response
from actions.exporting import export_rows
from actions.importing import (
    Checked,
    RefusedRowsError,
    UnknownImportError,
    check_file,
    clear_import,
    import_file,
    undo_import,
)
from actions.removal import AmbiguousReceiptError, key_of, remove_response
from cli.refusals import RefusalReport, report_of
from extensions import db
from models import Import, Journey
from questionnaires.interchange.toml import MappingError, load_mapping
from questionnaires.interchange.wide import FileFaultError

command = AppGroup("answers", help="Answers: import old ones, export all of them.")

AN_EXISTING = click.Path(path_type=Path)


@command.command("import")
@click.argument("file", type=AN_EXISTING)
@click.option(
    "--mapping", type=AN_EXISTING, required=True, help="What its columns mean; docs/importing.md."
)
@click.option("--strict", is_flag=True, help="One bad row keeps all of them out.")
@click.option("--report", type=AN_EXISTING, help="Where refused rows go; FILE.refused.csv.")
@click.option("--wait/--no-wait", default=True, help="Bring the answers to the board at once.")
def import_(file: Path, mapping: Path, *, strict: bool, report: Path | None, wait: bool) -> None:
    """Import FILE, a CSV with one row per response.

    What is wrong with the file as a whole imports nothing; bad rows are refused and reported, and
    the others go in. The same file twice changes nothing.
    """
    refusals = report_of(file, report, "--report", mapping)
    with _told_plainly():
        checked = check_file(file, load_mapping(mapping))
        for note in checked.file.notes:
            click.echo(note, err=True)
        run = _import(checked, refusals, is_strict=strict)
    if wait and run.n_imported:
        _bring_to_board()
    refusals.summarise()
    click.echo(
        f"Import {run.id}: {run.n_rows:,} rows read, {run.n_imported:,} imported, "
        f"{run.n_known:,} known already, {run.n_refused:,} refused."
    )


@command.command("list")
def show() -> None:
    """List the imports, one a line, each its number first."""
    found = select(Import, Journey.key).join(Journey, Journey.id == Import.journey_id)
    for run, journey in db.session.execute(found.order_by(Import.id)):
        state = "undone" if run.undone_at else "done" if run.finished_at else "unfinished"
        click.echo(
            f"{run.id}  {run.started_at:%Y-%m-%d %H:%M}  {journey}  {run.source}  {run.file_name}  "
            f"{run.n_imported:,} of {run.n_rows:,} rows  {state}"
        )


@command.command("undo")
@click.argument("number", type=int, metavar="IMPORT")
def undo(number: int) -> None:
    """Take IMPORT back: remove the responses it brought, and their facts."""
    now = datetime.now(UTC)
    try:
        undo_import(number, now)
    except UnknownImportError as error:
        raise click.ClickException(
            f"There is no import {number}; see flask answers list."
        ) from error
    with _bar("Removing") as report:
        n_gone = clear_import(number, now, report)
    _bring_to_board()
    click.echo(f"Import {number} is undone: {n_gone:,} responses removed.")


@command.command("export")
@click.argument("file")
@click.option("--journey", help="Only answers about this journey.")
@click.option("--bom", is_flag=True, help="Begin with a mark that tells Excel it is UTF-8.")
def export(file: str, journey: str | None, *, bom: bool) -> None:
    """Write all raw answers to FILE, one row per response; - is the standard output."""
    if journey and db.session.scalar(select(Journey.id).where(Journey.key == journey)) is None:
        raise click.ClickException(f"There is no journey “{journey}”; see flask journey list.")
    n_rows = -1
    with _written(file) as stream:
        if bom:
            stream.write("\ufeff")
        writer = csv.writer(stream)
        for row in tqdm(export_rows(journey), disable=file == "-" or None, unit=" rows"):
            writer.writerow(row)
            n_rows += 1
    click.echo(f"{n_rows:,} responses exported.", err=True)


@command.command("exclude")
@click.argument("key")
def exclude(key: str) -> None:
    """Set the response with this KEY aside as junk: kept, but counted nowhere."""
    _change(exclude_response, key, "is set aside", "was set aside already")


@command.command("include")
@click.argument("key")
def include(key: str) -> None:
    """Let the response with this KEY count again."""
    _change(include_response, key, "counts again", "counted already")


@command.command("remove")
@click.argument("name", metavar="KEY")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(name: str, *, yes: bool) -> None:
    """Remove the response with this KEY, or with this receipt, for good.

    Its answers, comments and facts go, and its quotes in summaries.
    """
    try:
        key = key_of(name)
        if not yes:
            click.confirm(f"Remove response {key} for good?", abort=True)
        remove_response(key, datetime.now(UTC))
    except UnknownResponseError as error:
        raise click.ClickException(f"There is no response {name}.") from error
    except AmbiguousReceiptError as error:
        raise click.ClickException(
            f"Several responses begin with {name}; give the whole key."
        ) from error
    _bring_to_board()
    click.echo(f"Response {key} is removed, with its answers, comments and facts.")


def _change(change: Callable[[str, datetime], bool], key: str, done: str, was_so: str) -> None:
    """Set a response aside or take it back, and bring the facts in line."""
    try:
        is_changed = change(key, datetime.now(UTC))
    except UnknownResponseError as error:
        raise click.ClickException(f"There is no response {key}.") from error
    if is_changed:
        _bring_to_board()
    click.echo(f"Response {key} {done if is_changed else was_so}.")


def _import(checked: Checked, refusals: RefusalReport, *, is_strict: bool) -> Import:
    """Import with a progress bar, and the report of refused rows kept to the end."""
    with (
        refusals,
        tqdm(total=checked.file.n_rows, desc="Importing", unit=" rows", disable=None) as bar,
    ):
        return import_file(
            checked,
            now=datetime.now(UTC),
            is_strict=is_strict,
            on_refusal=refusals.add,
            report=bar.update,
        )


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Say what is wrong with a file or a mapping in words, and end with 1."""
    try:
        yield
    except MappingError as error:
        problems = "\n".join(f"  {problem}" for problem in error.problems)
        raise click.ClickException(f"The mapping cannot be used:\n{problems}") from error
    except FileFaultError as error:
        raise click.ClickException(f"Nothing was imported. {error}") from error
    except RefusedRowsError as error:
        raise click.ClickException(
            f"Nothing was imported: {error.n_refused:,} rows cannot go in, and --strict was asked."
        ) from error


def _bring_to_board() -> None:
    """Bring waiting answers to the facts here and now, as the worker would do later."""
    from actions.projection import project_anonymous, project_finished

    now = datetime.now(UTC)
    with _bar("Counting") as report:
        project_finished(now, report)
    project_anonymous(now, seed=now.toordinal())


@contextmanager
def _bar(what: str) -> Iterator[Callable[[float], None]]:
    """A progress bar that is told the share done."""
    with tqdm(
        total=1.0, desc=what, bar_format="{desc}: {percentage:3.0f}%|{bar}|", disable=None
    ) as bar:

        def report(share: float) -> None:
            bar.update(share - bar.n)

        yield report


def _written(file: str) -> Any:  # noqa: ANN401 -- a file, or the standard output left open
    """Where the export goes."""
    if file != "-":
        return Path(file).open("w", encoding="utf-8", newline="")
    stream: IO[str] = sys.stdout
    return nullcontext(stream)

"""`flask mentions find`: the touchpoints named in a CSV of comments, with what is said of each."""

import csv
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from flask.cli import AppGroup
from tqdm import tqdm

from cli.csv_rows import Rows, column, read_rows, say_bad, written
from questionnaires.stems import default_stems

if TYPE_CHECKING:
    from insights.comments.mentions import Mention

command = AppGroup("mentions", help="Touchpoints named in comments.")

A_FILE = click.Path(path_type=Path, dir_okay=False)
LANGUAGES = ["nl", "en", "de", "fr"]
KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")


class Touchpoint(NamedTuple):
    """One touchpoint of the file."""

    key: str
    name: dict[str, str]
    stems: Any  # a list, a list per language, or none


@command.command("find")
@click.argument("file", type=A_FILE, metavar="IN.csv")
@click.option("--text", "text", required=True, help="The column with the comments.")
@click.option("--touchpoints", "list_", type=A_FILE, required=True, help="What to look for, TOML.")
@click.option(
    "--language", type=click.Choice([*LANGUAGES, "auto"]), default="auto", show_default=True
)
@click.option("--out", type=A_FILE, required=True, help="Where the CSV with more columns goes.")
def find(file: Path, text: str, list_: Path, language: str, out: Path) -> None:
    """Find the touchpoints named in IN.csv, and what is said of each, from -1 to 1."""
    touchpoints = _touchpoints(list_)
    rows = read_rows(file)
    place = column(rows, text)
    double = {"mentions", *(f"mention_{one.key}" for one in touchpoints)} & set(rows.header)
    if double:
        raise click.ClickException(f"{file} has a column “{min(double)}” already: rename it.")
    n_rows, n_named, n_bad = _write(rows, place, touchpoints, language, out)
    bad = f", {n_bad:,} bad rows passed on unread" if n_bad else ""
    click.echo(
        f"{n_rows:,} rows, {n_named:,} of them name one of {len(touchpoints)} touchpoints{bad}; "
        f"wrote {out}."
    )


def _write(
    rows: Rows, place: int, touchpoints: list[Touchpoint], language: str, out: Path
) -> tuple[int, int, int]:
    """Write every row with what it names; count the rows, those that name something, bad ones."""
    n_rows = n_named = n_bad = 0
    keys = [one.key for one in touchpoints]
    known = {code: _known(touchpoints, code) for code in LANGUAGES}
    with written(out, rows.path) as stream:
        writer = csv.writer(stream, rows.dialect)
        writer.writerow([*rows.header, "mentions", *(f"mention_{key}" for key in keys)])
        for row in tqdm(rows, total=rows.count(), desc="Reading", unit=" rows", disable=None):
            n_rows += 1
            if row.is_bad:
                n_bad += 1
                say_bad(row, rows)
                writer.writerow([*row.fields, *[""] * (len(keys) + 1)])
                continue
            found = _found(row.fields[place], known, language)
            n_named += bool(found)
            named = {one.touchpoint: one.polarity for one in found}
            cells = [_cell(named.get(key)) for key in keys]
            writer.writerow([*row.fields, " ".join(named), *cells])
    return n_rows, n_named, n_bad


def _found(text: str, known: Mapping[str, Any], language: str) -> "list[Mention]":
    """The touchpoints that a comment names."""
    from insights.comments.mentions import mentions
    from insights.sentiment.language import language_of
    from insights.sentiment.words import plain

    code = language
    if language == "auto":
        code = language_of(plain(text), "nl", tuple(LANGUAGES))
        code = code.split("+", maxsplit=1)[0]
    return mentions(text, code, known.get(code, known["nl"]))


def _known(touchpoints: list[Touchpoint], language: str) -> Any:  # noqa: ANN401 -- loaded late
    """What is looked for in one language."""
    from insights.comments.mentions import Known

    return tuple(Known("", one.key, _stems(one, language)) for one in touchpoints)


def _stems(touchpoint: Touchpoint, language: str) -> tuple[str, ...]:
    """The company's own stems, or else those that are known."""
    own = touchpoint.stems
    if isinstance(own, dict):
        own = own.get(language)
    return tuple(own or default_stems(touchpoint.key, touchpoint.name, language))


def _cell(polarity: float | None) -> str:
    """A polarity as it is written; nothing where there is none."""
    return "" if polarity is None else f"{polarity:.4f}"


def _touchpoints(path: Path) -> list[Touchpoint]:
    """Read what to look for.

    Raises:
        click.ClickException: the file is not there, is no TOML, or does not say it.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise click.ClickException(f"{path} is no TOML: {error}. Put that line right.") from error
    given = content.get("touchpoints")
    if not isinstance(given, list) or not given:
        raise click.ClickException(f"{path} names no touchpoints: begin each with [[touchpoints]].")
    found = [_touchpoint(one, number, path) for number, one in enumerate(given, start=1)]
    keys = [one.key for one in found]
    double = sorted({key for key in keys if keys.count(key) > 1})
    if double:
        raise click.ClickException(f"{path} names “{double[0]}” twice: give each its own key.")
    return found


def _touchpoint(given: Any, number: int, path: Path) -> Touchpoint:  # noqa: ANN401 -- from a file
    """Read one touchpoint of the file."""
    given = given if isinstance(given, dict) else {}
    key, name, stems = given.get("key"), given.get("name", {}), given.get("stems")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise click.ClickException(
            f"{path}: touchpoint {number} needs a key of letters, digits and _, as in "
            'key = "invoice".'
        )
    name = {"nl": name, "en": name} if isinstance(name, str) else name
    if not isinstance(name, dict) or not all(isinstance(each, str) for each in name.values()):
        raise click.ClickException(
            f'{path}: the name of “{key}” looks like {{ nl = "Factuur", en = "Invoice" }}.'
        )
    lists = list(stems.values()) if isinstance(stems, dict) else [stems or []]
    if not all(isinstance(each, list) and all(isinstance(s, str) for s in each) for each in lists):
        raise click.ClickException(
            f'{path}: the stems of “{key}” look like ["factu", "rekening"], or one list per '
            "language."
        )
    return Touchpoint(key, name, stems)

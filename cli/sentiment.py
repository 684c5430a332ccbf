"""`flask sentiment score|evaluate|rescore|train`: what the readers make of comments."""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from tqdm import tqdm

from cli.csv_rows import Rows, column, read_rows, say_bad, written

command = AppGroup("sentiment", help="Comments: how positive they are, and how well that is read.")

A_FILE = click.Path(path_type=Path, dir_okay=False)
LANGUAGES = click.Choice(["auto", "nl", "en", "de", "fr"])
ADDED = ("language", "polarity", "label", "confidence", "evidence")
MOST_EVIDENCE = 6

LABEL_NAMES = {
    way: label
    for label, ways in {
        "positive": "positive pos positief + +1 1 1.0 positiv positif",
        "neutral": "neutral neu neutraal 0 0.0 neutre none",
        "negative": "negative neg negatief - -1 -1.0 negativ négatif negatif",
        "mixed": "mixed mix gemengd gemischt mitigé both",
    }.items()
    for way in ways.split()
}
"""Every way in which a label is written."""

text_option = click.option("--text", required=True, help="The column with the comments.")
language_option = click.option(
    "--language", type=LANGUAGES, default="auto", show_default=True, help="What they are in."
)
question_option = click.option(
    "--question", default="", help="The column with the question, or the question itself."
)


@command.command("score")
@click.argument("file", type=A_FILE)
@text_option
@language_option
@question_option
@click.option("--out", type=A_FILE, required=True, help="Where the rows go, with what was read.")
def score(file: Path, text: str, language: str, question: str, out: Path) -> None:
    """Read the comments of FILE, a CSV, and add what they say to each row.

    Rows keep their order. A row with too few or too many fields is named, and goes on unread.
    """
    rows = read_rows(file)
    place = column(rows, text)
    asked = _asked_in(rows, question)
    n_read = n_unread = n_bad = 0
    with written(out, file) as sink:
        writer = csv.writer(sink, rows.dialect)
        writer.writerow([*rows.header, *(_free(name, rows.header) for name in ADDED)])
        for row in tqdm(rows, unit="comment", desc="Reading", leave=False, file=sys.stderr):
            if row.is_bad:
                n_bad += 1
                say_bad(row, rows)
                writer.writerow([*row.fields, *[""] * len(ADDED)])
                continue
            said = question if asked is None else row.fields[asked]
            found = _read(row.fields[place], language, said)
            n_unread += found[1] == ""
            n_read += found[1] != ""
            writer.writerow([*row.fields, *found])
    click.echo(f"Wrote {out}: {n_read:,} comments read, {n_unread:,} not read, {n_bad:,} bad rows.")


@command.command("evaluate")
@click.argument("file", type=A_FILE)
@text_option
@click.option("--label", required=True, help="The column with the labels: positive, neg, 0, …")
@language_option
@question_option
def evaluate(file: Path, text: str, label: str, language: str, question: str) -> None:
    """Compare the readers with the labels of FILE, a CSV, by language."""
    rows = read_rows(file)
    places = column(rows, text), column(rows, label)
    asked = _asked_in(rows, question)
    found: dict[str, list[tuple[str, float | None, list[float]]]] = {}
    unknown: dict[str, int] = {}
    for row in tqdm(rows, unit="comment", desc="Reading", leave=False, file=sys.stderr):
        if row.is_bad:
            say_bad(row, rows)
            continue
        given = LABEL_NAMES.get(row.fields[places[1]].strip().casefold())
        if given is None:
            name = row.fields[places[1]].strip()[:40]
            unknown[name] = unknown.get(name, 0) + 1
            continue
        said = question if asked is None else row.fields[asked]
        code, judged = _judged(row.fields[places[0]], language, said)
        found.setdefault(code, []).append((given, *judged))
    if unknown:
        told = ", ".join(f"{name!r} ({n})" for name, n in sorted(unknown.items())[:8])
        click.echo(f"Left out, for their label is none that is known: {told}", err=True)
    if not found:
        raise click.ClickException("No row has a label: positive, neutral, negative or mixed.")
    _print_table(found)


@command.command("rescore")
@click.option("--wait/--no-wait", default=False, help="Do it here rather than in the worker.")
def rescore(*, wait: bool) -> None:
    """Read every comment again that another reader has read; the worker does it meanwhile."""
    from actions.projection import rebuild_facts
    from actions.sentiment import ask_to_rescore, rescore_comments

    now = datetime.now(UTC)
    if not wait:
        ask_to_rescore(now)
        click.echo("The worker reads the comments again; the page Jobs shows how far it is.")
        return
    with _bar("Comments") as report:
        n_read = rescore_comments(now, report, is_rebuilt=False)
    with _bar("Facts") as report:
        n_facts = rebuild_facts(now, report)
    click.echo(f"Read {n_read:,} comments again; made {n_facts:,} facts.")


@command.command("train")
@click.option("--language", type=click.Choice(["nl", "en", "de", "fr"]), default="nl")
def train(language: str) -> None:
    """Train the reader on this organisation's labels; it is taken only if it reads better."""
    from actions.training import TooFewLabelsError, train_reader

    try:
        with _bar("Training") as report:
            done = train_reader(language, datetime.now(UTC), report)
    except TooFewLabelsError as error:
        n_labels, n_ratings = error.args
        raise click.ClickException(
            f"There are {n_labels} labels drawn by chance and {n_ratings} ratings that a comment "
            "explains; 50 of either are needed. Label comments on a journey's page."
        ) from error
    figures = done.figures
    losses = f"loss {figures['loss_before']:.3f} before, {figures['loss_after']:.3f} after"
    before, after = _share(figures["balanced_before"]), _share(figures["balanced_after"])
    click.echo(
        f"{done.n_labels:,} labels and {done.n_ratings:,} ratings. On {figures['n']:,} comments "
        f"not learnt from: {losses}; told apart {before} before, {after} after."
    )
    if done.is_taken:
        click.echo("It reads better, so it is taken; the worker reads all comments again.")
    else:
        click.echo("It does not surely read better, so it is not taken.")


@command.command("retire")
@click.option("--language", type=click.Choice(["nl", "en", "de", "fr"]), default="nl")
def retire(language: str) -> None:
    """Go back to the product's own reader; the worker reads all comments again by it."""
    from actions.training import retire_readers

    retire_readers(language, datetime.now(UTC))
    click.echo("The product's own reader reads from now on; the worker reads all comments again.")


def _asked_in(rows: Rows, question: str) -> int | None:
    """The column with the question; none where the question itself was given."""
    if question and question in rows.header:
        return rows.header.index(question)
    if question and " " not in question.strip():
        click.echo(f"No column is called “{question}”: taken as the question itself.", err=True)
    return None


def _read(text: str, language: str, question: str) -> list[str]:
    """The cells that are added to a row; empty ones where nothing was read."""
    from insights.sentiment import read

    found = read(text, language, question)
    if found.polarity is None or found.confidence is None:
        return [found.language, "", found.label.value, "", ""]
    evidence = "; ".join(
        " ".join([one.words.replace(";", ","), f"({one.pull:+.1f}{_how(one.how)})"])
        for one in found.evidence[:MOST_EVIDENCE]
    )
    told = f"{found.polarity:.3f}", found.label.value, f"{found.confidence:.3f}"
    return [found.language, *told, _harmless(evidence)]


def _judged(
    text: str, language: str, question: str
) -> tuple[str, tuple[float | None, list[float]]]:
    """The language a comment was read in, its polarity, and the chances of its labels."""
    from insights.sentiment.reading import chances_of

    code, chances = chances_of(text, language, question)
    if chances is None:
        return code, (None, [0.0, 1.0, 0.0, 0.0])
    spread = [chances[name] for name in ("positive", "neutral", "negative", "mixed")]
    return code, (spread[0] - spread[2], spread)


def _how(how: tuple[str, ...]) -> str:
    """What turned a word, after its pull."""
    return "".join(f" {one}" for one in how)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _free(name: str, header: list[str]) -> str:
    """A name for an added column that the file does not use."""
    return name if name not in header else f"read_{name}"


def _print_table(found: dict[str, list[tuple[str, float | None, list[float]]]]) -> None:
    """Print one line per language, and one for all."""
    from insights.sentiment.agreement import agreement

    head = (
        "language",
        "n",
        "read",
        "accuracy",
        "macro-F1",
        "balanced",
        "surest 70 %",
        "calibration",
    )
    click.echo("{:<10}{:>7}{:>7}{:>22}{:>10}{:>22}{:>13}{:>13}".format(*head))
    every = {code: found[code] for code in sorted(found)}
    if len(found) > 1:
        every["all"] = [one for some in found.values() for one in some]
    for code, items in every.items():
        got = agreement([i[0] for i in items], [i[1] for i in items], [i[2] for i in items])
        accuracy = _within(got.accuracy, got.accuracy_low, got.accuracy_high)
        balanced = _within(got.balanced, got.balanced_low, got.balanced_high)
        error = "–" if got.calibration_error is None else f"{got.calibration_error:.3f}"
        click.echo(
            f"{code:<10}{got.n:>7}{got.n_read:>7}{accuracy:>22}{_share(got.macro_f1):>10}"
            f"{balanced:>22}{_share(got.surest):>13}{error:>13}"
        )
    click.echo("Accuracy and macro-F1 of positive, neutral (with mixed) and negative; balanced: of")
    click.echo("positive against negative. In brackets: 95 % intervals.")


def _share(share: float | None) -> str:
    """A share with three decimals."""
    return "–" if share is None else f"{share:.3f}"


def _within(share: float | None, low: float | None, high: float | None) -> str:
    """A share with its interval."""
    return "–" if share is None else f"{share:.3f} ({low:.3f}-{high:.3f})"


@contextmanager
def _bar(name: str) -> Iterator[Callable[[float], None]]:
    """A bar that is told the share done."""
    with tqdm(total=100, unit="%", desc=name, leave=False) as bar:

        def report(share: float) -> None:
            bar.update(round(100 * min(share, 1)) - bar.n)

        yield report

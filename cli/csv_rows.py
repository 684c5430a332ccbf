"""Reading a CSV as it comes, row by row, so that columns can be added and nothing else changes."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import IO, NamedTuple

import click

from cli.output import refuse_source

DELIMITERS = ",;\t"
SAMPLE = 64 * 1024
LONGEST_FIELD = 16 * 1024 * 1024


class Row(NamedTuple):
    """One row of the file."""

    line: int  # of the file, where it begins; the header's is 1
    fields: list[str]  # as they stand there, however many
    is_bad: bool  # it has another number of fields than the header


class Dialect(csv.excel):
    """Comma, semicolon or tab between fields; quotes as spreadsheets write them."""

    lineterminator = "\n"


class Rows:
    """The rows of a CSV, which can be gone through more than once."""

    def __init__(self, path: Path) -> None:
        """Find out how the file is written, and read its header.

        Raises:
            click.ClickException: there is no such file, nothing in it, or it is broken.
        """
        self.path = path
        try:
            self.encoding = _encoding(path)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
        self.dialect = _dialect(path, self.encoding)
        self.header = next((row.fields for row in self._every()), [])
        if not any(self.header):
            raise click.ClickException(f"{path} has no header: its first line names the columns.")

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows after the header; empty lines are left out."""
        every = self._every()
        next(every, None)
        return every

    def count(self) -> int:
        """How many rows there are after the header."""
        return sum(1 for _ in self)

    def _every(self) -> Iterator[Row]:
        """Go through all rows, the header first."""
        usual = csv.field_size_limit(LONGEST_FIELD)  # of the whole process: put back at the end
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader((line.replace("\0", "") for line in stream), self.dialect)
            line, width = 1, 0
            try:
                for fields in reader:
                    if fields:
                        width = width or len(fields)
                        yield Row(line, fields, len(fields) != width)
                    line = reader.line_num + 1
            except csv.Error as error:
                raise click.ClickException(
                    f"{self.path}, line {line}: {error}. Put this line right and try again."
                ) from error
            finally:
                csv.field_size_limit(usual)


def read_rows(path: Path) -> Rows:
    """Open a CSV: UTF-8 with or without a mark, else Latin-1, which is said.

    Raises:
        click.ClickException: it cannot be read, or has no header.
    """
    rows = Rows(path)
    if rows.encoding == "latin-1":
        click.echo(f"{path} is not UTF-8, and is read as Latin-1.", err=True)
    return rows


def column(rows: Rows, name: str) -> int:
    """The place of a column.

    Raises:
        click.ClickException: there is none of this name, or more than one.
    """
    places = [at for at, each in enumerate(rows.header) if each.strip() == name.strip()]
    if len(places) == 1:
        return places[0]
    if places:
        raise click.ClickException(f"{rows.path} has {len(places)} columns “{name}”: rename them.")
    listed = ", ".join(rows.header)
    raise click.ClickException(f"{rows.path} has no column “{name}”. Its columns are: {listed}.")


def say_bad(row: Row, rows: Rows) -> None:
    """Name a row that has too few or too many fields."""
    n_here, n_wanted = len(row.fields), len(rows.header)
    click.echo(f"Line {row.line}: {n_here} fields where the header has {n_wanted}.", err=True)


@contextmanager
def written(out: Path, source: Path) -> Iterator[IO[str]]:
    """A file that takes its name only when all of it is there.

    Raises:
        ClickException: it would be written over the file that is read, or cannot be written.
    """
    refuse_source(out, "--out", source)
    if out.exists() and not out.is_file():
        raise click.ClickException(f"{out} is no file; name another one with --out.")
    try:
        number, part = mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    try:
        with open(number, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 -- a number
            yield stream
        Path(part).replace(out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    finally:
        Path(part).unlink(missing_ok=True)


def _encoding(path: Path) -> str:
    """How the letters are written, found without keeping the file in memory."""
    with path.open("rb") as beginning:
        has_mark = beginning.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    encoding = "utf-16" if has_mark else "utf-8-sig"
    try:
        with path.open(encoding=encoding) as stream:
            while stream.read(SAMPLE):
                pass
    except UnicodeDecodeError as error:
        if not has_mark:
            return "latin-1"
        text = f"{path} begins as UTF-16 but is broken further on: save it as UTF-8 and try again."
        raise click.ClickException(text) from error
    return encoding


def _dialect(path: Path, encoding: str) -> type[csv.Dialect]:
    """What stands between the fields: what the header has most of, outside quotes."""
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(SAMPLE)
    bare = "".join(first.split('"')[::2])
    best = max(DELIMITERS, key=bare.count)
    ending = "\r\n" if first.endswith("\r\n") else "\n"
    return type("Found", (Dialect,), {"delimiter": best, "lineterminator": ending})

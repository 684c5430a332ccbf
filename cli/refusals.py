"""Refused rows: all of them in a file, the first few on the screen."""

import csv
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import click

from cli.output import check_output
from questionnaires.interchange.cells import safe_cell
from questionnaires.interchange.reading import Refusal

SHOWN = 10
"""Refusals that are shown on the screen."""

WIDTH = 60
"""Letters of a value that are shown."""


class RefusalReport:
    """Keeps refusals as they come; the file is made with the first of them."""

    def __init__(self, path: Path) -> None:
        """Write to this file, if there is anything to write."""
        self._path = path
        self._file: IO[str] | None = None
        self._writer: Any = None
        self._first: list[Refusal] = []
        self._n = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; after a failure say at once what was refused."""
        if self._file is not None:
            self._file.close()
        if error is not None:
            self.summarise()

    def add(self, refusal: Refusal) -> None:
        """Keep one refusal."""
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(Refusal._fields)
        self._writer.writerow([refusal.line, *map(safe_cell, refusal[1:])])
        self._n += 1
        if self._n <= SHOWN:
            self._first.append(refusal)

    def summarise(self) -> None:
        """Show the first refusals, and say where the rest is."""
        for refusal in self._first:
            where = f"line {refusal.line}, column “{refusal.column}”"
            click.echo(f"{where}, value “{_shown(refusal.value)}”: {refusal.reason}", err=True)
        if self._n:
            more = f"{self._n - SHOWN:,} more; all" if self._n > SHOWN else "All"
            click.echo(f"{more} refused cells are listed in {self._path}.", err=True)


def report_of(file: Path, named: Path | None, option: str, *also_read: Path) -> RefusalReport:
    """The report of a file's refused rows, where it was asked for or else beside the file.

    Args:
        file: the file whose rows may be refused.
        named: where the report goes, if that was said.
        option: what it is named with.
        also_read: other files that the command reads.

    Raises:
        click.ClickException: it would go over a file that is read, or cannot be written.
    """
    path = named or file.with_name(f"{file.name}.refused.csv")
    if named or file.exists():  # else the file is what is wrong, and who opens it says so
        check_output(path, option, file, *also_read)
    return RefusalReport(path)


def _shown(value: str) -> str:
    """A value in one short line that cannot steer a terminal."""
    short = value if len(value) <= WIDTH else value[:WIDTH] + "…"
    return "".join(letter if letter.isprintable() else "·" for letter in short)

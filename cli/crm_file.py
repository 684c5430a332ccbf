"""A CSV of a CRM: its columns found by their names, its rows read one by one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from actions.crm_cells import Line
from cli.csv_rows import Rows, read_rows
from cli.refusals import RefusalReport
from questionnaires.interchange.reading import Refusal


class CrmFile:
    """A file whose columns are known.

    Attributes:
        n_broken: rows so far that have another number of fields than the header.
    """

    def __init__(self, rows: Rows, places: Mapping[str, int], refusals: RefusalReport) -> None:
        """Keep where each column stands."""
        self._rows, self._places, self._refusals = rows, places, refusals
        self.n_broken = 0

    def __len__(self) -> int:
        """How many rows there are."""
        return self._rows.count()

    def __iter__(self) -> Iterator[Line]:
        """Go through the rows; a broken one is refused here."""
        for row in self._rows:
            if row.is_bad:
                self.n_broken += 1
                reason = f"{len(row.fields)} fields where the header has {len(self._rows.header)}"
                self._refusals.add(Refusal(row.line, "", ",".join(row.fields), reason))
                continue
            cells = {name: row.fields[place] for name, place in self._places.items()}
            yield Line(row.line, cells)


def open_crm_file(
    path: Path,
    columns: Sequence[str],
    refusals: RefusalReport,
    *,
    wanted: Sequence[Sequence[str]],
    also: Mapping[str, str],
) -> CrmFile:
    """Open a CSV, and find the columns that are known.

    Args:
        path: of the file.
        columns: the names that are known.
        refusals: where broken rows go.
        wanted: of each of these groups of columns the file must have one.
        also: other names that are understood, and what they mean.

    Raises:
        click.ClickException: it cannot be read, or a column is missing or there twice.
    """
    rows = read_rows(path)
    places: dict[str, int] = {}
    unknown = []
    for place, header in enumerate(rows.header):
        said = header.strip().lower().replace(" ", "_")
        name = also.get(said, said)
        if name not in columns:
            unknown.append(header.strip())
        elif name in places:
            raise click.ClickException(f"{path} has two columns that say “{name}”: keep one.")
        else:
            places[name] = place
    for group in wanted:
        if not any(name in places for name in group):
            raise click.ClickException(
                f"{path} has no column “{'” or “'.join(group)}”. It may have: {', '.join(columns)}."
            )
    if unknown:
        click.echo(f"Not used: the columns {', '.join(filter(None, unknown)) or '-'}.", err=True)
    return CrmFile(rows, places, refusals)


def told_rows(n_rows: int, n_refused: int) -> str:
    """How many rows were read and refused, for the end of a report."""
    return f"{n_rows:,} rows read, {n_refused:,} refused"

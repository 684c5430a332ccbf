"""The facts for any other tool: a star of Parquet files, with a page that explains them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from facts.engine import Facts
from facts.schema import COLUMNS, NAMES

PAGE = "README.md"


def export(
    facts: Facts,
    dimensions: Mapping[str, list[dict[str, Any]]],
    folder: Path,
    report: Callable[[str], None],
) -> int:
    """Write the facts and what their keys stand for.

    Args:
        facts: the fact table.
        dimensions: the rows of each other table, by its name; one without rows has no file.
        folder: where to; it is made if need be, and files of these names are replaced.
        report: told the name of each file that is written.

    Returns:
        How many facts were written.
    """
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir(parents=True, exist_ok=True)
    table = facts.table.select(*NAMES)
    table.to_parquet(folder / "facts.parquet", compression="zstd")
    report("facts.parquet")
    for name, rows in dimensions.items():
        if rows:
            parquet.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
        report(f"{name}.parquet")
    (folder / PAGE).write_text(_page(facts, dimensions), encoding="utf-8")
    report(PAGE)
    return int(parquet.read_metadata(folder / "facts.parquet").num_rows)


def _page(facts: Facts, dimensions: Mapping[str, list[dict[str, Any]]]) -> str:
    """What is in the files, in Markdown."""
    columns = "\n".join(
        f"| {name} | {kind.rstrip('?')} | {meaning} |" for name, kind, meaning in COLUMNS
    )
    others = "\n".join(
        f"- `{name}.parquet`: {', '.join(rows[0]) if rows else 'no rows, so no file'}"
        for name, rows in dimensions.items()
    )
    return f"""# Facts

As of {facts.as_of:%Y-%m-%d %H:%M} UTC, version {facts.version} of the table.

`facts.parquet` holds one row per asked item of one response: what people were asked, what became
of it, and the score from 0 (worst) to 100 (best). It holds the keys of persons and accounts, so it
is personal data; what people wrote is not in it, only how positive it was.

| column | type | meaning |
| --- | --- | --- |
{columns}

The other files say what the keys stand for. Join them on the columns of the same name:

{others}
"""

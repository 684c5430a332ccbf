"""`make evidence`: measure every claim again, and write docs/evidence/README.md.

Each module of ``MEASURES`` has a function ``measure(effort)`` that gives a ``figure.Table``;
``effort`` is the share of its full number of surveys. The same seeds give the same bytes.
"""

import sys
from importlib import import_module
from pathlib import Path

from tqdm import tqdm

from evidence.figure import Table, as_markdown

MEASURES: tuple[str, ...] = (
    "pain_intervals",
    "pain_accuracy",
    "pain_changes",
    "false_discoveries",
    "verdicts",
)
"""Modules of this folder, in the order of the document."""

DOCUMENT = Path(__file__).parents[1] / "docs" / "evidence" / "README.md"

PREFACE = """# Evidence

How good the statistics of this product are, measured on invented answers whose truth is known.
Written by `make evidence`, which takes some minutes; the same seeds give the same bytes. The Monte
Carlo error says how far chance alone moves a figure of so many surveys.
`tests/slow/test_evidence.py` measures a part of it again.
"""


def measure(effort: float = 1.0) -> list[Table]:
    """Measure everything.

    Args:
        effort: the share of the full number of surveys, above 0, at most 1.
    """
    names = tqdm(MEASURES, desc="Evidence", file=sys.stderr, disable=None)
    return [import_module(f"evidence.{name}").measure(effort) for name in names]


def main() -> int:
    """Write the document; 1 where a bound is not kept."""
    tables = measure()
    DOCUMENT.parent.mkdir(exist_ok=True)
    text = "\n".join([PREFACE, *map(as_markdown, tables)])
    DOCUMENT.write_text(text, encoding="utf-8")
    return 0 if all(one.is_kept for table in tables for one in table.figures) else 1


if __name__ == "__main__":
    sys.exit(main())

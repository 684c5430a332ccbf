"""How fast comments are read, and how often the reader agrees with people.

    python -m bench.sentiment FILE.csv LANGUAGE [FILE.csv LANGUAGE ...]

A file has the columns ``text`` and ``label`` (pos, neg, neu; others are passed over). ``auc`` is
how often a comment people call positive reads more positive than one they call negative; ``share
negative`` is what a board would say, beside what people said.
"""

import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from insights.sentiment import Reading, read

NAMES = {"pos": "positive", "neg": "negative", "neu": "neutral"}
AT_MOST = 6_000


def main() -> None:
    """Measure each file given."""
    print("file                               n  texts/s   auc  negatives found  share negative")
    for path, language in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        print(_line(Path(path), language), flush=True)


def _line(path: Path, language: str) -> str:
    """One line about one file."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] in NAMES][:AT_MOST]
    read("warm", language)
    started = time.perf_counter()
    readings = [read(row["text"], language) for row in rows]
    rate = len(rows) / (time.perf_counter() - started)
    labels = [NAMES[row["label"]] for row in rows]
    said = sum(label == "negative" for label in labels)
    found = [reading.label.value for reading in readings]
    both = sum(a == b == "negative" for a, b in zip(labels, found, strict=True))
    share = sum(label == "negative" for label in found) / len(rows)
    return (
        f"{path.stem[:30]:<30} {len(rows):>5}  {rate:>7.0f}  {_auc(readings, labels):>4.2f}"
        f"  {both / said:>15.0%}  {share:>5.0%} of {said / len(rows):.0%}"
    )


def _auc(readings: Sequence[Reading], labels: Sequence[str]) -> float:
    """How often a positive comment reads more positive than a negative one; ties count half."""
    from scipy.stats import mannwhitneyu

    pairs = list(zip(readings, labels, strict=True))
    positive = [reading.polarity or 0.0 for reading, label in pairs if label == "positive"]
    negative = [reading.polarity or 0.0 for reading, label in pairs if label == "negative"]
    return float(mannwhitneyu(positive, negative).statistic / len(positive) / len(negative))


if __name__ == "__main__":
    main()

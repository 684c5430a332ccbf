"""The corpus of our own: comments written for this purpose, one file per language and industry."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "corpus"
LABELS = ("positive", "neutral", "negative", "mixed")
QUESTIONS = ("open", "good", "improve", "why")
STAGES = ("awareness", "consideration", "decision", "retention", "advocacy", "left")
HEADER = ("label", "polarity", "touchpoint", "stage", "question", "text")


class Comment(NamedTuple):
    """One comment, with what the one who wrote it meant."""

    text: str
    label: str  # one of LABELS
    polarity: float  # -1 to 1
    touchpoints: tuple[str, ...]
    stage: str  # one of STAGES
    question: str  # one of QUESTIONS: the kind of question it answers
    industry: str


class CorpusError(ValueError):
    """A line of the corpus says something that it cannot."""


def read(language: str, folder: Path = FOLDER) -> list[Comment]:
    """Every comment in one language, by industry and in the order of the files.

    Raises:
        CorpusError: a line is not well formed; it says which.
    """
    found: list[Comment] = []
    for file in sorted((folder / language).glob("*.tsv")):
        found.extend(_comments(file))
    return found


def _comments(file: Path) -> Iterator[Comment]:
    """The comments of one file."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows, ())) != HEADER:
            raise CorpusError(f"{file.name}:1: the header is not {' '.join(HEADER)}")
        for number, row in enumerate(rows, start=2):
            try:
                yield _comment(row, file.stem)
            except ValueError as error:
                raise CorpusError(f"{file.name}:{number}: {error}") from error


def _comment(row: list[str], industry: str) -> Comment:
    """One line as a comment."""
    if len(row) != len(HEADER):
        raise ValueError(f"{len(row)} fields, not {len(HEADER)}")
    label, polarity, touchpoint, stage, question, text = row
    for word, known in ((label, LABELS), (stage, STAGES), (question, QUESTIONS)):
        if word not in known:
            raise ValueError(f"{word!r} is not one of {', '.join(known)}")
    value = float(polarity)
    if not -1 <= value <= 1:
        raise ValueError(f"polarity {value} is outside -1..1")
    if (label == "positive" and value <= 0) or (label == "negative" and value >= 0):
        raise ValueError(f"polarity {value} does not go with {label}")
    if not text.strip():
        raise ValueError("no text")
    touchpoints = tuple(key for key in touchpoint.split(",") if key not in {"", "none"})
    return Comment(text.strip(), label, value, touchpoints, stage, question, industry)


def main() -> None:
    """Say how many comments there are of each label, and which stand twice."""
    for language in sys.argv[1:] or ("nl", "en", "de", "fr"):
        comments = read(language)
        for industry, n in Counter(comment.industry for comment in comments).items():
            labels = Counter(c.label for c in comments if c.industry == industry)
            print(language, industry, n, *(f"{k} {labels[k]}" for k in LABELS))  # noqa: T201 -- a report
        twice = [t for t, n in Counter(c.text.casefold() for c in comments).items() if n > 1]
        print(language, len(comments), "comments;", len(twice), "stand twice:", twice[:20])  # noqa: T201 -- a report


if __name__ == "__main__":
    main()

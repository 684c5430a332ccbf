"""The sets that readers are tried on: real comments that nobody here wrote, never trained on.

They lie outside the project, in a folder that is named when it is there.
"""

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("OUTSIDEIN_SETS", ROOT.parent / "shared" / "data" / "text"))
FROZEN = Path(__file__).parent / "frozen.json"

NAMES = {"pos": "positive", "neu": "neutral", "neg": "negative", "mixed": "mixed"}

Row = dict[str, str]


class Item(NamedTuple):
    """One comment of a set."""

    text: str
    label: str
    question: str


class Set(NamedTuple):
    """A set of comments with labels."""

    name: str
    language: str
    file: str
    licence: str
    about: str
    keep: Callable[[Row], bool] = lambda _row: True
    question: Callable[[Row], str] = lambda _row: ""


def _nhs_question(row: Row) -> str:
    """What a hospital survey's coded questions ask: what to improve, or what was good."""
    known = {"Trust A - Q1": "improve", "Trust A - Q2": "good", "Trust B - Q1": "open",
             "Trust C - Q1": "good", "Trust C - Q2": "improve"}  # fmt: skip
    asked = row["question"]
    return known.get(asked, asked)


def _domain(*names: str) -> Callable[[Row], bool]:
    """Rows of these domains."""
    return lambda row: row["domain"] in names


SETS = (
    Set("food delivery", "nl", "nl_thuisbezorgd_dev.csv", "none", "comments with 1-5 stars"),
    Set("hotels, food, sights", "nl", "nl_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("hotel", "food", "sight")),
    Set("laptops, phones, courses", "nl", "nl_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("laptop", "phone", "coursera")),
    Set("books", "nl", "nl_bol_books_dev.csv", "personal use", "reviews"),
    Set("hospital survey", "en", "en_nhs_phase1_dev.csv", "MIT, part CC BY-NC-SA",
        "answers with their question, labelled by people", question=_nhs_question),
    Set("hospital survey, second", "en", "en_nhs_fft_dev.csv", "MIT, part CC BY-NC-SA",
        "answers with their question, labelled by people", question=lambda row: row["question"]),
    Set("airport lounges", "en", "en_skytrax_lounge_dev.csv", "CC0", "reviews with a rating"),
    Set("hotels, food, sights", "en", "en_mabsa_norestaurant_dev.csv", "none",
        "sentences", _domain("hotel", "food", "sight")),
    Set("laptops, phones, courses", "en", "en_mabsa_norestaurant_dev.csv", "none",
        "sentences", _domain("laptop", "phone", "coursera")),
    Set("tweets", "en", "en_xlmt_tweets_dev.csv", "Apache-2.0", "posts of all kinds"),
    Set("railway", "de", "de_germeval_bahn_dev.csv", "none", "posts about a railway"),
    Set("hotels, aspects", "de", "de_hotel_aspect_dev.csv", "none", "sentences"),
    Set("hotels, food, sights", "de", "de_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("hotel", "food", "sight")),
    Set("laptops, phones, courses", "de", "de_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("laptop", "phone", "coursera")),
    Set("tweets", "de", "de_xlmt_tweets_dev.csv", "Apache-2.0", "posts of all kinds"),
    Set("hotels, food, sights", "fr", "fr_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("hotel", "food", "sight")),
    Set("laptops, phones, courses", "fr", "fr_mabsa_norestaurant_dev.csv", "none",
        "sentences, machine-translated", _domain("laptop", "phone", "coursera")),
    Set("tweets", "fr", "fr_xlmt_tweets_dev.csv", "Apache-2.0", "posts of all kinds"),
)  # fmt: skip


def items(chosen: Set) -> Iterator[Item]:
    """The labelled comments of a set, in the order of its file."""
    with (FOLDER / chosen.file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] in NAMES and row["text"].strip() and chosen.keep(row):
                yield Item(row["text"], NAMES[row["label"]], chosen.question(row))


def are_here() -> bool:
    """Whether the sets are on this machine."""
    return (FOLDER / SETS[0].file).exists()


def check_frozen() -> None:
    """Refuse sets that are not the ones the figures were taken on.

    Raises:
        ValueError: a file is not what it was when the sets were frozen.
    """
    known: dict[str, str] = json.loads(FROZEN.read_text())
    for file in sorted({one.file for one in SETS}):
        digest = hashlib.sha256((FOLDER / file).read_bytes()).hexdigest()
        if known.get(file) != digest:
            raise ValueError(f"{file} is not the file that was frozen.")

"""How much of what must be hidden is hidden, and how much else is, on comments written by hand."""

import csv

import pytest

from insights.masking.masking import personal
from tests import database
from tests.importing import DATA, ROOT

HALVES = {"all": slice(None), "first half": slice(0, None, 2), "second half": slice(1, None, 2)}


def items(language: str) -> list[tuple[str, list[str]]]:
    """The comments of a language, each with what must be hidden, in order."""
    path = ROOT / "tests" / "truth" / f"masking_{language}.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(text.replace("\\n", "\n"), parts.split("|") if parts else []) for text, parts in rows]


def places(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where each part stands, looked for after the one before it."""
    found, place = [], 0
    for part in parts:
        start = text.index(part, place)
        place = start + len(part)
        found.append((start, place))
    return found


def judge(text: str, parts: list[str]) -> tuple[list[str], list[str], int, int]:
    """What was missed, what was hidden for nothing, how many parts there are and how many masks."""
    meant, hidden = places(text, parts), personal(text)
    missed = [
        text[start:end]
        for start, end in meant
        if not any(first <= start and end <= last for first, last in hidden)
    ]
    needless = [
        text[first:last]
        for first, last in hidden
        if not any(start < last and first < end for start, end in meant)
    ]
    return missed, needless, len(meant), len(hidden)


def comments(name: str, most: int) -> list[str]:
    """Real comments; where they are absent the test is skipped in one line."""
    path = DATA / "text" / name
    if not path.exists():
        database.miss(f"no real comments at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row, _ in zip(csv.DictReader(file), range(most), strict=False)]


@pytest.mark.parametrize(("language", "n_items"), [("nl", 600), ("en", 400)])
def test_the_comments_are_many_differ_and_three_in_ten_hide_nothing(language, n_items):
    texts = [text for text, _ in items(language)]
    empty = [text for text, parts in items(language) if not parts]

    assert len(texts) == len(set(texts)) == n_items
    assert len(empty) >= 0.3 * n_items


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nearly_all_that_must_be_hidden_is_and_hardly_anything_else(language, half):
    judged = [judge(text, parts) for text, parts in items(language)[HALVES[half]]]
    missed = [part for one in judged for part in one[0]]
    needless = [part for one in judged for part in one[1]]

    assert 1 - len(missed) / sum(one[2] for one in judged) >= 0.98, missed
    assert 1 - len(needless) / sum(one[3] for one in judged) >= 0.95, needless


@pytest.mark.parametrize("name", ["nl_thuisbezorgd_dev.csv", "en_nhs_fft_dev.csv"])
def test_real_comments_are_hardly_touched(name):
    texts = comments(name, 5_000)

    assert sum(bool(personal(text)) for text in texts) / len(texts) < 12 / 1_000

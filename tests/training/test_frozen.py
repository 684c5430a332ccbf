"""What readers were tried on was frozen, and what came of it is told for every set."""

import json
from pathlib import Path

import pytest

from training import sets
from training.card import CARD
from training.sets import FROZEN, SETS, Set, check_frozen, items
from training.trying import kept


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A set of four rows, frozen."""
    (tmp_path / "shop.csv").write_text(
        "text,label,domain\nGood,pos,till\nBad,neg,till\n,neg,till\nOther,odd,till\nFar,neu,rail\n"
    )
    frozen = tmp_path / "frozen.json"
    digest = "14cb1e8d4d4dcb9b6b8f9ef9f4d9c5b7"
    frozen.write_text(json.dumps({"shop.csv": digest}))
    monkeypatch.setattr(sets, "FOLDER", tmp_path)
    monkeypatch.setattr(sets, "FROZEN", frozen)
    one = Set("shop", "en", "shop.csv", "CC0", "rows", lambda row: row["domain"] == "till")
    monkeypatch.setattr(sets, "SETS", (one,))
    return one


def test_every_set_has_its_figures():
    assert [(row["language"], row["set"]) for row in kept()] == [
        (one.language, one.name) for one in SETS
    ]
    assert [row["licence"] for row in kept()] == [one.licence for one in SETS]


def test_the_figures_are_shares_of_what_was_read():
    for row in kept():
        assert 0 < row["n_sides"] <= row["n_read"] <= row["n"]
        assert 0.98 * row["n"] <= row["n_read"]
        assert row["balanced_low"] < row["balanced"] < row["balanced_high"]
        assert 0.5 < row["balanced"] < row["surest"] <= 1


def test_the_card_names_every_set_with_its_figures():
    card = CARD.read_text(encoding="utf-8")

    for row in kept():
        line = (
            f"| {row['language']} | {row['set']} ({row['about']}) | {row['licence']} | {row['n']} |"
        )
        (told,) = [found for found in card.splitlines() if found.startswith(line)]
        assert f"| {row['balanced']:.3f} |" in told


def test_every_file_of_a_set_is_frozen():
    assert set(json.loads(FROZEN.read_text())) == {one.file for one in SETS}


def test_a_set_holds_the_rows_with_a_label_and_a_text_that_it_keeps(shop):
    assert list(items(shop)) == [("Good", "positive", ""), ("Bad", "negative", "")]


def test_a_set_that_is_not_the_one_that_was_frozen_is_refused(shop):
    with pytest.raises(ValueError, match=r"shop\.csv is not the file that was frozen"):
        check_frozen()


def test_a_set_that_was_never_frozen_is_refused(shop):
    sets.FROZEN.write_text("{}")

    with pytest.raises(ValueError, match=r"shop\.csv is not the file that was frozen"):
        check_frozen()


def test_no_comment_of_the_corpus_is_one_of_a_set():
    """Nothing was taken from what the readers are tried on; a few words may be the same."""
    from tests import database
    from training.corpus import read

    if not sets.are_here():
        database.miss(f"the sets that readers are tried on are not at {sets.FOLDER}")
    theirs = {item.text.casefold() for one in SETS for item in items(one)}
    ours = {c.text.casefold() for code in ("nl", "en", "de", "fr") for c in read(code)}

    assert [text for text in ours & theirs if len(text.split()) > 6] == []


def test_the_sets_lie_outside_the_project():
    assert not Path(sets.FOLDER).resolve().is_relative_to(sets.ROOT)

import tomllib
from collections import defaultdict

import pytest

from insights.sentiment import lexicon
from insights.sentiment.lexicon import FOLDER, NOTHING, SHORTEST_STEM, Lexicon, own_entries
from insights.sentiment.words import folded, words

LANGUAGES = ("nl", "en", "de", "fr")

TOML = """
negators = ["niet"]
negators_after = ["niet"]
contrasts = ["maar"]
wishes = ["graag"]
[intensifiers]
heel = 1.3
[downtoners]
wat = 0.6
"""

OWN = (
    "# A note\n"
    "goed\t0.5\nduur\t-0.6\nduurzaam*\t0.4\nvriendelijk\t0.7\nuitstekend\t0.9\nbehulpzaam\t0.6\n"
    "duidelijk*\t0.6\nviel mee\t0.6\nviel niet mee\t-0.7\nviel niet mee hoor\t-0.8\n"
    "echt aanrad*\t0.8\nkleur\t0.3\nkleur*\t-0.3\n"
)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A lexicon of a few words, and no library's."""
    (tmp_path / "nl.tsv").write_text(OWN, encoding="utf-8")
    (tmp_path / "nl.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    monkeypatch.setattr(lexicon, "_library", lambda _language: iter(()))
    return Lexicon("nl")


def said(small, text):
    found = small.look_up(text.split(), 0)
    return round(found.own, 2), found.length, found.how


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_an_entry_and_its_valence(language):
    lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        entry, _, valence = line.partition("\t")
        parts = words(entry.rstrip("*"), language)
        stem = entry.endswith("*") and len(parts) == 1
        is_well = parts and "*" not in entry[:-1] and -1 <= float(valence) <= 1
        if not is_well or (stem and len(parts[0].text) < SHORTEST_STEM):
            wrong.append(f"{number}: {line}")

    assert wrong == []
    assert len(list(own_entries(language))) > 1_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_both_praise_and_blame(language):
    sides = defaultdict(set)
    for entry, valence in own_entries(language):
        parts = tuple(word.text for word in words(entry.rstrip("*"), language))
        sides[parts, entry.endswith("*")].add((valence > 0) - (valence < 0))

    assert {entry: found for entry, found in sides.items() if {1, -1} <= found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_language_turns_is_written_as_words_are_looked_up(language):
    found = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    named = [word for name in found for word in found[name]]

    assert [word for word in named if folded(word, language) != word] == []
    assert set(found["negators_after"]) <= set(found["negators"])
    assert all(factor > 1 for factor in found["intensifiers"].values())
    assert all(0 < factor < 1 for factor in found["downtoners"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_the_language_s_library_is_there(language):
    assert len(dict(lexicon._library(language))) > 1_000


def test_a_word_says_what_its_line_says(small):
    assert said(small, "goed") == (0.5, 1, "")
    assert said(small, "kleur") == (0.3, 1, "")
    assert small.look_up(["fiets"], 0) == NOTHING


def test_the_longest_stem_of_a_word_wins(small):
    assert said(small, "duidelijke") == (0.6, 1, "")
    assert said(small, "duurzame") == (0, 1, "")
    assert said(small, "duurzaamheid") == (0.4, 1, "")
    assert said(small, "kleurig") == (-0.3, 1, "")


def test_the_longest_phrase_wins(small):
    assert said(small, "viel mee") == (0.6, 2, "phrase")
    assert said(small, "viel niet mee") == (-0.7, 3, "phrase")
    assert said(small, "viel niet mee hoor") == (-0.8, 4, "phrase")
    assert said(small, "viel niet") == (0, 1, "")
    assert said(small, "viel") == (0, 1, "")


def test_the_last_word_of_a_phrase_may_have_any_ending(small):
    assert said(small, "echt aanrader") == (0.8, 2, "phrase")
    assert said(small, "echt aanrad") == (0.8, 2, "phrase")
    assert said(small, "echt aan") == (0, 1, "")


def test_a_compound_says_less_than_its_tail_and_turned_by_un_the_opposite(small):
    assert said(small, "klantvriendelijk") == (0.56, 1, "compound")
    assert said(small, "onvriendelijk") == (-0.56, 1, "compound")
    assert said(small, "supervriendelijk") == (0.84, 1, "compound")
    assert said(small, "superuitstekend") == (1.0, 1, "compound")


@pytest.mark.parametrize("typo", ["vriendelik", "vriendeliijk", "vreindelijk", "vriendelojk"])
def test_a_slip_of_the_finger_in_a_long_word_is_seen_through(small, typo):
    assert said(small, typo) == (0.56, 1, "typo")


@pytest.mark.parametrize("other", ["gaed", "dour", "behelpzamer"])
def test_a_short_or_a_distant_word_is_no_slip(small, other):
    assert small.look_up([other], 0) == NOTHING


@pytest.mark.parametrize("stretched", ["goeed", "goeeed", "goedd", "goeddd"])
def test_a_stretched_word_is_itself_where_a_letter_stands_three_times(small, stretched):
    is_stretched = stretched in {"goeeed", "goeddd"}

    assert small.look_up([stretched], 0).own == (0.5 if is_stretched else 0)


def test_what_was_looked_up_stays_a_bounded_memory(small, monkeypatch):
    small._known.update(dict.fromkeys(range(100_001), NOTHING))

    small.look_up(["goed"], 0)

    assert len(small._known) == 1

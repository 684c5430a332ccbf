"""How what stands beside a word turns it."""

import pytest

from insights.sentiment import lexicon, marking
from insights.sentiment.lexicon import Lexicon
from insights.sentiment.marking import SCOPE, TURNED, mark

TOML = """
negators = ["niet", "geen", "nooit"]
negators_after = ["niet"]
contrasts = ["maar", "echter"]
wishes = ["graag"]
[intensifiers]
heel = 1.3
mega = 1.4
[downtoners]
wat = 0.6
"""
OWN = "goed\t0.4\nduur\t-0.4\nmooi\t0.8\nwerkt\t0.4\nniet verkeerd\t0.5\nvan harte\t0.6\n"


@pytest.fixture(autouse=True)
def small(tmp_path, monkeypatch):
    """A lexicon of a few words."""
    (tmp_path / "nl.tsv").write_text(OWN, encoding="utf-8")
    (tmp_path / "nl.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    monkeypatch.setattr(lexicon, "_library", lambda _language: iter(()))
    made = Lexicon("nl")
    monkeypatch.setattr(marking, "lexicon_of", lambda _language: made)


def hits(text):
    marked = mark(text, "nl")
    return [(marked.words[hit.at].text, round(hit.value, 3), hit.how) for hit in marked.hits]


def negated(text):
    marked = mark(text, "nl")
    return [word.text for word, is_it in zip(marked.words, marked.negated, strict=True) if is_it]


def test_a_negation_turns_what_follows_it_and_turns_it_less_than_whole():
    assert hits("niet goed") == [("goed", round(0.4 * TURNED, 3), ("negated",))]
    assert hits("niet duur") == [("duur", 0.3, ("negated",))]
    assert hits("goed") == [("goed", 0.4, ())]


def test_a_negation_reaches_four_words():
    assert SCOPE == 4
    assert negated("niet een twee drie vier vijf") == ["een", "twee", "drie", "vier"]


@pytest.mark.parametrize(
    "text", ["niet, goed", "niet. goed", "niet! goed", "niet (goed)", "niet - goed", "niet\ngoed"]
)
def test_a_negation_ends_at_a_mark(text):
    assert [value for _, value, _ in hits(text)] == [0.4]


def test_a_negation_ends_at_a_contrast():
    assert hits("niet snel maar goed") == [("goed", 0.4, ("after_contrast",))]
    assert negated("niet snel maar goed") == ["snel"]


def test_a_negation_within_a_phrase_is_the_phrase_s_own():
    assert hits("niet verkeerd") == [("niet", 0.5, ("phrase",))]
    assert negated("niet verkeerd goed") == []


def test_a_negation_turns_a_phrase_that_follows():
    assert hits("niet van harte") == [("van", -0.45, ("phrase", "negated"))]


def test_two_negations_undo_each_other():
    assert hits("nooit niet goed") == [("goed", 0.4, ())]
    assert hits("nooit geen niet goed") == [("goed", -0.3, ("negated",))]


def test_some_negations_turn_what_came_before_where_the_clause_ends():
    assert hits("werkt niet.") == [("werkt", -0.3, ("negated",))]
    assert hits("werkt niet") == [("werkt", -0.3, ("negated",))]
    assert hits("werkt niet maar mooi")[0] == ("werkt", -0.3, ("negated",))
    assert hits("werkt niet altijd") == [("werkt", 0.4, ())]
    assert hits("werkt nooit") == [("werkt", 0.4, ())]


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("heel goed", 0.52, ("stronger",)),
        ("wat duur", -0.24, ("weaker",)),
        ("heel erg goed", 0.52, ("stronger",)),
        ("heel een twee drie goed", 0.4, ()),
        ("heel. goed", 0.4, ()),
        ("mega mooi", 1.0, ("stronger",)),
        ("niet heel goed", -0.39, ("negated", "stronger")),
    ],
)
def test_what_strengthens_stands_up_to_three_words_before_in_the_same_clause(text, value, how):
    (found,) = hits(text)

    assert found[1:] == (value, how)


def test_what_follows_the_last_contrast_is_marked():
    assert [how for _, _, how in hits("goed maar duur")] == [(), ("after_contrast",)]
    assert [how for _, _, how in hits("goed maar duur echter mooi")] == [
        (),
        (),
        ("after_contrast",),
    ]
    assert mark("goed en duur", "nl").last_contrast == 0


def test_a_sign_is_not_turned_by_a_negation():
    assert hits("niet 👍") == [("👍", 0.8, ("emoji",))]
    assert hits("niet :)))") == [(":)))", 0.6, ("smiley",))]


def test_a_number_or_a_mark_says_nothing():
    assert hits("10 !!! ...") == []
    assert mark("", "nl") == ([], [], [], 0)


def test_markup_is_passed_over():
    assert hits("<p>niet <b>goed</b></p>") == [("goed", -0.3, ("negated",))]

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.sentiment.lexicon import FOLDER
from insights.sentiment.words import LEGIBLE, LONGEST, folded, plain, words

BUT = frozenset({"maar"})


def cut(text, language="nl"):
    return [(word.text, word.kind) for word in words(text, language)]


def clauses(text):
    return [(word.text, word.clause) for word in words(text, "nl", BUT) if word.kind == "word"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Goed</b> &amp; snel", "Goed  & snel"),
        ("a\0b\ud800c\u202ed\u200be", "a b c d e"),
        ("  Eerst\nen dan\r\ntoen ", "Eerst\nen dan \ntoen"),
        ("5 < 6 en 7 > 6", "5 < 6 en 7 > 6"),
        ("I <3 you >", "I <3 you >"),
        ("<!-- weg --><br/>zo", "zo"),
        ("scho\u0308n", "schön"),
        ("", ""),
    ],
)
def test_plain_leaves_what_was_meant_to_be_read(text, expected):
    assert plain(text) == expected


def test_what_comes_after_ten_thousand_characters_is_left():
    assert plain("a" * LONGEST + "b") == "a" * LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prima!", [("prima", "word"), ("!", "mark")]),
        ("'t werkt, auto's", [("t", "word"), ("werkt", "word"), (",", "mark"), ("auto's", "word")]),
        ("don’t", [("don't", "word")]),
        ("12,50 om 10:30", [("0", "number"), ("om", "word"), ("0", "number")]),
        ("83 of 8)", [("0", "number"), ("of", "word"), ("0", "number"), (")", "mark")]),
        ("top!!?", [("top", "word"), ("!!?", "mark")]),
        ("ja - nee", [("ja", "word"), (" - ", "mark"), ("nee", "word")]),
        ("wel-nu", [("wel", "word"), ("nu", "word")]),
        ("goed:)", [("goed", "word"), (":)", "smiley")]),
        ("👍🏽", [("👍", "emoji"), ("🏽", "emoji")]),
        ("❤️", [("❤\ufe0f", "emoji")]),
        ("https://x", [("https", "word"), (":", "mark"), ("x", "word")]),
        ("cijfer:3", [("cijfer", "word"), (":", "mark"), ("0", "number")]),
        ("xD", [("xD", "smiley")]),
        ("xs", [("xs", "word")]),
        ("服务", [("服务", "word")]),
    ],
)
def test_a_text_is_cut_into_words_numbers_marks_and_signs(text, expected):
    assert cut(text) == expected


def test_every_sign_in_the_list_is_cut_as_one():
    """But for a grade in brackets, "(een 8)", which is no face."""
    lines = (FOLDER / "emoji.tsv").read_text(encoding="utf-8").splitlines()
    signs = [line.split("\t")[0] for line in lines if line and not line.startswith("# ")]

    missed = {sign for sign in signs if [word.text for word in words(sign, "nl")] != [sign]}

    assert missed <= {"8)"}
    assert all(LEGIBLE.search(sign) for sign in set(signs) - missed)


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("SCHÖN", "de", "schoen"),
        ("Schön", "fr", "schon"),
        ("groß", "de", "gross"),
        ("Déçu", "fr", "decu"),
        ("suuuuper", "nl", "suuuper"),
        ("goed", "nl", "goed"),
        ("C’est", "fr", "c'est"),
        ("İ", "en", "i"),
    ],
)
def test_a_word_is_folded_as_its_language_writes(word, language, expected):
    assert folded(word, language) == expected


def test_marks_that_end_and_words_of_contrast_begin_a_clause():
    assert clauses("Goed. Snel; top, zeg") == [("goed", 0), ("snel", 1), ("top", 2), ("zeg", 2)]
    assert clauses("Goed maar duur") == [("goed", 0), ("maar", 1), ("duur", 1)]
    assert clauses("Goed. Maar duur") == [("goed", 0), ("maar", 1), ("duur", 1)]
    assert clauses("Maar duur") == [("maar", 0), ("duur", 0)]
    assert clauses("Goed\nduur") == [("goed", 0), ("duur", 1)]


@given(st.text(max_size=200), st.sampled_from(["nl", "de"]))
def test_words_stand_where_they_say_and_in_order(text, language):
    said = plain(text)
    found = words(said, language)

    assert all(0 <= word.start < word.end <= len(said) for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [word.clause for word in found] == sorted(word.clause for word in found)
    if any(word.kind in {"word", "emoji", "smiley"} for word in found):
        assert LEGIBLE.search(said)

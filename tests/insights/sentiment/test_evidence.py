"""Which words made a reading, how, and where they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.sentiment import read
from insights.sentiment.reader import FAINT, MOST_EVIDENCE
from insights.sentiment.words import plain

ODD = st.sampled_from(
    ["goed ", "slecht ", "maar ", "niet ", "&amp;", "&lt;b&gt;", "<b>", "</b>", "\0", "\n", "😡 "]
)


def evidence(text, language="nl", words=""):
    """The one piece of evidence with these words; the strongest where none are given."""
    found = read(text, language).evidence
    return next(one for one in found if words in one.words)


@pytest.mark.parametrize(
    ("text", "language", "words", "how"),
    [
        ("not clear at all", "en", "clear", ("negated",)),
        ("extremely slow", "en", "slow", ("stronger",)),
        ("slightly slow", "en", "slow", ("weaker",)),
        ("Fast, but rude", "en", "rude", ("after_contrast",)),
        ("supertraag", "nl", "supertraag", ("compound",)),
        ("superduidelijk", "nl", "superduidelijk", ("compound",)),
        ("vreindelijk", "nl", "vreindelijk", ("typo",)),
        ("van het kastje naar de muur", "nl", "van het kastje naar de muur", ("phrase",)),
        ("👍", "nl", "👍", ("emoji",)),
        (":(", "nl", ":(", ("smiley",)),
    ],
)
def test_evidence_says_how_a_word_was_taken(text, language, words, how):
    found = evidence(text, language, words)

    assert (found.words, found.how) == (words, how)


def test_evidence_pulls_the_way_its_words_do_the_strongest_first():
    found = read("Vriendelijke monteur, maar de wachttijd was verschrikkelijk", "nl").evidence

    assert next(one.pull for one in found if "riendelijk" in one.words) > 0
    assert next(one.pull for one in found if "verschrikkelijk" in one.words) < 0
    assert [abs(one.pull) for one in found] == sorted((abs(o.pull) for o in found), reverse=True)


def test_a_word_that_strengthens_is_no_evidence_of_its_own():
    """A library has "zeer" as a word for sore."""
    found = read("zeer vriendelijke", "nl").evidence

    assert [(one.words, one.pull > 0) for one in found] == [("vriendelijke", True)]


def test_there_is_no_more_evidence_than_one_can_look_at():
    found = read("goed slecht fijn traag prettig vies lekker duur " * 5, "nl").evidence

    assert len(found) == MOST_EVIDENCE
    assert all(abs(one.pull) >= FAINT for one in found)


@pytest.mark.parametrize(
    "text",
    [
        *("<p>De koffie was <b>slecht</b></p>", "&lt;p&gt;koffie&lt;/p&gt; was slecht"),
        *("&amp;amp; slecht", "<<b>b> slecht", "\u202e\0slecht", "se\u0301jour était slecht"),
        *("goed &amp;lt;b&amp;gt; slecht", "  \n slecht"),
    ],
)
def test_evidence_points_at_its_words_in_the_plain_text(text):
    found = evidence(text, words="slecht")

    assert plain(text)[found.start : found.end] == found.words


@settings(max_examples=150)
@given(st.lists(ODD | st.text(max_size=5), max_size=20).map("".join))
def test_evidence_of_any_text_points_at_its_words(text):
    said = plain(text)

    for one in read(text, "nl").evidence:
        assert 0 <= one.start < one.end
        assert said[one.start : one.end] == one.words

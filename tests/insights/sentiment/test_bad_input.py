"""Nothing people type stops the reader, takes it long, or passes for a comment of no feeling."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.sentiment import read
from vocabulary import SentimentLabel

LANGUAGES = ("nl", "en", "de", "fr")

NOTHING_LEGIBLE = (
    *("", " \n\t", "\0\0", "1234", "8/10", "9,5", "<br>", "<p></p>", "\ud800", "\udfff\ud800"),
    *("!!!", "...", "?", "-", "5:/3", "\u202e\u200b", "&nbsp;", "_", "(8)"),
)
SCRIPTS_NOBODY_READS = ("שלום עולם", "服务很好", "サービスが良い", "Спасибо большое", "شكرا جزيلا")

LONG = {
    "brackets": "(" * 100_000,
    "smileys": ":)" * 50_000,
    "one_letter": "a" * 100_000,
    "two_letters": "ab" * 50_000,
    "alphabet": "abcdefghijklmnopqrstuvwxyz" * 3_900,
    "negations": "niet " * 20_000,
    "phrases": "not good " * 11_111,
    "contrasts": "maar " * 20_000,
    "open_tags": "<" * 100_000,
    "tags": "<a " * 33_333,
    "entities": "&amp;" * 20_000,
    "emoji": "😀" * 100_000,
    "accents": "a\u0301" * 50_000,
    "lines": "\n" * 100_000,
    "chinese": "服" * 100_000,
    "surrogates": "\ud800" * 100_000,
    "two_languages": "Dit was een heel goed gesprek met jullie monteur. "
    "This was not what I had expected from you at all. " * 1_000,
}


@pytest.mark.parametrize("language", [*LANGUAGES, "auto"])
@pytest.mark.parametrize("text", [*NOTHING_LEGIBLE, *SCRIPTS_NOBODY_READS], ids=ascii)
def test_where_nothing_legible_was_written_nothing_is_read(text, language):
    reading = read(text, language)

    assert reading[:4] == (None, None, SentimentLabel.UNREAD, None)
    assert (reading.evidence, reading.analyzer) == ((), "none")


@pytest.mark.parametrize("language", [*LANGUAGES, "auto"])
@pytest.mark.parametrize("text", ["a", "é", "Xyzzy", "q8"])
def test_a_letter_or_an_unknown_word_is_read_and_says_little(text, language):
    reading = read(text, language)

    assert reading.label not in {SentimentLabel.UNREAD, SentimentLabel.MIXED}
    assert abs(reading.polarity) < 0.6


@pytest.mark.parametrize("language", ["nl", "auto"])
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_hundred_thousand_characters_take_less_than_a_second(text, language):
    for each in LANGUAGES:  # loading a language's words is done once, and is not reading
        read("Dit is om warm te worden, this is to warm up, und sonst nichts.", each)
    read("Dit is om warm te worden, en niets anders.", "auto")
    gc.disable()  # to collect what thousands of tests left behind takes longer than to read
    try:
        started = time.process_time()
        read(text, language)
        seconds = time.process_time() - started
    finally:
        gc.enable()

    assert seconds < 1


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("Heel slecht", "<p>Heel <b>slecht</b></p>"),
        ("Heel slecht", "\0Heel\0slecht\0"),
        ("Heel slecht", "\u202eHeel slecht\u202c"),
        ("Heel slecht", "Heel\ud800slecht"),
        ("Überraschend schön", "U\u0308berraschend scho\u0308n"),
        ("goed & snel", "goed &amp; snel"),
    ],
)
def test_what_is_not_printed_changes_nothing(plain, odd):
    language = "de" if "schön" in plain else "nl"

    assert read(odd, language).polarity == pytest.approx(read(plain, language).polarity, abs=0.1)


@pytest.mark.parametrize(
    "text", ["https://www.example.nl", "C:\\map", "cijfer:3", "(een 8)", "a=3", "8) en 83"]
)
def test_an_address_or_a_number_is_no_smiley(text):
    assert [one for one in read(text, "nl").evidence if "smiley" in one.how] == []


def test_less_than_is_no_markup():
    assert read("I <3 you > all", "en").label is SentimentLabel.POSITIVE


@settings(deadline=None, max_examples=300)
@given(
    text=st.text(st.characters(codec=None), max_size=300)
    | st.text("niet goed:()<3&;!?\n👍é", max_size=80),
    language=st.sampled_from([*LANGUAGES, "auto"]),
    question=st.sampled_from(["", "Wat kan beter?", "What was good?", "why"]) | st.text(max_size=9),
)
def test_any_text_gives_a_reading_within_bounds(text, language, question):
    reading = read(text, language, question)

    if reading.label is SentimentLabel.UNREAD:
        assert (reading.polarity, reading.confidence, reading.evidence) == (None, None, ())
    else:
        assert -1 <= reading.polarity <= 1
        assert 0 <= reading.subjectivity <= 1
        assert 0 <= reading.confidence <= 1
        assert any(sign.isalpha() or ord(sign) > 0x2000 or sign in ")([]/\\|*3^:o" for sign in text)

import csv

import pytest

from insights.sentiment.language import READ, UNKNOWN, language_of, parts
from tests import database
from tests.importing import DATA

DUTCH = "De monteur kwam op tijd en alles was snel geregeld, daar zijn wij heel blij mee"
ENGLISH = "The engineer arrived on time and everything was done quickly"
GERMAN = "Der Techniker war pünktlich und alles wurde schnell erledigt"
FRENCH = "Le technicien était à l'heure et tout a été réglé rapidement"
ITALIAN = "Servizio molto buono, personale gentile e disponibile, tornerò la prossima volta"
OF = {"nl": DUTCH, "en": ENGLISH, "de": GERMAN, "fr": FRENCH}


@pytest.fixture(scope="module")
def short():
    """Short texts with their language, each with how long it is."""
    path = DATA / "text" / "langid_short_dev.csv"
    if not path.exists():
        database.miss(f"the short texts with their language are not at {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("expected", READ)
@pytest.mark.parametrize("text", ["Top!", "ok", "Super", "the staff", "très bien"])
def test_a_few_words_are_in_the_language_of_the_survey(text, expected):
    assert language_of(text, expected) == expected


@pytest.mark.parametrize("expected", [*READ, "nl-BE", "EN"])
@pytest.mark.parametrize("language", READ)
def test_a_sentence_plainly_in_another_language_is_in_that_one(language, expected):
    assert language_of(OF[language], expected) == language


def test_a_language_that_is_not_possible_is_not_found():
    assert language_of(GERMAN, "nl", ("nl", "en")) in {"nl", UNKNOWN}
    assert language_of(DUTCH, "nl", ("en",)) == "nl"


@pytest.mark.parametrize(
    "text",
    ["", "12 34", "!?", "服务很好", "שלום", "Спасибо большое за обслуживание", ITALIAN, "👍"],
)
def test_what_is_in_none_is_in_none(text):
    assert language_of(text, "nl") == UNKNOWN


def test_whole_sentences_in_two_languages_are_in_both():
    both = f"{DUTCH}. {ENGLISH}."

    assert language_of(both, "nl") == "nl+en"
    assert parts(both, "nl+en") == [(f"{DUTCH}.", "nl"), (f"{ENGLISH}.", "en")]


def test_lines_are_parts_as_sentences_are():
    assert language_of(f"{DUTCH}\n{ENGLISH}", "nl") == "nl+en"
    assert parts(f"{DUTCH}\n{ENGLISH}", "nl+en") == [(DUTCH, "nl"), (ENGLISH, "en")]


def test_a_short_part_goes_with_the_main_language():
    assert parts(f"Top! {ENGLISH}.", "nl+en")[0] == ("Top!", "nl")


def test_a_foreign_word_makes_no_second_language():
    assert language_of(f"{DUTCH}. Great job!", "nl") == "nl"


def test_nineteen_of_twenty_texts_are_found_in_the_survey_s_own_language(short):
    right = [language_of(row["text"], row["lang"]) == row["lang"] for row in short]

    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("expected", ["nl", "en"])
def test_sentences_are_found_whatever_the_survey_s_language(short, expected):
    long = [row for row in short if row["length_band"] in {"50-120", "120-400"}]
    right = [language_of(row["text"], expected) == row["lang"] for row in long]

    assert sum(right) / len(right) >= 0.97

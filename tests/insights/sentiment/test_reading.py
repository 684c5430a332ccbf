"""What comments say, in the four languages that are read, and that others stay unread."""

import pytest
from textblob import TextBlob

from insights.sentiment import read, reader_of
from insights.sentiment.question import QuestionKind
from insights.sentiment.reader import READERS, DutchReader
from insights.sentiment.reading import UNREAD_VERSION, chances_of
from insights.sentiment.words import plain
from vocabulary import SentimentLabel

POSITIVE, NEGATIVE, MIXED = "positive", "negative", "mixed"

NEGATIVE_DUTCH = (
    *("niet echt een aanrader", "Niet goedkoop!", "viel tegen", "kan beter", "klantonvriendelijk"),
    *("van het kastje naar de muur", "Het werkt niet.", "niemand belde terug", "slehcte service"),
)
POSITIVE_DUTCH = (
    *("Zonder problemen besteld", "geen klachten", "behulpzaam", "niet te duur en lekker"),
    *("viel mee", "niks op aan te merken", "vriendelijkk", "superlekker", "Lekkerrrr"),
)
NEGATIVE_ENGLISH = (
    *("could be better", "The staff was not helpful", "Nobody called me back"),
    *("I had to call five times", "Terrible, the worst service I ever had", "apalling"),
)


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        *((text, "nl", NEGATIVE) for text in NEGATIVE_DUTCH),
        *((text, "nl", POSITIVE) for text in POSITIVE_DUTCH),
        *((text, "en", NEGATIVE) for text in NEGATIVE_ENGLISH),
        ("helpful", "en", POSITIVE),
        ("The engineer was friendly and solved it quickly, excellent!", "en", POSITIVE),
        ("De monteur was vriendelijk maar kwam twee uur te laat", "nl", MIXED),
        ("Ik heb de factuur in maart betaald", "nl", "neutral"),
        ("Prima!", "nl-BE", POSITIVE),
        ("Sehr freundlich und schnell", "de", POSITIVE),
        ("Schlechter Service, nie wieder", "de", NEGATIVE),
        ("Keine Probleme, alles bestens", "de", POSITIVE),
        ("Très aimable et rapide", "fr", POSITIVE),
        ("Mauvais service, à fuir", "fr", NEGATIVE),
        ("Aucun problème, je recommande", "fr", POSITIVE),
    ],
)
def test_plain_comments_get_the_label_a_person_would_give(text, language, label):
    reading = read(text, language)

    assert reading.label == label
    if label in {POSITIVE, NEGATIVE}:
        assert (reading.polarity > 0) == (label == POSITIVE)


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "auto"])
@pytest.mark.parametrize(
    ("sign", "label"),
    [
        *(("👍", POSITIVE), ("❤️", POSITIVE), ("⭐⭐⭐⭐⭐", POSITIVE), (":)", POSITIVE)),
        *((":-)))))", POSITIVE), ("<3", POSITIVE), ("😡", NEGATIVE), ("👎", NEGATIVE)),
        *((":(", NEGATIVE), (":’(", NEGATIVE)),
    ],
)
def test_a_sign_alone_is_read_in_every_language(sign, label, language):
    assert read(sign, language).label == label


@pytest.mark.parametrize(
    ("text", "question", "label"),
    [
        ("parking", "What could we do better?", NEGATIVE),
        ("parking", "improve", NEGATIVE),
        ("the staff", "What was good?", POSITIVE),
        ("the staff", QuestionKind.GOOD, POSITIVE),
    ],
)
def test_a_bare_answer_is_read_by_what_was_asked(text, question, label):
    assert read(text, "en", question).label == label


def test_what_was_asked_is_a_prior_and_no_verdict():
    assert read("Great staff, thank you, all perfect", "en", "improve").polarity > 0
    assert read("The staff was rude and slow", "en", "What was good?").polarity < 0


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_a_reading_names_its_reader_and_the_reader_s_version(language):
    reading = read("Super!", language)

    assert reading.analyzer == f"outsidein-{language}"
    assert reading.analyzer_version == reader_of(language).version
    assert len(reading.analyzer_version) == 10


@pytest.mark.parametrize("language", ["it", "tlh", "", "xx-YY", "nothing at all"])
def test_a_language_nobody_reads_is_unread_and_never_zero(language):
    reading = read("good goed gut bon", language)

    code = language.split("-")[0]
    unread = SentimentLabel.UNREAD
    assert reading == (None, None, unread, None, code, (), "none", UNREAD_VERSION)
    assert reader_of(language) is None


def test_a_comment_in_a_language_nobody_reads_is_unread_whatever_the_survey_s():
    text = "Servizio molto buono, personale gentile e disponibile, tornerò la prossima volta."

    assert read(text, "nl")[:5] == (None, None, SentimentLabel.UNREAD, None, "und")
    assert chances_of(text, "nl") == ("und", None)


def test_a_comment_in_another_language_is_read_in_that_one():
    reading = read("The engineer never came and nobody answered the phone", "nl")

    assert (reading.language, reading.analyzer) == ("en", "outsidein-en")
    assert reading.label is SentimentLabel.NEGATIVE


def test_a_comment_in_two_languages_is_read_by_both_sentence_by_sentence():
    text = (
        "De monteur kwam netjes op tijd en heeft alles goed uitgelegd. "
        "The invoice however was completely wrong and nobody answered my emails."
    )

    reading = read(text, "nl")

    versions = f"{reader_of('nl').version}+{reader_of('en').version}"
    assert (reading.language, reading.analyzer) == ("nl+en", "outsidein-nl+outsidein-en")
    assert reading.analyzer_version == versions
    assert {one.pull > 0 for one in reading.evidence} == {True, False}
    assert [text[one.start : one.end] for one in reading.evidence] == [
        one.words for one in reading.evidence
    ]


def test_a_sentence_said_twice_is_pointed_at_twice():
    rude = "The staff at the counter were extremely rude to my mother."
    text = f"{rude} De monteur kwam netjes op tijd en heeft alles goed uitgelegd. {rude}"

    found = [one for one in read(text, "en").evidence if "rude" in one.words]

    assert len({one.start for one in found}) == 2
    assert all(text[one.start : one.end] == one.words for one in found)


@pytest.mark.parametrize("language", list(READERS))
def test_a_reader_is_an_analyzer_of_textblob(language):
    text = "Super, maar ook slecht"
    reader = READERS[language]()
    judged = reader.judge(text)

    assert TextBlob(text, analyzer=reader).sentiment == (judged.polarity, judged.subjectivity)
    assert read(text, language).polarity == round(judged.polarity, 4)


def test_an_analyzer_passes_over_markup_as_read_does():
    blob = TextBlob("<b>Heel slecht</b>", analyzer=DutchReader())

    assert blob.sentiment[0] == pytest.approx(read("<b>Heel slecht</b>", "nl").polarity, abs=1e-4)


def test_an_organisation_s_own_reader_is_asked_before_the_product_s():
    own = DutchReader(reader_of("nl").weights._replace(about={"name": "own-nl", "version": "7"}))

    reading = read("Prima", "nl", readers={"nl": own})

    assert (reading.analyzer, reading.analyzer_version) == ("own-nl", "7")
    assert read("Fine", "en", readers={"nl": own}).analyzer == "outsidein-en"


def test_chances_are_those_the_reading_is_made_of():
    language, chances = chances_of("Wat een slechte service", "nl")
    reading = read("Wat een slechte service", "nl")

    assert language == "nl"
    assert sum(chances.values()) == pytest.approx(1)
    assert reading.confidence == round(max(chances.values()), 4)
    assert reading.polarity == round(chances["positive"] - chances["negative"], 4)


def test_where_no_label_is_likely_enough_it_is_unsure(monkeypatch):
    monkeypatch.setattr("insights.sentiment.reading.UNSURE_BELOW", 1.1)

    reading = read("Prima", "nl")

    assert reading.label is SentimentLabel.UNSURE
    assert reading.polarity > 0


def test_words_are_read_as_plain_gives_them():
    assert plain("<b>Goed</b>\0") == "Goed"
    assert read("<p>Heel <b>slecht</b></p>", "nl").label is SentimentLabel.NEGATIVE

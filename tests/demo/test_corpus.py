from collections import Counter
from itertools import product

import pytest

from demo.company import PLANS
from demo.corpus import FOLDER, CorpusError, Line, Mood, Phase, corpus, read_lines
from demo.remarks import words
from questionnaires.template import template
from vocabulary import LANGUAGES, Market

TOUCHPOINTS = sorted(
    {
        (stage.key, touchpoint.key)
        for plan in PLANS
        for stage in template(plan.template, plan.market).stages
        for touchpoint in stage.touchpoints
    }
)


def test_there_are_more_than_a_thousand_dutch_and_five_hundred_english_lines():
    lines = {(line.language, line.text) for file in corpus().values() for line in file}

    count = Counter(language for language, _ in lines)

    assert count["nl"] >= 1_000
    assert count["en"] >= 500


def test_no_line_stands_twice_in_a_language():
    lines = Counter((line.language, line.text) for file in corpus().values() for line in file)

    assert [line for line, count in lines.items() if count > 1] == []


def test_every_line_can_be_stored_as_a_comment():
    lines = [line.text for file in corpus().values() for line in file]

    assert [text for text in lines if not 0 < len(text) < 300 or "\x00" in text] == []


@pytest.mark.parametrize(("stage", "touchpoint"), TOUCHPOINTS)
def test_people_can_talk_about_a_touchpoint_in_every_mood_and_language(stage, touchpoint):
    lines = corpus()[words(stage, touchpoint)]
    always = {(line.language, line.mood) for line in lines if not line.phase}

    assert set(product(LANGUAGES, Mood)) - always == set()


def test_a_heading_tells_who_says_the_lines_below_it_and_when():
    text = "[nl negative b2b broken]\nBtw klopt niet\n\nKostenplaats weg\n[en positive]\nGreat\n"

    assert list(read_lines(text, "invoice.txt")) == [
        Line("Btw klopt niet", "nl", Mood.NEGATIVE, Market.B2B, Phase.BROKEN),
        Line("Kostenplaats weg", "nl", Mood.NEGATIVE, Market.B2B, Phase.BROKEN),
        Line("Great", "en", Mood.POSITIVE),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Great\n[en positive]", "app.txt, line 1: no heading above it"),
        ("[en positive]\nGreat\n[en happy]", "app.txt, line 3: unknown heading \\[en happy\\]"),
        ("[de positive]\nGut", "app.txt, line 1: unknown heading"),
        ("[en positive b2x]\nGood", "app.txt, line 1: unknown heading"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text, message):
    with pytest.raises(CorpusError, match=message):
        list(read_lines(text, "app.txt"))


def test_every_file_of_comments_is_read():
    assert set(corpus()) == {path.stem for path in FOLDER.iterdir()}

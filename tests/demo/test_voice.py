from collections import Counter
from random import Random

import pytest

from demo.corpus import Mood, Phase, corpus
from demo.voice import Speaker, Voice
from vocabulary import Market

NOTHING = frozenset()
DUTCH = Speaker("nl", Market.B2C, told=NOTHING, lived=NOTHING)
BROKEN = frozenset({Phase.BROKEN})


def lines(name, language, mood, phase=None):
    return {
        line.text
        for line in corpus()[name]
        if (line.language, line.mood, line.phase) == (language, mood, phase)
        and line.market in {None, Market.B2C}
    }


def unchanged(comments, known):
    return [comment for comment in comments if comment in known]


def test_every_fitting_line_is_used_once_before_any_is_used_again():
    voice = Voice(Random(1))
    known = lines("price", "nl", Mood.NEGATIVE)

    said = [voice.comment(DUTCH, [("price", Mood.NEGATIVE)]) for _ in range(len(known))]

    assert max(Counter(said).values()) == 1
    assert len(unchanged(said, known)) > len(known) / 3


def test_nobody_tells_of_wrong_bills_before_there_are_any():
    voice = Voice(Random(2))
    story = lines("invoice", "nl", Mood.NEGATIVE, Phase.BROKEN)

    said = [voice.comment(DUTCH, [("invoice", Mood.NEGATIVE)]) for _ in range(60)]

    assert unchanged(said, story) == []
    assert unchanged(said, lines("invoice", "nl", Mood.NEGATIVE)) != []


def test_most_of_those_whose_bill_was_wrong_tell_of_it():
    voice = Voice(Random(3))
    hurt = Speaker("nl", Market.B2C, told=BROKEN, lived=BROKEN)
    ordinary = lines("invoice", "nl", Mood.NEGATIVE)

    said = [voice.comment(hurt, [("invoice", Mood.NEGATIVE)]) for _ in range(60)]

    assert unchanged(said, lines("invoice", "nl", Mood.NEGATIVE, Phase.BROKEN)) != []
    assert len(unchanged(said, ordinary)) < 10


def test_a_household_does_not_speak_like_a_firm():
    voice = Voice(Random(4))
    firm = {line.text for line in corpus()["invoice"] if line.market is Market.B2B}

    said = [voice.comment(DUTCH, [("invoice", Mood.POSITIVE)]) for _ in range(60)]

    assert unchanged(said, firm) == []


def test_a_touchpoint_without_words_of_its_own_gets_general_ones():
    said = Voice(Random(5)).comment(DUTCH, [("moon_base", Mood.NEUTRAL)])

    assert said.rstrip(".!").casefold() in {
        text.rstrip(".").casefold() for text in lines("general", "nl", Mood.NEUTRAL)
    }


@pytest.mark.parametrize("seed", range(20))
def test_a_second_thought_is_added_to_the_first(seed):
    subjects = [("shop", Mood.POSITIVE), ("price", Mood.NEGATIVE)]

    alone = Voice(Random(seed)).comment(DUTCH, subjects[:1])
    both = Voice(Random(seed)).comment(DUTCH, subjects)

    assert len(both) > len(alone)
    assert both.casefold()[:2] == alone.casefold()[:2]

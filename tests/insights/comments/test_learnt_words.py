"""Words are learnt of what colleagues said, where they help."""

import random

from insights.comments.learnt_words import Example, learnt_words, with_words
from insights.comments.mention_stems import Known
from insights.comments.mentions import mentions

HEATING = Known("use", "heating", ("warmte",))
ABOUT = frozenset({("use", "heating")})


def told(n=30, words=("De pomp bromt weer", "Die pomp is vervangen", "Onze pomp lekt")):
    """Comments about the heating in a word no stem knows, and others."""
    about = [Example(f"{words[at % len(words)]} {at}", ABOUT) for at in range(n)]
    return about + [Example(f"Prima geholpen aan de balie {at}", frozenset()) for at in range(n)]


def test_a_word_of_our_own_is_learnt_and_finds_the_touchpoint():
    learnt = learnt_words(told(), "nl", [HEATING])

    assert "pomp." in learnt["use", "heating"]
    known = with_words([HEATING], learnt)
    assert [one.touchpoint for one in mentions("Nieuwe pomp nodig", "nl", known)] == ["heating"]
    assert mentions("Nieuwe pomp nodig", "nl", [HEATING]) == []


def test_few_labels_teach_nothing():
    assert learnt_words(told(n=19), "nl", [HEATING]) == {}


def test_words_that_stand_anywhere_are_not_learnt():
    lot = random.Random(3)
    texts = [f"{lot.choice(('Goede', 'Slechte'))} ervaring gehad {at}" for at in range(120)]
    examples = [Example(text, ABOUT if lot.random() < 0.5 else frozenset()) for text in texts]

    assert learnt_words(examples, "nl", [HEATING]) == {}


def test_what_the_stems_find_already_is_not_learnt_again():
    assert learnt_words(told(words=("De warmte is weg",)), "nl", [HEATING]) == {}

"""Words by which touchpoints are found because colleagues said what comments are about."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from insights.comments.mention_stems import Known, finder_of
from insights.comments.stop_words import stop_words
from insights.intervals import wilson
from insights.sentiment.words import plain, words

Place = tuple[str, str]

ENOUGH = 20
"""Comments that colleagues said to be about a touchpoint, from which on words are learnt."""

OFTEN = 4
"""A word must stand in so many of them."""

SURELY = 0.6
"""Of the labelled comments with the word, at least this share is about it, with 95 % certainty."""

SHORTEST = 4
MOST = 20


class Example(NamedTuple):
    """A comment, and what a colleague said it is about."""

    text: str
    places: frozenset[Place]  # stage and touchpoint


def learnt_words(
    examples: Sequence[Example], language: str, known: Sequence[Known]
) -> dict[Place, tuple[str, ...]]:
    """Learn whole words that tell of a touchpoint, where they find more than its stems do.

    A touchpoint's words are kept only if, learnt from one half of the labels, they find it better
    (F1) in the other half than its stems alone, over both halves together.

    Args:
        examples: what colleagues said of comments in the language.
        language: of the comments.
        known: the touchpoints with their stems.

    Returns:
        Per touchpoint that has enough labels and gains by it, words as stems ("slang.").

    References:
        E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA
        22, 1927: the bound of the share.

    Example:
        >>> about = frozenset({("use", "heating")})
        >>> told = [Example(f"de pomp bromt {n}", about) for n in range(30)]
        >>> told += [Example(f"prima geholpen {n}", frozenset()) for n in range(30)]
        >>> learnt_words(told, "nl", [Known("use", "heating", ("warmte",))])
        {('use', 'heating'): ('bromt.', 'pomp.')}
    """
    counts = Counter(place for example in examples for place in example.places)
    found: dict[Place, tuple[str, ...]] = {}
    for one in known:
        place = one.stage, one.touchpoint
        if counts[place] < ENOUGH:
            continue
        halves = examples[::2], examples[1::2]
        gain = sum(
            _gain(_tell(learn, place, language, one), judge, place, language, one)
            for learn, judge in (halves, halves[::-1])
        )
        told = _tell(examples, place, language, one)
        if told and gain > 0:
            found[place] = told
    return found


def with_words(known: Sequence[Known], learnt: Mapping[Place, Sequence[str]]) -> tuple[Known, ...]:
    """Touchpoints with what was learnt beside their stems.

    Args:
        known: the touchpoints.
        learnt: what ``learnt_words`` gives.

    Returns:
        The same touchpoints, in their order.

    References:
        docs/metrics.md, "Sentiment".

    Example:
        >>> with_words([Known("use", "app", ("app.",))], {("use", "app"): ("toestel.",)})[0].stems
        ('app.', 'toestel.')
    """
    return tuple(
        one._replace(stems=(*one.stems, *learnt.get((one.stage, one.touchpoint), ())))
        for one in known
    )


def _tell(examples: Sequence[Example], place: Place, language: str, one: Known) -> tuple[str, ...]:
    """The words that tell of a touchpoint, the surest first."""
    with_it, in_all = Counter[str](), Counter[str]()
    for example in examples:
        said = _words(example.text, language)
        in_all.update(said)
        if place in example.places:
            with_it.update(said)
    sure = {
        word: wilson(n, in_all[word]).low
        for word, n in with_it.items()
        if n >= OFTEN and not _is_found(word, language, one)
    }
    chosen = sorted((-low, word) for word, low in sure.items() if low >= SURELY)[:MOST]
    return tuple(sorted(f"{word}." for _low, word in chosen))


def _gain(
    told: Sequence[str], judge: Sequence[Example], place: Place, language: str, one: Known
) -> float:
    """How much better a touchpoint is found in other comments with the words than without."""
    more = one._replace(stems=(*one.stems, *told))
    with_words_, without = (_f1(judge, place, language, which) for which in (more, one))
    return with_words_ - without


def _f1(judge: Sequence[Example], place: Place, language: str, one: Known) -> float:
    """How well a touchpoint is found: the harmonic mean of precision and recall."""
    found = [_is_found(example.text, language, one) for example in judge]
    is_about = [place in example.places for example in judge]
    both = sum(a and b for a, b in zip(found, is_about, strict=True))
    return 2 * both / max(1, sum(found) + sum(is_about))


def _is_found(text: str, language: str, one: Known) -> bool:
    """Whether the stems of a touchpoint find it in a text."""
    return bool(finder_of((one,), language).find(words(plain(text), language)))


@lru_cache(maxsize=20_000)
def _words(text: str, language: str) -> Collection[str]:
    """The words of a comment that can tell of something."""
    small = stop_words(language)
    return frozenset(
        word.text
        for word in words(plain(text), language)
        if word.kind == "word" and len(word.text) >= SHORTEST and word.text not in small
    )

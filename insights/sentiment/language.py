"""Which language a comment is in: one of a few that it can be, or none that is read."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from insights.comments.stop_words import stop_words
from insights.sentiment.words import plain

READ = ("nl", "en", "de", "fr")
"""The languages that have a reader."""

UNKNOWN = "und"
"""What is said of a comment that is in no language we know (the code of ISO 639-2)."""

SHORT = 20
"""Letters below which the survey's language is taken: a few words can be of any."""

FEWEST = 4
"""Letters below which nothing can be told, where no language is expected."""

LONG = 40
"""Letters from which on a language that the survey does not have is believed."""

PRIOR = 4.0
"""What the survey's language is ahead by, in natural logarithms of odds."""

FAR = 8.0
"""How much likelier a language the survey does not have must be, likewise."""

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
PLAINLY = 3
"""So many small words, and so many times as many as any other language has, settle it."""

MOST_WORDS = 100
"""Words that are looked at before the library is asked."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def language_of(text: str, expected: str, possible: Sequence[str] = READ) -> str:
    """Say which language a comment is in.

    Args:
        text: as it was written.
        expected: the language the survey was answered in; empty where nobody knows.
        possible: languages it can be in; the expected one always can.

    Returns:
        The code of a language; two with a plus between them ("nl+en") where whole sentences are in
        either; "und" where it is in none of them, or holds no word.

    References:
        M. Lui, T. Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012;
        A. Barbaresi, py3langid.

    Example:
        >>> language_of("De monteur kwam op tijd en alles was snel geregeld", "en")
        'nl'
        >>> language_of("Top!", "nl"), language_of("服务很好", "nl"), language_of("12 34", "nl")
        ('nl', 'und', 'und')
    """
    said = plain(text)
    n_letters = len(_LETTER.findall(said))
    if not n_letters:
        return UNKNOWN
    if not said.isascii() and len(_LATIN.findall(said)) * 2 < n_letters:
        return UNKNOWN
    main = expected.split("-", maxsplit=1)[0].lower()
    if n_letters < (SHORT if main else FEWEST):
        return main or possible[0]
    whole = _likeliest(said, main, tuple(possible))
    if whole == UNKNOWN:
        return UNKNOWN
    pieces = _SENTENCE.split(said)
    if len(pieces) == 1:
        return whole
    sentences = [part for part in pieces if len(_LETTER.findall(part)) >= SHORT * 2]
    others = [_likeliest(part, whole, tuple(possible)) for part in sentences[:20]]
    second = [one for one in others if one not in {whole, UNKNOWN}]
    return f"{whole}+{second[0]}" if second else whole


def parts(text: str, language: str, possible: Sequence[str] = READ) -> list[tuple[str, str]]:
    """The sentences of a comment that is in two languages, each with its own.

    Args:
        text: as ``plain`` gives it.
        language: as ``language_of`` says.
        possible: languages it can be in.

    Example:
        >>> parts("Alles was goed geregeld door jullie. Thank you for the wonderful service.",
        ...       "nl+en")[1][1]
        'en'
    """
    main, _, _ = language.partition("+")
    found: list[tuple[str, str]] = []
    for sentence in _SENTENCE.split(text):
        is_long = len(_LETTER.findall(sentence)) >= SHORT
        mine = _likeliest(sentence, main, tuple(possible)) if is_long else main
        found.append((sentence, main if mine == UNKNOWN else mine))
    return found


def _likeliest(text: str, expected: str, possible: tuple[str, ...]) -> str:
    """The likeliest language, with the expected one ahead; "und" if it is another altogether."""
    if _is_plainly(text, expected):
        return expected
    chances = _chances(text)
    allowed = {*possible, expected}
    best = max(
        (one for one in sorted(allowed) if one in chances),
        key=lambda one: chances[one] + (PRIOR if one == expected else 0),
        default=expected,
    )
    is_long = len(text) >= LONG
    top = next(iter(chances))
    if is_long and top not in allowed and chances[top] - chances.get(best, 0.0) > FAR:
        return UNKNOWN
    return best


def _is_plainly(text: str, expected: str) -> bool:
    """Whether the small words of a text are of the expected language; asked first, it is quick."""
    if expected not in READ:
        return False
    n = dict.fromkeys(READ, 0)
    for word in _WORD.findall(text.casefold())[:MOST_WORDS]:
        for language in _small_words().get(word, ()):
            n[language] += 1
    mine = n.pop(expected)
    return mine >= PLAINLY and mine >= PLAINLY * max(n.values())


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """The small words of all languages that are read, each with those it is of."""
    found: dict[str, tuple[str, ...]] = {}
    for language in READ:
        for word in stop_words(language):
            found[word] = (*found.get(word, ()), language)
    return found


def _chances(text: str) -> dict[str, float]:
    """The logarithm of the chance of each language, up to a constant; the likeliest first."""
    return dict(_identifier().rank(text))


@cache
def _identifier() -> Any:  # noqa: ANN401 -- the library is untyped
    """The library's model, read when the first comment comes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)

"""Mark what the words of a comment say, and how what stands beside them turns it."""

import re
from functools import cache
from typing import NamedTuple

from insights.sentiment.lexicon import FOLDER, Lexicon, Valence, lexicon_of
from insights.sentiment.words import Word, plain, words

SCOPE = 4
"""Words after a negation that it turns, if no clause ends before."""

BEFORE = 3
"""Words before what they strengthen in which an intensifier is looked for."""

TURNED = -0.75
"""What a negation makes of a valence: "not good" is less bad than "bad" is."""

_STRETCHED_MOUTH = re.compile(r"(.)\1+$")

EDGE = frozenset({"mark"})


class Hit(NamedTuple):
    """A word or phrase that says something, with what was made of it."""

    at: int  # the first of its words
    length: int
    value: float  # -1..1, turned and strengthened, by our own list
    library: float  # the same by the library's
    subjectivity: float
    how: tuple[str, ...]  # "negated", "stronger", "weaker", "after_contrast", "compound", "typo", …


class Marked(NamedTuple):
    """A comment with what stands in it."""

    words: list[Word]
    hits: list[Hit]
    negated: list[bool]  # for each word: whether it stands in the scope of a negation
    last_contrast: int  # the clause that a contrast begins last; 0 where there is none


def mark(text: str, language: str) -> Marked:
    """Find what a comment says, word by word.

    Args:
        text: as it was written.
        language: one that has a lexicon.

    Example:
        >>> [hit.how for hit in mark("Not clear at all", "en").hits]
        [('negated',)]
    """
    return mark_plain(plain(text), language)


def mark_plain(text: str, language: str) -> Marked:
    """The same of a text that ``plain`` gave; words keep the places they have in it."""
    lexicon = lexicon_of(language)
    found = words(text, language, lexicon.turns.contrasts)
    valences = _valences(found, lexicon)
    negated = _scopes(found, valences, lexicon)
    last = max((w.clause for w in found if w.text in lexicon.turns.contrasts), default=0)
    hits = [
        _hit(valence, found, at, (negated[at], last), lexicon)
        for at, valence in valences
        if valence.own or valence.library
    ]
    return Marked(found, hits, negated, last)


def _valences(found: list[Word], lexicon: Lexicon) -> list[tuple[int, Valence]]:
    """What stands at each place says by itself; a phrase takes up its words."""
    texts = [word.text for word in found]
    valences: list[tuple[int, Valence]] = []
    at = 0
    while at < len(found):
        valence = _valence(found[at], texts, at, lexicon)
        valences.append((at, valence))
        at += valence.length
    return valences


def _valence(word: Word, texts: list[str], at: int, lexicon: Lexicon) -> Valence:
    """What stands at a place says by itself."""
    if word.kind in {"emoji", "smiley"}:
        own = _sign(word.text.replace("\ufe0f", "").replace("’", "'").lower())
        return Valence(own, 0.0, 1.0, 1, word.kind)
    if word.kind in {"mark", "number"}:
        return Valence(0.0, 0.0, 0.0, 1, "")
    return lexicon.look_up(texts, at)


def _sign(sign: str) -> float:
    """What an emoji or smiley says; ":)))" is ":)"."""
    signs = _signs()
    return signs.get(sign, signs.get(_STRETCHED_MOUTH.sub(r"\1", sign), 0.0))


@cache
def _signs() -> dict[str, float]:
    """What emoji and smileys say."""
    lines = (FOLDER / "emoji.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return {sign: float(value) for sign, value in rows}


def _scopes(found: list[Word], valences: list[tuple[int, Valence]], lexicon: Lexicon) -> list[bool]:
    """For each word whether a negation turns it; one within a phrase is the phrase's own."""
    negated = [False] * len(found)
    for at, valence in valences:
        word = found[at]
        if valence.length > 1 or word.text not in lexicon.turns.negators:
            continue
        for other in range(at + 1, min(at + 1 + SCOPE, len(found))):
            if found[other].kind in EDGE or found[other].clause != word.clause:
                break
            negated[other] = not negated[other]
        if word.text in lexicon.turns.negators_after and at and _ends_here(found, at):
            negated[at - 1] = not negated[at - 1]
    return negated


def _ends_here(found: list[Word], at: int) -> bool:
    """Whether the clause ends after a word, so that a negation can only mean what came before."""
    after = at + 1
    return (
        after >= len(found) or found[after].kind in EDGE or found[after].clause != found[at].clause
    )


def _hit(
    valence: Valence, found: list[Word], at: int, turned: tuple[bool, int], lexicon: Lexicon
) -> Hit:
    """What a word or phrase says where it stands; whether negated, and after which contrast."""
    is_negated, last_contrast = turned
    how = [valence.how] if valence.how else []
    factor = 1.0
    if is_negated and valence.how not in {"emoji", "smiley"}:
        factor *= TURNED
        how.append("negated")
    for before in range(max(0, at - BEFORE), at):
        strength = lexicon.turns.strength.get(found[before].text)
        if strength and found[before].clause == found[at].clause:
            factor *= strength
            how.append("stronger" if strength > 1 else "weaker")
            break
    if last_contrast and found[at].clause >= last_contrast:
        how.append("after_contrast")
    value, library = (max(-1.0, min(1.0, v * factor)) for v in (valence.own, valence.library))
    return Hit(at, valence.length, value, library, valence.subjectivity, tuple(how))

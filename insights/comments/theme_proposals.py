"""Themes in comments that no touchpoint stands for yet, proposed by the words people use."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

import pandas as pd

from insights.comments.mention_stems import Known, finder_of
from insights.comments.stop_words import stop_words
from insights.sentiment.language import READ
from insights.sentiment.lexicon import lexicon_of
from insights.sentiment.words import Word, plain, words

LEAST_COMMENTS = 5
"""Comments that must speak of a theme."""

SHORTEST_WORD = 3
"""Letters of a word that can be a theme."""

MOST_WORDS = 200
"""Words that are put together to themes: the most frequent of those that stand out."""

MOST_IN_A_THEME = 5
"""Words a theme is made of, at most."""

TOGETHER = 0.4
"""Normalised mutual information (-1 to 1) above which two words belong together."""

CALLED_OPINION = 0.2
"""A word of a stronger valence is an opinion, and no theme."""

_COLUMNS = ["theme", "words", "n", "share", "example_index"]


class _Used(NamedTuple):
    """In which comments the words are used."""

    by_word: dict[str, set[int]]
    n_comments: int


def propose(
    comments: Sequence[str], language: str, known: Sequence[Known], *, most: int = 10
) -> pd.DataFrame:
    """Propose themes that comments speak of and that no known touchpoint stands for.

    Words that the stems of a touchpoint find are left out, and so are words that say nothing and
    words that only praise or blame. What is left and stands together in comments makes a theme.

    Args:
        comments: as they were written.
        language: the one they are in.
        known: the touchpoints that are there already.
        most: themes, at most.

    Returns:
        One row per theme, the most frequent first: ``theme`` (its most frequent word), ``words``
        (all of it, joined by a space), ``n`` (comments that use a word of it), ``share`` (of all
        comments), ``example_index`` (the place of the
        shortest comment that uses most of it). At least
        five comments each.

    References:
        G. Bouma, "Normalized (pointwise) mutual information in collocation extraction", GSCL
        2009; themes by words in the manner of M. Grootendorst, "BERTopic", 2022.

    Example:
        >>> said = ["De laadpaal was bezet", "Laadpaal weer bezet", "Het eten was koud"] * 3
        >>> found = propose(said, "nl", [Known("use", "food", ("eten", "koud"))])
        >>> found[["theme", "words", "n", "example_index"]].values.tolist()
        [['bezet', 'bezet laadpaal', 6, 1]]
    """
    used = _used(comments, language, tuple(known))
    frequent = {word: told for word, told in used.by_word.items() if len(told) >= LEAST_COMMENTS}
    first = sorted(frequent, key=lambda word: (-len(frequent[word]), word))[:MOST_WORDS]
    rows = []
    for theme in _grouped(first, frequent, used.n_comments):
        told = Counter(at for word in theme for at in frequent[word])
        example = min(told, key=lambda at: (-told[at], len(comments[at]), at))
        share = len(told) / used.n_comments
        rows.append((theme[0], " ".join(theme), len(told), share, example))
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows[:most], columns=_COLUMNS)


def _used(comments: Sequence[str], language: str, known: tuple[Known, ...]) -> _Used:
    """The words that could be a theme, each with the comments that use it."""
    code = language.split("-", maxsplit=1)[0].lower()
    finder = finder_of(known, code)
    by_word: dict[str, set[int]] = {}
    for at, comment in enumerate(comments):
        cut = words(plain(comment), code)
        caught = {place for one in finder.find(cut) for place in range(one.at, one.at + one.length)}
        for place in _telling(cut, code):
            if place not in caught:
                by_word.setdefault(cut[place].text, set()).add(at)
    return _Used(by_word, max(1, len(comments)))


def _telling(cut: list[Word], language: str) -> list[int]:
    """The places of words that say what a comment is about."""
    stops = stop_words(language)
    lexicon = lexicon_of(language) if language in READ else None
    texts = [word.text for word in cut]
    found: list[int] = []
    at = 0
    while at < len(cut):
        valence = lexicon.look_up(texts, at) if lexicon and cut[at].kind == "word" else None
        is_opinion = valence and max(abs(valence.own), abs(valence.library)) >= CALLED_OPINION
        if valence and is_opinion:
            at += valence.length
            continue
        word = cut[at].text
        if cut[at].kind == "word" and len(word) >= SHORTEST_WORD and word not in stops:
            found.append(at)
        at += 1
    return found


def _grouped(first: list[str], frequent: dict[str, set[int]], n_comments: int) -> list[list[str]]:
    """Put words together that stand together, each with the theme it belongs to most."""
    ties = []
    for one, other in combinations(first, 2):
        both = len(frequent[one] & frequent[other])
        tie = _information(both, len(frequent[one]), len(frequent[other]), n_comments)
        if both >= LEAST_COMMENTS and tie >= TOGETHER:
            ties.append((-tie, one, other))
    themes = {word: [word] for word in first}
    for _, one, other in sorted(ties):
        here, there = themes[one], themes[other]
        if here is not there and len(here) + len(there) <= MOST_IN_A_THEME:
            here += there
            themes.update(dict.fromkeys(there, here))
    rank = {word: at for at, word in enumerate(first)}
    every = {id(theme): sorted(theme, key=rank.__getitem__) for theme in themes.values()}
    return list(every.values())


def _information(both: int, one: int, other: int, n_comments: int) -> float:
    """How much more two words stand together than by chance: 0 is chance, 1 is always."""
    if not both:
        return -1.0
    if both == n_comments:
        return 1.0
    return log(both * n_comments / (one * other)) / -log(both / n_comments)

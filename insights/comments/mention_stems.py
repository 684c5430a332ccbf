"""The stems of touchpoints, made ready to be looked up word by word."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from insights.sentiment.words import Word, folded, words

LONGEST_WORD = 40
"""Letters of a word that are looked at."""

MOST_REMEMBERED = 50_000
"""Words whose touchpoints are remembered, per set of touchpoints."""


class Known(NamedTuple):
    """A touchpoint that can be named, and the stems it is named by."""

    stage: str
    touchpoint: str
    stems: tuple[str, ...]


class Found(NamedTuple):
    """Where a stem of a touchpoint was found."""

    at: int  # the first of its words
    length: int
    letters: int  # of the stem: the more, the surer
    which: int  # the place among the known touchpoints


class Finder:
    """The stems of a set of touchpoints, made ready to be looked up word by word."""

    def __init__(self, known: tuple[Known, ...], language: str) -> None:
        """Sort the stems by how they are looked up."""
        self.known = known
        self.language = language
        self.whole: dict[str, set[int]] = {}
        self.beginnings: dict[str, set[int]] = {}
        self.inside: dict[str, tuple[set[int], bool]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], bool, int]]] = {}
        self.remembered: dict[str, list[tuple[int, int]]] = {}
        for which, one in enumerate(known):
            for stem in one.stems:
                self._add(stem, which)

    def find(self, cut: list[Word]) -> list[Found]:
        """The touchpoints named in a comment, in its order; one per word and stage."""
        texts = [_bare(word.text, self.language) for word in cut]
        every = []
        for at, word in enumerate(cut):
            if word.kind not in {"mark", "smiley"}:
                every += [Found(at, 1, n, which) for which, n in self._of(texts[at])]
                every += self._phrases_at(texts, at)
        every.sort(key=lambda one: (-one.letters, len(self.known[one.which].stems), one.which))
        taken: set[tuple[str, int]] = set()
        kept = []
        for one in every:
            stage = self.known[one.which].stage
            places = {(stage, one.at + step) for step in range(one.length)}
            if not places & taken:
                taken |= places
                kept.append(one)
        return sorted(kept)

    def _add(self, stem: str, which: int) -> None:
        """Take up one stem."""
        is_whole, is_inside = stem.endswith("."), stem.startswith("-")
        cut = words(stem.strip("-. "), self.language)
        parts = tuple(_bare(one.text, self.language) for one in cut if one.kind != "mark")
        if len(parts) > 1:
            self.phrases.setdefault(parts[0], []).append((parts, is_whole, which))
        elif parts and is_inside:
            self.inside.setdefault(parts[0], (set(), is_whole))[0].add(which)
        elif parts:
            (self.whole if is_whole else self.beginnings).setdefault(parts[0], set()).add(which)

    def _of(self, word: str) -> list[tuple[int, int]]:
        """The touchpoints a word is a word for, with the letters that say so."""
        found = self.remembered.get(word)
        if found is None:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[word] = list(self._looked_up(word[:LONGEST_WORD]).items())
        return found

    def _looked_up(self, word: str) -> dict[int, int]:
        """The touchpoints of a word that was not seen yet, with letters."""
        best = dict.fromkeys(self.whole.get(word, ()), len(word))
        for end in range(1, len(word) + 1):
            for which in self.beginnings.get(word[:end], ()):
                best[which] = max(best.get(which, 0), end)
        for start in range(len(word) if self.inside else 0):
            for end in range(start + 2, len(word) + 1):
                named, is_end = self.inside.get(word[start:end], ((), False))
                for which in named if not is_end or end == len(word) else ():
                    best[which] = max(best.get(which, 0), end - start)
        return best

    def _phrases_at(self, texts: list[str], at: int) -> Iterator[Found]:
        """The phrases that begin with a word."""
        for parts, is_whole, which in self.phrases.get(texts[at], ()):
            here = texts[at : at + len(parts)]
            if len(here) == len(parts) and tuple(here[:-1]) == parts[:-1]:
                last = parts[-1]
                if here[-1] == last or (not is_whole and here[-1].startswith(last)):
                    yield Found(at, len(parts), sum(map(len, parts)), which)


@lru_cache(maxsize=64)
def finder_of(known: tuple[Known, ...], language: str) -> Finder:
    """The stems of a set of touchpoints, made ready once.

    Args:
        known: the touchpoints that can be named.
        language: the one the comments are in.

    Returns:
        A finder; the same one for the same touchpoints.

    References:
        ``questionnaires/stems.toml`` says how stems are written.

    Example:
        >>> known = (Known("use", "invoice", ("-factuur",)), Known("use", "app", ("app.",)))
        >>> finder_of(known, "nl").find(words("De eindfactuur en het appartement", "nl"))
        [Found(at=1, length=1, letters=7, which=0)]
    """
    return Finder(known, language)


def _bare(word: str, language: str) -> str:
    """A word without what French elides before it: l'accueil is accueil."""
    return word.rsplit("'", maxsplit=1)[-1] if language == "fr" else folded(word, language)

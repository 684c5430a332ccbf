"""The stems a touchpoint is known by in comments, kept as data in ``questionnaires/stems.toml``."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "stems.toml"

SHORTEST_WORD = 4
"""Letters a word of a name needs before it makes a stem of its own."""

LONGEST_NAME = 6
"""Words of a name that are looked up together, at most."""

_FUNCTION_TEXT = """
    aan alle andere bent deze door daar heeft haar hebt hoeveel hier jouw jullie kunt maar meer
    mijn naar niet omgaan onze over tijdens tussen tegen vanuit veel voor waar wanneer waarop
    welke worden wordt zijn zoals zelf about after also before between could during from have
    into more onto other others over than that their them they this through upon were what when
    where which will with would your eine einer oder ueber unser unsere unter avec dans leur
    notre nous pour votre vous wijze manier kwaliteit quality way
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_TEXT.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ENDINGS = {"nl": ("s",), "en": ("ing", "es", "s"), "de": ("en", "n"), "fr": ("es", "s")}


class Entry(NamedTuple):
    """What the file knows of one touchpoint or concept."""

    names: frozenset[tuple[str, ...]]  # what companies call it, in folded words
    is_broad: bool  # left out where a name says something narrower too
    also: tuple[str, ...]  # whose stems it takes over
    stems: dict[str, tuple[str, ...]]  # by language


def default_stems(key: str, names: Mapping[str, str], language: str) -> tuple[str, ...]:
    """The stems a touchpoint is known by, unless the company gives its own.

    Args:
        key: the touchpoint's; one of a ready journey or a concept is known at once.
        names: what the company calls it, per language.
        language: the one the comments are in.

    Returns:
        By the key; else those of every concept that the name speaks of; else the words of the
        name itself. Nothing only where the name has no word to go by.

    Example:
        >>> default_stems("invoice", {}, "nl")[:3]
        ('factu', 'factur', '-factuur')
        >>> "eten." in default_stems("t1", {"nl": "Kwaliteit van het eten"}, "nl")
        True
        >>> default_stems("t2", {"nl": "De draaimolens"}, "nl")
        ('draaimolen',)
    """
    code = language.split("-", maxsplit=1)[0].lower()
    found = [key] if key in entries() else []
    said = [*names.values()] or [key.replace("_", " ")]
    for name in said:
        found = found or concepts_of(name)
    stems = tuple(dict.fromkeys(stem for one in found for stem in _stems(one, code)))
    if stems:
        return stems
    own = [names[code]] if code in names else said
    return tuple(dict.fromkeys(_stem(word, code) for name in own for word in _content(name)))


def concepts_of(name: str) -> list[str]:
    """The entries of the file that a name speaks of, in the order of the name.

    Example:
        >>> concepts_of("Eten & drinken"), concepts_of("Delivery time"), concepts_of("Kwaliteit")
        (['food', 'drinks'], ['delivery_time'], ['product_quality'])
    """
    found: list[str] = []
    words = _folded(name)
    at = 0
    while at < len(words):
        length, keys = _named(words[at : at + LONGEST_NAME])
        if not keys and len(words[at]) >= SHORTEST_WORD and words[at] not in _FUNCTION_WORDS:
            keys = _meant(words[at])
        found += keys
        at += length
    known = entries()
    narrow = [key for key in found if not known[key].is_broad]
    return list(dict.fromkeys(narrow or found))


@cache
def entries() -> dict[str, Entry]:
    """Everything in the file, by key: the touchpoints of ready journeys, then the concepts.

    Example:
        >>> entries()["first_support_call"].also
        ('customer_service',)
    """
    content = tomllib.loads(FILE.read_text("utf-8"))
    return {
        key: Entry(
            frozenset(tuple(_folded(name)) for name in given.get("names", ())),
            bool(given.get("broad", False)),
            tuple(given.get("also", ())),
            {code: tuple(given[code]) for code in ("nl", "en", "de", "fr") if code in given},
        )
        for key, given in (content["touchpoints"] | content["concepts"]).items()
    }


def _named(words: list[str]) -> tuple[int, list[str]]:
    """The longest run of first words that is a name of an entry, and the entry."""
    for length in range(len(words), 0, -1):
        key = _by_name().get(tuple(words[:length]))
        if key:
            return length, [key]
    return 1, []


@cache
def _by_name() -> dict[tuple[str, ...], str]:
    """The entry of each name; where two have the same, the one with fewer names: the narrower."""
    found: dict[tuple[str, ...], str] = {}
    for key, entry in sorted(entries().items(), key=lambda one: len(one[1].names)):
        for name in entry.names:
            found.setdefault(name, key)
    return found


@cache
def _meant(word: str) -> list[str]:
    """The entry whose stem is the longest that the word begins with, if there is one."""
    best, longest = [], 3
    for key, entry in entries().items():
        if not entry.names:
            continue
        for stem in (stem for code in ("nl", "en") for stem in entry.stems.get(code, ())):
            plain = " ".join(_folded(stem))
            fits = word == plain if stem.endswith(".") else word.startswith(plain)
            if fits and len(plain) > longest:
                best, longest = [key], len(plain)
    return best


def _stems(key: str, language: str) -> Iterator[str]:
    """The stems of an entry and of those it takes over."""
    entry = entries()[key]
    yield from entry.stems.get(language, ())
    for other in entry.also:
        yield from _stems(other, language)


def _content(name: str) -> Iterable[str]:
    """The words of a name that say what it is."""
    every = _folded(name)
    telling = [w for w in every if len(w) >= SHORTEST_WORD and w not in _FUNCTION_WORDS]
    return telling or [f"{word}." for word in every if word not in _FUNCTION_WORDS]


def _stem(word: str, language: str) -> str:
    """A word without the ending of its plural, where enough of it is left."""
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) > SHORTEST_WORD:
            return word.removesuffix(ending)
    return word


def _folded(text: str) -> list[str]:
    """The words of a text in small letters, without accents; ä as ae."""
    small = text.casefold().translate(_GERMAN)
    parts = unicodedata.normalize("NFKD", small)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return _WORD.findall(plain.replace("’", "'"))

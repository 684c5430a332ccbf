"""Cut a comment into words, signs and clauses, the same for everyone who reads it."""

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from unicodedata import combining, normalize

LONGEST = 10_000
"""Characters that are read; what comes after them is left, so that no comment takes long."""

_TAG = re.compile(r"</?[a-zA-Z!?][^<>]{0,500}>")
_UNPRINTED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# A bracket is a mouth anywhere; "https:/", "C:\" and "cijfer:3" are none, nor is "(een 8)".
_SMILEY = r"""(?:[:;=]['’]?-?[)(\]\[]+(?![a-z0-9])
      |(?<!\w)(?:[:;=]['’]?-?[dDpP/\\|sS*oO3]+|[xX][dD]+)(?![\w/\\])|<3(?!\d)|\^\^|[)(]:(?![\w)(]))"""
_EMOJI = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
_TOKEN = re.compile(
    rf"""(?P<smiley>{_SMILEY})
      |(?P<emoji>{_EMOJI}\ufe0f?)
      |(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
      |(?P<number>\d+(?:[.,:]\d+)*)
      |(?P<mark>[!?]+|[.,;:…\n()–]|\s-+\s)""",
    re.VERBOSE,
)
LEGIBLE = re.compile(rf"[^\W\d_]|{_EMOJI}|{_SMILEY}", re.VERBOSE)
"""What a text must hold to be read: a letter, an emoji or a smiley."""

_ENDS = frozenset(".;!?…\n")
_STRETCHED = re.compile(r"(.)\1{2,}")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Word(NamedTuple):
    """One piece of a comment."""

    text: str  # as it is looked up: small letters, no accents, stretched letters three times
    start: int  # where it stands in the comment
    end: int
    kind: str  # "word", "number", "mark", "emoji" or "smiley"
    clause: int  # the clause it is in, from 0


def plain(text: str) -> str:
    """The words alone: no markup, nothing that is not printed, no endless text.

    Example:
        >>> plain("<b>Goed</b> &amp; snel")
        'Goed  & snel'
    """
    printed = _UNPRINTED.sub(" ", _TAG.sub(" ", unescape(text[:LONGEST]))).strip()
    return normalize("NFC", printed)


def words(text: str, language: str, contrasts: frozenset[str] = frozenset()) -> list[Word]:
    """Cut a text into words, numbers, marks, emoji and smileys.

    Args:
        text: as ``plain`` gives it.
        language: "de" writes ä as ae; the others leave accents out.
        contrasts: words that begin a new clause, "maar" and "but" among them.

    Example:
        >>> [(word.text, word.clause) for word in words("Lekkerrrr, maar duur :(", "nl",
        ...                                              frozenset({"maar"}))]
        [('lekkerrr', 0), (',', 0), ('maar', 1), ('duur', 1), (':(', 1)]
    """
    found: list[Word] = []
    clause = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        piece = match.group()
        if kind == "word":
            piece = folded(piece, language)
            if piece in contrasts and found and found[-1].text not in _ENDS:
                clause += 1
        elif kind == "number":
            piece = "0"
        found.append(Word(piece, match.start(), match.end(), kind, clause))
        if kind == "mark" and piece[0] in _ENDS:
            clause += 1
    return found


@lru_cache(maxsize=50_000)
def folded(word: str, language: str) -> str:
    """A word as it is looked up.

    Example:
        >>> folded("SCHÖN", "de"), folded("Déçu", "fr"), folded("suuuuper", "nl")
        ('schoen', 'decu', 'suuuper')
    """
    small = word.casefold().replace("’", "'")
    if language == "de":
        small = small.translate(_GERMAN)
    if not small.isascii():
        parts = normalize("NFKD", small)
        small = "".join(part for part in parts if not combining(part))
    return _STRETCHED.sub(r"\1\1\1", small)

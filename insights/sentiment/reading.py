"""One comment in, one reading out: how positive it is, how sure that is, and who says so."""

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from insights.sentiment.language import READ, UNKNOWN, language_of, parts
from insights.sentiment.question import QuestionKind, question_kind
from insights.sentiment.words import LEGIBLE, plain
from vocabulary import SentimentLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from insights.sentiment.reader import Evidence, Judgement, Reader

UNSURE_BELOW = 0.4
"""Confidence under which a label is not given: chosen on our own corpus, industry by industry."""

NEGATIVE_BELOW, POSITIVE_ABOVE = -0.2, 0.2
"""Polarities from which on a comment counts as one side; between them it is neutral or mixed."""

UNREAD_VERSION = "2"
"""The version of who says that a comment cannot be read."""

AUTO = "auto"
"""In the place of a language: find out."""


class Reading(NamedTuple):
    """What a reader made of one comment."""

    polarity: float | None  # -1 to 1; none where it was not read
    subjectivity: float | None  # 0 to 1; none where it was not read
    label: SentimentLabel
    confidence: float | None  # the chance that the label is right; none where it was not read
    language: str  # it was read in; "und" where it is in none
    evidence: "tuple[Evidence, ...]"  # the words that made it, strongest first
    analyzer: str
    analyzer_version: str


def read(
    text: str,
    language: str = AUTO,
    question: str = "",
    possible: tuple[str, ...] = (),
    readers: "Mapping[str, Reader] | None" = None,
) -> Reading:
    """Say how positive a comment is.

    Args:
        text: what was written, as it was written; markup in it is passed over.
        language: the one it was answered in; "auto" where nobody knows. A comment that is plainly
            in another of the possible languages is read in that one.
        question: what was asked, in words, or a value of ``QuestionKind``.
        possible: languages it can be in; by default all that have a reader.
        readers: an organisation's own, by language; the product's read what these do not.

    Returns:
        Polarity in -1..1, a label, the chance that the label is right, and the words that made it.
        Where nobody reads the language, or nothing legible was written, polarity and confidence
        are null and the label is "unread": never 0. "unsure" where no label is likely enough.

    References:
        docs/readers.md: method, data and accuracy.

    Example:
        >>> read("The staff was great", "en").label.value
        'positive'
        >>> read("Wat een slechte service", "nl").label.value
        'negative'
        >>> read("Servizio molto buono, personale gentile e disponibile sempre.", "it").polarity
    """
    found, judged = _judged(text, language, question, possible or READ, readers or {})
    if not judged:
        return Reading(None, None, SentimentLabel.UNREAD, None, found, (), "none", UNREAD_VERSION)
    together = judged[0][1] if len(judged) == 1 else _together(plain(text), judged)
    label, confidence = _label(together.chances)
    names = "+".join(dict.fromkeys(reader.name for _, _, reader in judged))
    version = "+".join(dict.fromkeys(reader.version for _, _, reader in judged))
    return Reading(
        round(together.polarity, 4),
        round(together.subjectivity, 4),
        label,
        round(confidence, 4),
        found,
        together.evidence,
        names,
        version,
    )


def chances_of(
    text: str, language: str = AUTO, question: str = ""
) -> tuple[str, dict[str, float] | None]:
    """The language a comment is in and the chance of each label; none where it is not read.

    Args:
        text: as for ``read``, as are the others.
        language: likewise.
        question: likewise.

    Example:
        >>> code, chances = chances_of("Prima geholpen", "nl")
        >>> code, max(chances, key=chances.get), round(sum(chances.values()), 6)
        ('nl', 'positive', 1.0)
    """
    found, judged = _judged(text, language, question, READ, {})
    if not judged:
        return found, None
    one = judged[0][1] if len(judged) == 1 else _together(plain(text), judged)
    return found, one.chances


def _judged(
    text: str,
    language: str,
    question: str,
    possible: tuple[str, ...],
    readers: "Mapping[str, Reader]",
) -> "tuple[str, list[tuple[str, Judgement, Reader]]]":
    """The language of a comment, and each of its parts with what its reader makes of it."""
    said = plain(text)
    found = _language(said, language, possible)
    asked = _asked(question)
    pieces = parts(said, found, possible) if "+" in found else [(said, found)]
    judged = [
        (piece, reader.judge(piece, asked), reader)
        for piece, code in pieces
        if (reader := readers.get(code) or reader_of(code)) and LEGIBLE.search(piece)
    ]
    return found, judged


@cache
def reader_of(language: str) -> "Reader | None":
    """The reader of a language, made once per process; none where there is none.

    Example:
        >>> reader_of("nl-BE").name, reader_of("it")
        ('outsidein-nl', None)
    """
    code = language.split("-", maxsplit=1)[0].lower()
    if code not in READ:
        return None
    if code != language:
        return reader_of(code)
    made: Reader = import_module("insights.sentiment.reader").READERS[code]()
    return made


def _language(said: str, language: str, possible: tuple[str, ...]) -> str:
    """The language to read it in."""
    given = possible[0] if language == AUTO else language
    code = given.split("-", maxsplit=1)[0].lower()
    if code not in READ:
        return code
    found = language_of(said, "" if language == AUTO else code, possible)
    if found != UNKNOWN or re.search(r"[^\W\d_]", said):
        return found
    return code if language != AUTO or LEGIBLE.search(said) else UNKNOWN


def _asked(question: str) -> QuestionKind:
    """The kind of question that was asked."""
    if question in set(QuestionKind):
        return QuestionKind(question)
    return question_kind(question) if question else QuestionKind.OPEN


def _label(chances: dict[str, float]) -> tuple[SentimentLabel, float]:
    """The likeliest label, or "unsure", and how likely it is."""
    name = max(chances, key=lambda one: chances[one])
    confidence = chances[name]
    return (
        SentimentLabel(name) if confidence >= UNSURE_BELOW else SentimentLabel.UNSURE
    ), confidence


def _together(said: str, judged: "list[tuple[str, Judgement, Reader]]") -> "Judgement":
    """One judgement from those of the sentences, each by its length."""
    from insights.sentiment.reader import Judgement

    total = sum(len(part) for part, _, _ in judged) or 1
    chances = {
        label: sum(len(part) * one.chances[label] for part, one, _ in judged) / total
        for label in judged[0][1].chances
    }
    evidence: list[Evidence] = []
    offset = 0
    for part, one, _ in judged:
        offset = said.index(part, offset)
        evidence += (e._replace(start=e.start + offset, end=e.end + offset) for e in one.evidence)
        offset += len(part)
    return Judgement(
        chances,
        chances["positive"] - chances["negative"],
        max(one.subjectivity for _, one, _ in judged),
        tuple(sorted(evidence, key=lambda one: -abs(one.pull))[:6]),
    )

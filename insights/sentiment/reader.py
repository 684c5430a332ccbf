"""The product's own readers: one TextBlob analyzer per language."""

from typing import NamedTuple

from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from insights.sentiment.features import features, letters
from insights.sentiment.lexicon import lexicon_of
from insights.sentiment.marking import Hit, Marked, mark_plain
from insights.sentiment.question import QuestionKind
from insights.sentiment.weights import LABELS, Weights, score, weights_of
from insights.sentiment.words import plain

MOST_EVIDENCE = 6
"""Words that are named as what made a reading, at most."""

FAINT = 0.25
"""A word pulls at least this much to be named."""

HIT_PULL = 2.0
"""What a word of the lexicon pulls, beside what the weights make of its letters."""


class Evidence(NamedTuple):
    """A word that made a reading, and how."""

    start: int  # where it stands in the comment as it is read
    end: int
    words: str
    pull: float  # above 0 towards praise, below towards blame
    how: tuple[str, ...]  # "negated", "stronger", "weaker", "after_contrast", "typo", …


class Judgement(NamedTuple):
    """What a reader makes of a comment."""

    chances: dict[str, float]  # of each label, summing to 1
    polarity: float  # -1..1
    subjectivity: float  # 0..1
    evidence: tuple[Evidence, ...]  # strongest first


class Reader(BaseSentimentAnalyzer):  # type: ignore[misc]  # the library is untyped
    """Reads one language: lexicon, turns of phrase and learnt weights.

    As a TextBlob analyzer, ``TextBlob(text, analyzer=DutchReader()).sentiment`` is the polarity
    from -1 to 1 and the subjectivity from 0 to 1.
    """

    kind = CONTINUOUS
    language = ""

    def __init__(self, weights: Weights | None = None) -> None:
        """Take the product's weights, or those an organisation trained."""
        super().__init__()
        self.weights = weights or weights_of(self.language)
        self.name = str(self.weights.about.get("name", f"outsidein-{self.language}"))
        self.version = str(self.weights.about["version"])

    def analyze(self, text: str) -> tuple[float, float]:
        """Polarity from -1 to 1 and subjectivity from 0 to 1."""
        judged = self.judge(plain(text))
        return judged.polarity, judged.subjectivity

    def judge(self, text: str, asked: QuestionKind = QuestionKind.OPEN) -> Judgement:
        """Everything that is made of a comment.

        Args:
            text: as ``words.plain`` gives it.
            asked: the kind of question it answers.
        """
        marked = mark_plain(text, self.language)
        found = features(marked, asked, self.language)
        spelt = [letters(word.text) if word.kind == "word" else () for word in marked.words]
        scores = score(self.weights, found, spelt)
        chances = {label: float(c) for label, c in zip(LABELS, scores.chances, strict=True)}
        told = [hit.subjectivity for hit in marked.hits]
        return Judgement(
            chances,
            chances["positive"] - chances["negative"],
            max(told, default=0.0),
            _evidence(marked, scores.per_word.tolist(), text, self.language),
        )


class DutchReader(Reader):
    """Reads Dutch."""

    language = "nl"


class EnglishReader(Reader):
    """Reads English."""

    language = "en"


class GermanReader(Reader):
    """Reads German."""

    language = "de"


class FrenchReader(Reader):
    """Reads French."""

    language = "fr"


READERS: dict[str, type[Reader]] = {
    reader.language: reader for reader in (DutchReader, EnglishReader, GermanReader, FrenchReader)
}


def _evidence(marked: Marked, pulls: list[float], text: str, language: str) -> tuple[Evidence, ...]:
    """The words that made the reading, the strongest first."""
    strength = lexicon_of(language).turns.strength
    by_word: dict[int, Hit] = {}
    for hit in marked.hits:
        by_word.update(dict.fromkeys(range(hit.at, hit.at + hit.length), hit))
    found: list[Evidence] = []
    for hit in marked.hits:
        # "zeer" strengthens; that a library's list has it as "sore" is no evidence.
        only_strengthens = not hit.value and marked.words[hit.at].text in strength
        said = 0.0 if only_strengthens else hit.value or hit.library
        pull = HIT_PULL * said + sum(pulls[hit.at : hit.at + hit.length])
        found.append(_named(marked, hit.at, hit.length, pull, hit.how, text))
    for at, word in enumerate(marked.words):
        if abs(pulls[at]) >= FAINT and at not in by_word and word.kind == "word":
            how = ("negated",) if marked.negated[at] else ()
            found.append(_named(marked, at, 1, pulls[at], how, text))
    telling = [one for one in found if abs(one.pull) >= FAINT]
    return tuple(sorted(telling, key=lambda one: -abs(one.pull))[:MOST_EVIDENCE])


def _named(  # noqa: PLR0913, PLR0917 -- one piece, where it stands and what it says
    marked: Marked, at: int, length: int, pull: float, how: tuple[str, ...], text: str
) -> Evidence:
    """One piece of evidence, with the words as they were written."""
    start, end = marked.words[at].start, marked.words[at + length - 1].end
    return Evidence(start, end, text[start:end], round(pull, 2), how)

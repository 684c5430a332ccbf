"""What the weights are multiplied with: numbers about a whole comment, and hashed pieces of it."""

from functools import lru_cache
from math import log1p, sqrt
from typing import NamedTuple
from zlib import crc32

from insights.sentiment.lexicon import lexicon_of
from insights.sentiment.marking import Hit, Marked
from insights.sentiment.question import QuestionKind

BUCKETS = 1 << 14
"""Places the hashed pieces fall into, for words and for letters each."""

DAMPED = 1.0
"""How much each word that the lexicon knows quietens what the others' letters say."""

LONGEST_PIECE = 5
SHORTEST_PIECE = 3

KINDS = tuple(QuestionKind)

ODD: tuple[str, ...] = (
    *("own", "own_last", "own_first", "own_contrast", "own_mean"),
    *("library", "library_mean", "emoji", "phrase", "extreme", "count"),
    *("no_hit", "asked_good", "asked_improve", "asked_why"),
    *("asked_good_no_hit", "asked_improve_no_hit", "asked_good_short", "asked_improve_short"),
    "asked_improve_denied",
)
"""Numbers that say whether a comment is praise or blame: what is said for it less what is said
against it, so that neither side is believed more readily than the other."""

EVEN: tuple[str, ...] = (
    *("plus", "minus", "both", "strength", "one_sided", "hits", "bare", "brief", "long"),
    *("contrast", "contrast_both", "wishes", "negations", "questions", "calls", "digits"),
    *(f"kind_{kind}" for kind in KINDS),
    *(f"kind_{kind}_bare" for kind in KINDS),
    "kind_improve_denied",
)
"""Numbers that say whether a comment takes sides at all, or both."""

NAMES: tuple[str, ...] = (*ODD, *EVEN)
"""The numbers about a whole comment, in their order."""

FEW = 3
"""Words up to which a comment is an answer rather than a sentence."""


class Features(NamedTuple):
    """What is known of a comment when it is weighed."""

    numbers: list[float]  # one per name in NAMES
    pieces: list[tuple[int, ...]]  # per word: the buckets of the word, of pairs, and its letters
    scale_words: float  # what each word's bucket counts; less where the lexicon knows words
    scale_letters: float


def features(marked: Marked, kind: QuestionKind, language: str) -> Features:
    """Everything the weights need about one comment.

    Args:
        marked: the comment, as ``mark`` gives it.
        kind: the kind of question it answers.
        language: of the comment.
    """
    pieces = _pieces(marked)
    n_words = sum(len(found) for found in pieces)
    n_letters = sum(len(letters(word.text)) for word in marked.words if word.kind == "word")
    quiet = 1 / (1 + DAMPED * len(marked.hits))
    return Features(
        [*_odd(marked, kind, language), *_even(marked, kind, language)],
        pieces,
        quiet / sqrt(max(n_words, 1)),
        quiet / sqrt(max(n_letters, 1)),
    )


@lru_cache(maxsize=50_000)
def letters(word: str) -> tuple[int, ...]:
    """The buckets of the pieces of three to five letters in a word, its edges among them."""
    padded = f"_{word}_"
    return tuple(
        BUCKETS + crc32(padded[begin : begin + size].encode()) % BUCKETS
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for begin in range(len(padded) - size + 1)
    )


@lru_cache(maxsize=100_000)
def bucket(piece: str) -> int:
    """Where a word or a pair of words falls."""
    return crc32(piece.encode()) % BUCKETS


def _pieces(marked: Marked) -> list[tuple[int, ...]]:
    """Per word the buckets of itself and of the pair and triple it ends; turned words differ."""
    found: list[tuple[int, ...]] = []
    before, earlier = "^", ""
    for word, is_negated in zip(marked.words, marked.negated, strict=True):
        text = word.text
        mine = [bucket(f"n {text}" if is_negated else f"w {text}"), bucket(f"b {before} {text}")]
        if earlier:
            mine.append(bucket(f"t {earlier} {before} {text}"))
        found.append(tuple(mine))
        earlier, before = before, text
    return found


def _odd(marked: Marked, kind: QuestionKind, language: str) -> list[float]:
    """What is said for it, less what is said against it."""
    hits, found = marked.hits, marked.words
    n = len(hits)
    scale = 1 / sqrt(n + 1)
    values = [hit.value for hit in hits]
    last = found[hits[-1].at].clause if hits else 0
    first = found[hits[0].at].clause if hits else 0
    no_hit = float(n == 0)
    is_short = float(_n_words(marked) <= FEW)
    is_good, is_improve = float(kind is QuestionKind.GOOD), float(kind is QuestionKind.IMPROVE)
    denies = _denies(marked, language)
    return [
        scale * sum(values),
        scale * sum(hit.value for hit in hits if found[hit.at].clause == last),
        scale * sum(hit.value for hit in hits if found[hit.at].clause == first),
        scale * sum(hit.value for hit in hits if "after_contrast" in hit.how),
        sum(values) / max(n, 1),
        scale * sum(hit.library for hit in hits),
        sum(hit.library for hit in hits) / max(n, 1),
        _sum_of(hits, {"emoji", "smiley"}) / sqrt(max(n, 1)),
        _sum_of(hits, {"phrase"}) / sqrt(max(n, 1)),
        max(0.0, *values, 0.0) + min(0.0, *values, 0.0),
        log1p(sum(value > 0 for value in values)) - log1p(sum(value < 0 for value in values)),
        no_hit,
        is_good,
        is_improve,
        float(kind is QuestionKind.WHY),
        is_good * no_hit,
        is_improve * no_hit,
        is_good * is_short,
        is_improve * is_short,
        is_improve * denies,
    ]


def _even(marked: Marked, kind: QuestionKind, language: str) -> list[float]:
    """Whether it takes sides: how much is said for and against, and what kind of text it is."""
    turns, hits = lexicon_of(language).turns, marked.hits
    texts = [word.text for word in marked.words]
    scale = 1 / sqrt(len(hits) + 1)
    plus = scale * sum(hit.value for hit in hits if hit.value > 0)
    minus = -scale * sum(hit.value for hit in hits if hit.value < 0)
    n_words = _n_words(marked)
    no_hit = float(not hits)
    has_contrast = float(any(text in turns.contrasts for text in texts))
    return [
        plus,
        minus,
        min(plus, minus),
        max((abs(hit.value) for hit in hits), default=0.0),
        abs(plus - minus),
        log1p(len(hits)),
        no_hit,
        float(n_words <= FEW),
        log1p(min(n_words, 60)) / 3,
        has_contrast,
        has_contrast * float(min(plus, minus) > 0),
        min(log1p(sum(text in turns.wishes for text in texts)), 1.5),
        min(log1p(sum(text in turns.negators for text in texts)), 1.5),
        min(log1p(sum(text.count("?") for text in texts)), 1.5),
        min(log1p(sum(text.count("!") for text in texts)), 1.5),
        min(log1p(sum(word.kind == "number" for word in marked.words)), 1.5),
        *(float(one is kind) for one in KINDS),
        *(float(one is kind) * no_hit for one in KINDS),
        float(kind is QuestionKind.IMPROVE) * _denies(marked, language),
    ]


def _denies(marked: Marked, language: str) -> float:
    """Whether it begins with a no, as "nothing" does, and says nothing against it."""
    negators = lexicon_of(language).turns.negators
    says_no = any(word.text in negators for word in marked.words[:FEW])
    return float(says_no and not any(hit.value < 0 for hit in marked.hits))


def _sum_of(hits: list[Hit], kinds: set[str]) -> float:
    """What the signs or phrases among the hits say together."""
    return sum(hit.value for hit in hits if kinds.intersection(hit.how))


def _n_words(marked: Marked) -> int:
    """How many words there are, marks and numbers left out."""
    return sum(word.kind == "word" for word in marked.words)

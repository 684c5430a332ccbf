"""The weights of a reader: rounded to whole steps, tens of kilobytes a language."""

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from insights.sentiment.features import BUCKETS, NAMES, Features

FOLDER = Path(__file__).parent / "weights"

LABELS = ("positive", "neutral", "negative", "mixed")
"""What a comment can say, in the order of their chances."""

SPREAD: NDArray[np.float64] = np.array(
    [[1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]
)
"""What each score adds to each label: the direction to positive and, turned, to negative; the
second to neutral, the third to mixed."""

STEPS = 127
"""A weight is one of this many steps up or down, of a size that is its score's."""

WORD_SCALE = 4.0
LETTER_SCALE = 4.0
"""How much pieces of words count against the numbers about the whole comment."""

Array = NDArray[np.float32]


class Weights(NamedTuple):
    """What a reader has learnt."""

    numbers: Array  # a row per name in features.NAMES, and one for the constant; a column a score
    pieces: Array  # one row per bucket, of words and then of letters
    temperature: float  # by which scores are divided before they become chances
    about: dict[str, Any]  # version, and what it was made from


class Scores(NamedTuple):
    """What the weights make of a comment."""

    chances: NDArray[np.float64]  # per label, summing to 1
    per_word: NDArray[np.float64]  # per word: how far it pulls towards praise (+) or blame (-)


def score(weights: Weights, found: Features, letters: list[tuple[int, ...]]) -> Scores:
    """Weigh one comment.

    Args:
        weights: of its language.
        found: what is known of it.
        letters: per word the buckets of its letters.
    """
    total = np.asarray(found.numbers, dtype=np.float32) @ weights.numbers[:-1] + weights.numbers[-1]
    n_words = len(found.pieces)
    pulls = np.zeros(n_words, dtype=np.float64)
    for buckets, scale in (
        (found.pieces, WORD_SCALE * found.scale_words),
        (letters, LETTER_SCALE * found.scale_letters),
    ):
        ids = [bucket for some in buckets for bucket in some]
        if ids:
            owners = np.repeat(np.arange(n_words), [len(some) for some in buckets])
            mine = weights.pieces[ids]
            total = total + scale * mine.sum(axis=0, dtype=np.float64)
            pulls += scale * np.bincount(owners, mine[:, 0], n_words)
    logits = (total @ SPREAD) / weights.temperature
    exponents = np.exp(logits - logits.max())
    return Scores(exponents / exponents.sum(), pulls)


@cache
def weights_of(language: str) -> Weights:
    """The weights that come with the product, read once per process."""
    return loads((FOLDER / f"{language}.bin").read_bytes())


def dumps(weights: Weights) -> bytes:
    """Weights as bytes: a line of JSON, then one signed byte per weight, compressed."""
    sizes = np.abs(weights.pieces).max(axis=0) / STEPS
    sizes[sizes == 0] = 1
    steps = np.round(weights.pieces / sizes).astype(np.int8)
    head = {
        **weights.about,
        "temperature": round(weights.temperature, 4),
        "sizes": [float(f"{size:.6g}") for size in sizes],
        "numbers": [[float(f"{x:.5g}") for x in row] for row in weights.numbers],
    }
    packed = zlib.compress(steps.tobytes(), 9)
    return json.dumps(head, sort_keys=True).encode() + b"\n" + packed


def loads(kept: bytes) -> Weights:
    """Weights as ``dumps`` wrote them.

    Raises:
        ValueError: they are of another shape than this program reads.
    """
    line, _, packed = kept.partition(b"\n")
    head: dict[str, Any] = json.loads(line)
    steps = np.frombuffer(zlib.decompress(packed), dtype=np.int8)
    numbers = np.array(head.pop("numbers"), dtype=np.float32)
    if steps.size != 2 * BUCKETS * len(SPREAD) or numbers.shape != (len(NAMES) + 1, len(SPREAD)):
        raise ValueError("These weights were made by another version of the reader.")
    pieces = steps.reshape(-1, len(SPREAD)) * np.array(head.pop("sizes"), dtype=np.float32)
    return Weights(numbers, pieces.astype(np.float32), head.pop("temperature"), head)

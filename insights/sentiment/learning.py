"""Learn weights from comments whose labels are known: the corpus, or an organisation's own."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from insights.sentiment.features import BUCKETS, NAMES, ODD, features, letters
from insights.sentiment.fitting import Matrix, fit, softmax
from insights.sentiment.marking import mark
from insights.sentiment.question import QuestionKind
from insights.sentiment.weights import LABELS, LETTER_SCALE, SPREAD, WORD_SCALE, Weights

PENALTY_NUMBERS = 1e-3
PENALTY_PIECES = (1e-2, 3e-3, 3e-3)
"""How strongly coefficients of each score are held near 0; chosen on the corpus, industry by
industry, and on the sets with an open licence."""

OWN_PENALTY, OWN_SCALE = 3e-3, 5.0
"""The same for an organisation's own labels: at least the first, and the second divided by how many
there are; chosen on the two sets with an open licence."""

STEPS = 300

FEATURES = len(NAMES) + 2 * BUCKETS + 1


def inputs(comments: Sequence[tuple[str, QuestionKind]], language: str) -> csr_array:
    """One row per comment: the numbers, the buckets, and a constant."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, (text, kind) in enumerate(comments):
        marked = mark(text, language)
        found = features(marked, kind, language)
        mine = [(at, value) for at, value in enumerate(found.numbers) if value]
        scale = WORD_SCALE * found.scale_words
        mine += [(len(NAMES) + b, scale) for some in found.pieces for b in some]
        scale = LETTER_SCALE * found.scale_letters
        spelt = (letters(word.text) for word in marked.words if word.kind == "word")
        mine += [(len(NAMES) + b, scale) for some in spelt for b in some]
        mine.append((FEATURES - 1, 1.0))
        rows += [row] * len(mine)
        columns += [column for column, _ in mine]
        values += [value for _, value in mine]
    return csr_array((values, (rows, columns)), shape=(len(comments), FEATURES))


def targets(labels: Sequence[str]) -> Matrix:
    """One row per label, with a 1 in its column."""
    found: Matrix = np.eye(len(LABELS))[[LABELS.index(label) for label in labels]]
    return found


def learn(rows: csr_array, labels: Sequence[str], weights: NDArray[np.float64]) -> Matrix:
    """Fit coefficients from nothing."""
    return fit(rows, targets(labels), weights, penalties(), steps=STEPS)


def adapt(
    rows: csr_array, labels: Sequence[str], weights: NDArray[np.float64], base: Matrix
) -> Matrix:
    """Fit coefficients near those of the product, from an organisation's own labels."""
    held = penalties(own=max(OWN_PENALTY, OWN_SCALE / max(len(labels), 1)))
    return fit(rows, targets(labels), weights, held, steps=STEPS, around=base)


def balance(labels: Sequence[str]) -> NDArray[np.float64]:
    """How much each label counts so that praise and blame weigh the same.

    Most customers of most companies are content; a reader that learnt that would find fewer of
    the complaints.

    Example:
        >>> balance(["positive", "positive", "positive", "negative", "mixed"]).round(2).tolist()
        [0.67, 0.67, 0.67, 2.0, 1.0]
    """
    n = {label: labels.count(label) for label in ("positive", "negative")}
    half = sum(n.values()) / 2
    return np.array([half / n[label] if n.get(label) else 1.0 for label in labels])


def penalties(own: float = 0.0) -> Matrix:
    """How strongly each coefficient is held; infinitely where a number is none of a score's.

    Args:
        own: what to hold all of them with instead, where they begin at the product's own.
    """
    n = len(NAMES)
    found = np.empty((FEATURES, len(SPREAD)))
    found[:n] = own or PENALTY_NUMBERS
    found[n:-1] = own or np.array(PENALTY_PIECES)
    found[: len(ODD), 1:] = np.inf
    found[len(ODD) : n, 0] = np.inf
    found[-1] = [np.inf, 0.0, 0.0]
    return found


def temperature(logits: Matrix, labels: Sequence[str]) -> float:
    """By what to divide scores so that chances are as often right as they say.

    Args:
        logits: of comments that were not learnt from.
        labels: what they are.

    References:
        C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On Calibration of Modern Neural Networks",
        ICML 2017.
    """
    wanted = targets(labels)
    steps = np.arange(0.5, 4.01, 0.05)
    losses = [
        -np.log((softmax(logits / step) * wanted).sum(axis=1) + 1e-12).mean() for step in steps
    ]
    return float(steps[int(np.argmin(losses))])


def as_weights(coefficients: Matrix, warmth: float, about: dict[str, Any]) -> Weights:
    """Coefficients in the form that a reader keeps."""
    numbers = np.vstack([coefficients[: len(NAMES)], coefficients[-1:]])
    pieces = coefficients[len(NAMES) : -1]
    return Weights(numbers.astype(np.float32), pieces.astype(np.float32), warmth, about)


def as_coefficients(weights: Weights) -> Matrix:
    """The weights of a reader in the form that is fitted."""
    parts = (weights.numbers[:-1], weights.pieces, weights.numbers[-1:])
    return np.vstack(parts).astype(np.float64)

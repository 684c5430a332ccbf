"""Try an organisation's own labels: does a reader that learnt from them read unseen ones better?"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from insights.sentiment.fitting import Matrix, softmax
from insights.sentiment.learning import (
    adapt,
    as_coefficients,
    as_weights,
    balance,
    inputs,
    targets,
)
from insights.sentiment.question import question_kind
from insights.sentiment.weights import LABELS, SPREAD, dumps, weights_of

FOLDS = 5

FEWEST = 50
"""Labels drawn by chance, or failing those ratings, that must judge."""

CERTAIN = 1.645
"""How many standard errors the gain must be above 0: 95 % sure, one-sided."""


class Example(NamedTuple):
    """A comment whose label is known."""

    text: str
    question: str  # in words
    label: str  # "positive", "neutral", "negative" or "mixed"
    weight: float
    who: str  # who wrote it; all of one person are held out together
    is_by_chance: bool  # whether it was drawn by chance, so that it may judge


class Trial(NamedTuple):
    """What a training came to."""

    version: str
    weights: bytes
    figures: dict[str, Any]
    is_better: bool


def trial(
    language: str,
    labels: Sequence[Example],
    ratings: Sequence[Example],
    version: str,
    report: Callable[[float], None] | None = None,
) -> Trial:
    """Adapt a language's weights to own labels, and compare them on labels held out.

    Five parts of the persons in turn are held out: the weights learnt from the rest, and the
    product's own, read them. Only labels of comments drawn by chance judge, where there are fifty:
    those corrected because they were wrong would flatter the new reader. Else the ratings judge.

    Args:
        language: whose weights.
        labels: by colleagues.
        ratings: labels made of ratings that the text explains.
        version: what to call the result.
        report: is told the share done.

    Returns:
        The adapted weights; "better" when the mean logarithmic loss on what was held out went down
        by more than chance would do, and no fewer positive and negative ones were told apart.

    References:
        docs/readers.md, "Own labels".
    """
    chance = [example for example in labels if example.is_by_chance]
    judges = chance if len(chance) >= FEWEST else list(ratings)
    judged = {(example.who, example.text) for example in judges}
    extra = [one for one in (*labels, *ratings) if (one.who, one.text) not in judged]
    base = as_coefficients(weights_of(language))
    warmth = weights_of(language).temperature
    rows, more = _inputs(judges, language), _inputs(extra, language)
    after = _held_out((judges, rows), (extra, more), base, report)
    names = [example.label for example in judges]
    figures, is_better = _compared(names, rows @ base @ SPREAD / warmth, after / warmth)
    final = _fit(rows, judges, more, extra, base)
    about = {
        "name": f"own-{language}",
        "version": version,
        "from": str(weights_of(language).about["version"]),
        "labels": len(labels),
        "ratings": len(ratings),
    }
    made = dumps(as_weights(final, warmth, about))
    return Trial(version, made, figures | {"n": len(names)}, is_better)


def _inputs(examples: Sequence[Example], language: str) -> Any:  # noqa: ANN401 -- a sparse array
    """What the weights need of examples."""
    return inputs([(one.text, question_kind(one.question)) for one in examples], language)


def _held_out(
    judges: tuple[Sequence[Example], Any],
    others: tuple[Sequence[Example], Any],
    base: Matrix,
    report: Callable[[float], None] | None,
) -> Matrix:
    """The scores of each judging comment, by weights that saw nothing of the person's."""
    (examples, rows), (extra, more) = judges, others
    persons = sorted({example.who for example in examples})
    part = {who: number % FOLDS for number, who in enumerate(persons)}
    fold = np.array([part[example.who] for example in examples])
    of_extra = np.array([part.get(example.who, FOLDS) for example in extra])
    found = np.zeros((len(examples), len(LABELS)))
    for one in range(FOLDS):
        known = [e for e, f in zip(examples, fold, strict=True) if f != one]
        free = [e for e, f in zip(extra, of_extra, strict=True) if f != one]
        coefficients = _fit(rows[fold != one], known, more[of_extra != one], free, base)
        found[fold == one] = rows[fold == one] @ coefficients @ SPREAD
        if report:
            report((one + 1) / (FOLDS + 1))
    return found


def _fit(
    rows: Any,  # noqa: ANN401 -- a sparse array
    known: Sequence[Example],
    more: Any,  # noqa: ANN401 -- a sparse array
    extra: Sequence[Example],
    base: Matrix,
) -> Matrix:
    """Fit to labels, and to ratings for what they count."""
    from scipy.sparse import csr_array, vstack

    every = [*known, *extra]
    together = csr_array(vstack([rows, more])) if extra else rows
    labels = [example.label for example in every]
    weights = np.array([example.weight for example in every]) * balance(labels)
    return adapt(together, labels, weights, base)


def _compared(names: Sequence[str], before: Matrix, after: Matrix) -> tuple[dict[str, Any], bool]:
    """The figures before and after, and whether they are better by more than chance."""
    even = balance(names)
    old, new = even * _losses(names, before), even * _losses(names, after)
    gain = old - new
    error = float(gain.std(ddof=1) / np.sqrt(len(gain)))
    sides = _balanced(names, before), _balanced(names, after)
    figures = {
        "loss_before": round(float(old.mean()), 4),
        "loss_after": round(float(new.mean()), 4),
        "gain_error": round(error, 4),
        "balanced_before": sides[0],
        "balanced_after": sides[1],
    }
    is_no_worse = sides[0] is None or sides[1] is None or sides[1] >= sides[0]
    return figures, bool(gain.mean() > CERTAIN * error) and is_no_worse


def _losses(names: Sequence[str], logits: Matrix) -> NDArray[np.float64]:
    """Per comment the logarithm of how unlikely its label was held to be."""
    found: NDArray[np.float64] = -np.log((softmax(logits) * targets(names)).sum(axis=1) + 1e-9)
    return found


def _balanced(names: Sequence[str], logits: Matrix) -> float | None:
    """The mean share of positive and of negative comments that were found."""
    said = logits[:, 0] - logits[:, 2]
    given = np.array(names)
    shares = []
    for label, is_found in (("positive", said > 0), ("negative", said < 0)):
        if not (given == label).any():
            return None
        shares.append(float(is_found[given == label].mean()))
    return round(sum(shares) / 2, 4)

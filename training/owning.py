"""How much an organisation's own labels help: tried on the frozen sets, as if they were its own."""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from insights.sentiment.agreement import agreement
from insights.sentiment.fitting import Matrix, softmax
from insights.sentiment.learning import adapt, as_coefficients, balance, inputs
from insights.sentiment.question import QuestionKind, question_kind
from insights.sentiment.weights import SPREAD, weights_of
from training.sets import SETS, Item, items

KEPT = Path(__file__).parent / "own_figures.json"

TRIED = (("food delivery", (500, 2_000)), ("hospital survey, second", (200, 500, 2_000)))
"""Sets, and how many of their labels are given to the reader; the others judge it."""

MOST = 8_000


def try_own() -> list[dict[str, Any]]:
    """Adapt the reader to part of a set, and read the rest; the figures are kept."""
    found = []
    for name, sizes in TRIED:
        one = next(chosen for chosen in SETS if chosen.name == name)
        comments = list(items(one))
        Random(7).shuffle(comments)
        comments = comments[:MOST]
        rows = inputs([(c.text, _asked(c)) for c in comments], one.language)
        labels = [comment.label for comment in comments]
        base = as_coefficients(weights_of(one.language))
        for n in sizes:
            own = adapt(rows[:n], labels[:n], balance(labels[:n]), base)
            before, after = (_balanced(rows[n:], labels[n:], w, one.language) for w in (base, own))
            given = {"set": name, "language": one.language, "labels": n}
            found.append(given | {"n": len(labels) - n, "before": before, "after": after})
    KEPT.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return found


def kept() -> list[dict[str, Any]]:
    """The figures of the last time it was tried."""
    found: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def _balanced(rows: Any, labels: list[str], weights: Matrix, language: str) -> float | None:  # noqa: ANN401 -- a sparse array
    """How well weights tell praise from blame."""
    chances = softmax(rows @ weights @ SPREAD / weights_of(language).temperature)
    said: list[float | None] = list(np.round(chances[:, 0] - chances[:, 2], 6))
    got = agreement(labels, said, [[float(c) for c in row] for row in chances]).balanced
    return None if got is None else round(got, 4)


def _asked(comment: Item) -> QuestionKind:
    """The kind of question a comment answers."""
    if comment.question in set(QuestionKind):
        return QuestionKind(comment.question)
    return question_kind(comment.question) if comment.question else QuestionKind.OPEN

"""Try the readers on the frozen sets, beside TextBlob's own lexicon at its best.

The figures are kept, for machines that do not have the sets.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from insights.sentiment.agreement import agreement
from insights.sentiment.reading import chances_of
from insights.sentiment.weights import LABELS
from training.sets import SETS, Item, Set, check_frozen, items

KEPT = Path(__file__).parent / "figures.json"

_PATTERN = {"nl": "textblob_nl", "en": "textblob.sentiments", "fr": "textblob_fr"}
"""Where TextBlob's analyzer of a language is; the German one can no longer be imported."""


def try_all() -> list[dict[str, Any]]:
    """Read every frozen set, and keep the figures.

    Raises:
        ValueError: a set is not the one that was frozen.
    """
    check_frozen()
    found = [_tried(one) for one in tqdm(SETS, desc="Sets")]
    KEPT.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return found


def kept() -> list[dict[str, Any]]:
    """The figures of the last time the sets were read."""
    found: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def _tried(one: Set) -> dict[str, Any]:
    """The figures of one set."""
    comments = list(items(one))
    chances = [_chances(comment, one.language) for comment in comments]
    labels = [comment.label for comment in comments]
    said = [None if some is None else some[0] - some[2] for some in chances]
    spread = [some or [0.0, 1.0, 0.0, 0.0] for some in chances]
    figures = agreement(labels, said, spread)._asdict()
    plain = _plain(one.language)
    return {
        "set": one.name,
        "language": one.language,
        "licence": one.licence,
        "about": one.about,
        "textblob": _best_cut([c.text for c in comments], labels, plain) if plain else None,
    } | {name: _rounded(value) for name, value in figures.items()}


def _chances(comment: Item, language: str) -> list[float] | None:
    """The chances of the labels of a comment."""
    _, chances = chances_of(comment.text, language, comment.question)
    return None if chances is None else [chances[label] for label in LABELS]


@cache
def _plain(language: str) -> Callable[[str], float] | None:
    """TextBlob's own polarity of a text in a language; none where its package is broken."""
    if language not in _PATTERN:
        return None
    analyzer = import_module(_PATTERN[language]).PatternAnalyzer()
    return lambda text: float(analyzer.analyze(text)[0])


def _best_cut(
    texts: Sequence[str], labels: Sequence[str], polarity: Callable[[str], float]
) -> float:
    """The balanced accuracy of TextBlob, with a cut-off for each half chosen on the other half."""
    chosen = [at for at, label in enumerate(labels) if label in {"positive", "negative"}]
    said = np.array([polarity(texts[at]) for at in chosen])
    is_good = np.array([labels[at] == "positive" for at in chosen])
    half = np.arange(len(chosen)) % 2
    guessed = np.zeros(len(chosen), dtype=bool)
    cuts = np.round(np.arange(-0.5, 0.51, 0.05), 2)
    for one in (0, 1):
        there = half != one
        best = max(cuts, key=lambda cut: _balanced(said[there] > cut, is_good[there]))
        guessed[half == one] = said[half == one] > best
    return round(_balanced(guessed, is_good), 4)


def _balanced(guessed: Any, is_good: Any) -> float:  # noqa: ANN401 -- arrays of truths
    """The mean share found of the good and of the bad."""
    return float((guessed[is_good].mean() + (~guessed[~is_good]).mean()) / 2)


def _rounded(value: float | None) -> float | None:
    """Four decimals are enough."""
    return None if value is None else round(value, 4)

"""Which comments speak best for all: typical, unlike each other, and of different people."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from insights.comments.stop_words import stop_words
from insights.sentiment.words import plain, words

WEIGHT = 0.5
"""How much being typical counts, beside being unlike what was chosen before."""

MOST_COMPARED = 1_000
"""Comments that are compared, the first of them, so that no choice takes long."""


def telling(
    comments: Sequence[str], clusters: Sequence[int], language: str, *, most: int = 2
) -> list[int]:
    """Choose the comments that speak best for all of them.

    The first is the medoid: the comment most like all others. Each next one is again typical, but
    as unlike those chosen as can be (maximal marginal relevance), and of another cluster.

    Args:
        comments: as they were written.
        clusters: who, or whose account, wrote each.
        language: the one they are in.
        most: how many at most.

    Returns:
        The places of the chosen comments, the most telling first; fewer than ``most`` where too
        few clusters wrote something. A comment without a telling word is never chosen.

    Raises:
        ValueError: not every comment has a cluster.

    References:
        J. Carbonell, J. Goldstein, "The use of MMR, diversity-based reranking for reordering
        documents and producing summaries", SIGIR 1998.

    Example:
        >>> said = ["Factuur klopt niet", "De factuur klopt", "De app is traag", "Trage app"]
        >>> telling(said, [1, 2, 3, 4], "nl")
        [0, 2]
    """
    if len(comments) != len(clusters):
        raise ValueError("clusters: as many as there are comments")
    rows = _vectors(comments[:MOST_COMPARED], language)
    alike = rows @ rows.T
    np.fill_diagonal(alike, 0.0)
    typical = alike.mean(axis=1) if len(rows) else np.zeros(0)
    typical = typical / max(float(typical.max(initial=0.0)), 1e-9)
    is_free = np.asarray(rows.any(axis=1))
    chosen: list[int] = []
    while len(chosen) < most and is_free.any():
        worth = typical if not chosen else WEIGHT * typical - (1 - WEIGHT) * _most(alike, chosen)
        best = int(np.argmax(np.where(is_free, worth, -np.inf)))
        chosen.append(best)
        for at in range(len(rows)):
            is_free[at] &= clusters[at] != clusters[best]
    return chosen


def _most(alike: np.ndarray, chosen: list[int]) -> np.ndarray:
    """How much each comment is like the chosen one it is most like."""
    most: np.ndarray = alike[:, chosen].max(axis=1)
    return most


def _vectors(comments: Sequence[str], language: str) -> np.ndarray:
    """Each comment as tf-idf weights of its words, of length one."""
    stops = stop_words(language)
    cut = [
        Counter(
            word.text
            for word in words(plain(comment), language)
            if word.kind == "word" and word.text not in stops
        )
        for comment in comments
    ]
    known = {word: at for at, word in enumerate(sorted({w for counted in cut for w in counted}))}
    rows = np.zeros((len(cut), len(known)))
    for at, counted in enumerate(cut):
        for word, n in counted.items():
            rows[at, known[word]] = 1 + np.log(n)
    n_with = (rows > 0).sum(axis=0)
    rows *= np.log((1 + len(cut)) / (1 + n_with)) + 1
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: np.ndarray = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return unit

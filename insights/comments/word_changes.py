"""Which words comments came to use more, or less, than before."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm

from insights.comments.stop_words import stop_words
from insights.comparing.differences import adjusted
from insights.sentiment.words import plain, words

FALSE_DISCOVERIES = 0.10
"""The share of the words shown that may have changed by chance alone."""

LEAST_COMMENTS = 5
"""Comments that must use a word before it is looked at."""

PRIOR = 0.1
"""What the prior weighs: its words, as a share of all that were written."""


def word_changes(before: Sequence[str], after: Sequence[str], language: str) -> pd.DataFrame:
    """Find the words whose share of what is written has changed.

    The log-odds ratio of each word with an informative Dirichlet prior, made of both periods
    together, so that rare words need more to stand out.

    Args:
        before: the comments of the earlier period.
        after: those of the later one.
        language: the one they are in.

    Returns:
        One row per word that changed, by the strength of the change: ``word``, ``before``,
        ``after`` (comments that use it), ``z`` (above 0: used more). Only words of at least five
        comments, and of those that one in ten at most is there by chance. A comment counts a word
        once, so that one angry person does not make a trend.

    References:
        B. Monroe, M. Colaresi, K. Quinn, "Fightin' Words", Political Analysis 16(4), 2008; Y.
        Benjamini, Y. Hochberg, JRSS B 57(1), 1995.

    Example:
        >>> before = ["lekker eten", "fijne sfeer"] * 20
        >>> after = ["lekker eten", "parkeren onmogelijk"] * 20
        >>> word_changes(before, after, "nl")["word"].tolist()
        ['onmogelijk', 'parkeren', 'fijne', 'sfeer']
    """
    early, late = _used(before, language), _used(after, language)
    every = sorted(early.keys() | late.keys())
    counts = np.array([[early[word], late[word]] for word in every], dtype=float).reshape(-1, 2)
    z = _scores(counts)
    frame: pd.DataFrame = pd.DataFrame(
        {"word": every, "before": counts[:, 0], "after": counts[:, 1], "z": z}
    ).astype({"word": "object", "before": "int64", "after": "int64"})
    frame = frame[counts.sum(axis=1) >= LEAST_COMMENTS]
    if frame.empty:
        return frame
    is_changed = adjusted(2 * norm.sf(frame["z"].abs())) <= FALSE_DISCOVERIES
    frame = frame[is_changed].assign(strength=lambda rows: -rows["z"].abs().round(9))
    # What became more comes first among equals.
    frame = frame.assign(is_less=frame["z"] < 0).sort_values(["strength", "is_less", "word"])
    return frame.drop(columns=["strength", "is_less"]).reset_index(drop=True)


def _scores(counts: np.ndarray) -> np.ndarray:
    """The log-odds ratio of each word in units of its own error.

    The error is that of the word and of the rest, so that a word nearly everybody uses is no news.
    """
    totals = counts.sum(axis=0)
    prior = PRIOR * counts.sum(axis=1)
    smooth = counts + prior[:, None]
    rest = totals + prior.sum() - smooth
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(smooth / rest)
        z = (odds[:, 1] - odds[:, 0]) / np.sqrt((1 / smooth + 1 / rest).sum(axis=1))
    scores: np.ndarray = np.nan_to_num(z, nan=0.0, posinf=0.0, neginf=0.0)
    return scores if totals.all() else np.zeros(len(counts))


def _used(comments: Sequence[str], language: str) -> Counter[str]:
    """In how many comments each telling word is used."""
    stops = stop_words(language)
    used: Counter[str] = Counter()
    for comment in comments:
        cut = words(plain(comment), language)
        used.update({word.text for word in cut if word.kind == "word"} - stops)
    return used

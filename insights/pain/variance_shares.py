"""Dividing what a model explains among groups of its columns: LMG, Johnson's relative weights."""

from math import comb

import numpy as np
from numpy.typing import ArrayLike

_NOTHING = 1e-10  # what is left of a column of length 1 that others explain, squared


def lmg(gram: np.ndarray, groups: ArrayLike) -> np.ndarray:
    """Divide R squared among groups of columns by what each adds, on average over all orders.

    This is the Shapley value of R squared, also known as dominance analysis. Columns that repeat
    others add nothing after them, so groups that say the same share alike.

    Args:
        gram: products of all pairs of columns, each a deviation from its mean; what is explained
            comes last. Must vary.
        groups: the group of each column but the last, 0 and up, none left out. Twelve groups take
            some ten milliseconds, each more twice as long.

    Returns:
        One share per group, 0-1; together R squared of all columns.

    References:
        R. Lindeman, P. Merenda, R. Gold, 1980; D. V. Budescu, Psychological Bulletin 114(3), 1993;
        U. Groemping, Journal of Statistical Software 17(1), 2006.

    Example:
        >>> lmg(np.array([[2.0, 1.0, 2.0], [1.0, 2.0, 1.0], [2.0, 1.0, 4.0]]), [0, 1]).round(4)
        array([0.4375, 0.0625])
    """
    owner = np.asarray(groups, dtype=int)
    order = np.argsort(owner, kind="stable")
    left = _scaled(gram)[np.ix_([*order, -1], [*order, -1])][None]
    sizes = np.bincount(owner)
    for size in sizes:
        with_it = left
        for _ in range(size):
            with_it = _eliminated(with_it)
        without = left[:, size:, size:]
        left = np.stack([without, with_it], axis=1).reshape(-1, *without.shape[1:])
    explained = 1.0 - left[:, 0, 0].reshape((2,) * sizes.size)  # one axis per group: without, with
    n_others = sizes.size - 1
    n_before = np.indices((2,) * n_others).sum(axis=0) if n_others else np.zeros(())
    chance = np.vectorize(lambda n: 1.0 / (sizes.size * comb(n_others, int(n))))(n_before)
    gains = (np.diff(explained, axis=group).squeeze(axis=group) for group in range(sizes.size))
    return np.array([float((gain * chance).sum()) for gain in gains])


def relative_weights(gram: np.ndarray, groups: ArrayLike) -> np.ndarray:
    """Divide R squared among groups of columns by way of the nearest columns that are independent.

    Each group is first made independent within itself, so how its columns are written down makes
    no difference. For groups of one column this is Johnson's method.

    Args:
        gram: as for ``lmg``.
        groups: as for ``lmg``; any number of them.

    Returns:
        One share per group, 0-1; together R squared of all columns.

    References:
        J. W. Johnson, Multivariate Behavioral Research 35(1), 2000; A. Genizi, Statistica Sinica
        3(2), 1993.

    Example:
        >>> gram = np.array([[2.0, 1.0, 2.0], [1.0, 2.0, 1.0], [2.0, 1.0, 4.0]])
        >>> relative_weights(gram, [0, 1]).round(4)
        array([0.4375, 0.0625])
    """
    owner = np.asarray(groups, dtype=int)
    scaled = _scaled(gram)
    among, along = scaled[:-1, :-1], scaled[:-1, -1]
    blocks = [np.flatnonzero(owner == group) for group in range(owner.max() + 1)]
    places, whites = [], []
    for group, block in enumerate(blocks):
        sizes, axes = np.linalg.eigh(among[np.ix_(block, block)])
        kept = sizes > _NOTHING
        white = np.zeros((len(owner), int(kept.sum())))
        white[block] = axes[:, kept] / np.sqrt(sizes[kept])
        whites.append(white)
        places += [group] * white.shape[1]
    white = np.column_stack(whites)
    sizes, axes = np.linalg.eigh(white.T @ among @ white)
    roots = np.sqrt(np.where(sizes > _NOTHING, sizes, 0.0))
    inverse = np.divide(1.0, roots, out=np.zeros_like(roots), where=roots > 0)
    near = (axes * inverse) @ axes.T @ (white.T @ along)
    member = np.equal.outer(places, np.arange(len(blocks))).astype(float)
    by_group = (((axes * roots) @ axes.T) * near) @ member  # of each column, through each group
    shares: np.ndarray = member.T @ (by_group**2).sum(axis=1)
    return shares


def _scaled(gram: np.ndarray) -> np.ndarray:
    """Make every column as long as 1; one of zeros stays so."""
    lengths = np.sqrt(np.diag(gram))
    over = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    scaled: np.ndarray = gram * np.outer(over, over)
    return scaled


def _eliminated(grams: np.ndarray) -> np.ndarray:
    """Take out of all other columns what the first explains, and the first with it."""
    pivot, row = grams[:, :1, 0], grams[:, 0, 1:]
    slopes = np.divide(row, pivot, out=np.zeros_like(row), where=pivot > _NOTHING)
    less: np.ndarray = grams[:, 1:, 1:] - slopes[:, :, None] * row[:, None, :]
    return less

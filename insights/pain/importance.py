"""Importance: which part of the differences between answers goes together with each touchpoint."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from insights.pain.columns import AT_ONCE
from insights.pain.design import MINIMUM_LOW, ratings_of
from insights.pain.variance_shares import lmg, relative_weights
from insights.pain.weights import weights_of
from insights.plain import number
from insights.weighting.mix import KnownMix

MOST_BY_LMG = 12
"""Beyond this many touchpoints their orders are too many: Johnson's relative weights then."""

_RARELY, _ALWAYS = 0.02, 0.98  # beyond these reaches, "met" says no more than the mean does
_NO_SPREAD = 1e-9  # points squared; overall answers that differ less are all alike


def importance(
    frame: pd.DataFrame, touchpoints: Sequence[str], *, target: float = 75.0
) -> pd.Series:
    """Divide the explained variance of a stage's overall score among its touchpoints.

    A touchpoint stands for all that the pain model knows of it: whether it was met, how far it
    fell short and how far it excelled. So somebody who did not meet it is no missing answer, and
    nobody is left out. These are shares of how much answers differ, not points lost: a touchpoint
    that everybody rates equally low has no importance, and may cost the most.

    Args:
        frame: one row per response, as for ``insights.pain.pain.pain``: ``y`` (0-100; rows without
            it drop out), perhaps ``weight``, and one column of scores per touchpoint (0-100, null
            where not rated).
        touchpoints: those columns that may be shown.
        target: the lowest score that is no shortfall, points.

    Returns:
        One share per touchpoint, 0-1; together R squared of the pain model when its slopes are
        free. Null where nothing varies: all overall answers alike, or all ratings.

    Raises:
        ValueError: a rating lies outside 0 to 100, or a touchpoint is given twice.
        KeyError: a column is missing.

    References:
        docs/metrics.md, "Importance".

    Example:
        >>> shop, site = np.repeat([0.0, 25.0, 50.0, 75.0], 8), np.tile([0.0, 75.0], 16)
        >>> answers = pd.DataFrame({"y": shop + site / 2, "shop": shop, "site": site})
        >>> importance(answers, ["shop", "site"]).round(3).to_dict()
        {'shop': 0.69, 'site': 0.31}
    """
    rows = frame[frame["y"].notna()]
    weight, ratings = _weights(rows), ratings_of(rows, touchpoints)
    gram = _gram(ratings, rows["y"].to_numpy(dtype=float), weight, target)
    places = np.flatnonzero(_is_used(ratings, weight, target) & (np.diag(gram)[:-1] > _NO_SPREAD))
    shares = np.full(len(touchpoints), np.nan)
    varying, groups = np.unique(places % max(len(touchpoints), 1), return_inverse=True)
    if varying.size and gram[-1, -1] > _NO_SPREAD:
        divide = lmg if varying.size <= MOST_BY_LMG else relative_weights
        shares[varying] = divide(gram[np.ix_([*places, -1], [*places, -1])], groups)
    return pd.Series(shares, index=list(touchpoints), name="importance")


def _weights(rows: pd.DataFrame) -> np.ndarray:
    """How much each response counts, together 1."""
    weight = rows.get("weight", pd.Series(1.0, index=rows.index)).to_numpy(dtype=float)
    total: float = weight.sum()
    return weight / total if total else weight


def _gram(ratings: np.ndarray, y: np.ndarray, weight: np.ndarray, target: float) -> np.ndarray:
    """The products of all pairs of columns as deviations from their means, some rows at a time."""
    blocks = [slice(start, start + AT_ONCE) for start in range(0, len(y), AT_ONCE)]
    means = np.zeros(3 * ratings.shape[1] + 1)
    gram = np.zeros((means.size, means.size))
    for rows in blocks:
        means += weight[rows] @ _columns(ratings[rows], y[rows], target)
    for rows in blocks:
        part = _columns(ratings[rows], y[rows], target) - means
        gram += part.T @ (part * weight[rows, None])
    return gram


def _columns(ratings: np.ndarray, y: np.ndarray, target: float) -> np.ndarray:
    """Met, shortfall and reward of each touchpoint, and the overall score."""
    met = ~np.isnan(ratings)
    below = np.where(met, np.maximum(target - ratings, 0.0), 0.0)
    above = np.where(met, np.maximum(ratings - target, 0.0), 0.0)
    return np.column_stack([met.astype(float), below, above, y])


def _is_used(ratings: np.ndarray, weight: np.ndarray, target: float) -> np.ndarray:
    """Which of these columns the pain model has."""
    reach = weight @ ~np.isnan(ratings)
    is_met_told = (reach >= _RARELY) & (reach <= _ALWAYS)
    has_lows = (ratings < target).sum(axis=0) >= MINIMUM_LOW
    return np.concatenate([is_met_told, has_lows, np.ones(ratings.shape[1], dtype=bool)])


def with_importance(
    content: Mapping[str, Any], frame: pd.DataFrame, mix: KnownMix = ()
) -> dict[str, Any]:
    """Add the importance of each touchpoint to a stage's pain, as plain values.

    Args:
        content: what ``insights.pain.content.pain_content`` gave.
        frame: the answers it came from.
        mix: the known shares they were weighted to, as for ``insights.pain.pain.pain``.

    Returns:
        The same with ``importance`` in every row of ``touchpoints``: null where the stage has no
        pain, or the touchpoint too few persons, or a twin it cannot be told from.

    References:
        docs/metrics.md, "Importance".

    Example:
        >>> content = {"whole": {"reason": "too_few_answers"}, "target": 75.0,
        ...     "touchpoints": [{"touchpoint": "shop", "reason": "too_few_answers"}]}
        >>> with_importance(content, pd.DataFrame({"y": [], "shop": []}))["touchpoints"]
        [{'touchpoint': 'shop', 'reason': 'too_few_answers', 'importance': None}]
    """
    table = content["touchpoints"]
    shown = [row["touchpoint"] for row in table if row["reason"] != "too_few_persons"]
    found: Mapping[Any, float] = {}
    if content["whole"]["reason"] is None:
        rows = frame[frame["y"].notna()]
        weights = weights_of(rows, mix).of(np.ones(len(rows), dtype=bool))
        used = rows if weights.used is None else rows.assign(weight=weights.used)
        found = importance(used, shown, target=content["target"]).to_dict()
    twins = {row["touchpoint"] for row in table if row["reason"] == "collinear"}
    shares = {key: number(share) for key, share in found.items() if key not in twins}
    added = [row | {"importance": shares.get(row["touchpoint"])} for row in table]
    return dict(content) | {"touchpoints": added}

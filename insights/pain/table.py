"""The part of the pain table that needs no model: ratings, reach and shortfall per touchpoint."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from insights.clusters import clustered_mean
from insights.release.suppression import suppress
from insights.weighting.means import weighted_mean

_NUMBERS = ("n", "met", "reach", "score", "low", "high", "shortfall", "gap", "n_low")


def describe(  # noqa: PLR0913 -- the ratings, and four things to know of them
    ratings: np.ndarray,
    who: pd.DataFrame,
    touchpoints: Sequence[str],
    unrated: Mapping[str, int],
    target: float,
    *,
    weight: np.ndarray | None = None,
    unknown: np.ndarray | None = None,
) -> pd.DataFrame:
    """Describe the ratings of each touchpoint.

    Args:
        ratings: one row per response, one column per touchpoint: scores, NaN where not rated.
        who: ``cluster`` and ``respondent`` of each response.
        touchpoints: the names of the columns.
        unrated: how many responses met a touchpoint without rating it; none where left out.
        target: the score below which a rating falls short.
        weight: what each response counts for; all alike where left out.
        unknown: true where a rating may not be told; that response says nothing of the reach.

    Returns:
        One row per touchpoint: ``touchpoint``, ``persons``, ``n`` (ratings), ``met`` (rated or
        not), ``reach`` (share, 0-1, of the responses that rate it), ``score``, ``low``, ``high``
        (points), ``shortfall`` (mean points below target among those who rate it), ``gap``
        (shortfall x reach, points), ``n_low`` (ratings below target), ``shown``. All null for
        fewer than five persons.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> who = pd.DataFrame({"cluster": range(6), "respondent": range(6)})
        >>> ratings = np.array([[50.0], [25.0], [75.0], [100.0], [75.0], [np.nan]])
        >>> row = describe(ratings, who, ["shop"], {}, 75.0).iloc[0]
        >>> row[["n", "reach", "score", "shortfall", "gap"]].astype(float).round(3).tolist()
        [5.0, 0.833, 65.0, 15.0, 12.5]
    """
    counts = np.ones(len(ratings)) if weight is None else weight
    rows = []
    for place, touchpoint in enumerate(touchpoints):
        met = ~np.isnan(ratings[:, place])
        known = counts.sum() if unknown is None else counts[~unknown[:, place]].sum()
        given, here, own = ratings[met, place], who[met], counts[met]
        clusters = here["cluster"].to_numpy()
        mean, low, high = _mean(given, clusters, None if weight is None else own)
        below = np.maximum(target - given, 0.0)
        lost, share = float((own * below).sum()), float(own.sum())
        rows.append(
            {
                "touchpoint": touchpoint,
                "persons": here["respondent"].nunique(),
                "n": given.size,
                "met": given.size + unrated.get(touchpoint, 0),
                "reach": share / known if known else np.nan,
                "score": mean,
                "low": max(low, 0.0),
                "high": min(high, 100.0),
                "shortfall": lost / share if share else np.nan,
                "gap": lost / known if known else np.nan,
                "n_low": int((below > 0).sum()),
            }
        )
    names = ["touchpoint", "persons", *_NUMBERS]
    return suppress(pd.DataFrame(rows, columns=names), _NUMBERS)


def _mean(
    scores: np.ndarray, clusters: np.ndarray, weight: np.ndarray | None
) -> tuple[float, float, float]:
    """The mean of some scores with its interval."""
    if weight is not None and scores.size:
        found = weighted_mean(scores, weight, clusters)
        return found.mean, *found.interval
    if not scores.size:
        return np.nan, np.nan, np.nan
    numbers = np.unique(clusters, return_inverse=True)[1]
    plain = clustered_mean(np.bincount(numbers), np.bincount(numbers, weights=scores))
    return plain.mean, *plain.interval

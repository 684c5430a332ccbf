"""The whole analysis of somebody's own CSV, as plain values."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from insights.intervals import Interval
from insights.pain.content import pain_content
from insights.pain.importance import with_importance
from insights.pain.pain import TARGET, pain
from insights.plain import plain
from insights.weighting.means import weighted_mean

SEED = 20261107
"""Of the resamples behind the intervals, unless another is given."""

FIGURES = (
    *("name", "n", "met", "reach", "score", "low", "high", "impact", "shortfall", "gap"),
    *("pain", "pain_low", "pain_high", "p_worst", "reward", "kind", "importance"),
    *("shrunk", "order", "rank", "rank_low", "rank_high", "tie", "is_tied"),
    *("reason", "needed", "have", "missing"),
)
"""What is said of each touchpoint."""

WHOLE = (
    *("n", "accounts", "mean", "unweighted", "r2", "painless", "n_eff", "deff"),
    *("reason", "needed", "have", "missing"),
)
"""What is said of the whole, beside its interval and its total."""


def analysis(
    frame: pd.DataFrame, names: Mapping[str, str], *, target: float = TARGET, seed: int = SEED
) -> dict[str, Any]:
    """Price every touchpoint of a table of answers.

    Args:
        frame: as for ``insights.pain.pain.pain``.
        names: of each touchpoint's column what it is called.
        target: the lowest score that is no shortfall, points.
        seed: of the intervals.

    Returns:
        ``whole``: the names in ``WHOLE``, low and high of the mean, total_pain, total_pain_low,
        total_pain_high and method; ``touchpoints``:
        the names in ``FIGURES`` per touchpoint, null where it cannot be said; ``target``,
        ``seed`` and ``method``.

    Raises:
        ValueError: a score lies outside 0 to 100.

    References:
        docs/metrics.md, "Pain" and "Importance".

    Example:
        >>> shop = np.tile([0.0, 25.0, 50.0, 75.0], 25)
        >>> answers = pd.DataFrame({"y": 50 + 0.4 * shop, "cluster": range(100), "0": shop})
        >>> found = analysis(answers, {"0": "Our shop"})
        >>> row = found["touchpoints"][0]
        >>> row["name"], round(row["pain"], 6), round(found["whole"]["total_pain"], 6)
        ('Our shop', 15.0, 15.0)
    """
    content = pain_content(pain(frame, list(names), target=target, seed=seed))
    content = with_importance(content, frame)
    found = content["whole"]
    low, high = _interval(frame[frame["y"].notna()])
    totals = {"total_pain": "total", "total_pain_low": "low", "total_pain_high": "high"}
    whole = {name: found.get(name) for name in WHOLE}
    whole |= {name: found[there] for name, there in totals.items()}
    is_shown = found["mean"] is not None
    whole |= {
        "low": plain(max(low, 0.0)) if is_shown else None,
        "high": plain(min(high, 100.0)) if is_shown else None,
        "method": content["method"],
    }
    rows = [
        {name: (row | {"name": names[row["touchpoint"]]}).get(name) for name in FIGURES}
        for row in content["touchpoints"]
    ]
    return {
        "whole": whole,
        "touchpoints": rows,
        "target": target,
        "seed": seed,
        "method": content["method"],
    }


def _interval(rows: pd.DataFrame) -> Interval:
    """How sure the overall score is."""
    weight = rows["weight"] if "weight" in rows else np.ones(len(rows))
    return weighted_mean(rows["y"], weight, rows["cluster"].to_numpy()).interval

"""Who in the decision was heard: per part the persons known, heard, and what they say."""

import math
from typing import Any

import numpy as np
import pandas as pd

from insights.clusters import clustered_mean
from insights.intervals import UNKNOWN, Interval, wilson
from insights.release.suppression import FEW_ANSWERS, MINIMUM_PERSONS, protect
from vocabulary import Part

NUMBERS = ("n", "score", "low", "high", "share", "share_low", "share_high")

UNKNOWN_PART, NO_ACCOUNT = "unknown", "no_account"
"""What stands beside the parts, so that nobody follows from the total by subtraction."""


def parts_heard(heard: pd.DataFrame, n_alone: int, persons: pd.DataFrame) -> pd.DataFrame:
    """Say of each part in the decision how many are known, were heard, and what they say.

    Args:
        heard: what ``people.heard_people`` gives.
        n_alone: how many persons of no account answered.
        persons: whom a CRM knows of the accounts that answered, each with ``person`` (code),
            ``account`` and ``part``.

    Returns:
        One row per ``vocabulary.Part``, in its order: ``part``, ``known`` (in the CRM; null where
        it knows nobody of that part), ``persons`` (heard), ``share`` (of those known, that were
        heard), ``share_low``, ``share_high``, ``n`` (answers to the stages' overall questions),
        ``score``, ``low``, ``high`` (points), ``shown``, ``few``. A part that was not heard at all
        has 0 persons and is shown.

    References:
        docs/metrics.md, "Who in the decision was heard".

    Example:
        >>> heard = pd.DataFrame({"account": list("abcde"), "respondent": range(5), "n": 1,
        ...     "person": list("vwxyz"), "total": 50.0, "part": "user"})
        >>> known = pd.DataFrame({"person": [*"vwxyz", "q"], "account": [*"abcdea"],
        ...                       "part": "user"})
        >>> found = parts_heard(heard, 0, known).set_index("part").loc["user"]
        >>> [f"{found[name]:.2f}" for name in ("known", "persons", "score", "share")]
        ['6.00', '5.00', '50.00', '0.83']
    """
    named = heard["part"].fillna(UNKNOWN_PART)
    rows = [
        {"part": part, "known": known} | _figures(heard[named == part], persons, part)
        for part in (*(each.value for each in Part), UNKNOWN_PART)
        for known in [int((persons["part"] == part).sum()) or None]
    ]
    nobody = {"part": NO_ACCOUNT, "known": None, "persons": n_alone}
    frame = pd.DataFrame([*rows, nobody])
    # Nobody is not somebody hidden: a part without persons is told as it is.
    some = frame[frame["persons"] > 0]
    told = pd.concat([protect(some, NUMBERS), frame[frame["persons"] == 0].assign(shown=True)])
    told = told.sort_index().iloc[: len(Part)]
    few = (told["n"].astype(float) < FEW_ANSWERS) & (told["persons"].astype(float) > 0)
    return told.assign(
        few=few.fillna(False).astype(bool),
        known=pd.array(told["known"].tolist(), dtype="Int64"),
        persons=pd.array(told["persons"].tolist(), dtype="Int64"),
        n=pd.array(told["n"].tolist(), dtype="Int64"),
    )


def _figures(people: pd.DataFrame, persons: pd.DataFrame, part: str) -> dict[str, Any]:
    """Count those who were heard of one part, and average what they say."""
    sums = people.groupby("account")[["n", "total"]].sum()
    score = clustered_mean(sums["n"], sums["total"]) if len(sums) else None
    low, high = score.interval if score else UNKNOWN
    share, interval = _share(persons[persons["part"] == part], set(people["person"].dropna()))
    return {
        "persons": int(people["respondent"].nunique()),
        "n": int(people["n"].sum()),
        "score": score.mean if score else math.nan,
        "low": float(np.clip(low, 0, 100)),
        "high": float(np.clip(high, 0, 100)),
        "share": share,
        "share_low": interval.low,
        "share_high": interval.high,
    }


def _share(known: pd.DataFrame, people: set[str]) -> tuple[float, Interval]:
    """Give the share of those known who were heard; people of an account come together."""
    if known.empty:
        return math.nan, UNKNOWN
    was_heard = known["person"].isin(people).astype(float)
    n, n_heard = len(known), int(was_heard.sum())
    if 0 < n_heard < MINIMUM_PERSONS:
        return math.nan, UNKNOWN
    sums = was_heard.groupby(known["account"]).agg(["count", "sum"])
    found = clustered_mean(sums["count"], sums["sum"])
    plain = found.mean * (1 - found.mean) / n
    is_clustered = found.clusters < n and found.error > 0
    effective = min(n, n * plain / found.error**2) if is_clustered else found.clusters
    return found.mean, wilson(min(found.mean * effective, effective), effective)

"""Whom a score is about: those who stayed, beside those who left and those who never came."""

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd

from insights.clusters import clustered_mean
from insights.comparing.differences import Difference, difference, paired_sums
from insights.flow.walks import GONE, LEFT, Leg, Walks, when
from insights.release.suppression import FEW_ANSWERS, protect
from vocabulary import Audience, Happening

_NUMBERS = ["n", "score", "low", "high", "change", "change_low", "change_high", "p"]


class Group(StrEnum):
    """What became of whoever answered."""

    CUSTOMER = "customer"  # and, as far as is known, still one
    LEFT_SINCE = "left_since"  # a customer then, gone afterwards
    EX_CUSTOMER = "ex_customer"  # answered as one
    LOST_DEAL = "lost_deal"  # a prospect who did not buy
    PROSPECT = "prospect"  # any other


def survivors(walked: Walks, legs: Sequence[Leg]) -> pd.DataFrame:
    """Score each stage by what became of those who answered.

    Args:
        walked: who walks.
        legs: the stages in the order of the journey.

    Returns:
        One row per stage and group that answered its overall question, in the order of ``Group``:
        ``stage``, ``group``, ``persons``, ``n`` (answers), ``score``, ``low``, ``high`` (points),
        ``change``, ``change_low``, ``change_high``, ``p`` (the group minus the customers who
        stayed; null for those), ``shown``, ``few``. What is about too few, or could be told by
        subtraction, is hidden.

    References:
        docs/metrics.md, "Who is still asked".

    Example:
        >>> at = pd.Timestamp("2025-01-01", tz="UTC")
        >>> answers = pd.DataFrame({"walker": range(12), "stage": "use", "at": at, "audience":
        ...     ["customer", "ex_customer"] * 6, "score": [80.0, 40.0] * 3 + [90.0, 60.0] * 3,
        ...     "respondent": range(12), "cluster": range(12)})
        >>> events = answers.assign(kind="")[:0]
        >>> walked = Walks(answers, answers[:0], events, at, pd.NaT, 0, False)
        >>> survivors(walked, [Leg("use")])[["group", "score", "change"]].values.tolist()
        [['customer', 85.0, nan], ['ex_customer', 50.0, -35.0]]
    """
    answers = walked.answers.dropna(subset="score")
    answers = answers.assign(group=_group(walked, answers))
    rows = []
    for leg in legs:
        here = answers[answers["stage"] == leg.key]
        stayed = here[here["group"] == Group.CUSTOMER]
        rows += [
            {"stage": leg.key, "group": group.value} | _numbers(those, stayed, group)
            for group in Group
            if len(those := here[here["group"] == group])
        ]
    found = pd.DataFrame(rows, columns=["stage", "group", "persons", *_NUMBERS])
    found = protect(found, _NUMBERS, ["stage"])
    is_told = found["shown"] & (found["group"] == Group.CUSTOMER)
    has_other = found["stage"].isin(found.loc[is_told, "stage"])
    for name in _NUMBERS[4:]:
        found[name] = found[name].astype("float64").where(has_other)
    return found.assign(few=(found["n"] < FEW_ANSWERS).fillna(False).astype(bool))


def _group(walked: Walks, answers: pd.DataFrame) -> "pd.Series[str]":
    """What became of whoever gave each answer."""
    events = walked.events
    last = events[events["kind"].isin(LEFT | {Happening.CUSTOMER.value})]
    last = last.drop_duplicates("walker", keep="last").set_index("walker")
    kind, at = answers["walker"].map(last["kind"].to_dict()), when(answers["walker"], last["at"])
    group = answers["audience"].astype(object)
    has_left = (group == Audience.CUSTOMER) & kind.isin(GONE) & (at > answers["at"])
    group = group.mask(has_left, Group.LEFT_SINCE.value)
    is_lost = (group == Audience.PROSPECT) & (kind == Happening.LOST_DEAL)
    return group.mask(is_lost, Group.LOST_DEAL.value)


def _numbers(those: pd.DataFrame, stayed: pd.DataFrame, group: Group) -> dict[str, object]:
    """The score of one group of a stage, and how it differs from those who stayed."""
    each = those.groupby("cluster")["score"].agg(["size", "sum"])
    mean = clustered_mean(each["size"], each["sum"])
    row: dict[str, object] = {
        "persons": those["respondent"].nunique(),
        "n": len(those),
        "score": mean.mean,
        "low": min(max(mean.interval.low, 0), 100),
        "high": max(min(mean.interval.high, 100), 0),
    }
    if group is Group.CUSTOMER or stayed.empty:
        return row
    found = _difference(stayed, those)
    ends = {"change_low": found.interval.low, "change_high": found.interval.high}
    return row | {"change": found.change, "p": found.p} | ends


def _difference(stayed: pd.DataFrame, those: pd.DataFrame) -> Difference:
    """Those minus the ones who stayed; colleagues may be on both sides."""
    sums = [part.groupby("cluster")["score"].agg(["size", "sum"]) for part in (stayed, those)]
    both = pd.concat(sums, axis=1).fillna(0.0).to_numpy(dtype=float)
    return difference(paired_sums(*both.T))

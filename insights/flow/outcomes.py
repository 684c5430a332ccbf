"""What customers did in the year after they were hurt at a touchpoint, and after they were not."""

from collections.abc import Sequence

import pandas as pd

from insights.flow.steps import HORIZONS, MINIMUM_FOLLOWED, Reason
from insights.flow.survival import Share, gap_of_shares, kaplan_meier, share_within
from insights.flow.walks import GONE, Leg, Walks, when
from insights.release.suppression import MINIMUM_PERSONS
from vocabulary import Happening

YEAR = HORIZONS[0]
"""Days after an answer within which an outcome counts."""

OUTCOMES: dict[str, frozenset[str]] = {
    Happening.CHURN.value: GONE,
    Happening.REPEAT_PURCHASE.value: frozenset({Happening.REPEAT_PURCHASE.value}),
    Happening.CROSS_SALE.value: frozenset({Happening.CROSS_SALE.value}),
    Happening.UP_SALE.value: frozenset({Happening.UP_SALE.value}),
    Happening.REFERRAL.value: frozenset({Happening.REFERRAL.value}),
}
"""What is looked for afterwards, and the kinds of event that tell it."""

_SECONDS = 86_400  # of a day

_NUMBERS = [
    *("n_hurt", "share_hurt", "low_hurt", "high_hurt"),
    *("n_content", "share_content", "low_content", "high_content"),
    *("change", "change_low", "change_high", "p"),
]


def outcomes(walked: Walks, legs: Sequence[Leg], target: float) -> pd.DataFrame:
    """Compare what followed a low rating with what followed a good one, per touchpoint.

    Each customer counts once per touchpoint, from their first rating of it on: what they did
    before is no outcome. Who had left by then is left out. Who was rated less than a year ago
    counts for as long as they could be seen (Kaplan and Meier); who leaves stays in, as one who
    did not do the other things.

    Args:
        walked: who walks.
        legs: the stages in the order of the journey.
        target: a rating below this score hurts (points).

    Returns:
        One row per touchpoint that was rated and outcome of which any event tells, in the order
        of the journey: ``stage``, ``touchpoint``, ``outcome``, ``n_hurt``, ``share_hurt``,
        ``low_hurt``, ``high_hurt`` (0-1, within a year), the same for those ``content``,
        ``change``, ``change_low``, ``change_high``, ``p`` (hurt minus content), ``shown`` and
        ``reason``. An association, no proof of a cause.

    References:
        docs/metrics.md, "What followed".

    Example:
        >>> at, day = pd.Timestamp("2024-01-01", tz="UTC"), pd.Timedelta(days=1)
        >>> ratings = pd.DataFrame({"walker": range(40), "stage": "use", "touchpoint": "bill",
        ...     "at": at, "score": [25.0, 100.0] * 20})
        >>> events = pd.DataFrame({"walker": [0, 2, 4, 6, 8, 1], "kind": "churn",
        ...     "at": at + 100 * day})
        >>> walked = Walks(ratings[:0], ratings, events, at, at + 400 * day, 0, True)
        >>> row = outcomes(walked, [Leg("use")], 75).iloc[0]
        >>> [f"{row[name]:.3f}" for name in ("share_hurt", "share_content", "change", "p")]
        ['0.250', '0.050', '0.200', '0.086']
    """
    places = {leg.key: place for place, leg in enumerate(legs)}
    ratings = walked.ratings[walked.ratings["stage"].isin(places)]
    ratings = ratings[~(when(ratings["walker"], _first(walked.events, GONE)) <= ratings["at"])]
    ratings = ratings.assign(place=ratings["stage"].map(places)).sort_values("at", kind="stable")
    ratings = ratings[ratings["at"] < walked.known_until]
    known = [name for name, kinds in OUTCOMES.items() if walked.events["kind"].isin(kinds).any()]
    for name in known:
        ratings[name] = _next(ratings, walked.events, OUTCOMES[name], walked.known_until)
    ratings["possible"] = _days(walked.known_until - ratings["at"])
    rows = [
        {"stage": stage, "touchpoint": touchpoint, "outcome": name} | _row(here, name, target)
        for (_, stage, touchpoint), here in ratings.groupby(["place", "stage", "touchpoint"])
        for name in known
    ]
    names = ["stage", "touchpoint", "outcome", *_NUMBERS, "shown", "reason"]
    return pd.DataFrame(rows, columns=names).astype({"n_hurt": "Int64", "n_content": "Int64"})


def _first(events: pd.DataFrame, kinds: frozenset[str]) -> "pd.Series[pd.Timestamp]":
    """When each walker first did one of these."""
    return events[events["kind"].isin(kinds)].groupby("walker")["at"].min()


def _next(
    ratings: pd.DataFrame, events: pd.DataFrame, kinds: frozenset[str], until: pd.Timestamp
) -> "pd.Series[float]":
    """The days from each rating until the walker next did one of these; null if they did not."""
    times = events.loc[events["kind"].isin(kinds) & (events["at"] <= until), ["walker", "at"]]
    found = pd.merge_asof(
        ratings[["walker", "at"]],
        times.assign(then=times["at"]),
        on="at",
        by="walker",
        direction="forward",
        allow_exact_matches=False,
    )
    return _days(found["then"] - found["at"]).set_axis(ratings.index)


def _days(spans: "pd.Series[pd.Timedelta]") -> "pd.Series[float]":
    """Spans of time in days."""
    return spans.dt.total_seconds() / _SECONDS


def _row(ratings: pd.DataFrame, name: str, target: float) -> dict[str, object]:
    """One outcome after ratings of one touchpoint."""
    is_hurt = ratings["score"] < target
    sides = [ratings[is_hurt], ratings[~is_hurt]]
    if min(len(side) for side in sides) < MINIMUM_PERSONS:
        return {"shown": False, "reason": Reason.TOO_FEW_PERSONS}
    if min((side["possible"] >= YEAR).sum() for side in sides) < MINIMUM_FOLLOWED:
        return {"shown": False, "reason": Reason.TOO_SHORT}
    hurt, content = (_share(side[name], side["possible"]) for side in sides)
    row: dict[str, object] = {"shown": True}
    for side, these, found in zip(("hurt", "content"), sides, (hurt, content), strict=True):
        row |= {f"n_{side}": len(these), f"share_{side}": found.share}
        row |= {f"low_{side}": found.interval.low, f"high_{side}": found.interval.high}
    gap = gap_of_shares(hurt, content)
    row |= {"change": gap.change, "change_low": gap.interval.low, "change_high": gap.interval.high}
    if not (hurt.share or content.share):
        return row | {"reason": Reason.NEVER}
    return row | {"p": gap.p}


def _share(days: "pd.Series[float]", possible: "pd.Series[float]") -> Share:
    """To what share it happened within a year."""
    curve = kaplan_meier(days.fillna(possible).to_numpy(float), days.notna().to_numpy(bool))
    return share_within(curve, YEAR)

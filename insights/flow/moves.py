"""Where people go next: from any stage to any other, forwards, back and round again."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from insights.flow.steps import follow, horizon
from insights.flow.survival import share_within, usual_days
from insights.flow.walks import Leg, Walks, when
from insights.release.suppression import MINIMUM_PERSONS, suppress

_NEVER = pd.Timestamp(0, tz="UTC")

_NUMBERS = ["n", "share", "low", "high", "days", "days_low", "days_high"]


@dataclass(frozen=True)
class Moves:
    """In which order stages were seen.

    Attributes:
        moves: one row per pair of stages that somebody went between next: ``stage``, ``next``,
            ``n`` (walkers seen in ``stage`` who can be followed), ``persons`` (of them, who went
            there next), ``within`` (days), ``share``, ``low``, ``high`` (0-1, within those days),
            ``days``, ``days_low``, ``days_high`` (half of those had gone by then), ``is_back``,
            ``shown``. Nothing is shown of fewer than five.
        n_walkers: how many walkers there are.
        n_several: of them, seen in more than one stage; None for fewer than five.
        n_returned: of them, who went back to an earlier stage; None for fewer than five.
    """

    moves: pd.DataFrame
    n_walkers: int
    n_several: int | None
    n_returned: int | None


def moves(walked: Walks, legs: Sequence[Leg]) -> Moves:
    """Tell from which stage people go to which next, in any order.

    A stage is seen when somebody answers about it, or comes to its end by an event from their
    first answer on. Each walker counts once per pair, from when they were first seen in the stage.

    Args:
        walked: who walks.
        legs: the stages in the order of the journey.

    Returns:
        The moves, those from the first stage first, then by where they lead.

    References:
        docs/metrics.md, "Flow".

    Example:
        >>> at, day = pd.Timestamp("2025-01-01", tz="UTC"), pd.Timedelta(days=1)
        >>> answers = pd.DataFrame({"walker": [*range(10), *range(6)], "stage": ["use"] * 10 +
        ...     ["buy"] * 6, "at": [at] * 10 + [at + 40 * day] * 6})
        >>> events = answers.assign(kind="")[:0]
        >>> walked = Walks(answers, answers, events, at + 90 * day, pd.NaT, 0, False)
        >>> found = moves(walked, [Leg("buy"), Leg("use")])
        >>> found.moves[["stage", "next", "n", "share", "days", "is_back"]].values.tolist()
        [['use', 'buy', 10, 0.6, 40.0, True]]
        >>> found.n_several, found.n_returned
        (6, 6)
    """
    places = {leg.key: place for place, leg in enumerate(legs)}
    seen = _seen(walked, legs)
    seen = seen[seen["stage"].isin(places)].sort_values(["walker", "at"], kind="stable")
    is_same = (seen["walker"] == seen["walker"].shift()) & (seen["stage"] == seen["stage"].shift())
    path = seen[~is_same].copy()
    path["next"] = path.groupby("walker")["stage"].shift(-1)
    path["next_at"] = path.groupby("walker")["at"].shift(-1)
    until = max(at for at in (walked.answered_until, walked.known_until, _NEVER) if pd.notna(at))
    rows = [
        row for stage in places for row in _from(path[path["stage"] == stage], stage, places, until)
    ]
    names = ["stage", "next", "persons", "within", *_NUMBERS, "is_back"]
    frame = pd.DataFrame(rows, columns=names).astype({"n": "Int64", "within": "Int64"})
    frame = suppress(frame, _NUMBERS)
    went = path.dropna(subset="next")
    is_back = went["next"].map(places) < went["stage"].map(places)
    return Moves(
        frame,
        int(walked.answers["walker"].nunique()),
        _enough(went["walker"].nunique()),
        _enough(went.loc[is_back, "walker"].nunique()),
    )


def _seen(walked: Walks, legs: Sequence[Leg]) -> pd.DataFrame:
    """Every time that somebody was seen in a stage."""
    ends = {leg.reached_by: leg.key for leg in reversed(legs) if leg.reached_by}
    events = walked.events[walked.events["kind"].isin(ends)]
    first = walked.answers.groupby("walker")["at"].min()
    events = events[events["at"] >= when(events["walker"], first)]
    told = events.assign(stage=events["kind"].map(ends))
    names = ["walker", "stage", "at"]
    return pd.concat([walked.answers[names], told[names]] if len(told) else [walked.answers[names]])


def _from(
    path: pd.DataFrame, stage: str, places: dict[str, int], until: pd.Timestamp
) -> list[dict[str, object]]:
    """Where walkers go from one stage, each from their first time there."""
    first = path.drop_duplicates("walker").set_index("walker")
    rows: list[dict[str, object]] = []
    for there, place in places.items():
        goal = first.loc[first["next"] == there, "next_at"]
        group = follow(first["at"], goal, until)
        if not group.happened.any():
            continue
        row = {"stage": stage, "next": there, "n": len(group.days)}
        row |= {"persons": int(group.happened.sum()), "is_back": place < places[stage]}
        within = horizon(group)
        if within is not None:
            curve = group.curve
            found, (days, interval) = share_within(curve, within), usual_days(curve, within)
            row |= {"within": within, "share": found.share, "low": found.interval.low}
            row |= {"high": found.interval.high, "days": days}
            row |= {"days_low": interval.low, "days_high": interval.high}
        rows.append(row)
    return rows


def _enough(count: int) -> int | None:
    """A count of at least five, or of none."""
    return int(count) if count == 0 or count >= MINIMUM_PERSONS else None

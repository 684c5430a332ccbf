"""From each stage on: how many go on, after how many days, and what they had said before."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from insights.comparing.differences import difference, paired_sums
from insights.flow.survival import Curve, kaplan_meier, share_within, usual_days
from insights.flow.walks import BUYERS, GONE, LEAVERS, LEFT, Leg, Walks, when
from insights.release.suppression import MINIMUM_PERSONS

HORIZONS = (365, 180, 90, 30)
"""Days within which going on counts: the longest for which enough were followed."""

MINIMUM_FOLLOWED = 10
"""So many must have been followed to the end of the days that count."""

DAY = pd.Timedelta(days=1)


class Reason(StrEnum):
    """Why a number cannot be said."""

    TOO_FEW_PERSONS = "too_few_persons"  # fewer than five
    TOO_SHORT = "too_short"  # fewer than ten were followed for a month
    NOTHING_FURTHER = "nothing_further"  # the last stage, and no event tells that its goal is met
    TOO_FEW_MOVES = "too_few_moves"  # fewer than five went on, so no usual number of days
    NEVER = "never"  # it happened to nobody
    NO_SPREAD = "no_spread"  # all answered alike


class Followed(NamedTuple):
    """One group that is followed from a day on.

    Attributes:
        days: per walker until it happened, or until knowledge ends.
        happened: whether it did.
        possible: days from the beginning until knowledge ends, whatever happened.
    """

    days: "pd.Series[float]"
    happened: "pd.Series[bool]"
    possible: "pd.Series[float]"

    @property
    def curve(self) -> Curve:
        """To whom it happened by when."""
        return kaplan_meier(self.days.to_numpy(float), self.happened.to_numpy(bool))


def follow(
    begin: "pd.Series[pd.Timestamp]", goal: "pd.Series[pd.Timestamp]", until: pd.Timestamp
) -> Followed:
    """Follow walkers from a moment on; who left in between is known not to have gone on.

    Args:
        begin: when each begins to be followed, by walker.
        goal: when it happened afterwards, by walker; null or missing where it did not.
        until: when knowledge of everybody ends.

    Returns:
        The walkers whose begin lies before the end; what happens after the end is not known yet.

    References:
        docs/metrics.md, "Flow".

    Example:
        >>> day = lambda text: pd.Timestamp(text, tz="UTC")
        >>> begin = pd.Series({"ann": day("2026-01-01"), "bob": day("2026-01-11")})
        >>> found = follow(begin, pd.Series({"bob": day("2026-01-13")}), day("2026-01-31"))
        >>> found.days.tolist(), found.happened.tolist()
        ([30.0, 2.0], [False, True])
    """
    begin = begin[begin < until]
    met = pd.to_datetime(goal.reindex(begin.index), utc=True)
    happened = met.notna() & (met <= until)
    end = met.where(happened, until)
    return Followed((end - begin) / DAY, happened, (until - begin) / DAY)


def horizon(followed: Followed) -> int | None:
    """Choose the days within which going on counts.

    Args:
        followed: the group.

    Returns:
        The longest of ``HORIZONS`` for which at least ten could be followed; None without one.

    References:
        docs/metrics.md, "Flow".

    Example:
        >>> begin = pd.Series(pd.Timestamp("2026-01-01", tz="UTC"), index=range(10))
        >>> horizon(follow(begin, begin[:0], pd.Timestamp("2026-05-01", tz="UTC")))
        90
    """
    for days in HORIZONS:
        if (followed.possible >= days).sum() >= MINIMUM_FOLLOWED:
            return days
    return None


def steps(walked: Walks, legs: Sequence[Leg]) -> pd.DataFrame:
    """Tell for each stage how many go on from it.

    Who is seen in a stage, by an answer or by an event that brings them there, is followed from
    that moment on until the stage's goal is reached: its state is entered, or, where no event ever
    tells that, until they answer about a later stage. Who had gone on or left before is not.

    Args:
        walked: who walks.
        legs: the stages in the order of the journey.

    Returns:
        One row per stage: ``stage``, ``told_by`` ("events" or "answers"), ``n`` (walkers
        followed), ``went`` and ``left`` (counts; what remains is under way), ``before`` (seen
        there, but gone on or away already), ``within`` (days), ``share``, ``low``, ``high`` (0-1),
        ``days``, ``days_low``, ``days_high`` (half of those who go on within that time have done
        so), ``n_on``, ``score_on``, ``n_off``, ``score_off`` (points, of those followed for all of
        ``within`` who went on and who did not), ``change``, ``change_low``, ``change_high``, ``p``
        (on minus off), ``shown``, ``reason`` and ``reason_of_days``, ``reason_of_change``.

    References:
        docs/metrics.md, "Flow".

    Example:
        >>> import numpy as np
        >>> at = pd.Timestamp("2025-01-01", tz="UTC")
        >>> answers = pd.DataFrame({"walker": list("abcdefghijkl"), "stage": "buy", "at": at,
        ...     "audience": "prospect", "score": np.arange(12.0), "respondent": range(12),
        ...     "cluster": range(12)})
        >>> events = pd.DataFrame({"walker": list("abc"), "kind": "customer", "at": at + 10 * DAY})
        >>> walked = Walks(answers, answers[:0], events, at, at + 400 * DAY, 0, True)
        >>> found = steps(walked, [Leg("buy", "lead", "customer")])
        >>> found[["n", "went", "within", "share", "days"]].values.tolist()
        [[12, <NA>, 365, 0.25, None]]
    """
    rows = [_step(walked, legs, place) for place in range(len(legs))]
    return pd.DataFrame(rows, columns=list(_EMPTY)).astype(dict.fromkeys(_COUNTS, "Int64"))


_COUNTS = ("n", "went", "left", "before", "within", "n_on", "n_off")

_EMPTY: dict[str, object] = dict.fromkeys(
    [
        *("stage", "told_by", "n", "went", "left", "before", "within", "share", "low", "high"),
        *("days", "days_low", "days_high", "n_on", "score_on", "n_off", "score_off"),
        *("change", "change_low", "change_high", "p"),
        *("shown", "reason", "reason_of_days", "reason_of_change"),
    ]
)


def _step(walked: Walks, legs: Sequence[Leg], place: int) -> dict[str, object]:
    """One stage's row."""
    leg = legs[place]
    is_by_events = bool(walked.events["kind"].isin(leg.tellers).any())
    told_by = "events" if is_by_events else "answers"
    row = _EMPTY | {"stage": leg.key, "told_by": told_by, "shown": False}
    goals = _by_events(walked, leg) if is_by_events else _by_answers(walked, legs, place)
    until = walked.known_until if is_by_events else walked.answered_until
    if not is_by_events and place == len(legs) - 1:
        return row | {"reason": Reason.NOTHING_FURTHER}
    entered, n_before = _entries(walked, leg, goals, is_by_events=is_by_events)
    met = _first_after(entered["at"], goals)
    group = follow(entered["at"], met, until)
    row["before"] = n_before if n_before >= MINIMUM_PERSONS else None
    if len(group.days) < MINIMUM_PERSONS:
        return row | {"reason": Reason.TOO_FEW_PERSONS}
    row["n"] = len(group.days)
    within = horizon(group)
    if within is None:
        return row | {"reason": Reason.TOO_SHORT}
    stopped = _first_after(entered["at"], walked.events[walked.events["kind"].isin(LEFT)])
    has_left = stopped.reindex(group.days.index).notna() & ~group.happened
    row |= {"within": within, "shown": True} | _counts(group, has_left)
    return row | _speed(group, within) | _satisfaction(group, entered["score"], within)


def _by_events(walked: Walks, leg: Leg) -> pd.DataFrame:
    """The events by which the goal of a stage is reached."""
    return walked.events[walked.events["kind"].isin(leg.goals)]


def _by_answers(walked: Walks, legs: Sequence[Leg], place: int) -> pd.DataFrame:
    """The answers about later stages, which stand for going on where no event tells it."""
    later = [leg.key for leg in legs[place + 1 :]]
    return walked.answers.loc[walked.answers["stage"].isin(later), ["walker", "at"]]


def _entries(
    walked: Walks, leg: Leg, goals: pd.DataFrame, *, is_by_events: bool
) -> tuple[pd.DataFrame, int]:
    """When each walker was first in a stage and could go on; how many never could.

    An event counts from a walker's first answer on: who is known only because they answered
    later, as a customer, has of course become one (immortal time).
    """
    names = ["walker", "at", "score", "is_over"]
    seen = walked.answers[walked.answers["stage"] == leg.key]
    is_over = seen["audience"].isin(BUYERS if leg.is_for_buyers_gone_by else LEAVERS)
    seen = seen.assign(is_over=is_over)[names]
    told = walked.events[walked.events["kind"] == (leg.leads_from or "")]
    first = walked.answers.groupby("walker")["at"].min()
    told = told[told["at"] >= when(told["walker"], first)]
    told = told.assign(score=float("nan"), is_over=False)[names]
    every = pd.concat([seen, told] if len(told) else [seen]).sort_values(["at", "walker"])
    every["is_over"] |= _has_left(walked, every)
    if not (leg.is_loop and is_by_events):  # a purchase may come again, a state may not
        met = goals.groupby("walker")["at"].min()
        every["is_over"] |= when(every["walker"], met) <= every["at"]
    able = every[~every["is_over"]].drop_duplicates("walker").set_index("walker")
    return able[["at", "score"]], int(every["walker"].nunique() - len(able))


def _has_left(walked: Walks, every: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a walker had left by then, and not come back as a customer."""
    kinds = GONE | {"customer"}
    events = walked.events[walked.events["kind"].isin(kinds)]
    if events.empty or every.empty:
        return pd.Series(False, index=every.index)
    left = every[["walker", "at"]].reset_index(drop=True).rename_axis("row").reset_index()
    latest = pd.merge_asof(left, events.sort_values("at"), on="at", by="walker")
    latest = latest.sort_values("row")
    return pd.Series(latest["kind"].isin(GONE).to_numpy(bool), index=every.index)


def _first_after(begin: "pd.Series[pd.Timestamp]", goals: pd.DataFrame) -> "pd.Series":
    """When each walker first did it after the begin."""
    later = goals[goals["at"] > when(goals["walker"], begin)]
    return later.groupby("walker")["at"].min()


def _speed(group: Followed, within: int) -> dict[str, object]:
    """What share goes on, and after how many days."""
    curve = group.curve
    found = share_within(curve, within)
    row: dict[str, object] = {
        "share": found.share,
        "low": found.interval.low,
        "high": found.interval.high,
    }
    if (group.happened & (group.days <= within)).sum() < MINIMUM_PERSONS:
        return row | {"reason_of_days": Reason.TOO_FEW_MOVES}
    days, interval = usual_days(curve, within)
    return row | {"days": days, "days_low": interval.low, "days_high": interval.high}


def _counts(group: Followed, has_left: "pd.Series[bool]") -> dict[str, int]:
    """How many went on and left, where neither tells of a few: they add up to a known number."""
    parts = {"went": int(group.happened.sum()), "left": int(has_left.sum())}
    rest = len(group.days) - sum(parts.values())
    is_safe = all(n == 0 or n >= MINIMUM_PERSONS for n in (*parts.values(), rest))
    return parts if is_safe else {}


def _satisfaction(group: Followed, scores: "pd.Series[float]", within: int) -> dict[str, object]:
    """What those who went on had said on entering, beside those who did not.

    Only who could be followed all the time: else those who went on quickly would be too many.
    """
    score = scores.reindex(group.days.index)
    is_in = (group.possible >= within) & score.notna()
    on, score = (group.happened & (group.days <= within))[is_in], score[is_in]
    n_on, n_off = int(on.sum()), int((~on).sum())
    if min(n_on, n_off) < MINIMUM_PERSONS:
        return {"reason_of_change": Reason.TOO_FEW_PERSONS}
    found = difference(
        paired_sums(
            (~on).astype(float), score.where(~on, 0.0), on.astype(float), score.where(on, 0.0)
        )
    )
    row: dict[str, object] = {
        "n_on": n_on,
        "score_on": float(score[on].mean()),
        "n_off": n_off,
        "score_off": float(score[~on].mean()),
        "change": found.change,
        "change_low": found.interval.low,
        "change_high": found.interval.high,
        "p": found.p,
    }
    return row | ({"reason_of_change": Reason.NO_SPREAD} if math.isnan(found.p) else {})

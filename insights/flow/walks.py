"""Who walks through a journey: answers and dated events, put together per walker.

A firm walks as one: who has an account walks with it, anybody else alone. So what one colleague
answered and what the account did meet, and no two walkers depend on each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect, rated
from vocabulary import Audience, Happening, Lifecycle, Metric, State

KNOWN, LEAD, CUSTOMER, AMBASSADOR = 1, 2, 3, 4

RANKS: Mapping[str, int] = {
    Lifecycle.STRANGER: 0,
    Happening.KNOWN_VISITOR: KNOWN,
    Happening.LEAD: LEAD,
    Happening.CUSTOMER: CUSTOMER,
    Happening.REPEAT_PURCHASE: CUSTOMER,  # who buys again, or more, is a customer
    Happening.CROSS_SALE: CUSTOMER,
    Happening.UP_SALE: CUSTOMER,
    Happening.AMBASSADOR: AMBASSADOR,
    Happening.REFERRAL: AMBASSADOR,  # who sends others is what an ambassador is
}
"""How far along a state, or whoever does this, is; those who left are nowhere on this line."""

GROWTH: Mapping[str, str] = {
    "cross_selling": Happening.CROSS_SALE,
    "up_selling": Happening.UP_SALE,
    "repeat_purchase": Happening.REPEAT_PURCHASE,
    "retention": Happening.REPEAT_PURCHASE,
}
"""What tells that a stage in which a customer stays a customer has reached its goal, by its key."""

GONE = frozenset({Happening.EX_CUSTOMER.value, Happening.CHURN.value})
"""What tells that a customer left."""

LEFT = GONE | {Happening.LOST_DEAL.value}

LEAVERS = (Audience.EX_CUSTOMER.value,)
BUYERS = (Audience.CUSTOMER.value, Audience.EX_CUSTOMER.value)


class Leg(NamedTuple):
    """What is known of a stage: its key, and the lifecycle states it leads from and to."""

    key: str
    leads_from: str | None = None
    leads_to: str | None = None

    @property
    def goals(self) -> frozenset[str]:
        """The kinds of event by which its goal is reached; none where no event tells it."""
        if self.is_loop:
            return frozenset({str(GROWTH[self.key])} if self.key in GROWTH else ())
        goal = RANKS.get(self.leads_to or "", 0)
        return frozenset(str(kind) for kind, rank in RANKS.items() if rank >= goal > 0)

    @property
    def tellers(self) -> frozenset[str]:
        """The kinds of event of which there must be one, or else events do not tell its goal."""
        if self.reached_by == Lifecycle.AMBASSADOR:
            return frozenset({Happening.AMBASSADOR.value, Happening.REFERRAL.value})
        return frozenset({self.reached_by} if self.reached_by else ())

    @property
    def is_loop(self) -> bool:
        """Whether people stay in the state they came in."""
        return self.leads_from == self.leads_to

    @property
    def is_for_buyers_gone_by(self) -> bool:
        """Whether a customer who is asked about it looks back at what they have done already."""
        return not self.is_loop and 0 < RANKS.get(self.leads_to or "", 0) <= CUSTOMER

    @property
    def reached_by(self) -> str | None:
        """The one kind of event that says that somebody has come to the end of just this stage."""
        if self.is_loop:
            return str(GROWTH[self.key]) if self.key in GROWTH else None
        return self.leads_to


def leg_of(key: str, leads_from: str | None, leads_to: str | None) -> Leg:
    """Make a leg of plain words, so that two alike are alike for a cache.

    Args:
        key: of the stage.
        leads_from: the state people come from, a value of ``vocabulary.Lifecycle``.
        leads_to: the state they come to.

    Returns:
        The leg.

    References:
        ``vocabulary.Lifecycle``.

    Example:
        >>> leg_of("buy", Lifecycle.LEAD, Lifecycle.CUSTOMER).leads_to
        'customer'
    """
    return Leg(key, *(None if state is None else str(state) for state in (leads_from, leads_to)))


@dataclass(frozen=True)
class Walks:
    """All that is known of the walkers of a journey.

    Attributes:
        answers: one row per response and stage: ``walker``, ``stage``, ``at``, ``audience``,
            ``respondent``, ``cluster``, ``score`` (the stage's overall answer; may be null).
        ratings: one row per walker, stage and touchpoint, the first one given as a customer:
            ``walker``, ``stage``, ``touchpoint``, ``at``, ``score``.
        events: of these walkers: ``walker``, ``kind``, ``at``; in the order of time.
        answered_until: when the last answer was given; null without any.
        known_until: when the last event of anybody happened; null without any.
        n_untraced: responses of whom neither person nor account is known.
        has_events: whether there are any events at all, of whomever.
    """

    answers: pd.DataFrame
    ratings: pd.DataFrame
    events: pd.DataFrame
    answered_until: pd.Timestamp
    known_until: pd.Timestamp
    n_untraced: int
    has_events: bool


def walks(
    table: ibis.Table,
    events: Iterable[tuple[str | None, str | None, str, datetime]],
    homes: Mapping[str, str],
    codes: Mapping[str, str],
) -> Walks:
    """Bring the answers of a journey and the events of a CRM together.

    Args:
        table: the facts of one journey, filtered.
        events: each with a person, an account (one may be missing), its kind, and its moment.
        homes: the account of persons, as far as the CRM knows.
        codes: other names of persons, by the name in the facts: what events call them.

    Returns:
        The walks; events of those who answered nothing are left out.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Flow".

    Example:
        >>> from datetime import UTC
        >>> texts = "response person account stage touchpoint metric state audience".split()
        >>> fact = dict.fromkeys(texts) | {"response": "r1", "person": "ann", "stage": "buy",
        ...     "metric": "nps", "state": "answered", "audience": "prospect", "respondent": 1,
        ...     "cluster": 1, "score": 90.0, "is_overall": True, "answered_at":
        ...     datetime(2026, 1, 5, tzinfo=UTC)}
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "score": "float64", "is_overall": "boolean", "answered_at": "timestamp('UTC')"}
        >>> bought = [("ann", None, "customer", datetime(2026, 2, 5, tzinfo=UTC))]
        >>> walks(ibis.memtable([fact], schema=types), bought, {}, {}).events["walker"].tolist()
        ['person ann']
    """
    answers = _named(collect(_answers(table)), codes)
    ratings = _named(collect(_ratings(table)), codes)
    is_known = answers["walker"].notna()
    own = {
        person: account
        for person, account in zip(answers["person"], answers["account"], strict=True)
        if isinstance(person, str) and isinstance(account, str)
    }
    told = pd.DataFrame(list(events), columns=["person", "account", "kind", "at"])
    told["at"] = pd.to_datetime(told["at"], utc=True)
    belongs = told["person"].map({**homes, **own})
    told["account"] = told["account"].where(told["account"].notna(), belongs)
    told["walker"] = _walker(told)
    known_until = told["at"].max()
    here = told["walker"].isin(set(answers.loc[is_known, "walker"]))
    first = ["walker", "stage", "touchpoint"]
    return Walks(
        answers[is_known].drop(columns=["person", "account"]).reset_index(drop=True),
        ratings.dropna(subset="walker")
        .sort_values([*first, "at", "score"])
        .drop_duplicates(first)[[*first, "at", "score"]],
        told.loc[here, ["walker", "kind", "at"]].drop_duplicates().sort_values("at", kind="stable"),
        answers["at"].max(),
        known_until,
        int(answers.loc[~is_known, "response"].nunique()),
        bool(len(told)),
    )


def when(walkers: "pd.Series[str]", times: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """Put beside each walker when something happened to them.

    Args:
        walkers: any number of times the same one.
        times: a moment per walker, by walker.

    Returns:
        The moments, in the order of ``walkers``; null where it did not happen.

    References:
        A column without any moment would otherwise not know that it holds moments.

    Example:
        >>> walkers = pd.Series(["ann", "bob"])
        >>> when(walkers, pd.Series({"bob": pd.Timestamp("2026-01-05", tz="UTC")})).isna().tolist()
        [True, False]
    """
    return pd.to_datetime(walkers.map(times.to_dict()), utc=True)


def _answers(table: ibis.Table) -> ibis.Table:
    """One row per response and stage that it answered something of."""
    is_read = table.metric.isin([Metric.SENTIMENT.value, Metric.MENTION.value])
    given = table.filter(table.state == State.ANSWERED.value, ~is_read).drop_null("stage")
    by = ["response", "stage", "person", "account", "audience", "respondent", "cluster"]
    return given.group_by(by).aggregate(
        at=given.answered_at.max(),
        score=given.score.cast("float64").mean(where=given.is_overall),
    )


def _ratings(table: ibis.Table) -> ibis.Table:
    """The first rating that a customer gave of a touchpoint."""
    given = rated(table).drop_null("stage")
    given = given.filter(given.audience == Audience.CUSTOMER.value)
    return given.group_by(["person", "account", "stage", "touchpoint"]).aggregate(
        at=given.answered_at.min(), score=given.score.argmin(given.answered_at)
    )


def _named(frame: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    """Call each person as the events do, and say who walks."""
    person = frame["person"].astype(object)
    frame = frame.assign(
        person=person.map(lambda name: codes.get(name, name)),
        account=frame["account"].astype(object),
        at=pd.to_datetime(frame["at"], utc=True),
    )
    return frame.assign(walker=_walker(frame))


def _walker(frame: pd.DataFrame) -> "pd.Series[str]":
    """The account where there is one, else the person; null where neither is known."""
    account, person = frame["account"], frame["person"]
    alone = ("person " + person.astype(str)).where(person.notna())
    return ("account " + account.astype(str)).where(account.notna(), alone).astype(object)

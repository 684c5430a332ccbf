"""What the invented company's CRM knows: its accounts, who belongs to them, and what happened.

What is planted: who is hurt by the bill (a rating below four) leaves ``DRIVEN`` times as often in
the year after it as others, and who left buys nothing more. Nothing else depends on what anybody
answered: whether a prospect buys, and what a customer buys or recommends, is chance alone, at the
same pace for everybody.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from demo.story import Sitting
from vocabulary import Audience, Happening, Market

YEAR: Final = 365.0

LEAVES: Final = 0.08
"""How many customers leave in a year, as a rate, whom the bill did not hurt."""

DRIVEN: Final = 4.0
"""How many times as often those leave whom it hurt, in the year after."""

PACES: Final[Mapping[Happening, float]] = {
    Happening.REPEAT_PURCHASE: 0.3,
    Happening.CROSS_SALE: 0.14,
    Happening.UP_SALE: 0.1,
    Happening.REFERRAL: 0.16,
    Happening.AMBASSADOR: 0.07,
}
"""How often customers do each of these in a year."""

AHEAD: Final[Mapping[Happening, tuple[float, float]]] = {
    Happening.KNOWN_VISITOR: (0.75, 12.0),
    Happening.LEAD: (0.55, 30.0),
    Happening.CUSTOMER: (0.4, 35.0),
}
"""The share of prospects who come to each state from the one before, and after how many days."""

GIVES_UP: Final = (0.75, 60.0)
"""The share of those who do not buy of whom the company learns it, and after how many days."""

SLOWER: Final = 2.0
"""How many times as long a firm takes as a household."""

BEFORE: Final[Mapping[str, int]] = {
    "consideration": 1,
    "convince": 1,
    "decision": 2,
    "activate": 2,
}
"""How many of the states in ``AHEAD`` a prospect has come to who is asked about a stage."""

FIRST_NAMES: Final = (
    *("Aalders", "Berkel", "Dijkhuis", "Eikelboom", "Gelre", "Hanze", "IJssel", "Kuipers", "Lind"),
    *(
        "Meander",
        "Noorderlicht",
        "Oever",
        "Polder",
        "Rijnstroom",
        "Sallandia",
        "Terwolde",
        "Veluwe",
    ),
    *("Waalkant", "Zuiderzee", "Zutphen"),
)
TRADES: Final = (
    *("Bakkerijen", "Bouw", "Drukwerk", "Installatie", "Koeltechniek", "Logistiek", "Metaal"),
    *("Vastgoed", "Verhuur", "Zorggroep", "Kwekerijen", "Hotels"),
)

Row = dict[str, str]


@dataclass(frozen=True)
class Told:
    """The rows of the CRM's two files."""

    accounts: list[Row]
    events: list[Row]


def tell(seed: int, now: datetime, sittings: Iterable[Sitting]) -> Told:
    """Tell what the CRM knows of the people who answered.

    Args:
        seed: the same seed tells the same.
        now: nothing happens after it.
        sittings: what was answered, in the order of time.

    Example:
        >>> from datetime import UTC
        >>> tell(7, datetime(2026, 11, 20, tzinfo=UTC), []).events
        []
    """
    random = Random(seed)  # noqa: S311 -- play data
    walkers: dict[str, list[Sitting]] = {}
    for sitting in sittings:
        walkers.setdefault(sitting.account or sitting.person, []).append(sitting)
    events = [
        row
        for known in walkers.values()
        for at, kind in _happened(random, known)
        if at < now
        for row in [_event(random, known[0], kind, at)]
    ]
    firms = [known for known in walkers.values() if known[0].account]
    return Told([row for known in firms for row in _account(random, known)], events)


def _account(random: Random, known: Sequence[Sitting]) -> Iterator[Row]:
    """A firm's rows: one per person."""
    key = str(known[0].account)
    row = {
        "account": key,
        "name": f"{random.choice(FIRST_NAMES)} {random.choice(TRADES)} {key[-4:]}",
        "market": Market.B2B.value,
        "revenue": f"{round(random.lognormvariate(11, 1.1), -2):.0f}",
    }
    parts = {sitting.person: sitting.attributes.get("role", "") for sitting in known}
    for person, part in parts.items():
        yield row | {"person": person, "part": part}


def _event(random: Random, sitting: Sitting, kind: Happening, at: datetime) -> Row:
    """One row of the events: an account's where there is one, else a person's."""
    is_sale = kind in _SALES
    value = f"{random.lognormvariate(7.5, 0.6):.2f}" if is_sale else ""
    return {
        "person": "" if sitting.account else sitting.person,
        "account": sitting.account or "",
        "kind": kind.value,
        "time": at.isoformat(timespec="minutes"),
        "value": value,
        "product": sitting.attributes.get("product", "") if is_sale else "",
    }


_SALES: Final = frozenset(
    {Happening.CUSTOMER, Happening.REPEAT_PURCHASE, Happening.CROSS_SALE, Happening.UP_SALE}
)


def _happened(random: Random, known: Sequence[Sitting]) -> Iterator[tuple[datetime, Happening]]:
    """What happened to one household or firm."""
    first = known[0]
    if first.audience is Audience.PROSPECT:
        yield from _prospect(random, known)
        return
    yield first.answered_at - _days(random.uniform(90, 900)), Happening.CUSTOMER
    if first.audience is Audience.EX_CUSTOMER:
        yield first.answered_at - _days(random.uniform(14, 60)), Happening.EX_CUSTOMER
        return
    left_at = _left_at(random, known)
    for kind, pace in PACES.items():
        at = first.answered_at + _days(random.expovariate(pace / YEAR))
        while at - first.answered_at < timedelta(days=3 * YEAR) and (not left_at or at < left_at):
            yield at, kind
            if kind is Happening.AMBASSADOR:
                break
            at += _days(random.expovariate(pace / YEAR))
    if left_at:
        yield left_at, Happening.CHURN


def _left_at(random: Random, known: Sequence[Sitting]) -> datetime | None:
    """When a customer leaves; never before they answered last, for they answered as a customer."""
    last = known[-1].answered_at
    moments = [last + _days(random.expovariate(LEAVES / YEAR))]
    for sitting in known:
        if _is_hurt(sitting):
            days = random.expovariate((DRIVEN - 1) * LEAVES / YEAR)
            if days < YEAR:
                moments.append(sitting.answered_at + _days(days))
    possible = [at for at in moments if at > last]
    return min(possible, default=None)


def _is_hurt(sitting: Sitting) -> bool:
    """Whether the bill was rated below four."""
    rating = sitting.answers.get("rate_invoice")
    return isinstance(rating, int) and rating < 4  # noqa: PLR2004 -- of five


def _prospect(random: Random, known: Sequence[Sitting]) -> Iterator[tuple[datetime, Happening]]:
    """How far a prospect comes; deals are closed, or lost, after the last answer as a prospect."""
    slow = SLOWER if known[0].account else 1.0
    at, last = known[0].answered_at, known[-1].answered_at
    for number, (state, (share, usual)) in enumerate(AHEAD.items()):
        if state is Happening.CUSTOMER:
            at = max(at, last)
        after = at + _days(random.expovariate(math.log(2) / (usual * slow)))
        comes_by_itself = random.random() < share
        asked = [one.answered_at for one in known if BEFORE.get(one.stage, 0) > number]
        if asked:  # who is asked about a stage has come that far
            latest = min(asked) - _days(8 * random.random() * (len(AHEAD) - number))
            after = min(after, latest) if comes_by_itself else latest
        elif not comes_by_itself:
            break
        at = after
        yield at, state
    else:
        return
    if random.random() < GIVES_UP[0]:
        usual = GIVES_UP[1] * slow
        yield max(at, last) + _days(random.expovariate(math.log(2) / usual)), Happening.LOST_DEAL


def _days(number: float) -> timedelta:
    """So many days, in whole minutes."""
    return timedelta(minutes=round(number * 24 * 60) + 1)

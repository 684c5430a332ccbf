"""Register an improvement before it starts, withdraw it, and find out what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from actions.asked import asked_in
from extensions import db
from models import Improvement, Journey, Stage

if TYPE_CHECKING:
    from facts.engine import Facts
    from insights.effects.controls import Plan
    from insights.effects.effects import Effect
    from insights.trends.asked import Asked, Key

MOST_EXPECTED = 100.0


class UnknownStageError(Exception):
    """The journey has no such stage in use."""


class UnknownTouchpointError(Exception):
    """The stage has no such touchpoint in use."""


class NothingToCompareError(Exception):
    """No touchpoint is acted on, or none is left untouched."""


class AlreadyStartedError(Exception):
    """It starts today or has started, so that whoever registers it may have seen what it did."""


class AlreadyJudgedError(Exception):
    """A verdict can be given: whoever withdraws it may want to hide what came of it."""


class WrongExpectationError(ValueError):
    """Expected is more than nothing, and at most the whole scale."""


@dataclass(frozen=True)
class Announcement:
    """What is to be registered.

    Attributes:
        stage: the key of the stage.
        touchpoints: the keys of those that are acted on.
        starts_on: the first day.
        expected: points that their score is expected to rise.
        title: what it is called.
        description: what is done, if more is to be said.
        controls: the keys of those to compare with; none for all others of the stage.
        is_late: whether it may have started, and is kept as a note that proves nothing.
    """

    stage: str
    touchpoints: tuple[str, ...]
    starts_on: date
    expected: float
    title: str
    description: str | None = None
    controls: tuple[str, ...] = ()
    is_late: bool = False


def register_improvement(
    journey: Journey,
    announced: Announcement,
    now: datetime,
    zone: ZoneInfo,
    user_id: int | None = None,
) -> Improvement:
    """Register an improvement.

    Args:
        journey: whose it is.
        announced: what it is.
        now: the moment.
        zone: the organisation's time zone, which says what day it is.
        user_id: the colleague who registers it.

    Raises:
        UnknownStageError: there is no such stage, or it is retired.
        UnknownTouchpointError: a touchpoint is not in the stage, or retired.
        NothingToCompareError: there is nothing to act on, or nothing to compare with.
        WrongExpectationError: the expected points are none, or more than there are.
        AlreadyStartedError: it does not start tomorrow or later, and is not meant as a late note.
    """
    _check(journey, announced)
    if not announced.is_late and announced.starts_on <= now.astimezone(zone).date():
        raise AlreadyStartedError(announced.starts_on.isoformat())
    improvement = Improvement(
        journey_id=journey.id,
        stage=announced.stage,
        title=announced.title,
        description=announced.description or None,
        touchpoints=list(announced.touchpoints),
        controls=list(announced.controls) or None,
        starts_on=announced.starts_on,
        expected=announced.expected,
        registered_by_id=user_id,
        registered_at=now,
    )
    db.session.add(improvement)
    db.session.commit()
    return improvement


def can_withdraw(improvement: Improvement, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it can still be said that it did not take place: until there can be a verdict."""
    from insights.effects.window import window
    from insights.months import last_closed

    today = now.astimezone(zone)
    seen = window(improvement.starts_on, last_closed(now, zone))
    return improvement.withdrawn_at is None and f"{today:%Y-%m}" < seen.verdict_in


def withdraw_improvement(improvement: Improvement, now: datetime, zone: ZoneInfo) -> None:
    """Say that an improvement did not take place; what was announced is kept.

    Raises:
        AlreadyJudgedError: there can be a verdict on it already.
    """
    if improvement.withdrawn_at is None and not can_withdraw(improvement, now, zone):
        raise AlreadyJudgedError
    improvement.withdrawn_at = improvement.withdrawn_at or now
    db.session.commit()


def improvements_of(
    journey_id: int, touchpoint: tuple[str, str] | None = None
) -> list[Improvement]:
    """The improvements of a journey, the last to start first.

    Args:
        journey_id: whose.
        touchpoint: only those that act on this one: the keys of its stage and itself.
    """
    found = (
        select(Improvement)
        .where(Improvement.journey_id == journey_id)
        .order_by(Improvement.starts_on.desc(), Improvement.id.desc())
    )
    every = list(db.session.scalars(found))
    if touchpoint is None:
        return every
    stage, key = touchpoint
    return [each for each in every if each.stage == stage and key in each.touchpoints]


def was_late(improvement: Improvement, zone: ZoneInfo) -> bool:
    """Whether it was registered when it had started."""
    return improvement.registered_at.astimezone(zone).date() >= improvement.starts_on


def effects(
    improvements: Sequence[Improvement], journey: Journey, home: Path, now: datetime, zone: ZoneInfo
) -> "dict[int, Effect]":
    """Find out what became of improvements, by their number.

    Args:
        improvements: some of one journey; withdrawn ones have no effect.
        journey: that journey.
        home: where the facts are.
        now: the moment; months that are over count.
        zone: the organisation's time zone.
    """
    from facts.engine import open_facts
    from insights.months import last_closed

    last, every, facts = last_closed(now, zone), improvements_of(journey.id), open_facts(home)
    plans = {
        each.id: plan_of(each, every, zone) for each in improvements if each.withdrawn_at is None
    }
    ask = partial(asked_in, journey)
    return {
        number: effect_of(facts, journey.key, plan, last, ask) for number, plan in plans.items()
    }


def effect_of(
    facts: "Facts", journey: str, plan: "Plan", last: str, ask: "Callable[[], dict[Key, Asked]]"
) -> "Effect":
    """Find out what became of one improvement; it is worked out once per state of the facts.

    Args:
        facts: the facts.
        journey: the journey's key.
        plan: what was registered.
        last: the last month that counts, "YYYY-MM".
        ask: gives what every version asked, as ``actions.asked.asked_in``.
    """
    from insights.effects.effects import effect
    from insights.filters import Filters

    def find() -> "Effect":
        """A version that asks alike changes nothing."""
        told = facts.narrow(facts.table, Filters(journey, month_to=last), by_month=True)
        return effect(told, plan, last, ask())

    return facts.remember(("effect", journey, plan, last), find)


def plan_of(improvement: Improvement, every: Sequence[Improvement], zone: ZoneInfo) -> "Plan":
    """What was registered, beside the stage's other improvements.

    A note that was made when its improvement had started is left out: it proves nothing, and who
    has seen a verdict must not be able to take it away.

    Args:
        improvement: the one.
        every: all of the journey.
        zone: the organisation's time zone.
    """
    from insights.effects.controls import Plan, Rival

    rivals = (
        Rival(tuple(other.touchpoints), other.starts_on)
        for other in every
        if other.id != improvement.id
        and other.stage == improvement.stage
        and other.withdrawn_at is None
        and not was_late(other, zone)
    )
    return Plan(
        stage=improvement.stage,
        touchpoints=tuple(improvement.touchpoints),
        controls=None if improvement.controls is None else tuple(improvement.controls),
        starts_on=improvement.starts_on,
        expected=improvement.expected,
        is_late=was_late(improvement, zone),
        rivals=tuple(rivals),
    )


def _check(journey: Journey, announced: Announcement) -> None:
    """Refuse what the journey does not have, and what could never be compared."""
    found = (
        select(Stage)
        .where(Stage.journey_id == journey.id, Stage.key == announced.stage)
        .where(Stage.retired_at.is_(None))
        .options(selectinload(Stage.touchpoints))
    )
    stage = db.session.scalar(found)
    if stage is None:
        raise UnknownStageError(announced.stage)
    known = {each.key for each in stage.touchpoints if each.retired_at is None}
    acted, controls = set(announced.touchpoints), set(announced.controls)
    for key in sorted((acted | controls) - known):
        raise UnknownTouchpointError(key)
    if not acted or not (controls or known) - acted or acted & controls:
        raise NothingToCompareError
    if not 0 < announced.expected <= MOST_EXPECTED:
        raise WrongExpectationError(announced.expected)

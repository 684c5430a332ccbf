"""Computing the pain of a journey's stages and keeping the results."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from actions.journey import UnknownJourneyError
from actions.pain_change import changes_to
from extensions import db
from jobs.kinds import JobKind
from jobs.queue import put
from models import Job, Journey, PainResult, Stage

if TYPE_CHECKING:
    from facts.engine import Facts
    from insights.filters import Filters


SETTLING = timedelta(minutes=2)
"""How long new answers gather before pain is computed again."""


def selection_key(filters: "Filters") -> str:
    """A short name for a selection: the same filters give the same one."""
    text = json.dumps(asdict(filters), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def ask_for_pain(filters: "Filters", now: datetime, *, is_weighted: bool = False) -> None:
    """Have the pain of a selection computed soon, as it is or weighted to the known mix."""
    payload = _payload(filters, is_weighted)
    once = f"{JobKind.COMPUTE_PAIN}:{selection_key(filters)}" + (":weighted" if is_weighted else "")
    put(JobKind.COMPUTE_PAIN, payload, now=now, once=once)
    db.session.commit()


def is_pain_awaited(filters: "Filters", *, is_usual: bool, is_weighted: bool = False) -> bool:
    """Whether a job that computes the pain of a selection waits or runs.

    Args:
        filters: the selection.
        is_usual: whether it is the one a board shows first, which is asked for by name.
        is_weighted: whether the pain weighted to the known mix is meant.
    """
    wanted = [json.loads(json.dumps(_payload(filters, is_weighted)))]
    if is_usual:
        wanted.append({"journey": filters.journey})
    is_open = (Job.done_at.is_(None), Job.failed_at.is_(None))
    jobs = select(Job.payload).where(Job.kind == JobKind.COMPUTE_PAIN, *is_open)
    return any(payload in wanted for payload in db.session.scalars(jobs))


def _payload(filters: "Filters", is_weighted: bool) -> dict[str, Any]:
    """What a job is told."""
    return asdict(filters) | ({"is_weighted": True} if is_weighted else {})


def ask_for_usual_pain(journeys: Collection[str], now: datetime) -> None:
    """Have the usual selection of these journeys computed again, in the caller's transaction.

    A journey without any result has it at once; others when new answers have settled.
    """
    computed = set(
        db.session.scalars(
            select(Journey.key).join(PainResult, PainResult.journey_id == Journey.id).distinct()
        )
    )
    for key in sorted(journeys):
        due_at = now + SETTLING if key in computed else now
        once = f"{JobKind.COMPUTE_PAIN}:{key}"
        put(JobKind.COMPUTE_PAIN, {"journey": key}, now=now, due_at=due_at, once=once)


def compute_pain(
    filters: "Filters", home: Path, now: datetime, progress: Callable[[float], None] | None = None
) -> int:
    """Compute the pain of every stage of a journey under one selection, and keep it.

    Args:
        filters: the selection; its journey says which stages.
        home: where the facts are.
        now: when it is computed.
        progress: told the share done, 0-1.

    Returns:
        How many stages were computed.

    Raises:
        UnknownJourneyError: there is no such journey.
    """
    from facts.engine import open_facts

    journey = db.session.scalar(select(Journey).where(Journey.key == filters.journey))
    if journey is None:
        raise UnknownJourneyError(filters.journey)
    stages = db.session.scalars(
        select(Stage.key).where(Stage.journey_id == journey.id).order_by(Stage.position)
    ).all()
    journey_id = journey.id
    db.session.rollback()  # no lock is held while numbers are crunched
    facts, contents = open_facts(home), []
    for number, stage in enumerate(stages):
        contents.append(pain_of(facts, filters, stage))
        if progress:
            progress((number + 1) / (2 * len(stages)))
    changes = facts.remember(
        ("changes of pain", filters, tuple(stages)),
        lambda: changes_to(facts, filters, stages, progress),
    )
    selection = selection_key(filters)
    results = [
        PainResult(
            journey_id=journey_id,
            stage=stage,
            selection=selection,
            content={**content, "change": change},
            facts_version=facts.version,
            as_of=facts.as_of,
            computed_at=now,
        )
        for stage, content, change in zip(stages, contents, changes, strict=True)
    ]
    keep_results(journey_id, selection, results)
    return len(results)


def pain_of(facts: "Facts", filters: "Filters", stage: str) -> Mapping[str, Any]:
    """What each touchpoint of a stage costs; it is worked out once per state of the facts.

    Args:
        facts: the facts.
        filters: the selection.
        stage: the stage's key.

    Returns:
        As ``insights.pain.content.stage_pain``.
    """
    from insights.pain.content import stage_pain

    return facts.remember(
        ("pain", filters, stage),
        lambda: stage_pain(facts.narrow(facts.table, filters), stage),
    )


def usual_filters(journey: str, home: Path) -> "Filters":
    """The selection a board shows first: the last year that has answers, everybody."""
    from facts.engine import open_facts
    from insights.choices import choices
    from insights.filters import Filters

    start, end = choices(open_facts(home).table, journey).usual_period
    return Filters(journey, start, end)


def keep_results(journey_id: int, selection: str, results: list[PainResult]) -> None:
    """Put new results in the place of older ones, all at once."""
    older = delete(PainResult).where(
        PainResult.journey_id == journey_id, PainResult.selection == selection
    )
    db.session.execute(older)
    db.session.add_all(results)
    db.session.commit()

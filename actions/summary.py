"""Composing the summary of a journey and a month, and keeping it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import selectinload

from actions.evidence import Known, are_readings_poor, gather, read_known
from actions.journey import UnknownJourneyError
from actions.pain import compute_pain, pain_of
from actions.reading import reading
from actions.summary_picture import draw
from actions.summary_quote import quotes
from extensions import db
from insights.months import YEAR, end_of, is_month, last_closed, months_before
from jobs.kinds import JobKind
from jobs.queue import put
from models import Journey, Picture, Stage, Summary

if TYPE_CHECKING:
    from facts.engine import Facts
    from insights.filters import Filters

MOST_FURTHER = 5
"""So many findings are told beside scores, pains and changes."""


class MonthNotClosedError(Exception):
    """The month is not over yet where the organisation is, or is none."""


def require_closed(month: str, now: datetime, zone: ZoneInfo) -> None:
    """Refuse a month that may still get answers.

    Raises:
        MonthNotClosedError: it is not over, or no month.
    """
    if not is_month(month) or month > last_closed(now, zone):
        raise MonthNotClosedError(month)


def ask_for_summary(journey: Journey, month: str, now: datetime) -> None:
    """Have a summary composed soon, by the worker."""
    payload = {"journey": journey.key, "month": month}
    once = f"{JobKind.COMPOSE_SUMMARY}:{journey.key}:{month}"
    put(JobKind.COMPOSE_SUMMARY, payload, now=now, once=once)
    db.session.commit()


def compose_summary(journey_key: str, month: str, home: Path, now: datetime, zone: ZoneInfo) -> int:
    """Compose a summary from the facts as they are now, and keep it; a frozen one stays.

    Args:
        journey_key: which journey.
        month: "YYYY-MM", closed.
        home: where the facts are.
        now: when it is composed.
        zone: the organisation's time zone.

    Returns:
        The number of the summary.

    Raises:
        MonthNotClosedError: the month is not over.
        UnknownJourneyError: there is no such journey.
    """
    require_closed(month, now, zone)
    from facts.engine import open_facts

    with reading():
        journey_id, names = _named(journey_key)
        kept = _kept(journey_id, month)
        if kept is not None and kept.is_frozen:
            return kept.id
        before = _last_sent(journey_id, month)
        known = read_known(db.session.get_one(Journey, journey_id), zone, end_of(month, zone))
    facts = open_facts(home)
    content, n_answers = _content(facts, known, month, names, before)
    values = {
        "journey_id": journey_id,
        "month": month,
        "content": content,
        "n_answers": n_answers,
        "facts_version": facts.version,
        "as_of": facts.as_of,
        "composed_at": now,
    }
    summary_id = _keep(values, draw(content))
    # The mail's button leads to a board of the same twelve months, which shall be ready.
    compute_pain(year_up_to(journey_key, month), home, now)
    return summary_id


def year_up_to(journey_key: str, month: str) -> "Filters":
    """The selection of the year that ends with a month: what a summary prices."""
    from insights.filters import Filters

    return Filters(journey_key, months_before(month, YEAR - 1), month)


def pictures_of(summary_id: int, language: str) -> dict[str, bytes]:
    """The pictures of a summary in one language, by name."""
    found = select(Picture.name, Picture.content).where(
        Picture.summary_id == summary_id, Picture.language == language
    )
    return {row.name: row.content for row in db.session.execute(found)}


def _named(journey_key: str) -> tuple[int, dict[str, Any]]:
    """The journey's number, and what it and its parts are called, in all languages."""
    found = select(Journey).where(Journey.key == journey_key, Journey.retired_at.is_(None))
    stages = selectinload(Journey.stages).selectinload(Stage.touchpoints)
    journey = db.session.scalar(found.options(stages))
    if journey is None:
        raise UnknownJourneyError(journey_key)
    present = [stage for stage in journey.stages if stage.retired_at is None]
    return journey.id, {
        "journey": dict(journey.name),
        "stages": {stage.key: dict(stage.name) for stage in present},
        "touchpoints": {
            stage.key: {one.key: dict(one.name) for one in stage.touchpoints} for stage in present
        },
    }


def _kept(journey_id: int, month: str) -> Summary | None:
    """The summary as it was composed last."""
    found = select(Summary).where(Summary.journey_id == journey_id, Summary.month == month)
    return db.session.scalar(found)


def _last_sent(journey_id: int, month: str) -> tuple[str, Mapping[str, int]] | None:
    """The month of the last summary that was sent before, and the answers it counted."""
    found = (
        select(Summary)
        .where(
            Summary.journey_id == journey_id,
            Summary.month < month,
            Summary.frozen_at.is_not(None),
        )
        .order_by(Summary.month.desc())
        .limit(1)
    )
    summary = db.session.scalar(found)
    return (summary.month, summary.n_answers) if summary else None


def _content(
    facts: "Facts",
    known: Known,
    month: str,
    names: dict[str, Any],
    before: tuple[str, Mapping[str, int]] | None,
) -> tuple[dict[str, Any], dict[str, int]]:
    """What the summary says, and how many answers of which month it counted."""
    from insights.filters import Filters
    from insights.findings.summary import (
        answers_by_month,
        late_answers,
        quote_places,
        summary_numbers,
    )

    journey, parts = known.journey, known.parts
    pain = partial(pain_of, facts, year_up_to(journey, month))
    numbers = facts.remember(
        ("summary", journey, month, tuple((stage, *some) for stage, some in parts.items())),
        lambda: summary_numbers(facts.table, journey, parts, month, narrow=facts.narrow, pain=pain),
    )
    counted = answers_by_month(facts.table, journey, month)
    here = facts.narrow(facts.table, Filters(journey, month, month))
    content = numbers | {
        "names": names,
        "quotes": quotes(here, quote_places(numbers)),
        "brought_up": _brought_up(facts, known, month),
        "further": _further(facts, known, month),
        "late": late_answers(before[1], counted, before[0]) if before else [],
    }
    return content, counted


def _further(facts: "Facts", known: Known, month: str) -> list[dict[str, Any]]:
    """What became of improvements lately, and what else the year up to the month has to say."""
    from insights.findings.in_use import pains_in_use
    from insights.findings.journey_findings import further_findings, some_of_each

    year = year_up_to(known.journey, month)
    pains = pains_in_use(
        {stage: pain_of(facts, year, stage)["touchpoints"] for stage in known.parts}, known.parts
    )
    evidence = gather(known, facts, year, month, pains)
    # What was judged for the last time before this month was told before.
    verdicts = [row for row in evidence.verdicts if row["last"] == month]
    told = further_findings(replace(evidence, verdicts=verdicts))
    present = [one for one in told if one.stage is None or one.stage in known.parts]
    return [one.plain() for one in some_of_each(present, MOST_FURTHER)]


def _brought_up(facts: "Facts", known: Known, month: str) -> list[dict[str, Any]]:
    """What people brought up in the year; without moods where comments are not read well."""
    from insights.comments.brought_up import worth_telling

    places = {(stage, key) for stage, some in known.parts.items() for key in some}
    told = ("stage", "touchpoint", "persons", "n", "negative", "low", "high", "asked")
    year = facts.narrow(facts.table, year_up_to(known.journey, month))
    found = [{name: row[name] for name in told} for row in worth_telling(year, places)]
    if are_readings_poor(facts, known.journey):
        return [row | {"negative": None} for row in found if not row["asked"]]
    return found


def _keep(values: dict[str, Any], drawn: dict[tuple[str, str], bytes]) -> int:
    """Put a summary in the place of an older one, unless that was sent meanwhile."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = {name: value for name, value in values.items() if name not in {"journey_id", "month"}}
    new = dialect.insert(Summary).values(**values)
    upsert = new.on_conflict_do_update(
        index_elements=["journey_id", "month"], set_=fresh, where=Summary.frozen_at.is_(None)
    )
    done = db.session.connection().execute(upsert)
    kept = _kept(values["journey_id"], values["month"])
    if kept is None:
        raise UnknownJourneyError(values["journey_id"])
    number = kept.id
    if done.rowcount:
        db.session.execute(delete(Picture).where(Picture.summary_id == number))
        db.session.add_all(
            Picture(summary_id=number, language=language, name=name, content=png)
            for (language, name), png in drawn.items()
        )
    db.session.commit()
    return number

"""Drawing the findings of a journey, and keeping them until newer answers come in."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from actions.company import read_crm
from actions.estimate import sheets_of, told_round_of
from actions.improvement import effects, improvements_of
from actions.pain import selection_key, usual_filters
from extensions import db
from models import InsightResult, Journey, PainResult

if TYPE_CHECKING:
    import ibis

    from insights.filters import Filters
    from insights.findings.journey_findings import Evidence

NAME = "findings"
"""Under which they are kept."""

Row = dict[str, Any]


def findings_of(journey: Journey) -> InsightResult | None:
    """The findings that were kept last, if any were."""
    kept = select(InsightResult).where(
        InsightResult.journey_id == journey.id, InsightResult.name == NAME
    )
    return db.session.scalar(kept.order_by(InsightResult.computed_at.desc()).limit(1))


def keep_findings(key: str, home: Path, now: datetime, zone: ZoneInfo) -> int:
    """Draw the findings of a journey's last year, and put them in the place of older ones.

    Args:
        key: of the journey; its pain has been computed.
        home: where the facts are.
        now: the moment; the last month that is over is compared with the one before.
        zone: the organisation's time zone.

    Returns:
        How many findings there are.
    """
    from facts.engine import open_facts
    from insights.findings.journey_findings import journey_findings

    journey = db.session.scalars(select(Journey).where(Journey.key == key)).one()
    facts, filters = open_facts(home), usual_filters(key, home)
    found = journey_findings(_evidence(journey, filters, home, now, zone))
    content = [one.plain() for one in found]
    result = InsightResult(
        journey_id=journey.id,
        name=NAME,
        selection=selection_key(filters),
        content={"findings": content, "from": filters.month_from, "to": filters.month_to},
        facts_version=facts.version,
        as_of=facts.as_of,
        computed_at=now,
    )
    older = (InsightResult.journey_id == journey.id, InsightResult.name == NAME)
    db.session.execute(delete(InsightResult).where(*older))
    db.session.add(result)
    db.session.commit()
    return len(content)


def _evidence(
    journey: Journey, filters: "Filters", home: Path, now: datetime, zone: ZoneInfo
) -> "Evidence":
    """Gather what the findings are drawn from."""
    from facts.engine import open_facts
    from insights.comparing.month_changes import month_changes
    from insights.filters import Filters
    from insights.findings.headline import headline
    from insights.findings.journey_findings import Evidence
    from insights.months import last_closed
    from insights.scores import stage_scores

    facts = open_facts(home)
    year = facts.narrow(facts.table, filters)
    months = facts.narrow(facts.table, Filters(journey.key), by_month=True)
    pains = _pains(journey, filters)
    return Evidence(
        weakest=headline(stage_scores(year), pains),
        changed=month_changes(months, last_closed(now, zone)),
        pains=pains,
        gaps=_gaps(journey, year, pains),
        clashes=_clashes(year),
        silence=_silence(journey, year),
        verdicts=_verdicts(journey, home, now, zone),
    )


def _pains(journey: Journey, filters: "Filters") -> dict[str, list[Row]]:
    """The pain of each stage, as it was computed."""
    found = select(PainResult.stage, PainResult.content).where(
        PainResult.journey_id == journey.id, PainResult.selection == selection_key(filters)
    )
    return {stage: content["touchpoints"] for stage, content in db.session.execute(found)}


def _gaps(journey: Journey, year: "ibis.Table", pains: Mapping[str, list[Row]]) -> list[Row]:
    """What colleagues estimated beside what customers give; nothing of fewer than five."""
    from insights.gaps.inside_out import inside_out
    from insights.plain import plain_rows
    from insights.release.suppression import MINIMUM_PERSONS

    told = told_round_of(journey.id, MINIMUM_PERSONS)
    if told is None:
        return []
    sheets = [(sheet.team, sheet.points) for sheet in sheets_of(told)]
    lost = {
        (stage, row["touchpoint"]): row["pain"]
        for stage, rows in pains.items()
        for row in rows
        if row["pain"] is not None
    }
    return plain_rows(inside_out(year, sheets, lost).touchpoints)


def _clashes(year: "ibis.Table") -> list[Row]:
    """Where comments and the ratings beside them say opposite things."""
    from insights.comments.disagreements import disagreements
    from insights.plain import plain_rows

    return plain_rows(disagreements(year, frozenset(), frozenset()))


def _silence(journey: Journey, year: "ibis.Table") -> list[Row]:
    """Which parts of accounts were not heard."""
    from insights.accounts.accounts import company_numbers
    from insights.plain import plain_rows

    return plain_rows(company_numbers(year, year, read_crm(journey)).silence)


def _verdicts(journey: Journey, home: Path, now: datetime, zone: ZoneInfo) -> list[Row]:
    """What became of the improvements."""
    improvements = {one.id: one for one in improvements_of(journey.id)}
    found = effects(list(improvements.values()), journey, home, now, zone)
    rows = []
    for number, effect in found.items():
        seen = effect.case.compared
        is_sure = seen.is_sure
        rows.append(
            {
                "number": number,
                "title": improvements[number].title,
                "stage": improvements[number].stage,
                "verdict": effect.verdict.value,
                "change": seen.change if is_sure else None,
                "low": seen.interval.low if is_sure else None,
                "high": seen.interval.high if is_sure else None,
                "n": effect.case.amount.n_after if is_sure else None,
                "smallest": seen.smallest if is_sure else None,
            }
        )
    return rows

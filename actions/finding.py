"""Drawing the findings of a journey, and keeping them until newer answers come in."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from actions.evidence import gather, read_known
from actions.pain import selection_key, usual_filters
from extensions import db
from insights.months import last_closed, months_before
from models import InsightResult, Journey, PainResult

if TYPE_CHECKING:
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
        content=_kept_with(filters, last_closed(now, zone)) | {"findings": content},
        facts_version=facts.version,
        as_of=facts.as_of,
        computed_at=now,
    )
    older = (InsightResult.journey_id == journey.id, InsightResult.name == NAME)
    db.session.execute(delete(InsightResult).where(*older))
    db.session.add(result)
    db.session.commit()
    return len(content)


def _kept_with(filters: "Filters", month: str) -> dict[str, str | None]:
    """The year that findings are about, and the two months that changes are between."""
    return {
        "from": filters.month_from,
        "to": filters.month_to,
        "month": month,
        "before": months_before(month, 1),
    }


def _evidence(
    journey: Journey, filters: "Filters", home: Path, now: datetime, zone: ZoneInfo
) -> "Evidence":
    """Gather what the findings are drawn from."""
    from facts.engine import open_facts
    from insights.comparing.month_changes import month_changes
    from insights.filters import Filters
    from insights.findings.headline import headline
    from insights.findings.in_use import frame_in_use, pains_in_use
    from insights.scores import stage_scores

    facts, last = open_facts(home), last_closed(now, zone)
    year = facts.narrow(facts.table, filters)
    months = facts.narrow(facts.table, Filters(journey.key), by_month=True)
    known = read_known(journey, zone)
    pains = pains_in_use(_pains(journey, filters), known.parts)
    return replace(
        gather(known, facts, filters, last, pains),
        weakest=headline(frame_in_use(stage_scores(year), known.parts), pains),
        changed=frame_in_use(month_changes(months, last), known.parts),
    )


def _pains(journey: Journey, filters: "Filters") -> dict[str, list[Row]]:
    """The pain of each stage, as it was computed."""
    found = select(PainResult.stage, PainResult.content).where(
        PainResult.journey_id == journey.id, PainResult.selection == selection_key(filters)
    )
    return {stage: content["touchpoints"] for stage, content in db.session.execute(found)}

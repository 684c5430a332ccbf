"""Drawing the findings of a journey, and keeping them until newer answers come in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from actions.evidence import Known, gather, read_known
from actions.pain import selection_key, usual_filters
from actions.reading import reading
from extensions import db
from models import InsightResult, Journey, PainResult

if TYPE_CHECKING:
    from facts.engine import Facts
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
    from insights.months import last_closed

    facts, filters = open_facts(home), usual_filters(key, home)
    with reading():
        journey = db.session.scalars(select(Journey).where(Journey.key == key)).one()
        journey_id, known, pains = journey.id, read_known(journey, zone), _pains(journey, filters)
    found = journey_findings(_evidence(known, facts, filters, last_closed(now, zone), pains))
    content = [one.plain() for one in found]
    result = InsightResult(
        journey_id=journey_id,
        name=NAME,
        selection=selection_key(filters),
        content={"findings": content, "from": filters.month_from, "to": filters.month_to},
        facts_version=facts.version,
        as_of=facts.as_of,
        computed_at=now,
    )
    older = (InsightResult.journey_id == journey_id, InsightResult.name == NAME)
    db.session.execute(delete(InsightResult).where(*older))
    db.session.add(result)
    db.session.commit()
    return len(content)


def _evidence(
    known: Known, facts: "Facts", filters: "Filters", last: str, pains: Mapping[str, list[Row]]
) -> "Evidence":
    """Gather what the findings are drawn from."""
    from insights.comparing.month_changes import year_changes
    from insights.filters import Filters
    from insights.findings.headline import headline
    from insights.scores import stage_scores

    year = facts.narrow(facts.table, filters)
    months = facts.narrow(facts.table, Filters(known.journey), by_month=True)
    changes = year_changes(months, last)
    is_last = changes["month"] == last
    return replace(
        gather(known, facts, filters, last, pains),
        weakest=headline(stage_scores(year), pains),
        changed=changes[is_last].drop(columns="month"),
        earlier=changes[~is_last],
    )


def _pains(journey: Journey, filters: "Filters") -> dict[str, list[Row]]:
    """The pain of each stage, as it was computed."""
    found = select(PainResult.stage, PainResult.content).where(
        PainResult.journey_id == journey.id, PainResult.selection == selection_key(filters)
    )
    return {stage: content["touchpoints"] for stage, content in db.session.execute(found)}

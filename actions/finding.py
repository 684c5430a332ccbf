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
from insights.months import last_closed, months_before
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

    facts, filters, last = open_facts(home), usual_filters(key, home), last_closed(now, zone)
    with reading():
        journey = db.session.scalars(select(Journey).where(Journey.key == key)).one()
        journey_id, known, pains = journey.id, read_known(journey, zone), _pains(journey, filters)
    found = journey_findings(_evidence(known, facts, filters, last, pains))
    content = [one.plain() for one in found]
    result = InsightResult(
        journey_id=journey_id,
        name=NAME,
        selection=selection_key(filters),
        content=_kept_with(filters, last) | {"findings": content},
        facts_version=facts.version,
        as_of=facts.as_of,
        computed_at=now,
    )
    older = (InsightResult.journey_id == journey_id, InsightResult.name == NAME)
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
    known: Known, facts: "Facts", filters: "Filters", last: str, pains: Mapping[str, list[Row]]
) -> "Evidence":
    """Gather what the findings are drawn from."""
    from insights.comparing.month_changes import year_changes
    from insights.filters import Filters
    from insights.findings.headline import headline
    from insights.findings.in_use import frame_in_use, pains_in_use
    from insights.scores import stage_scores

    year = facts.narrow(facts.table, filters)
    months = facts.narrow(facts.table, Filters(known.journey), by_month=True)
    changes = frame_in_use(year_changes(months, last), known.parts)
    is_last, in_use = changes["month"] == last, pains_in_use(pains, known.parts)
    return replace(
        gather(known, facts, filters, last, in_use),
        weakest=headline(frame_in_use(stage_scores(year), known.parts), in_use),
        changed=changes[is_last].drop(columns="month"),
        earlier=changes[~is_last],
    )


def _pains(journey: Journey, filters: "Filters") -> dict[str, list[Row]]:
    """The pain of each stage, as it was computed."""
    found = select(PainResult.stage, PainResult.content).where(
        PainResult.journey_id == journey.id, PainResult.selection == selection_key(filters)
    )
    return {stage: content["touchpoints"] for stage, content in db.session.execute(found)}

"""Pain weighted to the known mix of a journey's people, kept beside the unweighted one."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from actions.journey import UnknownJourneyError
from actions.mix import mix_of
from actions.pain import keep_results
from actions.weighting import told_per_group
from extensions import db
from models import Journey, PainResult, Stage

if TYPE_CHECKING:
    from insights.filters import Filters
    from insights.weighting.mix import KnownMix


def weighted_key(filters: "Filters", mix: "KnownMix") -> str:
    """A short name for a selection weighted to a mix: another mix gives another one."""
    text = json.dumps([asdict(filters), *map(asdict, mix)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def compute_weighted_pain(
    filters: "Filters", home: Path, now: datetime, progress: Callable[[float], None] | None = None
) -> int:
    """Compute the pain of every stage weighted to the mix at the end of a selection, and keep it.

    What changed since the period before is not weighted: it stands beside the unweighted pain.

    Args:
        filters: the selection; its journey says which stages.
        home: where the facts are.
        now: when it is computed.
        progress: told the share done, 0-1.

    Returns:
        How many stages were computed; none where no mix is known.

    Raises:
        UnknownJourneyError: there is no such journey.
    """
    from facts.engine import open_facts
    from insights.pain.content import stage_pain

    journey = db.session.scalar(select(Journey).where(Journey.key == filters.journey))
    if journey is None:
        raise UnknownJourneyError(filters.journey)
    mix = mix_of(journey, filters.month_to)
    wanted = select(Stage.key).where(Stage.journey_id == journey.id).order_by(Stage.position)
    stages, journey_id = db.session.scalars(wanted).all() if mix else [], journey.id
    db.session.rollback()  # no lock is held while numbers are crunched
    if not mix:
        return 0
    facts, key, results = open_facts(home), weighted_key(filters, mix), []
    chosen = told_per_group(facts, filters, mix)
    for number, stage in enumerate(stages):
        result = PainResult(journey_id=journey_id, stage=stage, selection=key, computed_at=now)
        result.content = stage_pain(chosen, stage, mix)
        result.facts_version, result.as_of = facts.version, facts.as_of
        results.append(result)
        if progress:
            progress((number + 1) / len(stages))
    keep_results(journey_id, key, results)
    return len(results)

"""Planting whom the invented company asked, and how its people divide."""

from collections import Counter
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from demo.outreach import MIX, MIX_OF, mailing
from extensions import db
from models import Journey, Mix, Outreach, Response


def plant_outreach(seed: int, now: datetime, zone: ZoneInfo) -> int:
    """Plant a mailing for every survey and month with answers, and the mix of one journey.

    Args:
        seed: the same seed and answers plant the same mailings.
        now: the moment.
        zone: where months begin and end.

    Returns:
        How many mailings were planted.
    """
    random = Random(seed)  # noqa: S311 -- play data
    started: Counter[tuple[int, str]] = Counter()
    finished: Counter[tuple[int, str]] = Counter()
    found = select(Response.survey_id, Response.answered_at, Response.finished_at)
    for survey_id, answered_at, finished_at in db.session.execute(found):
        key = survey_id, f"{answered_at.astimezone(zone):%Y-%m}"
        started[key] += 1
        finished[key] += finished_at is not None
    for key in sorted(started):
        survey_id, month = key
        counts = mailing(random, started[key], finished[key])._asdict()
        db.session.add(Outreach(survey_id=survey_id, month=month, told_at=now, **counts))
    _plant_mix(min((month for _survey, month in started), default=None), now)
    db.session.commit()
    return len(started)


def _plant_mix(first: str | None, now: datetime) -> None:
    """Plant the mix, from the first month with answers on."""
    journey_id = db.session.scalar(select(Journey.id).where(Journey.key == MIX_OF))
    if journey_id is not None and first is not None:
        shares = {audience.value: share for audience, share in MIX.items()}
        db.session.add(
            Mix(
                journey_id=journey_id,
                dimension="audience",
                month_from=first,
                shares=shares,
                set_at=now,
            )
        )

"""Where people stop and how long a page takes, per survey, as far as it is stored."""

from datetime import datetime
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from extensions import db
from models import Journey, Response, Survey
from vocabulary import Identity

READ = 20_000
"""The newest finished responses that are timed; more would say the same."""


class Stop(NamedTuple):
    """After which page most of those who did not finish stopped."""

    page: int  # the last page they sent, from 1
    n: int  # how many stopped there
    of: int  # of how many who did not finish


def stops(journey: Journey, since: datetime) -> dict[str, Stop]:
    """Per survey key after which page most people stop; where fewer than five did, nothing.

    Args:
        journey: whose surveys.
        since: responses begun before this moment do not count.
    """
    from insights.release.suppression import MINIMUM_PERSONS

    found = (
        select(Survey.key, Response.n_pages, func.count())
        .join(Response, Response.survey_id == Survey.id)
        .where(Survey.journey_id == journey.id, *_sat_through(since))
        .where(Response.finished_at.is_(None))
        .group_by(Survey.key, Response.n_pages)
    )
    counts: dict[str, dict[int, int]] = {}
    for survey, page, n in db.session.execute(found):
        counts.setdefault(survey, {})[page] = n
    most = {survey: max(of, key=lambda page: (of[page], -page)) for survey, of in counts.items()}
    return {
        survey: Stop(page, counts[survey][page], sum(counts[survey].values()))
        for survey, page in most.items()
        if counts[survey][page] >= MINIMUM_PERSONS
    }


def seconds_per_page(journey: Journey, since: datetime) -> dict[str, tuple[float, int]]:
    """Per survey key the median of the seconds a page took, and of how many who finished.

    An anonymous survey keeps no moment finer than a day, so nothing is said of it; nor of what was
    imported, which was answered elsewhere; nor of fewer than five.

    Args:
        journey: whose surveys.
        since: responses begun before this moment do not count.
    """
    from insights.release.suppression import MINIMUM_PERSONS

    found = (
        select(Survey.key, Response.started_at, Response.finished_at, Response.n_pages)
        .join(Response, Response.survey_id == Survey.id)
        .where(Survey.journey_id == journey.id, Survey.identity != Identity.ANONYMOUS)
        .where(*_sat_through(since), Response.finished_at.is_not(None), Response.n_pages > 0)
        .order_by(Response.answered_at.desc())
        .limit(READ)
    )
    paces: dict[str, list[float]] = {}
    for survey, began, ended, n_pages in db.session.execute(found):
        if ended is not None:
            paces.setdefault(survey, []).append((ended - began).total_seconds() / n_pages)
    return {
        survey: (median(pace), len(pace))
        for survey, pace in paces.items()
        if len(pace) >= MINIMUM_PERSONS
    }


def _sat_through(since: datetime) -> tuple[ColumnElement[bool], ...]:
    """What a response must be, to tell how answering here goes."""
    return (
        Response.import_id.is_(None),
        Response.excluded_at.is_(None),
        Response.started_at >= since,
    )

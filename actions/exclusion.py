"""Set a junk response aside, and take it back: it is kept, but counts nowhere meanwhile."""

from datetime import datetime

from sqlalchemy import select

from actions.retraction import forget_facts
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Response


class UnknownResponseError(Exception):
    """There is no response with this key."""


def exclude_response(key: str, now: datetime) -> bool:
    """Set a response aside.

    Returns:
        Whether it counted until now.

    Raises:
        UnknownResponseError: there is no response with this key.
    """
    return _change(key, now, is_excluded=True)


def include_response(key: str, now: datetime) -> bool:
    """Let a response count again.

    Returns:
        Whether it was set aside until now.

    Raises:
        UnknownResponseError: there is no response with this key.
    """
    return _change(key, now, is_excluded=False)


def _change(key: str, now: datetime, *, is_excluded: bool) -> bool:
    """Set a response aside or take it back, with a job that brings the facts in line."""
    response = db.session.scalar(select(Response).where(Response.key == key))
    if response is None:
        raise UnknownResponseError(key)
    if (response.excluded_at is not None) == is_excluded:
        db.session.rollback()
        return False
    response.excluded_at = now if is_excluded else None
    forget_facts([key])
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now)
    db.session.commit()
    return True

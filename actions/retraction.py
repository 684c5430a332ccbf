"""Have facts taken out of the table: of responses that were changed, set aside, or are going."""

from collections.abc import Sequence

from sqlalchemy import delete, update

from extensions import db
from models import Response, Retraction

AT_ONCE = 2_000
"""Responses in a statement."""


def forget_facts(keys: Sequence[str]) -> None:
    """Have the facts of responses taken out, in the caller's transaction.

    Those that still count are made again. The caller puts a job that projects.

    Args:
        keys: of responses that were changed, set aside, or are going.
    """
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        db.session.execute(delete(Retraction).where(Retraction.response.in_(some)))
        db.session.add_all(Retraction(response=key) for key in some)
        db.session.execute(update(Response).where(Response.key.in_(some)).values(projected_at=None))

"""Remove a single response for good, as its respondent may ask."""

from datetime import datetime

from sqlalchemy import delete, select

from actions.exclusion import UnknownResponseError
from actions.pain import ask_for_usual_pain
from actions.retraction import forget_facts
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Journey, Response, Summary, Survey

RECEIPT_LENGTH = 12
"""Of the letters of a key that a respondent gets to see."""


class AmbiguousReceiptError(Exception):
    """Several responses begin with these letters."""


def key_of(name: str) -> str:
    """The key of the response that a key or a receipt names.

    Args:
        name: a whole key, or a receipt: its first twelve letters, in small or capital letters,
            with dashes or without.

    Raises:
        UnknownResponseError: there is no such response.
        AmbiguousReceiptError: there are several.
    """
    found = select(Response.key).where(Response.key == name)
    key = db.session.scalar(found)
    if key is not None:
        return key
    receipt = name.replace("-", "").strip().lower()
    if len(receipt) != RECEIPT_LENGTH:
        raise UnknownResponseError(name)
    begins = Response.key.startswith(receipt, autoescape=True)
    keys = db.session.scalars(select(Response.key).where(begins).limit(2)).all()
    if not keys:
        raise UnknownResponseError(name)
    if len(keys) > 1:
        raise AmbiguousReceiptError(name)
    return keys[0]


def remove_response(key: str, now: datetime) -> None:
    """Remove a response with its answers, what was read in them, its quotes, and its facts.

    Args:
        key: of the response.
        now: the moment.

    Raises:
        UnknownResponseError: there is no response with this key.
    """
    found = select(Response.id, Journey.id, Journey.key)
    found = found.join(Survey, Survey.id == Response.survey_id)
    found = found.join(Journey, Journey.id == Survey.journey_id).where(Response.key == key)
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise UnknownResponseError(key)
    response_id, journey_id, journey_key = row
    forget_facts([key])
    db.session.execute(delete(Response).where(Response.id == response_id))
    _take_out_quotes(journey_id, key)
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now)
    ask_for_usual_pain([journey_key], now)
    db.session.commit()


def _take_out_quotes(journey_id: int, key: str) -> None:
    """Take what it wrote out of the summaries that were composed of it."""
    for summary in db.session.scalars(select(Summary).where(Summary.journey_id == journey_id)):
        quotes = summary.content.get("quotes", [])
        kept = [quote for quote in quotes if quote["response"] != key]
        if len(kept) < len(quotes):
            summary.content = summary.content | {"quotes": kept}

"""The masked words of comments, found by the keys that the facts give; nothing is written here."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from extensions import db
from models import Response, Sentiment

AT_ONCE = 500
"""Responses that are asked for in one statement."""

Key = tuple[str, str]
"""The keys of a response and of its question: what a comment is found by."""


class Words(NamedTuple):
    """What somebody wrote."""

    text: str  # masked
    language: str  # it was read in, as "nl"


def masked_texts(responses: Iterable[str]) -> dict[Key, Words]:
    """What these responses wrote, masked; those set aside and those not read yet left out.

    Args:
        responses: their keys, in any order and any number.
    """
    keys = sorted(set(responses))
    found: dict[Key, Words] = {}
    for first in range(0, len(keys), AT_ONCE):
        written = (
            select(Response.key, Sentiment.question, Sentiment.masked, Sentiment.language)
            .join(Sentiment, Sentiment.response_id == Response.id)
            .where(
                Response.key.in_(keys[first : first + AT_ONCE]),
                Response.excluded_at.is_(None),
                Sentiment.masked.is_not(None),
            )
        )
        for key, question, masked, language in db.session.execute(written):
            # A comment in two languages is read in both; the first is the one of most of it.
            found[key, question] = Words(masked or "", language.partition("+")[0])
    return found

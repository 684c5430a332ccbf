"""What people wrote, found again by the keys that the facts give."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_security import current_user
from sqlalchemy import select

from extensions import db
from models import Answer, Correction, Response, Sentiment
from vocabulary import Role, SentimentLabel

if TYPE_CHECKING:
    from insights.comments.comments import Order
    from views.selection import Selection


MOST_EVIDENCE = 3
"""Words that are named beside a comment."""

Words = tuple[str, SentimentLabel, bool, tuple[str, ...]]


@dataclass(frozen=True)
class Verbatim:
    """One comment, with what was given beside it."""

    response: str  # with the question, what it is found by
    question: str
    text: str  # masked
    label: SentimentLabel  # what a colleague says, else the reader
    is_corrected: bool
    evidence: tuple[str, ...]  # the words that made the reading
    score: float | None
    month: str | None  # where enough people wrote in it; likewise the score
    audience: str
    language: str


def may_read() -> bool:
    """Whether this colleague's role reads what people wrote."""
    return current_user.role in {Role.ADMINISTRATOR, Role.ANALYST, Role.OWNER}


def verbatims(
    chosen: "Selection", stage: str, touchpoint: str | None, order: "Order"
) -> list[Verbatim]:
    """The comments to read first; none where fewer than five persons wrote."""
    from insights.comments.comments import comments
    from insights.plain import number

    if not may_read():
        return []
    facts = chosen.facts
    found = facts.remember(
        ("comments", chosen.filters, stage, touchpoint, order),
        lambda: comments(facts.narrow(facts.table, chosen.filters), stage, touchpoint, order=order),
    )
    words = _words(set(found["response"]))
    return [
        Verbatim(
            row["response"],
            row["question"],
            *words[row["response"], row["question"]],
            number(row["score"]),
            row["month"] if isinstance(row["month"], str) else None,
            row["audience"],
            row["language"],
        )
        for row in found.to_dict("records")
        if (row["response"], row["question"]) in words
    ]


def _words(keys: set[str]) -> dict[tuple[str, str], Words]:
    """What these responses wrote, masked, and how it was read, by response and question."""
    from insights.masking.masking import masked

    of_answer = [
        (table.response_id == Answer.response_id) & (table.question == Answer.question)
        for table in (Sentiment, Correction)
    ]
    found = (
        select(
            Response.key,
            Answer.question,
            Answer.text,
            Sentiment.masked,
            Sentiment.label,
            Correction.label,
            Correction.response_id.is_not(None),
            Sentiment.evidence,
        )
        .join(Answer, Answer.response_id == Response.id)
        .outerjoin(Sentiment, of_answer[0])
        .outerjoin(Correction, of_answer[1])
        .where(Response.key.in_(keys), Response.excluded_at.is_(None), Answer.text.is_not(None))
    )
    return {
        (key, question): (
            masked(text or "") if hidden is None else hidden,
            corrected or label or SentimentLabel.UNREAD,
            is_corrected,
            tuple(one["words"] for one in evidence or ())[:MOST_EVIDENCE],
        )
        for key, question, text, hidden, label, corrected, is_corrected, evidence in (
            db.session.execute(found)
        )
    }

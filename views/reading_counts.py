"""What the database knows of readings and labels: counts and keys; nothing is written here."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select

from extensions import db
from models import Answer, Correction, Import, Reader, Response, Sentiment, Survey
from vocabulary import SentimentLabel

AT_ONCE = 1_000
"""Responses that are asked for in one statement."""

READ = (
    SentimentLabel.POSITIVE,
    SentimentLabel.NEUTRAL,
    SentimentLabel.NEGATIVE,
    SentimentLabel.MIXED,
)
"""Labels by which a reader says something."""

Rows = Sequence[Row[*tuple[Any, ...]]]
Columns = TypeVarTuple("Columns")

_WRITER = func.coalesce(Response.person, Response.key)
_PERSONS = func.count(func.distinct(_WRITER)).label("persons")


class Said(NamedTuple):
    """What one comment says, as it was read."""

    text: str  # masked; empty where it was not
    language: str
    label: SentimentLabel


def comment_counts(journey_id: int) -> Rows:
    """Per survey and language: persons, comments, and how many were read or unsure.

    Args:
        journey_id: of the journey.

    Returns:
        ``survey``, its ``stage`` and ``audience``, ``language``, ``persons``, ``n``, ``read``,
        ``unsure``; sorted. The others are in a language nobody reads, or not read yet.
    """
    counted = select(
        Survey.key.label("survey"),
        Survey.stage,
        Survey.audience,
        Response.language.label("language"),
        _PERSONS,
        func.count().label("n"),
        _n_with(Sentiment.label.in_(READ)).label("read"),
        _n_with(Sentiment.label == SentimentLabel.UNSURE).label("unsure"),
    )
    keys = (Survey.key, Survey.stage, Survey.audience, Response.language)
    return db.session.execute(
        _of_comments(counted, journey_id).group_by(*keys).order_by(Survey.key, Response.language)
    ).all()


def labelled_comments(journey_id: int) -> Rows:
    """Every comment with a label of the team that its reader did not learn from.

    Args:
        journey_id: of the journey.

    Returns:
        ``survey``, ``language``, ``respondent``, ``version_id``, ``question``, ``said`` (null
        where no reader has been there), ``given``, ``draw``.
    """
    found = select(
        Survey.key.label("survey"),
        Response.language.label("language"),
        _WRITER.label("respondent"),
        Response.version_id,
        Answer.question,
        Sentiment.label.label("said"),
        Correction.label.label("given"),
        Correction.draw,
    )
    is_of_answer = (Correction.response_id == Answer.response_id) & (
        Correction.question == Answer.question
    )
    # A reader that learnt from a label says nothing new by agreeing with it.
    is_of_reader = Reader.version == Sentiment.analyzer_version
    is_new = or_(Reader.id.is_(None), Correction.corrected_at > Reader.trained_at)
    found = _of_comments(found, journey_id).join(Correction, is_of_answer)
    found = found.outerjoin(Reader, is_of_reader).where(Correction.label.is_not(None), is_new)
    return db.session.execute(found).all()


def read_by_question(journey_id: int) -> Rows:
    """Per version and question: persons, comments that were read, and negative ones of them.

    Args:
        journey_id: of the journey.

    Returns:
        ``version_id``, ``question``, ``persons``, ``n``, ``negative``.
    """
    counted = select(
        Response.version_id,
        Answer.question,
        _PERSONS,
        func.count().label("n"),
        _n_with(Sentiment.label == SentimentLabel.NEGATIVE).label("negative"),
    )
    is_read = Sentiment.label != SentimentLabel.UNREAD
    keys = (Response.version_id, Answer.question)
    return db.session.execute(
        _of_comments(counted, journey_id).where(is_read).group_by(*keys).order_by(*keys)
    ).all()


def readers(journey_id: int) -> Rows:
    """Who read how many comments.

    Args:
        journey_id: of the journey.

    Returns:
        ``language``, ``analyzer``, ``analyzer_version``, ``persons``, ``n``; sorted.
    """
    keys = (Sentiment.language, Sentiment.analyzer, Sentiment.analyzer_version)
    counted = select(*keys, _PERSONS, func.count().label("n"))
    counted = _of_comments(counted, journey_id).where(Sentiment.response_id.is_not(None))
    return db.session.execute(counted.group_by(*keys).order_by(*keys)).all()


def said(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Said]:
    """How comments were read, with their masked words.

    Args:
        keys: of responses and their questions.
    """
    found: dict[tuple[str, str], Said] = {}
    columns = (Response.key, Sentiment.question, Sentiment.masked, Sentiment.language)
    query = select(*columns, Sentiment.label).join(Response, Response.id == Sentiment.response_id)
    responses = sorted({response for response, _question in keys})
    for first in range(0, len(responses), AT_ONCE):
        some = query.where(Response.key.in_(responses[first : first + AT_ONCE]))
        for response, question, masked, language, label in db.session.execute(some):
            found[response, question] = Said(masked or "", language, label)
    return {key: found[key] for key in keys if key in found}


def _of_comments(query: Select[*Columns], journey_id: int) -> Select[*Columns]:
    """Ask of the comments of a journey that count, each with its reading if it has one."""
    is_of_answer = (Sentiment.response_id == Answer.response_id) & (
        Sentiment.question == Answer.question
    )
    return (
        query.select_from(Answer)
        .join(Response, Response.id == Answer.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .outerjoin(Sentiment, is_of_answer)
        .outerjoin(Import, Import.id == Response.import_id)
        .where(
            Survey.journey_id == journey_id,
            Answer.text.is_not(None),
            or_(Response.finished_at.is_not(None), Response.projected_at.is_not(None)),
            Response.excluded_at.is_(None),
            Import.undone_at.is_(None),
        )
    )


def _n_with(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group meet a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

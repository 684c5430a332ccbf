"""Say of a comment what the reader did not see: its label, or the touchpoints it is about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from actions.retraction import forget_facts
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Answer, Correction, Import, Response, Sentiment, Survey
from vocabulary import Draw, Identity, SentimentLabel

FOR_CHANCE = 100
"""Comments drawn by chance that are to be labelled before every second one is drawn for doubt."""

DOUBTFUL = 0.6
"""Confidence under which a comment is worth asking about."""

LATER = timedelta(minutes=2)
"""When facts of anonymous answers are made again, so that many labels make them once."""


class UnknownCommentError(Exception):
    """There is no such comment in this journey."""


class Drawn(NamedTuple):
    """A comment to be labelled."""

    response: str  # its key
    question: str
    text: str  # masked
    language: str
    draw: Draw
    version_id: int  # of the questionnaire whose question it answers


def correct(
    journey_id: int,
    comment: tuple[str, str],
    said: tuple[SentimentLabel | None, Sequence[str] | None],
    source: tuple[Draw, int | None],
    now: datetime,
) -> None:
    """Keep what a colleague says of a comment; it overrules the reader from then on.

    Args:
        journey_id: the journey the comment must be of.
        comment: the key of its response, and the key of its question.
        said: the label, and the touchpoints as "stage/touchpoint"; none leaves either as it is.
        source: how the comment came before the colleague, and the colleague's id.
        now: the moment.

    Raises:
        UnknownCommentError: the journey has no such comment.
    """
    try:
        _keep(journey_id, comment, said, source, now)
    except IntegrityError:  # another colleague was first: now there is something to change
        db.session.rollback()
        _keep(journey_id, comment, said, source, now)


def withdraw(journey_id: int, comment: tuple[str, str], now: datetime) -> None:
    """Take a correction back: the reader's word counts again.

    Raises:
        UnknownCommentError: the journey has no such comment.
    """
    response = _response(journey_id, *comment)
    kept = db.session.get(Correction, (response.id, comment[1]))
    if kept is not None:
        db.session.delete(kept)
        _bring_to_facts(response, now)
    db.session.commit()


def n_labelled(journey_id: int) -> dict[Draw, int]:
    """How many comments of a journey were labelled, by how they were drawn."""
    counted = (
        select(Correction.draw, func.count())
        .join(Response, Response.id == Correction.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(
            Survey.journey_id == journey_id,
            Correction.label.is_not(None),
            Response.excluded_at.is_(None),
        )
        .group_by(Correction.draw)
    )
    found = {row.draw: int(row[1]) for row in db.session.execute(counted)}
    return {draw: found.get(draw, 0) for draw in Draw}


def draw_comment(journey_id: int, seed: int, after: str = "") -> Drawn | None:
    """Draw the next comment to be labelled.

    By chance until a hundred were, since only those speak for the rest; then every second one
    because the reader is unsure of it, since those teach it most. Chance is the order of the
    responses' keys, which were drawn at random when they were stored: it does not depend on what a
    comment says, nor on whether somebody has corrected it before.

    Args:
        journey_id: the journey.
        seed: of the chance which of both kinds comes next.
        after: the key of a response that was passed over.

    Returns:
        None where every comment was labelled, or too few people wrote.
    """
    is_for_chance = n_labelled(journey_id)[Draw.RANDOM] < FOR_CHANCE or seed % 2 == 0
    by_chance = _comments_of(journey_id).where(
        or_(Correction.label.is_(None), Correction.draw != Draw.RANDOM)
    )
    doubtful = _comments_of(journey_id).where(
        Correction.label.is_(None), Sentiment.confidence < DOUBTFUL
    )
    if not is_for_chance:
        found = _first(doubtful, Draw.UNSURE, after)
        if found:
            return found
    return _first(by_chance, Draw.RANDOM, after)


def _keep(
    journey_id: int,
    comment: tuple[str, str],
    said: tuple[SentimentLabel | None, Sequence[str] | None],
    source: tuple[Draw, int | None],
    now: datetime,
) -> None:
    """Keep a correction in one transaction."""
    response = _response(journey_id, *comment)
    (label, touchpoints), (draw, by) = said, source
    kept = db.session.get(Correction, (response.id, comment[1]), with_for_update=True)
    if kept is None:
        kept = Correction(response_id=response.id, question=comment[1], draw=draw)
        db.session.add(kept)
    if label is not None and (kept.label is None or draw is Draw.RANDOM):
        kept.draw = draw
    kept.label = label or kept.label
    kept.touchpoints = list(touchpoints) if touchpoints is not None else kept.touchpoints
    kept.corrected_by_id, kept.corrected_at = by, now
    _bring_to_facts(response, now)
    db.session.commit()


def _first(query: Any, draw: Draw, after: str) -> Drawn | None:  # noqa: ANN401 -- a selection
    """The first comment of a selection, after one that was passed over."""
    row = db.session.execute(query.where(Response.key > after).limit(1)).first()
    if row is None and after:
        row = db.session.execute(query.limit(1)).first()
    if row is None:
        return None
    return Drawn(row.key, row.question, row.masked or "", row.language, draw, row.version_id)


def _comments_of(journey_id: int) -> Any:  # noqa: ANN401 -- a selection of four columns
    """The comments of a journey that were read, of surveys that enough people wrote in."""
    from insights.release.suppression import MINIMUM_PERSONS

    counts = (Response.excluded_at.is_(None), Import.undone_at.is_(None))
    person = func.coalesce(Response.person, Response.key)
    writers = (
        select(Response.survey_id)
        .join(Sentiment, Sentiment.response_id == Response.id)
        .outerjoin(Import, Import.id == Response.import_id)
        .where(*counts)
        .group_by(Response.survey_id)
        .having(func.count(func.distinct(person)) >= MINIMUM_PERSONS)
    )
    is_of_it = (Correction.response_id == Sentiment.response_id) & (
        Correction.question == Sentiment.question
    )
    return (
        select(
            Response.key,
            Response.version_id,
            Sentiment.question,
            Sentiment.masked,
            Sentiment.language,
        )
        .join(Response, Response.id == Sentiment.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .outerjoin(Import, Import.id == Response.import_id)
        .outerjoin(Correction, is_of_it)
        .where(
            Survey.journey_id == journey_id,
            Response.survey_id.in_(writers),
            Sentiment.masked.is_not(None),
            *counts,
        )
        .order_by(Response.key, Sentiment.question)
    )


def _response(journey_id: int, key: str, question: str) -> Response:
    """The response that a comment is of."""
    found = (
        select(Response)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.key == key,
            Response.excluded_at.is_(None),
            Survey.journey_id == journey_id,
            Answer.question == question,
            Answer.text.is_not(None),
        )
    )
    response = db.session.scalar(found)
    if response is None:
        raise UnknownCommentError(key)
    return response


def _bring_to_facts(response: Response, now: datetime) -> None:
    """Have the facts say what the colleague said, in the caller's transaction.

    An anonymous answer keeps its place among those of its day: all facts are made again.
    """
    identity = db.session.scalar(select(Survey.identity).where(Survey.id == response.survey_id))
    if identity is Identity.ANONYMOUS:
        queue.put(JobKind.REBUILD_FACTS, {}, now=now, due_at=now + LATER)
        return
    forget_facts([response.key])
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now)

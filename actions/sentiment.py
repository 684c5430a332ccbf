"""Have comments read, and keep what the reader made of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Table, and_, bindparam, false, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from actions.own_reader import current_versions, own_readers
from actions.reading import reading
from actions.response import questionnaire_of
from actions.stems import known_touchpoints, naming_of, recipe_of
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Answer, Journey, Response, Sentiment, Survey

AT_ONCE = 500
"""Responses whose comments are read and stored together; the write takes a few milliseconds."""

SENTIMENT: Table = Sentiment.__table__  # type: ignore[assignment]  # a Table, declared wider

SAID = (
    *("polarity", "subjectivity", "label", "confidence", "evidence", "mentions", "masked"),
    *("language", "analyzer", "analyzer_version", "recipe"),
)
"""What a reading says, beside which comment it is of and when it was read."""

Report = Callable[[float], None]


class Comment(NamedTuple):
    """One comment to be read."""

    response_id: int
    question: str
    text: str
    language: str
    version_id: int
    journey_id: int


def score_comments(now: datetime, report: Report | None = None) -> int:
    """Read the comments of every finished response that is not yet in the facts.

    Once is enough: a comment that has a reading is passed over.

    Returns:
        How many were read.
    """
    with reading():
        waiting = select(Response.id).where(
            Response.projected_at.is_(None),
            Response.finished_at.is_not(None),
            Response.excluded_at.is_(None),
        )
        ids = db.session.scalars(waiting).all()
    return score_responses(ids, now, report)


def score_responses(ids: Sequence[int], now: datetime, report: Report | None = None) -> int:
    """Read the comments of these responses that have no reading yet.

    Returns:
        How many were read.
    """
    n_read = 0
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        comments = _comments(_unread().where(Response.id.in_(some)))
        if comments:
            db.session.execute(_keep(db.engine.dialect.name), _rows(comments, now))
            db.session.commit()
        n_read += len(comments)
        if report:
            report(min(1, (first + AT_ONCE) / len(ids)))
    return n_read


def ask_to_rescore(now: datetime) -> None:
    """Have the worker read every comment again that another reader, or nobody, has read."""
    queue.put(JobKind.RESCORE_COMMENTS, {}, now=now, once=JobKind.RESCORE_COMMENTS.value)
    db.session.commit()


def rescore_comments(
    now: datetime, report: Report | None = None, *, is_rebuilt: bool = True
) -> int:
    """Read again what another reader has read, or before touchpoints had other stems.

    Stopped at any moment, it goes on where it was: what was read anew is no longer old. At the end
    a job makes the facts again from the new readings.

    Args:
        now: the moment.
        report: is told the share done.
        is_rebuilt: whether to put that job; else the caller makes the facts again.

    Returns:
        How many comments were read again.
    """
    with reading():
        old = db.session.scalars(_read_before().with_only_columns(Response.id).distinct()).all()
    n_read = 0
    for first in range(0, len(old), AT_ONCE):
        some = old[first : first + AT_ONCE]
        comments = _comments(_read_before().where(Response.id.in_(some)))
        if comments:
            db.session.execute(_keep(db.engine.dialect.name, is_again=True), _rows(comments, now))
            db.session.commit()
        n_read += len(comments)
        if report:
            report(min(1, (first + AT_ONCE) / len(old)))
    if is_rebuilt:
        queue.put(JobKind.REBUILD_FACTS, {}, now=now)
        db.session.commit()
    return n_read


def _all_comments() -> Any:  # noqa: ANN401 -- a selection of six columns
    """Every comment that counts, with all that its reader needs."""
    is_of_it = (Sentiment.response_id == Answer.response_id) & (
        Sentiment.question == Answer.question
    )
    return (
        select(
            Answer.response_id,
            Answer.question,
            Answer.text,
            Response.language,
            Response.version_id,
            Survey.journey_id,
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .outerjoin(Sentiment, is_of_it)
        .where(Answer.text.is_not(None))
    )


def _unread() -> Any:  # noqa: ANN401 -- likewise
    """The comments that have no reading."""
    return _all_comments().where(Sentiment.response_id.is_(None))


def _read_before() -> Any:  # noqa: ANN401 -- likewise
    """The comments whose reading is by another reader or recipe than would read them now."""
    journeys = db.session.scalars(select(Journey.id)).all()
    other_recipe = or_(
        false(),
        *(
            and_(Survey.journey_id == one, Sentiment.recipe != recipe_of(naming_of(one)))
            for one in journeys
        ),
    )
    return _all_comments().where(
        Sentiment.response_id.is_not(None),
        Response.excluded_at.is_(None),
        or_(
            Sentiment.analyzer_version.not_in(current_versions()),
            Sentiment.recipe.is_(None),
            other_recipe,
        ),
    )


def _comments(query: Any) -> list[Comment]:  # noqa: ANN401 -- a selection
    """The comments that a query finds."""
    with reading():
        return [Comment(*row) for row in db.session.execute(query)]


class Means(NamedTuple):
    """With what comments are read."""

    readers: dict[str, Any]  # our own, by language
    known: dict[tuple[int, str], Any]  # touchpoints that can be named, by journey and language
    recipes: dict[int, str]  # by journey


def _rows(comments: Sequence[Comment], now: datetime) -> list[dict[str, Any]]:
    """Have comments read."""
    with reading():
        namings = {one: naming_of(one) for one in {comment.journey_id for comment in comments}}
        spoken = {(c.journey_id, language) for c in comments for language in _possible(c)}
        means = Means(
            own_readers(),
            {
                (one, language): known_touchpoints(namings[one], language)
                for one, language in spoken
            },
            {one: recipe_of(some) for one, some in namings.items()},
        )
    return [_row(comment, means, now) for comment in comments]


def _possible(comment: Comment) -> tuple[str, ...]:
    """The languages a comment can be in: its own, and those of its questionnaire."""
    languages = questionnaire_of(comment.version_id).languages
    return tuple(dict.fromkeys((comment.language.split("-")[0], *languages)))


def _row(comment: Comment, means: Means, now: datetime) -> dict[str, Any]:
    """Have one comment read, as it is shown: what is masked is no evidence either."""
    from insights.comments.mentions import mentions
    from insights.masking.masking import masked
    from insights.sentiment import read

    possible = _possible(comment)
    shown = masked(comment.text)
    found = read(shown, comment.language, _asked(comment), possible, means.readers)
    spoken = found.language.partition("+")[0]
    place = comment.journey_id, spoken if spoken in possible else possible[0]
    named = mentions(shown, spoken, means.known[place], _asked(comment), means.readers)
    said = found._asdict() | {
        "evidence": [one._asdict() for one in found.evidence] or None,
        "mentions": [one._asdict() for one in named] or None,
        "masked": shown,
        "recipe": means.recipes[comment.journey_id],
    }
    return {
        "of_response": comment.response_id,
        "of_question": comment.question,
        "of_text": comment.text,
        "read_at": now,
    } | {name: said[name] for name in SAID}


def _asked(comment: Comment) -> str:
    """The words of the question that a comment answers."""
    for question in questionnaire_of(comment.version_id).questions():
        if question.key == comment.question:
            return question.text.get(comment.language) or next(iter(question.text.values()), "")
    return ""


@cache
def _keep(dialect: str, *, is_again: bool = False) -> Any:  # noqa: ANN401 -- one of two dialects' inserts
    """Store a reading, if the comment still says what was read; a first one only once."""
    names = ("response_id", "question", *SAID, "read_at")
    still = select(
        Answer.response_id,
        Answer.question,
        *(bindparam(name, type_=SENTIMENT.c[name].type) for name in (*SAID, "read_at")),
    ).where(
        Answer.response_id == bindparam("of_response"),
        Answer.question == bindparam("of_question"),
        Answer.text == bindparam("of_text"),
    )
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](SENTIMENT)
    stored = insert.from_select(names, still)
    if not is_again:
        return stored.on_conflict_do_nothing()
    renewed = {name: stored.excluded[name] for name in (*SAID, "read_at")}
    return stored.on_conflict_do_update(index_elements=["response_id", "question"], set_=renewed)

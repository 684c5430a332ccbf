"""All raw answers as a table: one row per response, streamed, with columns that stay in place."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, Text, cast, or_, select, type_coerce

from actions.response import questionnaire_of
from extensions import db
from models import Answer, Import, Journey, Response, Sentiment, Survey, Version
from questionnaires.interchange.cells import safe_cell
from questionnaires.value import NOT_APPLICABLE
from vocabulary import Kind

AT_ONCE = 2_000
"""Rows fetched together."""

FIXED = (
    "response",
    "survey",
    "version",
    "source",
    "audience",
    "market",
    "channel",
    "language",
    "person",
    "account",
    "started_at",
    "answered_at",
    "finished_at",
    "weight",
    "excluded",
)
"""The columns every export begins with."""


class _Shape(NamedTuple):
    """The columns of an export after the fixed ones, and where each goes."""

    attributes: dict[str, int]
    questions: dict[tuple[int, str], int]  # by survey's id and question's key
    names: list[str]


def export_rows(journey: str | None = None) -> Iterator[list[str]]:
    """Give the header, then one row per response, of all journeys or of one.

    Memory does not grow with the number of responses: answers and what was made of comments come
    sorted by response, and are merged with theirs on the way. Responses of undone imports are left
    out; those set aside are marked.
    """
    shape = _shape(journey)
    width = len(FIXED) + len(shape.names)
    yield [*FIXED, *(safe_cell(name) for name in shape.names)]
    attributes = lru_cache(maxsize=1_000)(partial(_attributes, shape))
    with (
        closing(_responses(journey)) as responses,
        closing(_answers(journey)) as every_answer,
        closing(_sentiments(journey)) as every_sentiment,
    ):
        answers, sentiments = _Merge(every_answer), _Merge(every_sentiment)
        for number, survey_id, said, *fixed in responses:
            row = _fixed(fixed)
            row += [""] * (width - len(row))
            for at, cell in attributes(said):
                row[at] = cell
            for _, question, *given in answers.of(number):
                if (place := shape.questions.get((survey_id, question))) is not None:
                    row[place] = _cell(*given)
            for _, question, label, polarity in sentiments.of(number):
                if (place := shape.questions.get((survey_id, question))) is not None:
                    row[place + 1] = label
                    row[place + 2] = "" if polarity is None else f"{polarity:.4f}"
            yield row


class _Merge:
    """Rows that come sorted by response, given out response by response."""

    def __init__(self, rows: Iterator[Any]) -> None:
        """Begin with the first row."""
        self._rows = rows
        self._next = next(rows, None)

    def of(self, number: int) -> Iterator[Any]:
        """The rows of a response; those of responses before it are passed over."""
        while self._next is not None and self._next[0] <= number:
            row, self._next = self._next, next(self._rows, None)
            if row[0] == number:
                yield row


def _attributes(shape: _Shape, said: str | None) -> list[tuple[int, str]]:
    """Where each attribute of a response goes, and what to write there."""
    named: dict[str, str] = json.loads(said or "{}")
    return [(shape.attributes[name], safe_cell(value)) for name, value in named.items()]


def _cell(point: int | None, text: str | None, options: str | None, is_not_applicable: int) -> str:
    """An answer as it stands in its column."""
    if point is not None:
        return str(point)
    if text is not None:
        return safe_cell(text)
    if is_not_applicable:
        return NOT_APPLICABLE
    return ";".join(json.loads(options or "[]"))


def _fixed(said: list[Any]) -> list[str]:
    """What every export begins with."""
    *words, person, account, started_at, answered_at, finished_at, weight, excluded_at = said
    return [
        *("" if word is None else str(word) for word in words),
        safe_cell(person),
        safe_cell(account),
        _moment(started_at),
        _moment(answered_at),
        _moment(finished_at),
        f"{weight:.10g}",
        "" if excluded_at is None else "yes",
    ]


def _moment(moment: datetime | None) -> str:
    """A moment in UTC, or nothing."""
    return "" if moment is None else moment.isoformat()[:19] + "Z"


def _shape(journey: str | None) -> _Shape:
    """Which attributes and questions there are: in a fixed order, new ones after old ones."""
    names: list[str] = []
    attributes: dict[str, int] = {}
    questions: dict[tuple[int, str], int] = {}
    for name in sorted(_attribute_names(journey)):
        attributes[name] = len(FIXED) + len(names)
        names.append(f"attribute.{name}")
    versions = select(Version.id, Version.survey_id, Survey.key)
    versions = versions.join(Survey, Survey.id == Version.survey_id)
    versions = versions.where(Survey.id.in_(_surveys(journey)))
    for version_id, survey_id, survey in db.session.execute(
        versions.order_by(Survey.key, Version.number)
    ).all():
        for question in questionnaire_of(version_id).questions():
            if (survey_id, question.key) in questions:
                continue
            questions[survey_id, question.key] = len(FIXED) + len(names)
            name = f"{survey}.{question.key}"
            names.append(name)
            if question.kind is Kind.COMMENT:
                names += [f"{name}.sentiment", f"{name}.polarity"]
    return _Shape(attributes, questions, names)


def _attribute_names(journey: str | None) -> set[str]:
    """The names of all attributes any response has."""
    said = cast(Response.attributes, Text)
    distinct = select(said).where(Response.survey_id.in_(_surveys(journey))).distinct()
    return {name for text in db.session.scalars(distinct) for name in json.loads(text or "{}")}


def _surveys(journey: str | None) -> Select[int]:
    """The surveys of a journey, or all there are."""
    found = select(Survey.id).join(Journey, Journey.id == Survey.journey_id)
    return found if journey is None else found.where(Journey.key == journey)


def _responses(journey: str | None) -> Generator[Any]:
    """Every response by its number, with its survey and the columns an export begins with."""
    words = (Response.audience, Response.market, Response.channel)
    yield from _stream(
        select(
            Response.id,
            Response.survey_id,
            cast(Response.attributes, Text),
            Response.key,
            Survey.key,
            Version.number,
            Survey.source,
            *(type_coerce(word, String) for word in words),
            Response.language,
            Response.person,
            Response.account,
            Response.started_at,
            Response.answered_at,
            Response.finished_at,
            Response.weight,
            Response.excluded_at,
        )
        .join(Survey, Survey.id == Response.survey_id)
        .join(Version, Version.id == Response.version_id)
        .outerjoin(Import, Import.id == Response.import_id)
        .where(
            Response.survey_id.in_(_surveys(journey)),
            or_(Response.import_id.is_(None), Import.undone_at.is_(None)),
        )
        .order_by(Response.id)
    )


def _answers(journey: str | None) -> Generator[Any]:
    """Every answer by the number of its response."""
    found = select(
        Answer.response_id,
        Answer.question,
        Answer.point,
        Answer.text,
        cast(Answer.options, Text),
        type_coerce(Answer.is_not_applicable, Integer),
    ).order_by(Answer.response_id)
    if journey is not None:
        found = found.join(Response, Response.id == Answer.response_id)
        found = found.where(Response.survey_id.in_(_surveys(journey)))
    yield from _stream(found)


def _sentiments(journey: str | None) -> Generator[Any]:
    """What was made of every comment, by the number of its response."""
    found = select(
        Sentiment.response_id,
        Sentiment.question,
        type_coerce(Sentiment.label, String),
        Sentiment.polarity,
    ).order_by(Sentiment.response_id)
    if journey is not None:
        found = found.join(Response, Response.id == Sentiment.response_id)
        found = found.where(Response.survey_id.in_(_surveys(journey)))
    yield from _stream(found)


def _stream(statement: Select[*tuple[Any, ...]]) -> Generator[Any]:
    """The rows of a statement, some at a time."""
    options = {"yield_per": AT_ONCE}
    with db.session.connection().execute(statement, execution_options=options) as rows:
        yield from rows

"""Rows of a wide file, read by a mapping: each a response, or refused with every reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from questionnaires.interchange.asked import overall_key, rating_key
from questionnaires.interchange.keys import Keys
from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.moments import read_moment
from questionnaires.interchange.parts import Asked, Property, QuestionPart
from questionnaires.interchange.points import (
    CellError,
    read_comment,
    read_point,
    read_several,
    read_single,
)
from questionnaires.interchange.properties import READERS, read_label
from questionnaires.interchange.wide import WideFile
from vocabulary import Kind

Reading = Callable[[str], Any]
"""Makes something of a cell, or raises ``CellError``."""

Problem = tuple[str, str, str]
"""A column, what stands there, and what is wrong with it."""

ATTRIBUTE = "attributes."


class Refusal(NamedTuple):
    """A cell that keeps its row out."""

    line: int
    column: str
    value: str
    reason: str


class Row(NamedTuple):
    """One response as a file tells it."""

    key: str
    answered_at: datetime
    known: dict[str, Any]  # person, account, audience, market, channel, language, weight
    attributes: dict[str, str]
    answers: dict[str, Any]  # by question: a point, options, words, or "does not apply"


class Refused(NamedTuple):
    """A row that stays out, and why."""

    refusals: tuple[Refusal, ...]


@dataclass
class _Sheet:
    """What is the same for all rows of one file: where what stands, and how it is read."""

    mapping: Mapping
    places: dict[str, int]
    questions: list[tuple[str, int, str, Reading]]
    properties: list[tuple[str, int | None, str, Reading]]
    keys: Keys


def read_rows(
    file: WideFile, mapping: Mapping, *, zone: ZoneInfo, now: datetime, secret: bytes
) -> Iterator[Row | Refused]:
    """Read every row of a file.

    Args:
        file: the file, found whole.
        mapping: what its columns mean.
        zone: the time zone of dates where the mapping names none.
        now: the moment; an answer from the future is refused.
        secret: makes keys of responses that cannot be guessed from what the rows say.
    """
    sheet = _sheet(file, mapping, secret)
    moment = partial(read_moment, mapping.time, zone=zone, now=now)
    for line, cells in file.rows():
        problems: list[Problem] = []
        known = _properties(sheet, cells, problems)
        answers = _answers(sheet, cells, problems)
        answered_at = _moment(sheet, moment, cells, known, problems)
        key = _key(sheet, line, cells, known.pop("id", None), problems)
        if problems or answered_at is None:
            yield Refused(tuple(Refusal(line, *problem) for problem in problems))
            continue
        attributes = {
            name.removeprefix(ATTRIBUTE): label
            for name, label in known.items()
            if name.startswith(ATTRIBUTE) and label is not None
        }
        yield Row(key, answered_at, known, attributes, answers)


def _sheet(file: WideFile, mapping: Mapping, secret: bytes) -> _Sheet:
    """Prepare everything that is the same for all rows."""
    places = {name: place for place, name in enumerate(file.header) if name}
    questions = [
        (key, places[asked.column], asked.column, reading)
        for key, asked, reading in _readings(mapping)
    ]
    properties = [
        (
            where.split(".", 1)[1],
            None if given.column is None else places[given.column],
            given.column or where,
            _property(where.split(".", 1)[1], given),
        )
        for where, given in mapping.properties().items()
    ]
    return _Sheet(mapping, places, questions, properties, Keys(mapping, secret))


def _readings(mapping: Mapping) -> Iterator[tuple[str, Asked, Reading]]:
    """Every question's key, where it stands, and how its cells are read."""
    for stage in mapping.stages:
        if stage.overall:
            yield (
                overall_key(stage),
                stage.overall,
                _scale(mapping, stage.overall, Kind.SATISFACTION),
            )
        for part in stage.touchpoints:
            yield rating_key(stage, part), part, _scale(mapping, part, Kind.RATING)
    for question in mapping.questions:
        yield question.key, question, _other(mapping, question)


def _scale(mapping: Mapping, asked: Asked, kind: Kind) -> Reading:
    """How a scale is read; what was read once is remembered, for scales have few points."""
    scale = mapping.scale_of(asked, kind)
    reading = partial(
        read_point,
        ends=(scale.low or 0, scale.high or 0),
        is_reversed=scale.reversed and kind is not Kind.YES_NO,
        points=scale.points,
        blank=frozenset({"", *scale.blank}),
        not_met=frozenset(scale.not_met),
    )
    return _remembering(reading)


def _other(mapping: Mapping, question: QuestionPart) -> Reading:
    """How the cells of a question that is no touchpoint's are read."""
    blank = frozenset({"", *question.blank})
    if question.kind is Kind.COMMENT:
        return partial(read_comment, blank=blank)
    if question.kind is Kind.SINGLE:
        return _remembering(partial(read_single, options=question.options, blank=blank))
    if question.kind is Kind.MULTIPLE:
        return partial(
            read_several, options=question.options, separator=question.separator, blank=blank
        )
    return _scale(mapping, question, question.kind)


def _property(name: str, given: Property) -> Reading:
    """How a property is read: its values looked up, then checked for what it is."""
    check = READERS.get(name, read_label)
    blank = frozenset({"", *given.blank})

    def read(cell: str) -> Any:  # noqa: ANN401 -- a word, a number or an enumeration's member
        text: str | None = cell.strip() if given.constant is None else given.constant
        if given.constant is None and text in blank:
            text = given.otherwise
        elif given.values is not None:
            text = given.values.get(str(text), given.otherwise)
            if text is None:
                raise CellError("the mapping does not say what this value means")
        return check(text)

    return read if name in {"id", "person"} else _remembering(read)


def _remembering(reading: Reading, at_most: int = 1_000) -> Reading:
    """The same reading, which keeps what it made of the first so many different cells."""
    made: dict[str, Any] = {}

    def read(cell: str) -> Any:  # noqa: ANN401 -- whatever the reading makes
        try:
            return made[cell]
        except KeyError:
            result = reading(cell)
            if len(made) < at_most:
                made[cell] = result
            return result

    return read


def _properties(sheet: _Sheet, cells: list[str], problems: list[Problem]) -> dict[str, Any]:
    """What a row says of its respondent."""
    known = {}
    for name, place, column, reading in sheet.properties:
        cell = "" if place is None else cells[place]
        try:
            known[name] = reading(cell)
        except CellError as error:
            problems.append((column, cell, str(error)))
    return known


def _answers(sheet: _Sheet, cells: list[str], problems: list[Problem]) -> dict[str, Any]:
    """What a row answers; a blank is no answer."""
    answers = {}
    for key, place, column, reading in sheet.questions:
        try:
            answer = reading(cells[place])
        except CellError as error:
            problems.append((column, cells[place], str(error)))
            continue
        if answer is not None:
            answers[key] = answer
    return answers


def _moment(
    sheet: _Sheet,
    moment: Callable[..., datetime],
    cells: list[str],
    known: dict[str, Any],
    problems: list[Problem],
) -> datetime | None:
    """When a row was answered; nothing where it does not say so properly."""
    parts = [known.pop(name, None) for name in ("year", "month", "day")]
    column = sheet.mapping.time.column
    cell = cells[sheet.places[column]] if column is not None else ""
    if column is None and None in parts[:2]:
        return None  # that part's own refusal stands already
    try:
        return moment(cell, *parts)
    except CellError as error:
        shown = cell or "-".join(str(part) for part in parts if part is not None)
        problems.append((column or _time_columns(sheet), shown, str(error)))
        return None


def _time_columns(sheet: _Sheet) -> str:
    """The columns a date is put together from."""
    time = sheet.mapping.time
    named = [part.column for part in (time.year, time.month, time.day) if part and part.column]
    return ", ".join(named) or "time"


def _key(
    sheet: _Sheet, line: int, cells: list[str], name: str | None, problems: list[Problem]
) -> str:
    """The response's key: from its id where the mapping names one, else from all it says."""
    given = sheet.mapping.respondent.id
    if given is None:
        return sheet.keys.of_cells(cells)
    try:
        return sheet.keys.of_id(name, line) if name is not None else ""
    except CellError as error:
        problems.append((str(given.column), str(name), str(error)))
        return ""

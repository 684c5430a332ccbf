"""What is asked of whom: a survey as one respondent meets it, read in one go."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from flask import g
from sqlalchemy import Connection, and_, bindparam, select

from actions.response import Sitting, questionnaire_of
from extensions import db, is_only_reading
from models import Answer, Journey, Organisation, Response, Survey, Version
from questionnaires.logic import Answers
from questionnaires.value import NOT_APPLICABLE, Questionnaire
from views import sitting
from views.step import Step, first_shown, last_shown, steps_of
from vocabulary import Audience, Identity, Kind, Market, Presentation


class Host(NamedTuple):
    """Who asks: of the organisation what respondents see."""

    name: str
    contact: str
    privacy_note: str
    is_invented: bool


@dataclass(frozen=True)
class Asking:
    """A survey, and how far one respondent has come with it."""

    survey_id: int
    survey_key: str
    identity: Identity
    presentation: Presentation
    audience: Audience
    market: Market
    is_open: bool
    was_opened: bool
    newest_version_id: int
    organisation: Host
    sitting: Sitting | None  # none yet: someone who comes for the first time
    n_pages: int  # sent so far
    is_stored: bool
    is_finished: bool
    answers: Answers  # stored so far

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked: the version this respondent began with, else the newest."""
        return questionnaire_of(self.sitting.version_id if self.sitting else self.newest_version_id)

    @property
    def steps(self) -> list[Step]:
        """The screens it is shown on."""
        return steps_of(self.questionnaire, self.presentation)

    @property
    def reached(self) -> Step:
        """The screen this respondent has come to; the last one, if there is nothing more."""
        next_number = 1 if self.presentation is Presentation.ONE_PAGE else self.n_pages + 1
        steps = self.steps
        found = first_shown(steps, next_number, self.answers)
        return found or last_shown(steps, len(steps) + 1, self.answers) or steps[0]


def look_up(survey_key: str, token: str | None) -> Asking | None:
    """The survey and the sitting of this token; None if there is no such survey.

    Read in a transaction of its own, also in a request that writes later: what is only read must
    not hold up other writers.
    """
    found = sitting.read(token, survey_key)
    reading = is_only_reading.set(True)
    try:
        row, found, answers = _read(survey_key, found)
    finally:
        db.session.rollback()
        is_only_reading.reset(reading)
    if row is None or row.newest_version_id is None:
        return None
    is_stored = found is not None and row.response_id is not None
    g.organisation = Host(
        row.name or "", row.contact or "", row.privacy_note or "", bool(row.is_invented)
    )
    return Asking(
        survey_id=row.id,
        survey_key=survey_key,
        identity=row.identity,
        presentation=row.presentation,
        audience=row.audience or Audience.CUSTOMER,
        market=row.market,
        is_open=row.opened_at is not None and row.closed_at is None,
        was_opened=row.opened_at is not None,
        newest_version_id=row.newest_version_id,
        organisation=g.organisation,
        sitting=found,
        n_pages=row.n_pages if is_stored else 0,
        is_stored=is_stored,
        is_finished=is_stored and row.finished_at is not None,
        answers=answers,
    )


def _read(survey_key: str, found: Sitting | None) -> tuple[Any, Sitting | None, Answers]:
    """Read the survey and what is stored; a sitting that does not belong here is left out."""
    names = {
        "survey_key": survey_key,
        "version_id": found.version_id if found else 0,
        "response_key": found.key if found else "",
    }
    with db.engine.connect() as connection:  # without a session, whose work is not needed here
        row = connection.execute(_survey(), names).one_or_none()
        if row is None or row.newest_version_id is None:
            return None, None, {}
        if found and (row.begun_version_id is None or row.id != found.survey_id):
            found = None
        questionnaire_of(found.version_id if found else row.newest_version_id)
        if found is None or row.response_id is None or row.finished_at is not None:
            return row, found, {}
        return row, found, _answers(connection, row.response_id, found)


@cache
def _survey() -> Any:  # noqa: ANN401 -- a long row
    """One row: the survey, its newest version, the organisation, and the response so far."""
    versions = Version.__table__.alias()
    newest = (
        select(versions.c.id)
        .where(versions.c.survey_id == Survey.id)
        .order_by(versions.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    begun = and_(Version.id == bindparam("version_id"), Version.survey_id == Survey.id)
    response = and_(Response.key == bindparam("response_key"), Response.survey_id == Survey.id)
    return (
        select(
            Survey.id,
            Survey.identity,
            Survey.presentation,
            Survey.audience,
            Survey.opened_at,
            Survey.closed_at,
            Journey.market,
            newest.label("newest_version_id"),
            Version.id.label("begun_version_id"),
            Response.id.label("response_id"),
            Response.n_pages,
            Response.finished_at,
            Organisation.name,
            Organisation.contact,
            Organisation.privacy_note,
            Organisation.is_invented,
        )
        .join(Journey, Journey.id == Survey.journey_id)
        .outerjoin(Version, begun)
        .outerjoin(Response, response)
        .outerjoin(Organisation, Organisation.id == 1)
        .where(Survey.key == bindparam("survey_key"))
    )


def _answers(connection: Connection, response_id: int, found: Sitting) -> Answers:
    """What is stored of a response."""
    rows = connection.execute(
        select(
            Answer.question, Answer.point, Answer.options, Answer.text, Answer.is_not_applicable
        ).where(Answer.response_id == response_id)
    )
    kinds = {
        question.key: question.kind for question in questionnaire_of(found.version_id).questions()
    }
    return {row.question: _answer(row, kinds.get(row.question)) for row in rows}


def _answer(row: Any, kind: Kind | None) -> Any:  # noqa: ANN401 -- a row, an answer
    """One answer, as questionnaires.logic holds it."""
    if row.is_not_applicable:
        return NOT_APPLICABLE
    if row.point is not None:
        return row.point
    if row.options is not None:
        return row.options[0] if kind is Kind.SINGLE and row.options else row.options
    return row.text

"""Raw responses as a page shows them: every question that was answered, in its own words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import Select, func, or_, select

from actions.response import questionnaire_of
from extensions import db
from forms.answer import point_word
from models import Answer, Import, Response, Survey, Version
from questionnaires.value import WORDED, Question, in_language
from vocabulary import Kind

PER_PAGE = 20


class Said(NamedTuple):
    """One answer: what was asked, and what was said."""

    question: str
    answer: str
    is_comment: bool


class RawResponse(NamedTuple):
    """One response with all its answers."""

    response: Response
    survey: str
    source: str
    answers: list[Said]


def count_responses(journey_id: int) -> int:
    """How many responses a journey has, those set aside included."""
    found = _of_journey(journey_id).with_only_columns(func.count()).order_by(None)
    return db.session.scalar(found) or 0


def newest_responses(journey_id: int, page: int) -> list[RawResponse]:
    """One page of a journey's responses, the newest first."""
    found = _of_journey(journey_id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = db.session.execute(found).all()
    said = _answers([row.Response.id for row in rows])
    language = str(get_locale())
    return [
        RawResponse(
            row.Response,
            in_language(questionnaire_of(row.Response.version_id).title, language),
            row.source,
            _said(row.Response, said.get(row.Response.id, {}), language),
        )
        for row in rows
    ]


def _of_journey(journey_id: int) -> Select[Any, Any]:
    """The responses of a journey, without those of imports that were undone."""
    return (
        select(Response, Survey.source)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Version, Version.id == Response.version_id)
        .outerjoin(Import, Import.id == Response.import_id)
        .where(
            Survey.journey_id == journey_id,
            or_(Response.import_id.is_(None), Import.undone_at.is_(None)),
        )
        .order_by(Response.answered_at.desc(), Response.id)
    )


def _answers(ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    """The answers of some responses, by response and question."""
    found: dict[int, dict[str, Answer]] = {}
    for answer in db.session.scalars(select(Answer).where(Answer.response_id.in_(ids))):
        found.setdefault(answer.response_id, {})[answer.question] = answer
    return found


def _said(response: Response, answers: dict[str, Answer], language: str) -> list[Said]:
    """What a response says, in the order it was asked."""
    questions = questionnaire_of(response.version_id).questions()
    return [
        Said(
            in_language(question.text, language),
            _words(question, answers[question.key], language),
            question.kind is Kind.COMMENT,
        )
        for question in questions
        if question.key in answers
    ]


def _words(question: Question, answer: Answer, language: str) -> str:
    """An answer in words."""
    if answer.is_not_applicable:
        return str(_("not met, or does not apply"))
    if answer.point is not None and question.kind in WORDED:
        return point_word(question, answer.point)
    if answer.point is not None and question.ends:
        return str(_("%(point)s of %(high)s", point=answer.point, high=question.ends[1]))
    if answer.options is not None:
        texts = {option.key: in_language(option.text, language) for option in question.options}
        return ", ".join(texts.get(key, key) for key in answer.options) or str(_("none"))
    return answer.text or ""

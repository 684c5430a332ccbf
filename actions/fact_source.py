"""Read responses as the projector wants them; two statements, however many there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from actions.response import questionnaire_of
from extensions import db
from facts.projector import Answered, Named
from models import Answer, Correction, Import, Journey, Response, Sentiment, Survey, Version
from questionnaires.logic import Answers
from questionnaires.value import NOT_APPLICABLE, Questionnaire
from vocabulary import SentimentLabel

POLARITIES = {
    SentimentLabel.POSITIVE: 0.75,
    SentimentLabel.NEUTRAL: 0.0,
    SentimentLabel.NEGATIVE: -0.75,
    SentimentLabel.MIXED: 0.0,
}
"""What a label that a colleague gave counts as, among the polarities of readings."""


def answered(ids: Sequence[int]) -> list[Answered]:
    """What these responses say, those left out that count nowhere.

    Args:
        ids: of responses; what comes back is in the order of their answers' moments.
    """
    said = _said(ids)
    found = (
        select(
            Response,
            Survey.key.label("survey"),
            Survey.source,
            Journey.key.label("journey"),
            Version.number,
        )
        .join(Survey, Survey.id == Response.survey_id)
        .join(Journey, Journey.id == Survey.journey_id)
        .join(Version, Version.id == Response.version_id)
        .outerjoin(Import, Import.id == Response.import_id)
        .where(Response.id.in_(ids), Response.excluded_at.is_(None), Import.undone_at.is_(None))
        .order_by(Response.answered_at, Response.key)
    )
    return [_answered(row, said.get(row.Response.id, {})) for row in db.session.execute(found)]


def marked_ids() -> list[int]:
    """The ids of all responses whose facts should be in the table, oldest answers first."""
    marked = select(Response.id).where(Response.projected_at.is_not(None))
    return list(db.session.scalars(marked.order_by(Response.answered_at, Response.id)))


def _said(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The answers of responses, by question, each with its reading if it is a comment."""
    columns = (Answer.response_id, Answer.question, Answer.point, Answer.options, Answer.text)
    of_reading = (Sentiment.polarity, Sentiment.mentions)
    of_colleague = (Correction.label, Correction.touchpoints)
    query = (
        select(*columns, Answer.is_not_applicable, *of_reading, *of_colleague)
        .outerjoin(
            Sentiment,
            (Sentiment.response_id == Answer.response_id) & (Sentiment.question == Answer.question),
        )
        .outerjoin(
            Correction,
            (Correction.response_id == Answer.response_id)
            & (Correction.question == Answer.question),
        )
        .where(Answer.response_id.in_(ids))
    )
    said: dict[int, dict[str, Any]] = {}
    for row in db.session.execute(query):
        said.setdefault(row.response_id, {})[row.question] = row
    return said


def _answered(row: Any, said: dict[str, Any]) -> Answered:  # noqa: ANN401 -- a row of a join
    """One response as a value."""
    response: Response = row.Response
    questionnaire = questionnaire_of(response.version_id)
    return Answered(
        response=response.key,
        person=response.person,
        account=response.account,
        answered_at=response.answered_at,
        journey=row.journey,
        survey=row.survey,
        version=row.number,
        audience=response.audience.value,
        market=response.market.value,
        channel=None if response.channel is None else response.channel.value,
        language=response.language,
        attributes=response.attributes,
        weight=response.weight,
        source=row.source,
        questionnaire=questionnaire,
        n_pages=response.n_pages,
        is_finished=response.is_finished,
        answers=_answers(said, questionnaire),
        polarities={key: _polarity(answer) for key, answer in said.items()},
        mentions={key: _named(answer) for key, answer in said.items()},
    )


def _polarity(answer: Any) -> float | None:  # noqa: ANN401 -- a row of a join
    """How positive a comment is: what a colleague said, else what the reader made of it."""
    if answer.label is not None:
        return POLARITIES[answer.label]
    polarity: float | None = answer.polarity
    return polarity


def _named(answer: Any) -> list[Named]:  # noqa: ANN401 -- a row of a join
    """The touchpoints that a comment names, as a colleague said, else as they were found."""
    found = [
        Named(one["stage"], one["touchpoint"], one["polarity"]) for one in answer.mentions or ()
    ]
    if answer.touchpoints is None:
        # A label speaks of the whole comment: of what it names only if that is one thing.
        is_one = answer.label is not None and len(found) == 1
        return [found[0]._replace(polarity=_polarity(answer))] if is_one else found
    polarities = {(one.stage, one.touchpoint): one.polarity for one in found}
    whole = _polarity(answer)
    places = [place.partition("/") for place in answer.touchpoints]
    return [
        Named(stage, touchpoint, polarities.get((stage, touchpoint), whole))
        for stage, _, touchpoint in places
    ]


def _answers(said: dict[str, Any], questionnaire: Questionnaire) -> Answers:
    """Answers in the form that the questionnaire's logic reads."""
    takes_several = {q.key for q in questionnaire.questions() if q.takes_several}
    answers: dict[str, int | str | Sequence[str]] = {}
    for key, answer in said.items():
        if answer.is_not_applicable:
            answers[key] = NOT_APPLICABLE
        elif answer.point is not None:
            answers[key] = answer.point
        elif answer.options is not None:
            several = key in takes_several or not answer.options
            answers[key] = answer.options if several else answer.options[0]
        elif answer.text is not None:
            answers[key] = answer.text
    return answers

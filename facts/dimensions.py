"""What the keys in the facts stand for: small tables to join them with."""

from typing import Any

from sqlalchemy import select

from extensions import db
from models import Journey, Stage, Survey, Touchpoint, Version
from questionnaires.value import Questionnaire
from vocabulary import LANGUAGES

Rows = list[dict[str, Any]]


def dimensions() -> dict[str, Rows]:
    """Journeys, stages, touchpoints, surveys and questions, each as rows of a table."""
    return {
        "journeys": _journeys(),
        "stages": _stages(),
        "touchpoints": _touchpoints(),
        "surveys": _surveys(),
        "questions": _questions(),
    }


def _journeys() -> Rows:
    """One row per journey; facts name it in ``journey``."""
    return [
        {"journey": row.key, **_texts("name", row.name), "market": row.market.value}
        for row in db.session.scalars(select(Journey).order_by(Journey.key))
    ]


def _stages() -> Rows:
    """One row per stage; facts name it in ``journey`` and ``stage``."""
    query = select(Stage, Journey.key).join(Journey).order_by(Journey.key, Stage.position)
    return [
        {
            "journey": journey,
            "stage": row.key,
            "position": row.position,
            **_texts("name", row.name),
            **_texts("goal", row.goal),
            "leads_from": row.leads_from and row.leads_from.value,
            "leads_to": row.leads_to and row.leads_to.value,
        }
        for row, journey in db.session.execute(query)
    ]


def _touchpoints() -> Rows:
    """One row per touchpoint; facts name it in ``journey``, ``stage`` and ``touchpoint``."""
    query = (
        select(Touchpoint, Stage.key, Journey.key)
        .join(Stage, Stage.id == Touchpoint.stage_id)
        .join(Journey, Journey.id == Stage.journey_id)
        .order_by(Journey.key, Stage.position, Touchpoint.position)
    )
    return [
        {
            "journey": journey,
            "stage": stage,
            "touchpoint": row.key,
            "position": row.position,
            **_texts("name", row.name),
            "channel": row.channel.value,
            "media": row.media.value,
            "team": row.team.value,
        }
        for row, stage, journey in db.session.execute(query)
    ]


def _surveys() -> Rows:
    """One row per survey; facts name it in ``survey``."""
    query = select(Survey, Journey.key).join(Journey).order_by(Survey.key)
    return [
        {
            "survey": row.key,
            "journey": journey,
            "stage": row.stage,
            "audience": row.audience and row.audience.value,
            "identity": row.identity.value,
            "source": row.source,
            "opened_at": row.opened_at,
            "closed_at": row.closed_at,
        }
        for row, journey in db.session.execute(query)
    ]


def _questions() -> Rows:
    """One row per question; facts name it in ``survey``, ``version`` and ``question``."""
    query = (
        select(Version, Survey.key)
        .join(Survey, Survey.id == Version.survey_id)
        .order_by(Survey.key, Version.number)
    )
    rows: Rows = []
    for version, survey in db.session.execute(query):
        questionnaire = Questionnaire.model_validate(version.content)
        rows += _questions_of(questionnaire, survey, version.number)
    return rows


def _questions_of(questionnaire: Questionnaire, survey: str, version: int) -> Rows:
    """One row per question of one version."""
    return [
        {
            "survey": survey,
            "version": version,
            "question": question.key,
            "position": position,
            "kind": question.kind.value,
            **_texts("text", question.text),
            "low": question.ends and question.ends[0],
            "high": question.ends and question.ends[1],
            "is_reversed": question.is_reversed,
            "stage": question.stage,
            "touchpoint": question.touchpoint,
        }
        for position, question in enumerate(questionnaire.questions(), start=1)
    ]


def _texts(name: str, texts: dict[str, str]) -> dict[str, str | None]:
    """One column per language."""
    return {f"{name}_{language}": texts.get(language) for language in LANGUAGES}

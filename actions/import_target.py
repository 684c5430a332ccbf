"""Where an import's answers go: its journey, survey and version, made where they do not exist."""

from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import func, select

from extensions import db
from models import Journey, Stage, Survey, Touchpoint, Version
from questionnaires.interchange.asked import asked_questionnaire
from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.parts import StagePart, TouchpointPart
from questionnaires.interchange.toml import MappingError
from questionnaires.template import (
    StageTemplate,
    TouchpointTemplate,
    UnknownTemplateError,
    template,
)
from questionnaires.value import Questionnaire, Texts
from vocabulary import Identity, Market, Presentation


class Target(NamedTuple):
    """Where answers go, by id, and what a survey promised of them."""

    journey_id: int
    market: Market
    survey_id: int
    version_id: int
    identity: Identity


def prepare_target(mapping: Mapping, now: datetime) -> Target:
    """Find or make what a mapping names, in the caller's transaction.

    Raises:
        MappingError: it leaves out what is needed to make it, or contradicts what is there.
    """
    journey = _journey(mapping, now)
    names = _names(mapping, journey)
    survey = _survey(mapping, journey, now)
    try:
        asked = asked_questionnaire(mapping, names)
    except ValidationError as error:
        raise MappingError([str(item["msg"]) for item in error.errors()]) from error
    version_id = _version(survey, asked, now)
    return Target(journey.id, journey.market, survey.id, version_id, survey.identity)


def _journey(mapping: Mapping, now: datetime) -> Journey:
    """The journey with the mapping's key, or a new one by its template or its own words."""
    part = mapping.journey
    found = db.session.scalar(select(Journey).where(Journey.key == part.key))
    if found is not None:
        return found
    if part.market is None:
        raise MappingError([f"journey.market: needed, for there is no journey “{part.key}” yet"])
    name, stages = part.name, tuple[StageTemplate, ...]()
    if part.template is not None:
        try:
            ready = template(part.template, part.market)
        except UnknownTemplateError as error:
            raise MappingError([f"journey.template: there is none named {error}"]) from error
        name, stages = name or ready.name, ready.stages
    if not name:
        raise MappingError([f"journey.name: needed, for there is no journey “{part.key}” yet"])
    journey = Journey(
        key=part.key, name=name, market=part.market, template=part.template, created_at=now
    )
    db.session.add(journey)
    db.session.flush()
    for position, stage in enumerate(stages):
        _add_stage(journey.id, position, stage)
    return journey


def _add_stage(journey_id: int, position: int, part: StagePart | StageTemplate) -> None:
    """Add a stage with its touchpoints to a journey."""
    stage = Stage(
        journey_id=journey_id,
        key=part.key,
        position=position,
        name=part.name,
        goal=part.goal,
        leads_from=part.leads_from,
        leads_to=part.leads_to,
    )
    db.session.add(stage)
    db.session.flush()
    touchpoints: tuple[TouchpointPart | TouchpointTemplate, ...] = part.touchpoints
    for number, touchpoint in enumerate(touchpoints):
        _add_touchpoint(stage.id, number, touchpoint)


def _add_touchpoint(
    stage_id: int, position: int, part: TouchpointPart | TouchpointTemplate
) -> None:
    """Add a touchpoint to a stage."""
    db.session.add(
        Touchpoint(
            stage_id=stage_id,
            key=part.key,
            position=position,
            name=part.name,
            channel=part.channel,
            media=part.media,
            team=part.team,
        )
    )


def _names(mapping: Mapping, journey: Journey) -> dict[str, Texts]:
    """What the journey calls the mapped stages and touchpoints; those it lacks are added."""
    stages = {
        stage.key: stage
        for stage in db.session.scalars(select(Stage).where(Stage.journey_id == journey.id))
    }
    names: dict[str, Texts] = {}
    for part in mapping.stages:
        stage = stages.get(part.key)
        if stage is None:
            _refuse_nameless(part, part.touchpoints)
            _add_stage(journey.id, len(stages), part)
            stages[part.key] = Stage()  # counted, so that the next comes after it
            names[part.key] = part.name
            names |= {f"{part.key}.{one.key}": one.name for one in part.touchpoints}
        else:
            names[part.key] = stage.name
            names |= _touchpoint_names(stage, part)
    return names


def _touchpoint_names(stage: Stage, part: StagePart) -> dict[str, Texts]:
    """What a stage calls the mapped touchpoints; those it lacks are added at its end."""
    held = {
        touchpoint.key: touchpoint.name
        for touchpoint in db.session.scalars(
            select(Touchpoint).where(Touchpoint.stage_id == stage.id)
        )
    }
    new = [one for one in part.touchpoints if one.key not in held]
    _refuse_nameless(None, tuple(new), stage.key)
    for position, one in enumerate(new, start=len(held)):
        _add_touchpoint(stage.id, position, one)
        held[one.key] = one.name
    return {f"{stage.key}.{one.key}": held[one.key] for one in part.touchpoints}


def _refuse_nameless(
    stage: StagePart | None, touchpoints: tuple[TouchpointPart, ...], key: str = ""
) -> None:
    """Refuse to add what has no name."""
    key = stage.key if stage else key
    nameless = [f"stages[{key}].name"] if stage and not stage.name else []
    nameless += [
        f"stages[{key}].touchpoints[{one.key}].name" for one in touchpoints if not one.name
    ]
    if nameless:
        raise MappingError([f"{where}: needed, for the journey lacks it" for where in nameless])


def _survey(mapping: Mapping, journey: Journey, now: datetime) -> Survey:
    """The survey that all waves of the source share."""
    part = mapping.survey
    survey = db.session.scalar(select(Survey).where(Survey.key == part.key))
    if survey is None:
        survey = Survey(
            key=part.key,
            journey_id=journey.id,
            identity=part.identity,
            presentation=Presentation.ONE_PAGE,
            source=mapping.source,
            draft={},
            created_at=now,
        )
        db.session.add(survey)
        db.session.flush()
    elif survey.journey_id != journey.id or survey.source != mapping.source:
        raise MappingError([f"survey.key: “{part.key}” is the key of another survey"])
    elif survey.identity is not part.identity:
        raise MappingError([f"survey.identity: “{part.key}” is {survey.identity} already"])
    return survey


def _version(survey: Survey, asked: Questionnaire, now: datetime) -> int:
    """The version with exactly this questionnaire, or a new one."""
    content = asked.model_dump(mode="json")
    of_survey = select(Version).where(Version.survey_id == survey.id)
    for version in db.session.scalars(of_survey):
        if Questionnaire.model_validate(version.content) == asked:
            return version.id
    latest = db.session.scalar(
        select(func.max(Version.number)).where(Version.survey_id == survey.id)
    )
    version = Version(
        survey_id=survey.id, number=(latest or 0) + 1, content=content, published_at=now
    )
    survey.draft = content
    db.session.add(version)
    db.session.flush()
    return version.id

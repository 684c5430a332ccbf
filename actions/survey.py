"""Draft a survey, edit its words, publish, close and open it again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select

from extensions import db
from models import Journey, Stage, Survey, Touchpoint, Version
from questionnaires.ready import ready_questionnaire
from questionnaires.shape import Shape, with_shapes
from questionnaires.texts import with_texts
from questionnaires.value import Questionnaire, Texts
from vocabulary import LANGUAGES, Audience, Identity, Presentation

KEY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that reads like another
KEY_LENGTH = 10


class MissingTextsError(Exception):
    """A questionnaire is not complete in each of its languages."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        """Say what is missing: (where, language) pairs."""
        super().__init__(", ".join(f"{where} ({language})" for where, language in missing))
        self.missing = missing


class NotPublishedError(Exception):
    """A survey that was never published cannot be opened or closed."""


@dataclass(frozen=True)
class Settings:
    """How a survey is held; fixed from its start, for people answer by what they were told."""

    audience: Audience = Audience.CUSTOMER
    identity: Identity = Identity.PSEUDONYMOUS
    presentation: Presentation = Presentation.PAGES


def draft_survey(
    journey: Journey, stage: Stage, settings: Settings, *, now: datetime, key: str | None = None
) -> Survey:
    """Make a survey about a stage, with the ready questionnaire as its draft.

    Args:
        journey: of the stage.
        stage: what it asks about: the stage and its touchpoints that are not retired.
        settings: who answers, what is stored of them, how it is laid out.
        now: the moment.
        key: what its public link ends in; by default drawn at random.
    """
    survey = _draft(journey, stage, settings, now, key)
    db.session.commit()
    return survey


def save_draft_texts(
    survey: Survey,
    texts: Mapping[str, Texts],
    shapes: Mapping[str, Shape] = MappingProxyType({}),
) -> Questionnaire:
    """Say the draft in other words and on other scales; what was published stays as it is.

    Args:
        survey: whose draft.
        texts: by path, as ``questionnaires.texts`` names them.
        shapes: how questions are answered, by key; those left out keep theirs.
    """
    changed = with_shapes(with_texts(draft_of(survey), texts), shapes)
    survey.draft = changed.model_dump(mode="json")
    db.session.commit()
    return changed


def publish_survey(survey: Survey, now: datetime) -> Version:
    """Freeze the draft as the newest version, if it says anything new, and open the survey.

    Responses already begun stay on the version they began with.

    Returns:
        The version that is asked from now on.

    Raises:
        MissingTextsError: a text is missing in one of the languages.
    """
    version = _publish(survey, now)
    db.session.commit()
    return version


def publish_all_stages(journey: Journey, settings: Settings, now: datetime) -> list[Survey]:
    """Publish the ready survey of every stage that has none for this audience yet.

    Returns:
        The new surveys, in the order of the stages.
    """
    has_one = select(Survey.stage).where(
        Survey.journey_id == journey.id,
        Survey.audience == settings.audience,
        Survey.stage.is_not(None),
    )
    stages = db.session.scalars(
        select(Stage)
        .where(
            Stage.journey_id == journey.id,
            Stage.retired_at.is_(None),
            Stage.key.not_in(has_one),
        )
        .order_by(Stage.position)
    ).all()
    surveys = [_draft(journey, stage, settings, now, None) for stage in stages]
    db.session.flush()
    for survey in surveys:
        _publish(survey, now)
    db.session.commit()
    return surveys


def close_survey(survey: Survey, now: datetime) -> None:
    """Take no more answers.

    Raises:
        NotPublishedError: it never took any.
    """
    if survey.opened_at is None:
        raise NotPublishedError(survey.key)
    survey.closed_at = survey.closed_at or now
    db.session.commit()


def reopen_survey(survey: Survey) -> None:
    """Take answers again, by the version that was published last.

    Raises:
        NotPublishedError: there is none.
    """
    if survey.opened_at is None:
        raise NotPublishedError(survey.key)
    survey.closed_at = None
    db.session.commit()


def draft_of(survey: Survey) -> Questionnaire:
    """What would be published next."""
    return Questionnaire.model_validate(survey.draft)


def newest_version(survey: Survey) -> Version | None:
    """What is asked now, or was asked last."""
    return db.session.scalar(
        select(Version)
        .where(Version.survey_id == survey.id)
        .order_by(Version.number.desc())
        .limit(1)
    )


def is_changed(survey: Survey, version: Version | None) -> bool:
    """Whether the draft says anything other than this version."""
    return version is None or draft_of(survey) != Questionnaire.model_validate(version.content)


def _draft(
    journey: Journey, stage: Stage, settings: Settings, now: datetime, key: str | None
) -> Survey:
    """Add a survey with its ready questionnaire to the session."""
    touchpoints = db.session.scalars(
        select(Touchpoint)
        .where(Touchpoint.stage_id == stage.id, Touchpoint.retired_at.is_(None))
        .order_by(Touchpoint.position)
    ).all()
    ready = ready_questionnaire(stage, touchpoints, settings.audience, journey.market, LANGUAGES)
    survey = Survey(
        key=key or "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH)),
        journey_id=journey.id,
        stage=stage.key,
        audience=settings.audience,
        identity=settings.identity,
        presentation=settings.presentation,
        draft=ready.model_dump(mode="json"),
        created_at=now,
    )
    db.session.add(survey)
    return survey


def _publish(survey: Survey, now: datetime) -> Version:
    """Add the next version to the session, unless nothing changed."""
    draft = draft_of(survey)
    if missing := draft.missing_texts():
        raise MissingTextsError(missing)
    # Two who publish at once go one after the other, so that the second finds nothing new.
    db.session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update())
    version = newest_version(survey)
    if version is None or is_changed(survey, version):
        number = version.number + 1 if version else 1
        content = draft.model_dump(mode="json")
        version = Version(survey_id=survey.id, number=number, content=content, published_at=now)
        db.session.add(version)
    survey.opened_at = survey.opened_at or now
    survey.closed_at = None
    return version

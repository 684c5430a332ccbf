"""Change the stages and touchpoints of a journey: add, edit, order, retire, delete.

What has answers is retired, never deleted: its answers keep a name.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from actions.journey import free_key
from actions.stems import stems_of
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import Journey, Response, Sentiment, Stage, Survey, Touchpoint, Version
from questionnaires.stems import default_stems
from questionnaires.value import Texts
from vocabulary import Channel, Lifecycle, Media, Team

Stems = Mapping[str, Sequence[str]]
"""By language the stems by which a touchpoint is found in comments."""


class InUseError(Exception):
    """It has surveys or answers, so it can be retired but not deleted."""


class StageFacts(NamedTuple):
    """What the company says of a stage."""

    name: Texts
    goal: Texts
    leads_from: Lifecycle | None
    leads_to: Lifecycle | None


class TouchpointFacts(NamedTuple):
    """What the company says of a touchpoint."""

    name: Texts
    channel: Channel
    media: Media
    team: Team


def add_stage(journey: Journey, facts: StageFacts) -> Stage:
    """Add a stage at the end."""
    known = db.session.execute(
        select(Stage.key, Stage.position).where(Stage.journey_id == journey.id)
    ).all()
    stage = Stage(
        journey_id=journey.id,
        key=_key(facts.name, {key for key, _ in known}),
        position=max((position for _, position in known), default=0) + 1,
        **facts._asdict(),
    )
    db.session.add(stage)
    db.session.commit()
    return stage


def add_touchpoint(
    stage: Stage, facts: TouchpointFacts, now: datetime, stems: Stems | None = None
) -> Touchpoint:
    """Add a touchpoint at the end of a stage, and have comments read again that may name it.

    Args:
        stage: where it comes.
        facts: what the company says of it.
        now: the moment.
        stems: by which it is found, where the ready ones will not do.
    """
    known = db.session.execute(
        select(Touchpoint.key, Touchpoint.position).where(Touchpoint.stage_id == stage.id)
    ).all()
    touchpoint = Touchpoint(
        stage_id=stage.id,
        key=_key(facts.name, {key for key, _ in known}),
        position=max((position for _, position in known), default=0) + 1,
        **facts._asdict(),
    )
    touchpoint.stems = _own_stems(touchpoint, stems or {})
    db.session.add(touchpoint)
    _read_again(stage.journey_id, now)
    db.session.commit()
    return touchpoint


def edit_stage(stage: Stage, facts: StageFacts) -> None:
    """Say something else of a stage; its key stays, so its answers do too."""
    for name, value in facts._asdict().items():
        setattr(stage, name, value)
    db.session.commit()


def edit_touchpoint(
    touchpoint: Touchpoint, facts: TouchpointFacts, now: datetime, stems: Stems | None = None
) -> bool:
    """Say something else of a touchpoint; its key stays, so its answers do too.

    Args:
        touchpoint: the one that is meant.
        facts: what the company says of it now.
        now: the moment.
        stems: by which it is found, per language; none for a language: the ready ones. A language
            that is not given keeps its own.

    Returns:
        Whether its stems were changed and there are comments, which then are read again.
    """
    sent = {language: set(given) for language, given in (stems or {}).items()}
    before = {language: set(stems_of(touchpoint, language)) for language in sent}
    for name, value in facts._asdict().items():
        setattr(touchpoint, name, value)
    changed = {one: given for one, given in (stems or {}).items() if sent[one] != before[one]}
    touchpoint.stems = _own_stems(touchpoint, changed)
    # A new name alone may bring other ready stems; only what somebody changes reads anew.
    is_changed = any(set(stems_of(touchpoint, one)) != before[one] for one in changed)
    are_read_again = is_changed and _read_again(_journey_id(touchpoint), now)
    db.session.commit()
    return are_read_again


def move_stage(stage: Stage, *, is_up: bool) -> None:
    """Change places with the stage before it, or after it."""
    found = select(Stage).where(Stage.journey_id == stage.journey_id).order_by(Stage.position)
    _move(list(db.session.scalars(found)), stage, is_up=is_up)
    db.session.commit()


def move_touchpoint(touchpoint: Touchpoint, *, is_up: bool) -> None:
    """Change places with the touchpoint before it, or after it."""
    found = (
        select(Touchpoint)
        .where(Touchpoint.stage_id == touchpoint.stage_id)
        .order_by(Touchpoint.position)
    )
    _move(list(db.session.scalars(found)), touchpoint, is_up=is_up)
    db.session.commit()


def retire(part: Stage | Touchpoint, now: datetime) -> None:
    """Put a stage or touchpoint away: no new survey asks about it, no comment names it."""
    part.retired_at = part.retired_at or now
    _read_again(_journey_id(part), now)
    db.session.commit()


def restore(part: Stage | Touchpoint, now: datetime) -> None:
    """Take a retired stage or touchpoint up again."""
    part.retired_at = None
    _read_again(_journey_id(part), now)
    db.session.commit()


def delete_stage(stage: Stage) -> None:
    """Delete a stage and its touchpoints, as if they had never been there.

    Raises:
        InUseError: a survey is about it, or it was asked about.
    """
    has_survey = exists().where(Survey.journey_id == stage.journey_id, Survey.stage == stage.key)
    if db.session.scalar(select(has_survey)) or stage.key in asked_of_people(stage.journey_id):
        raise InUseError(stage.key)
    touchpoints = select(Touchpoint).where(Touchpoint.stage_id == stage.id)
    for touchpoint in db.session.scalars(touchpoints):
        db.session.delete(touchpoint)
    db.session.flush()
    db.session.delete(stage)
    db.session.commit()


def delete_touchpoint(touchpoint: Touchpoint) -> None:
    """Delete a touchpoint, as if it had never been there.

    Raises:
        InUseError: it was asked about.
    """
    journey_id, stage = db.session.execute(
        select(Stage.journey_id, Stage.key).where(Stage.id == touchpoint.stage_id)
    ).one()
    if touchpoint.key in asked_of_people(journey_id).get(stage, set()):
        raise InUseError(touchpoint.key)
    db.session.delete(touchpoint)
    db.session.commit()


def asked_of_people(journey_id: int) -> dict[str, set[str]]:
    """The stages and touchpoints that anybody was asked about, by stage.

    A version that has a response tells what was asked: imported ones too.
    """
    versions = (
        select(Version.content)
        .join(Survey, Survey.id == Version.survey_id)
        .where(
            Survey.journey_id == journey_id,
            exists().where(Response.version_id == Version.id),
        )
    )
    asked: dict[str, set[str]] = {}
    for content in db.session.scalars(versions):
        for page in content["pages"]:
            for question in page["questions"]:
                touchpoints = asked.setdefault(question.get("stage") or "", set())
                touchpoints.add(question.get("touchpoint") or "")
    return asked


def n_active(stages: Sequence[Stage]) -> tuple[int, int]:
    """How many stages, and touchpoints in them, are not retired."""
    active = [stage for stage in stages if stage.retired_at is None]
    touchpoints = [
        touchpoint
        for stage in active
        for touchpoint in stage.touchpoints
        if touchpoint.retired_at is None
    ]
    return len(active), len(touchpoints)


def _own_stems(touchpoint: Touchpoint, given: Stems) -> dict[str, list[str]] | None:
    """The stems to keep of a touchpoint: those that are not the ready ones."""
    every = {**(touchpoint.stems or {}), **{one: list(stems) for one, stems in given.items()}}
    own = {}
    for language, stems in every.items():
        ready = default_stems(touchpoint.key, touchpoint.name, language)
        if stems and set(stems) != set(ready):
            own[language] = stems
    return own or None


def _read_again(journey_id: int, now: datetime) -> bool:
    """Have the comments of a journey read again, in the caller's transaction, if there are any.

    The job is not put once: a waiting one may start before this is committed.
    """
    of_journey = (
        select(Response.id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.journey_id == journey_id)
    )
    if not db.session.scalar(select(exists().where(Sentiment.response_id.in_(of_journey)))):
        return False
    queue.put(JobKind.RESCORE_COMMENTS, {}, now=now)
    return True


def _journey_id(part: Stage | Touchpoint) -> int:
    """The journey a stage or touchpoint is of."""
    if isinstance(part, Stage):
        return part.journey_id
    found = select(Stage.journey_id).where(Stage.id == part.stage_id)
    return db.session.execute(found).scalar_one()


def _key(name: Texts, taken: set[str]) -> str:
    """A key made from the English name, else from any."""
    return free_key(name.get("en") or next(iter(name.values())), taken)


def _move(parts: list[Stage] | list[Touchpoint], part: Stage | Touchpoint, *, is_up: bool) -> None:
    """Change places with the neighbour that is in use; at the end nothing happens."""
    active: list[Stage | Touchpoint] = [each for each in parts if each.retired_at is None]
    retired: list[Stage | Touchpoint] = [each for each in parts if each.retired_at is not None]
    if part in active:
        place = active.index(part)
        other = place - 1 if is_up else place + 1
        if 0 <= other < len(active):
            active[place], active[other] = active[other], active[place]
    for position, each in enumerate([*active, *retired], 1):
        each.position = position

"""Ask colleagues what they think customers give: open and close a round, keep their sheets."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from actions.response import questionnaire_of
from address import public_url
from extensions import db
from models import Estimate, EstimateRound, Journey, Stage, Survey, Touchpoint, Version
from vocabulary import Team

MOST_SHEETS = 2_000
"""Sheets that one round takes, so that who has the link cannot fill the disk."""


class RoundClosedError(Exception):
    """The round takes no estimates any more."""


class RoundFullError(Exception):
    """More sheets than any company needs were sent to this round."""


class Colleague(NamedTuple):
    """Who fills a sheet in, as far as they say so."""

    name: str | None
    team: Team | None


def open_round(journey: Journey, now: datetime) -> EstimateRound:
    """Begin to ask; where a round is open already, it is that one."""
    db.session.execute(select(Journey.id).where(Journey.id == journey.id).with_for_update())
    found = open_round_of(journey.id)
    if found is None:
        found = EstimateRound(journey_id=journey.id, token=secrets.token_urlsafe(16), opened_at=now)
        db.session.add(found)
    db.session.commit()
    return found


def close_round(journey: Journey, now: datetime) -> EstimateRound | None:
    """Take no more estimates, for good; the round that was open, or none."""
    found = open_round_of(journey.id)
    if found is not None:
        found.closed_at = now
    db.session.commit()
    return found


def open_round_of(journey_id: int) -> EstimateRound | None:
    """The round that takes estimates now."""
    found = select(EstimateRound).where(
        EstimateRound.journey_id == journey_id, EstimateRound.closed_at.is_(None)
    )
    return db.session.scalar(found.order_by(EstimateRound.id))


def told_round_of(
    journey_id: int, least: int, until: datetime | None = None
) -> EstimateRound | None:
    """The round to tell about: the last closed one of enough colleagues, else the last closed one.

    An open round is not told about: whoever looks before and after a sheet came in would know it.

    Args:
        journey_id: of which journey.
        least: how many colleagues are enough.
        until: only of rounds that were closed before this moment.
    """
    closed_at = EstimateRound.closed_at
    is_closed = closed_at.is_not(None) if until is None else closed_at < until
    found = (
        select(EstimateRound)
        .outerjoin(Estimate, Estimate.round_id == EstimateRound.id)
        .where(EstimateRound.journey_id == journey_id, is_closed)
        .group_by(EstimateRound.id)
        .order_by((func.count(Estimate.id) >= least).desc(), EstimateRound.closed_at.desc())
    )
    return db.session.scalar(found.limit(1))


def link_of(asked: EstimateRound) -> str:
    """The address at which colleagues fill in a sheet."""
    return public_url("estimate.show", token=asked.token)


def n_sheets(asked: EstimateRound) -> int:
    """How many colleagues took part so far."""
    found = select(func.count()).where(Estimate.round_id == asked.id)
    return int(db.session.scalar(found) or 0)


def sheets_of(asked: EstimateRound) -> list[Estimate]:
    """What colleagues estimated."""
    found = select(Estimate).where(Estimate.round_id == asked.id).order_by(Estimate.id)
    return list(db.session.scalars(found))


def sheet_of(asked: EstimateRound, key: str) -> Estimate | None:
    """What the colleague with this key estimated before."""
    found = select(Estimate).where(Estimate.round_id == asked.id, Estimate.key == key)
    return db.session.scalar(found)


def save_sheet(
    token: str, key: str, who: Colleague, points: Mapping[str, int], now: datetime
) -> Estimate:
    """Keep a colleague's sheet, in place of what they sent before.

    Args:
        token: of the round.
        key: the colleague's own, opaque.
        who: what they say of themselves.
        points: 1-5 by "stage/touchpoint"; what they left out is not there.
        now: the moment.

    Raises:
        RoundClosedError: there is no such round, or it takes no more.
        RoundFullError: it took as many sheets as it takes.
    """
    found = select(EstimateRound).where(EstimateRound.token == token)
    asked = db.session.scalar(found.with_for_update())
    if asked is None or asked.closed_at is not None:
        db.session.rollback()
        raise RoundClosedError
    sheet = sheet_of(asked, key)
    if sheet is None:
        if n_sheets(asked) >= MOST_SHEETS:
            db.session.rollback()
            raise RoundFullError
        sheet = Estimate(round_id=asked.id, key=key)
        db.session.add(sheet)
    sheet.name, sheet.team = who
    sheet.points, sheet.given_at = dict(points), now
    db.session.commit()
    return sheet


def touchpoints_to_estimate(journey_id: int) -> list[tuple[Stage, list[Touchpoint]]]:
    """What colleagues are asked about: what customers are asked about, stage by stage.

    Where no survey asks customers about any touchpoint yet, it is all of them.
    """
    found = (
        select(Stage)
        .where(Stage.journey_id == journey_id, Stage.retired_at.is_(None))
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    asked = _asked_about(journey_id)
    groups = [
        (
            stage,
            [
                touchpoint
                for touchpoint in stage.touchpoints
                if touchpoint.retired_at is None
                and (not asked or (stage.key, touchpoint.key) in asked)
            ],
        )
        for stage in db.session.scalars(found)
    ]
    return [(stage, touchpoints) for stage, touchpoints in groups if touchpoints]


def _asked_about(journey_id: int) -> set[tuple[str | None, str | None]]:
    """Stage and touchpoint of every rating that the newest version of a survey asks for."""
    newest = (
        select(func.max(Version.id))
        .join(Survey, Survey.id == Version.survey_id)
        .where(Survey.journey_id == journey_id)
        .group_by(Survey.id)
    )
    return {
        (question.stage, question.touchpoint)
        for version_id in db.session.scalars(newest).all()
        for question in questionnaire_of(version_id).questions()
        if question.touchpoint
    }

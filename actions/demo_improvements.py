"""Planting what the invented company announced to improve."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions.improvement import Announcement, register_improvement
from demo.improvements import IMPROVEMENTS
from extensions import db
from models import Journey, User
from vocabulary import Role


def plant_improvements(now: datetime, zone: ZoneInfo) -> None:
    """Register the improvements of the demonstration, each at the moment it was announced."""
    owner = db.session.scalar(select(User.id).where(User.role == Role.OWNER))
    for each in IMPROVEMENTS:
        journey = db.session.scalars(select(Journey).where(Journey.key == each.journey)).one()
        announced = Announcement(
            stage=each.stage,
            touchpoints=(each.touchpoint,),
            starts_on=each.starts_on(now),
            expected=each.expected,
            title=each.title,
            description=each.description,
        )
        register_improvement(journey, announced, each.announced_at(now), zone, owner)

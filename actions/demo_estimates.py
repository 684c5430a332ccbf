"""Planting what the invented company's own people think customers give."""

from datetime import datetime, timedelta

from sqlalchemy import select

from actions.estimate import (
    Colleague,
    close_round,
    open_round,
    save_sheet,
    touchpoints_to_estimate,
)
from demo.estimates import sheets
from extensions import db
from models import Journey

OPENED, GIVEN, CLOSED = timedelta(days=53), timedelta(days=46), timedelta(days=39)
"""How long ago the rounds were opened, filled in and closed: before the last month was over."""


def plant_estimates(seed: int, now: datetime) -> None:
    """Plant a closed round for every journey.

    Args:
        seed: the same seed plants the same estimates.
        now: the moment.
    """
    for journey in db.session.scalars(select(Journey).order_by(Journey.id)).all():
        asked = open_round(journey, now - OPENED)
        places = [
            (stage.key, touchpoint.key)
            for stage, touchpoints in touchpoints_to_estimate(journey.id)
            for touchpoint in touchpoints
        ]
        for number, sheet in enumerate(sheets(seed, places, journey.market)):
            who = Colleague(sheet.name, sheet.team)
            key = f"{asked.token}-{number}"
            save_sheet(asked.token, key, who, sheet.points, now - GIVEN)
        close_round(journey, now - CLOSED)

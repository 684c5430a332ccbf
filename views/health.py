"""/livez, /healthz: whether the process lives, and whether all is well."""

import shutil
from datetime import UTC, datetime

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from jobs import heartbeat, queue
from views import guard

bp = Blueprint("health", __name__)

LEAST_ROOM = 20_000_000
"""Bytes that must be free where the answers are kept; with less, some soon cannot be stored."""


@bp.get("/livez")
@guard.public
def live() -> ResponseReturnValue:
    """Say that the process answers; asks nothing of anything else."""
    return {"status": "ok"}


@bp.get("/healthz")
@guard.public
def show() -> ResponseReturnValue:
    """Say that all is well, or with 503 what is not. For machines, so in English only."""
    reasons = reasons_of_illness(datetime.now(UTC))
    if reasons:
        return {"status": "ill", "reasons": reasons}, 503
    return {"status": "ok"}


def reasons_of_illness(now: datetime) -> list[str]:
    """What is not well, in words for an administrator."""
    reasons = []
    if shutil.disk_usage(current_app.config["HOME"]).free < LEAST_ROOM:
        reasons.append("The disk of the home folder is full.")
    try:
        if not heartbeat.n_alive(now):
            reasons.append("No worker has given a sign of life lately.")
        if queue.are_facts_behind(now):
            reasons.append("Answers do not reach the fact table; see the page of jobs.")
    except SQLAlchemyError:
        reasons.append("The database does not answer.")
    return reasons

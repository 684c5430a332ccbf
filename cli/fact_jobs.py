"""How the worker brings answers to the fact table: one handler per kind of job."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app

from actions import finding, pain, projection, sentiment, training, weighted_pain

Report = Callable[[float], None]


def score_comments(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Read the comments that have no reading yet."""
    sentiment.score_comments(now, report)


def rescore_comments(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Read the comments again that another reader has read."""
    sentiment.rescore_comments(now, report)


def train_reader(payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Train the reader of a language on own labels; that there are too few is an outcome too."""
    try:
        training.train_reader(payload["language"], now, report)
    except training.TooFewLabelsError as error:
        training.keep_too_few(payload["language"], error, now)


def project_finished(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Bring finished responses to the facts."""
    projection.project_finished(now, report)


def project_partial(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Bring responses to the facts that were left unfinished a day ago."""
    projection.project_partial(now, report)


def project_anonymous(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Bring the anonymous responses of days that are over to the facts."""
    projection.project_anonymous(now, secrets.randbits(64), report)


def compact_facts(_payload: dict[str, Any], _now: datetime, _report: Report) -> None:
    """Bring the files of the facts together and remove what is no longer used."""
    projection.compact_facts()


def rebuild_facts(_payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Make the fact table again from the answers."""
    projection.rebuild_facts(now, report)


def compute_pain(payload: dict[str, Any], now: datetime, report: Report) -> None:
    """Compute the pain of one selection, or of what a journey's board shows first, weighted too."""
    from insights.filters import Filters

    home = current_app.config["HOME"]
    if set(payload) == {"journey"}:
        key = payload["journey"]
        usual = pain.usual_filters(key, home)
        pain.compute_pain(usual, home, now, report)
        weighted_pain.compute_weighted_pain(usual, home, now)
        finding.keep_findings(key, home, now, current_app.config["TIME_ZONE"])
        return
    is_weighted = payload.get("is_weighted", False)
    given = {name: value for name, value in payload.items() if name != "is_weighted"}
    attributes = tuple((name, value) for name, value in payload["attributes"])
    filters = Filters(**(given | {"attributes": attributes}))
    compute = weighted_pain.compute_weighted_pain if is_weighted else pain.compute_pain
    compute(filters, home, now, report)

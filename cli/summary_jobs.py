"""How the worker composes and sends summaries."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import current_app

from actions import summary, summary_mail, summary_sending
from mail.deliver import MailFateUnknownError, MailNotConfiguredError

log = logging.getLogger(__name__)

Report = Callable[[float], None]


def compose_summary(payload: dict[str, Any], now: datetime, _report: Report) -> None:
    """Compose the summary of one journey and month."""
    home, zone = current_app.config["HOME"], current_app.config["TIME_ZONE"]
    summary.compose_summary(payload["journey"], payload["month"], home, now, zone)


def send_summaries(payload: dict[str, Any], _now: datetime, report: Report) -> None:
    """Send a month's summaries; tried again later while the mail server does not take them."""
    try:
        tallies = summary_sending.send_summaries(
            payload["month"],
            lambda: datetime.now(UTC),
            journey=payload.get("journey"),
            report=report,
        )
    except MailNotConfiguredError:
        log.warning("There is no mail server, so no summaries were sent.")
        return
    summary_sending.require_all_taken(tallies)


def send_test_summary(payload: dict[str, Any], now: datetime, _report: Report) -> None:
    """Send a test mail; one that may have arrived is not repeated."""
    try:
        summary_mail.send_test(payload["summary"], payload["user"], payload["language"], now)
    except MailFateUnknownError as error:
        log.warning("A test mail may or may not have arrived: %s", error)

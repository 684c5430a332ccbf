"""`flask worker run`: do the jobs."""

import logging
import os
import signal
from datetime import UTC, datetime
from threading import Event

from flask import Flask, current_app
from flask.cli import AppGroup

from cli import fact_jobs, import_jobs, summary_jobs, user_jobs
from cli.threads import compute_alone
from jobs import loop
from jobs.kinds import JobKind
from jobs.loop import Handler

command = AppGroup("worker", help="Work outside requests.")

HANDLERS: dict[str, Handler] = {
    JobKind.CLEAR_IMPORT: import_jobs.clear_import,
    JobKind.COMPACT_FACTS: fact_jobs.compact_facts,
    JobKind.COMPOSE_SUMMARY: summary_jobs.compose_summary,
    JobKind.COMPUTE_PAIN: fact_jobs.compute_pain,
    JobKind.PROJECT_ANONYMOUS: fact_jobs.project_anonymous,
    JobKind.PROJECT_PARTIAL: fact_jobs.project_partial,
    JobKind.PROJECT_RESPONSES: fact_jobs.project_finished,
    JobKind.REBUILD_FACTS: fact_jobs.rebuild_facts,
    JobKind.SCORE_COMMENTS: fact_jobs.score_comments,
    JobKind.RESCORE_COMMENTS: fact_jobs.rescore_comments,
    JobKind.TRAIN_READER: fact_jobs.train_reader,
    JobKind.SEND_PASSWORD_LINK: user_jobs.send_password_link,
    JobKind.SEND_SUMMARIES: summary_jobs.send_summaries,
    JobKind.SEND_TEST_SUMMARY: summary_jobs.send_test_summary,
}
"""Who does which kind of job; each is safe to run twice."""


@command.command("run")
def run() -> None:
    """Do jobs until stopped; those in hand are finished or given back."""
    compute_alone()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- threads need the app itself
    loop.run(app, HANDLERS, lambda: datetime.now(UTC), app.config["TIME_ZONE"], stop)
    # A handler that did not finish in time may still hang in a thread: its job was given back.
    os._exit(0)

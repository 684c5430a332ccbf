import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from time import monotonic, sleep

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.worker import HANDLERS
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from jobs.schedule import SCHEDULES
from models import Job, Worker
from tests.house.source import ROOT


def test_every_kind_of_job_has_somebody_who_does_it():
    assert set(JobKind) - set(HANDLERS) == set()


def test_all_repeating_work_is_of_a_known_kind():
    assert {schedule.kind for schedule in SCHEDULES} <= set(HANDLERS)


def test_a_worker_does_what_is_put_and_leaves_when_asked(app, database_url, tmp_path):
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=datetime.now(UTC))
    queue.put("juggle", {}, now=datetime.now(UTC))
    db.session.commit()
    given = {"OUTSIDEIN_HOME": str(tmp_path), "OUTSIDEIN_DATABASE_URL": database_url}
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker", "run"], cwd=ROOT, env=os.environ | given
    )
    try:
        until(lambda: read(select(Job.done_at).where(Job.kind == "project_responses")))
        until(lambda: read(select(Job.failed_at).where(Job.kind == "juggle")))
        until(lambda: read(select(Worker.name)))
    finally:
        worker.send_signal(signal.SIGTERM)

    assert worker.wait(30) == 0
    assert read(select(Worker.name)) is None


def read(statement):
    """One value as it is now, in a transaction that ends at once."""
    with Session(db.engine) as session:
        return session.scalar(statement)


def until(is_true):
    start = monotonic()
    while not is_true():
        assert monotonic() - start < 30, "it did not happen within thirty seconds"
        sleep(0.1)

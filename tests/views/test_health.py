from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from extensions import db
from jobs import heartbeat, queue
from jobs.kinds import JobKind
from models import Job, Worker


def now():
    return datetime.now(UTC)


@pytest.fixture
def worker(app):
    heartbeat.beat("ann", now())


@pytest.fixture
def disk(app, monkeypatch):
    """The disk of the home folder, as full as a test says."""
    disk = SimpleNamespace()
    disks = {app.config["HOME"]: disk}
    monkeypatch.setattr("views.health.shutil.disk_usage", disks.__getitem__)
    return disk


def test_all_is_well_while_a_worker_lives(client, worker):
    page = client.get("/healthz")

    assert (page.status_code, page.json) == (200, {"status": "ok"})


def test_a_dead_worker_is_told(client, worker):
    db.session.execute(update(Worker).values(seen_at=now() - timedelta(minutes=1)))

    page = client.get("/healthz")

    assert page.status_code == 503
    assert page.json["reasons"] == ["No worker has given a sign of life lately."]


def test_a_full_disk_is_told(client, worker, disk):
    disk.free = 19_999_999

    page = client.get("/healthz")

    assert page.status_code == 503
    assert page.json["reasons"] == ["The disk of the home folder is full."]


def test_a_disk_with_some_room_is_well(client, worker, disk):
    disk.free = 20_000_000

    assert client.get("/healthz").status_code == 200


def test_answers_that_wait_too_long_for_the_facts_are_told(client, worker):
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now() - timedelta(minutes=11))

    page = client.get("/healthz")

    assert page.status_code == 503
    assert page.json["reasons"] == ["Answers do not reach the fact table; see the page of jobs."]


def test_a_job_of_the_facts_that_was_given_up_is_told(client, worker):
    queue.put(JobKind.PROJECT_RESPONSES, {}, now=now())
    db.session.execute(update(Job).values(failed_at=now()))

    assert client.get("/healthz").status_code == 503


def test_other_work_that_failed_does_not_make_the_house_ill(client, worker):
    queue.put(JobKind.SEND_SUMMARIES, {}, now=now() - timedelta(days=1))
    db.session.execute(update(Job).values(failed_at=now()))

    assert client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_told_while_the_process_lives(app, client):
    db.session.remove()
    db.engine.dispose()
    app.extensions["sqlalchemy"]._app_engines[app][None] = db.create_engine(
        "postgresql+psycopg://nobody@127.0.0.1:1/none"
    )

    assert client.get("/healthz").json["reasons"] == ["The database does not answer."]
    assert client.get("/healthz").status_code == 503
    assert client.get("/livez").json == {"status": "ok"}


def test_the_sign_of_life_asks_nothing_of_the_database(client, count_statements):
    count_statements.clear()

    assert client.get("/livez").json == {"status": "ok"}
    assert count_statements == []

from datetime import UTC, datetime

import pytest

from extensions import db
from jobs import heartbeat, queue
from jobs.kinds import JobKind
from jobs.queue import Lane
from models import Job
from tests.factories import make_organisation, make_user, sign_in_as
from vocabulary import Role


def now():
    return datetime.now(UTC)


@pytest.fixture
def page(client):
    """The page of jobs as an analyst reads it."""
    make_organisation(language="en")
    sign_in_as(client, make_user(Role.ANALYST))
    return lambda: client.get("/jobs/").text


def make_failed_job():
    queue.put(JobKind.COMPUTE_PAIN, {}, now=now())
    queue.fail(queue.claim("ann", Lane.OTHER, now()), now(), "OSError: <no route>", is_final=True)
    return db.session.query(Job).one()


def test_without_a_worker_the_page_says_that_nothing_gets_done(page):
    assert "No worker is running" in page()


def test_what_waits_and_what_runs_is_shown_with_its_progress(page):
    heartbeat.beat("ann", now())
    queue.put(JobKind.COMPUTE_PAIN, {}, now=now())
    queue.put(JobKind.COMPACT_FACTS, {}, now=now())
    held = queue.claim("ann", Lane.OTHER, datetime.now(UTC))
    queue.renew(held, datetime.now(UTC), 0.25)

    text = page()

    assert "All is well: one job waits for its time." in text
    assert text.index("Running") < text.index("Compute pain") < text.index("25%")
    assert text.index("Waiting") < text.index("Tidy the fact table up")


def test_a_job_that_was_given_up_is_shown_with_its_error_and_can_be_tried_again(page, client):
    heartbeat.beat("ann", now())
    job = make_failed_job()

    text = page()
    assert "One job was given up and needs a look." in text
    assert "1 attempt: OSError: &lt;no route&gt;" in text

    answer = client.post(f"/jobs/{job.id}/attempts", follow_redirects=True)
    assert "The job will be tried again." in answer.text
    assert queue.claim("ann", Lane.OTHER, datetime.now(UTC)).id == job.id


def test_a_job_that_was_not_given_up_cannot_be_tried_again(page, client):
    assert client.post("/jobs/7/attempts").status_code == 404


def test_a_kind_no_longer_known_is_shown_as_it_is_stored(page):
    queue.put("juggle", {}, now=now())

    assert "juggle" in page()


def test_a_manager_does_not_see_the_jobs(client):
    make_organisation()
    sign_in_as(client, make_user(Role.MANAGER))

    assert client.get("/jobs/").status_code == 403

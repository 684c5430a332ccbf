from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from jobs.queue import Lane
from models import Job

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def put(kind=JobKind.COMPUTE_PAIN, payload=None, **more):
    queue.put(kind, payload or {}, now=NOON, **more)
    db.session.commit()


def claim(worker="ann", lane=Lane.OTHER, now=NOON):
    return queue.claim(worker, lane, now)


def jobs():
    db.session.expire_all()
    return list(db.session.scalars(select(Job).order_by(Job.id)))


def test_a_job_put_in_a_transaction_that_is_undone_does_not_exist(app):
    queue.put(JobKind.COMPUTE_PAIN, {}, now=NOON)
    db.session.rollback()

    assert jobs() == []


def test_a_claimed_job_is_not_claimed_again_while_its_lease_runs(app):
    put(payload={"journey": 7})

    held = claim()

    assert (held.kind, held.payload, held.attempt) == ("compute_pain", {"journey": 7}, 1)
    assert claim("bob", now=NOON + queue.LEASE) is None


def test_a_lease_that_ran_out_gives_the_job_to_another_and_the_first_may_not_finish_it(app):
    put()
    first = claim("ann")
    later = NOON + queue.LEASE + SECOND

    second = claim("bob", now=later)

    assert second.attempt == 2
    assert not queue.finish(first, later)
    assert queue.finish(second, later)
    assert jobs()[0].done_at == later


def test_a_renewed_lease_keeps_the_job(app):
    put()
    held = claim()

    assert queue.renew(held, NOON + 15 * SECOND, 0.5)

    assert claim("bob", now=NOON + queue.LEASE + SECOND) is None
    assert jobs()[0].progress == 0.5


def test_a_job_is_not_claimed_before_it_is_due(app):
    put(due_at=NOON + SECOND)

    assert claim() is None
    assert claim(now=NOON + SECOND) is not None


def test_equal_jobs_run_as_one_and_others_do_not(app):
    for payload in ({"a": 1}, {"a": 2}, {"a": 1}):
        put(payload=payload)

    first, second, third = claim(), claim(), claim()

    assert (first.payload, second.payload, third) == ({"a": 1}, {"a": 2}, None)


def test_once_adds_no_second_job_while_the_first_waits(app):
    put(once="pain")
    put(once="pain")

    assert len(jobs()) == 1


def test_once_adds_a_job_while_the_first_runs_for_it_may_miss_what_came_later(app):
    put(once="pain")
    claim()

    put(once="pain")

    assert len(jobs()) == 2


def test_answers_are_brought_to_the_facts_by_one_worker_at_a_time(app):
    put(JobKind.PROJECT_RESPONSES)
    put(JobKind.COMPACT_FACTS)
    first = claim("ann", Lane.FACTS)

    assert claim("bob", Lane.FACTS) is None
    queue.finish(first, NOON)
    assert claim("bob", Lane.FACTS).kind == "compact_facts"


def test_slow_work_does_not_hold_up_the_facts(app):
    put(JobKind.SEND_SUMMARIES)
    put(JobKind.PROJECT_RESPONSES)
    claim("ann", Lane.OTHER)

    assert claim("ann", Lane.FACTS).kind == "project_responses"


def test_a_failed_attempt_waits_and_is_tried_again(app):
    put()
    held = claim()

    queue.fail(held, NOON, "OSError: no route")

    job = jobs()[0]
    assert (job.error, job.failed_at, job.attempts) == ("OSError: no route", None, 1)
    assert timedelta(seconds=2.5) <= job.due_at - NOON <= timedelta(seconds=5)
    assert claim(now=job.due_at).attempt == 2


def test_the_last_attempt_gives_the_job_up_and_a_person_can_retry_it(app):
    put()
    now = NOON
    for _ in range(queue.MAX_ATTEMPTS):
        now += queue.LONGEST_WAIT
        queue.fail(claim(now=now), now, "OSError: no route")
    job = jobs()[0]
    assert job.failed_at == now
    assert claim(now=now + queue.LONGEST_WAIT) is None

    assert queue.retry(job.id, now)

    assert claim(now=now).attempt == 1


def test_only_a_job_that_was_given_up_can_be_retried(app):
    put()

    assert not queue.retry(jobs()[0].id, NOON)


def test_a_job_given_back_is_free_at_once_and_the_attempt_does_not_count(app):
    put()
    queue.give_back(claim(), NOON)

    assert claim("bob").attempt == 1


def test_a_job_that_kills_its_worker_each_time_is_given_up(app):
    put()
    now = NOON
    for _ in range(queue.MAX_ATTEMPTS):
        assert claim(now=now) is not None
        now += queue.LEASE + SECOND
    assert claim(now=now) is None

    queue.sweep(now)

    assert jobs()[0].failed_at == now
    assert jobs()[0].error == "Its worker stopped 12 times while doing it."


def test_a_sweep_forgets_what_was_done_a_week_ago_and_keeps_the_rest(app):
    for name in ("old", "new"):
        put(payload={"name": name})
    queue.finish(claim(), NOON)
    queue.finish(claim(), NOON + SECOND)

    queue.sweep(NOON + queue.KEPT + SECOND)

    assert [job.payload for job in jobs()] == [{"name": "new"}]


@pytest.mark.parametrize("attempt", range(1, queue.MAX_ATTEMPTS))
def test_waits_double_up_to_an_hour_and_are_the_same_when_asked_again(attempt):
    longest = min(5 * 2 ** (attempt - 1), 3600)

    wait = queue.wait(7, attempt)

    assert longest / 2 <= wait.total_seconds() <= longest
    assert queue.wait(7, attempt) == wait
    assert queue.wait(8, attempt) != wait


def test_a_look_at_the_list_finds_only_what_its_lane_can_claim(app):
    put(JobKind.PROJECT_RESPONSES)

    assert queue.is_any_due(Lane.FACTS, NOON)
    assert not queue.is_any_due(Lane.OTHER, NOON)
    assert not queue.is_any_due(Lane.FACTS, NOON - SECOND)

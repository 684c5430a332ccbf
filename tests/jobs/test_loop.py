from collections import Counter
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from threading import enumerate as all_threads
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from extensions import db
from jobs import heartbeat, loop, queue
from jobs.kinds import JobKind
from jobs.loop import Hand
from jobs.queue import Lane
from models import Job, Worker

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def clock():
    return datetime.now(UTC)


def put(kind, payload=None):
    queue.put(kind, payload or {}, now=clock())
    db.session.commit()


def job():
    """The first job as it is now; ends the look, which would hold up writers on SQLite."""
    with Session(db.engine) as session:
        return session.scalar(select(Job).order_by(Job.id))


def n_alive():
    count = heartbeat.n_alive(clock())
    db.session.rollback()
    return count


def hand(app, handlers, lane=Lane.OTHER):
    return Hand(app, handlers, clock, "ann", lane, Event())


def until(is_true):
    start = monotonic()
    while not is_true():
        assert monotonic() - start < 10, "it did not happen within ten seconds"
        sleep(0.05)


@pytest.fixture
def work(app):
    """Start a worker in a thread; ends it after the test."""
    stop, threads = Event(), []

    def start(handlers):
        threads.append(
            Thread(target=loop.run, args=(app, handlers, clock, AMSTERDAM, stop), daemon=True)
        )
        threads[0].start()
        return stop

    yield start
    stop.set()
    for thread in [*threads, *(each for each in all_threads() if each.name.startswith("jobs-"))]:
        thread.join(10)


def test_a_handler_gets_the_payload_and_the_job_is_done(app):
    seen = []
    put(JobKind.COMPUTE_PAIN, {"journey": 7})

    handlers = {JobKind.COMPUTE_PAIN: lambda payload, *_: seen.append(payload)}
    assert hand(app, handlers).do_next()

    assert seen == [{"journey": 7}]
    assert job().done_at is not None
    assert not hand(app, handlers).do_next()


def test_a_failing_handler_leaves_no_half_work_and_the_job_waits_with_its_error(app):
    def fail_half_way(payload, now, report):
        db.session.add(Worker(name="half", started_at=now, seen_at=now))
        db.session.flush()
        raise OSError("no route\nsecond line")

    put(JobKind.COMPUTE_PAIN)
    hand(app, {JobKind.COMPUTE_PAIN: fail_half_way}).do_next()

    assert job().error == "OSError: no route"
    assert (job().done_at, job().failed_at, job().leased_until) == (None, None, None)
    assert db.session.query(Worker).count() == 0


def test_a_job_of_an_unknown_kind_is_given_up_and_says_so(app):
    put("juggle")
    hand(app, {}).do_next()

    assert job().failed_at is not None
    assert job().error == "No worker knows how to do “juggle”."


def test_the_worker_does_both_lanes_says_that_it_lives_and_leaves(app, work):
    done = Counter()
    handlers = {
        kind: lambda *_, kind=kind: done.update([kind])
        for kind in (JobKind.PROJECT_RESPONSES, JobKind.COMPUTE_PAIN)
    }
    put(JobKind.PROJECT_RESPONSES)
    put(JobKind.COMPUTE_PAIN)

    stop = work(handlers)

    until(lambda: sum(done.values()) == 2)
    until(lambda: n_alive() == 1)
    stop.set()
    until(lambda: n_alive() == 0)
    assert done == {JobKind.PROJECT_RESPONSES: 1, JobKind.COMPUTE_PAIN: 1}


def test_progress_is_seen_while_the_job_runs(app, work):
    go_on = Event()

    def slow(payload, now, report):
        report(0.25)
        go_on.wait(10)

    put(JobKind.COMPUTE_PAIN)
    work({JobKind.COMPUTE_PAIN: slow})

    until(lambda: job().progress == 0.25)
    go_on.set()
    until(lambda: job().done_at)


def test_a_job_that_does_not_end_in_time_is_given_back_when_the_worker_stops(
    app, work, monkeypatch
):
    monkeypatch.setattr(loop, "GRACE", 0.2)
    has_started, go_on = Event(), Event()

    def endless(payload, now, report):
        has_started.set()
        go_on.wait(20)

    put(JobKind.COMPUTE_PAIN)
    stop = work({JobKind.COMPUTE_PAIN: endless})
    assert has_started.wait(10)
    stop.set()

    until(lambda: job().leased_until is None)
    assert (job().attempts, job().done_at) == (0, None)
    go_on.set()


def test_many_workers_together_do_each_job_exactly_once(app):
    done, lock = Counter(), Lock()

    def count(payload, now, report):
        with lock:
            done.update([payload["n"]])

    for n in range(40):
        queue.put(JobKind.COMPUTE_PAIN, {"n": n}, now=clock())
    db.session.commit()

    def drain():
        hand_ = Hand(app, {JobKind.COMPUTE_PAIN: count}, clock, "w", Lane.OTHER, Event())
        with app.app_context():
            while hand_.do_next():
                pass

    threads = [Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert done == dict.fromkeys(range(40), 1)


def test_a_lane_that_stops_by_itself_ends_the_worker(app, monkeypatch):
    monkeypatch.setattr(Hand, "do_next", lambda _: 1 / 0)
    monkeypatch.setattr("threading.excepthook", lambda _: None)

    with pytest.raises(RuntimeError, match="A lane of the worker stopped by itself"):
        loop.run(app, {}, clock, AMSTERDAM, Event())

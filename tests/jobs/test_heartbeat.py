from datetime import UTC, datetime, timedelta

from extensions import db
from jobs import heartbeat
from models import Worker

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_worker_lives_while_it_gives_signs_and_is_gone_when_it_leaves(app):
    heartbeat.beat("ann", NOON)
    heartbeat.beat("bob", NOON)
    heartbeat.beat("ann", NOON + timedelta(seconds=20))

    assert heartbeat.n_alive(NOON + timedelta(seconds=29)) == 2
    assert heartbeat.n_alive(NOON + timedelta(seconds=40)) == 1
    heartbeat.leave("ann")
    assert heartbeat.n_alive(NOON + timedelta(seconds=40)) == 0


def test_a_worker_that_died_long_ago_is_forgotten_when_a_new_one_comes(app):
    heartbeat.beat("ann", NOON)

    heartbeat.beat("bob", NOON + timedelta(days=2))

    assert [worker.name for worker in db.session.query(Worker)] == ["bob"]

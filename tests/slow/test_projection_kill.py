"""Many kills at random moments, and the freshness of a finished response."""

import os
import sys
from datetime import UTC, datetime
from subprocess import PIPE, Popen
from time import monotonic, sleep

import pytest

from tests.facts.killing import kill_again_and_again
from tests.facts.rows import items_of
from tests.facts.survey import answer, make_version
from tests.slow.server import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

FRESH = 5.0
"""Seconds within which a finished response is in the facts."""


@pytest.mark.parametrize("seed", [1, 2])
def test_projected_and_rebuilt_facts_are_equal_after_twenty_kills(app, database_url, seed):
    outcome = kill_again_and_again(app.config["HOME"], database_url, rounds=20, seed=seed)

    outcome.check()
    assert outcome.n_begun > 0


def test_a_finished_response_is_counted_within_seconds_by_a_running_worker(app, database_url):
    home = app.config["HOME"]
    given = {"OUTSIDEIN_HOME": str(home), "OUTSIDEIN_DATABASE_URL": database_url}
    worker = Popen(
        [sys.executable, "-m", "flask", "worker", "run"],
        cwd=ROOT,
        env=os.environ | given,
        stderr=PIPE,
    )
    try:
        version = make_version()
        _wait_for(home, answer(version, now=datetime.now(UTC)), 60)  # until the worker is up
        for _ in range(5):
            key = answer(version, now=datetime.now(UTC))
            assert _wait_for(home, key, FRESH) < FRESH
    finally:
        worker.kill()
        worker.wait()
        worker.stderr.close()


def _wait_for(home, key, seconds):
    """Wait until the response has facts; gives how long it took."""
    start = monotonic()
    while not items_of(home, key):
        assert monotonic() - start < seconds, f"no facts after {seconds} seconds"
        sleep(0.05)
    return monotonic() - start

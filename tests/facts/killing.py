"""People answer while the projector is killed again and again; then the two tables are compared."""

from datetime import UTC, datetime, timedelta
from random import Random
from time import sleep
from typing import NamedTuple

from actions.projection import (
    compact_facts,
    project_finished,
    project_partial,
    rebuild_facts,
)
from actions.retraction import forget_facts
from extensions import db
from models import Projection, Response, Retraction
from tests.facts import projecting
from tests.facts.rows import rows_of
from tests.facts.survey import answer, begin, make_version, response_of, send_page

PAST = datetime.now(UTC) - timedelta(days=40)


class Outcome(NamedTuple):
    """The facts as projected and as rebuilt, whose they should be, how many kills hit a batch."""

    projected: list
    rebuilt: list
    keys: set
    n_begun: int

    def check(self):
        """The tables are equal, and hold every response that counts once."""
        assert self.projected == self.rebuilt
        assert {row["response"] for row in self.projected} == self.keys
        items = {(row["response"], row["question"]) for row in self.projected}
        assert len(items) == len(self.projected)


def kill_again_and_again(home, url, *, rounds, seed):
    """Answer and kill; gives what came of it."""
    chance = Random(seed)
    version = make_version()
    crowd, n_begun = Crowd(version, chance), 0
    for _ in range(rounds):
        crowd.act(15)
        process = projecting.begin(home, url)
        until = chance.uniform(0.02, 0.7)
        for _ in range(5):
            crowd.act(2)
            sleep(until / 5)
        process.kill()
        process.wait()
        process.stdout.close()
        db.session.rollback()
        n_begun += db.session.query(Projection).count()
    _settle()
    projected = rows_of(home)
    rebuild_facts(datetime.now(UTC))
    return Outcome(projected, rows_of(home), crowd.keys(), n_begun)


class Crowd:
    """People who answer, stop half-way, come back, and are set aside as junk."""

    def __init__(self, version, chance):
        self.version = version
        self.chance = chance
        self.waiting = []
        self.finished = []
        self.excluded = []

    def act(self, times):
        """Have so many of them do something."""
        for _ in range(times):
            deed = self.chance.choice([self.answer, self.answer, self.stop, self.return_, self.go])
            deed()

    def keys(self):
        """The keys of all responses that should have facts."""
        return {*self.finished, *(sitting.key for sitting in self.waiting)} - {*self.excluded}

    def answer(self):
        moment = PAST + timedelta(days=self.chance.randrange(35))
        self.finished.append(answer(self.version, now=moment, person=f"p{len(self.finished)}"))

    def stop(self):
        sitting = begin(self.version, now=PAST)
        send_page(sitting, 1, {"overall": 3}, now=PAST)
        self.waiting.append(sitting)

    def return_(self):
        if self.waiting:
            sitting = self.waiting.pop(0)
            send_page(sitting, 3, {"why": "Slecht", "again": 2}, now=PAST + timedelta(days=3))
            self.finished.append(sitting.key)

    def go(self):
        if self.finished and len(self.excluded) < len(self.finished) // 4:
            key = self.chance.choice(self.finished)
            response_of(key).excluded_at = PAST + timedelta(days=36)
            forget_facts([key])
            db.session.commit()
            self.excluded.append(key)


def _settle():
    """Bring what is left to the facts; nothing is begun or waits afterwards."""
    now = datetime.now(UTC)
    project_finished(now)
    project_partial(now)
    compact_facts()
    assert db.session.query(Projection).count() == 0
    assert db.session.query(Retraction).filter_by(is_due=True).count() == 0
    waiting = db.session.query(Response).filter_by(projected_at=None, excluded_at=None)
    assert waiting.count() == 0

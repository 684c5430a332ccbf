"""SIGKILL in the middle of everything: no acknowledged answer lost, half written or doubled."""

import http.client
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from extensions import db
from facts import store
from models import Answer, Response
from questionnaires.value import Page, Questionnaire
from tests.factories import make_organisation, make_survey
from tests.questions import question, texts
from tests.slow.server import serving
from vocabulary import Kind

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = 20
RESPONDENTS = 10
POSTS_A_SECOND = 20

TOKEN = re.compile(r'name="_token"\s+value="([^"]+)"')
ACTION = re.compile(r'id="answers"\s+method="post"\s+action="([^"]+)"')

TWO_PAGES = Questionnaire(
    languages=("nl",),
    title=texts("Twice"),
    pages=tuple(
        Page(
            key=f"page_{n}",
            questions=(
                question(f"point_{n}", Kind.SATISFACTION, is_required=True),
                question(f"words_{n}", Kind.COMMENT),
            ),
        )
        for n in (1, 2)
    ),
)


@dataclass
class Crowd:
    """People who answer one after the other, send again what failed, and keep their receipts."""

    port: int
    path: str
    stop: Event = field(default_factory=Event)
    acknowledged: dict[str, int] = field(default_factory=dict)  # pages that were, by respondent
    n_posts: int = 0
    n_failures: int = 0

    def answer(self, seat: int) -> None:
        """Let new respondents take a seat until told to stop."""
        number = 0
        while not self.stop.is_set():
            number += 1
            self._answer_once(f"respondent {seat}-{number}")

    def _answer_once(self, name: str) -> None:
        """One respondent, from the first page to the receipt."""
        cookie, page = self._ask("GET", self.path, "", None)
        for n in (1, 2):
            start = monotonic()
            body = {"_token": TOKEN.search(page)[1], f"point_{n}": "4", f"words_{n}": name}
            action = ACTION.search(page)[1]
            cookie, page = self._ask("POST", action, cookie, urlencode(body))
            self.acknowledged[name] = n
            self.n_posts += 1
            self.stop.wait(max(RESPONDENTS / POSTS_A_SECOND - (monotonic() - start), 0))

    def _ask(self, method: str, path: str, cookie: str, body: str | None) -> tuple[str, str]:
        """Send a request until it is answered; follow where it leads."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.n_failures += 1
                sleep(0.1)
                continue
            finally:
                connection.close()
            cookie = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
            if answer.status == http.client.SEE_OTHER:
                method, path, body = "GET", answer.getheader("Location"), None
                continue
            assert answer.status == http.client.OK, f"{method} {path}: {answer.status}"
            return cookie, page


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def app(tmp_path, url):
    """The installation that is served, looked at from within."""
    app = create_app({"TESTING": True, "HOME": tmp_path, "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        upgrade("migrations")
        yield app
        db.session.remove()
        db.engine.dispose()


def test_killing_web_and_worker_loses_halves_and_doubles_no_answer(app, tmp_path, url):
    make_organisation()
    path = f"/s/{make_survey(TWO_PAGES).key}"
    db.session.remove()
    with serving(tmp_path, url) as server:
        crowd = Crowd(server.port, path)
        seats = [Thread(target=crowd.answer, args=(n,)) for n in range(RESPONDENTS)]
        for seat in seats:
            seat.start()
        for round_ in range(KILLS):
            sleep(Random(round_).uniform(3, 4))
            kill_web(server, round_)
            server.kill("flask", all_of_it=False)
            server.wait_for("/livez")
        crowd.stop.set()
        for seat in seats:
            seat.join(60)
        server.wait_for("/healthz")
        wait_until_counted(len(crowd.acknowledged))
    assert crowd.n_posts > KILLS * POSTS_A_SECOND
    assert crowd.n_failures > KILLS, "too few requests met a kill"
    compare(crowd.acknowledged, tmp_path)


def kill_web(server, round_):
    """Kill the web server: all of it, its head alone, or one of its hands."""
    if round_ % 3 == 2:
        server.kill_one_web_worker()
    else:
        server.kill("gunicorn", all_of_it=round_ % 3 == 0)


def wait_until_counted(n_people, seconds=60):
    """Wait until the worker brought every finished response to the facts."""
    waiting = select(Response.id).where(Response.projected_at.is_(None))
    start = monotonic()
    while db.session.scalar(waiting.limit(1)) is not None:
        db.session.rollback()
        assert monotonic() - start < seconds, "answers did not reach the facts"
        sleep(0.2)
    db.session.rollback()
    assert n_people


def compare(acknowledged, home):
    """What is stored and counted is what was acknowledged, once, and whole."""
    stored = {}
    for answer in db.session.scalars(select(Answer)):
        stored.setdefault(answer.response_id, {})[answer.question] = answer.text or answer.point
    expected = {f"{kind}_{n}" for kind in ("point", "words") for n in (1, 2)}
    people = Counter(answers["words_1"] for answers in stored.values())

    assert set(acknowledged.values()) == {2}
    assert people == Counter(dict.fromkeys(acknowledged, 1))
    assert all(answers.keys() == expected for answers in stored.values())
    assert all(answers["words_1"] == answers["words_2"] for answers in stored.values())

    finished = db.session.scalars(select(Response.key).where(Response.finished_at.is_not(None)))
    keys = set(finished)
    facts = store.open_table(home).to_pyarrow_table(columns=["response", "question"]).to_pylist()
    counted = Counter((fact["response"], fact["question"]) for fact in facts)
    assert len(keys) == len(acknowledged)
    assert {response for response, _ in counted} == keys
    assert set(counted.values()) == {1}

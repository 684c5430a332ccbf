"""Nothing grows: once the memories are full, more boards and more surveys add nothing."""

import re
import subprocess
import sys
from http.cookiejar import CookieJar
from os import environ
from time import monotonic
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from bench.respondent import answer_until
from bench.server import serving
from tests.slow.server import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

EVERYTHING = 1_000
"""Megabytes for two web workers after a hundred boards."""

ROUNDS_TO_FILL = 4
"""Rounds of boards and answers until every memory of results and questions is full."""

GROWTH = 40
"""Megabytes that further rounds may add; what allocators keep goes up and down, a leak only up."""

PATHS = (
    "/journeys/household/",
    "/journeys/business/",
    "/journeys/household/pain",
    "/journeys/household/stages/retention/touchpoints/invoice",
)
AUDIENCES = ("customer", "prospect", "ex_customer", "")
MONTHS = [f"2026-{month:02d}" for month in range(1, 11)]


@pytest.fixture
def demonstration(tmp_path):
    """A home with a small demonstration; its password."""
    flask = [sys.executable, "-m", "flask"]
    given = environ | {"OUTSIDEIN_HOME": str(tmp_path)}
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=given, check=True)
    plant = [*flask, "demo", "plant", "--responses", "1500"]
    told = subprocess.run(plant, cwd=ROOT, env=given, check=True, capture_output=True, text=True)
    return re.search(r"Sign in as \S+ with (\S+)", told.stdout)[1]


def test_boards_and_surveys_leave_nothing_behind(demonstration, tmp_path):
    with serving(tmp_path) as server:
        browser = sign_in(server.port, demonstration)
        held = []
        for _ in range(ROUNDS_TO_FILL + 2):
            look_around(browser, server.port, n_pages=100)
            answer(server.port)
            held.append(server.memory())
    full, later = max(held[:ROUNDS_TO_FILL]), min(held[ROUNDS_TO_FILL:])

    assert max(held) < EVERYTHING, held
    assert later - full < GROWTH, held


def sign_in(port, password):
    """A browser that is the administrator's."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Accept", "text/html"), ("Accept-Language", "en")]
    page = browser.open(f"http://127.0.0.1:{port}/sign-in").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    sent = {"email": "demo@vlierdonk.example", "password": password, "csrf_token": token}
    answered = browser.open(f"http://127.0.0.1:{port}/sign-in", urlencode(sent).encode())
    assert answered.url.endswith("/journeys"), answered.url
    return browser


def look_around(browser, port, n_pages):
    """Open pages with one selection after the other."""
    for number in range(n_pages):
        chosen = {
            "from": MONTHS[number % len(MONTHS)],
            "audience": AUDIENCES[number % len(AUDIENCES)],
        }
        path = PATHS[number % len(PATHS)]
        page = browser.open(f"http://127.0.0.1:{port}{path}?{urlencode(chosen)}")
        assert page.status == 200
        page.read()


def answer(port):
    """Fill surveys for some seconds."""
    tally = answer_until(port, "household-retention-customer", monotonic() + 8)
    assert len(tally.receipts) > 20
    assert tally.errors == []

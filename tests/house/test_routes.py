"""Every route has a rule, and the rule holds: each route is walked by each kind of person."""

from itertools import product

import pytest
from flask import Flask

from tests.house.routes import (
    BROWSER,
    CANARY,
    contents,
    people,
    routes_of,
    tell_story,
)
from vocabulary import Role

LEADS_ELSEWHERE = {
    "home.show": "leads to the journeys",
    "setup.show": "leads on once the site is set up",
    "sign_in.show": "leads on who is signed in",
    "answer.thanks": "leads back who has not answered",
    "answer.page": "leads to the page that comes next",
}
ODD = ("\x00", "'; --", "é" * 300, "<b>", "2026-99", str(10**30), "\u202e")
NOT_YET_THERE = {"summary.mail": "no summary was composed in the story"}
NO_TOKEN = {
    "language.keep": "changes a cookie of the reader's own browser, and nothing else",
    "answer.send": "respondents have no session; the form carries a signed token of its own",
    "answer.begin_again": "respondents have no session; forgets a cookie of their own browser",
    "estimate.send": "colleagues need no session; the form carries a signed token of its own",
    "subscription.end_from_mail": "mail programs send it by themselves; its address is signed",
}


@pytest.fixture
def story(app: Flask):
    """The values for addresses, with the story in the database."""
    return tell_story(app)


def test_every_route_carries_a_rule(app, story):
    assert [str(route) for route in routes_of(app, story) if route.rule is None] == []


def test_nobody_gets_where_the_rule_does_not_let_them(app, story):
    browsers = people(app)
    before, wrong = contents(), {}

    for route in routes_of(app, story):
        for who, browser in browsers.items():
            expected = _refusal(route.rule, who)
            if expected is None:
                continue
            answer = browser.open(route.path, method=route.method, headers=BROWSER)
            if answer.status_code != expected or CANARY in answer.text:
                wrong[f"{route} by {who}"] = (answer.status_code, expected)
            if expected == 302 and not answer.location.startswith("/sign-in"):
                wrong[f"{route} by {who}"] = answer.location

    assert wrong == {}
    assert contents() == before


def test_everybody_gets_where_the_rule_lets_them_and_reading_changes_nothing(app, story):
    browsers = people(app)
    before, wrong = contents(), {}

    for route in routes_of(app, story):
        if route.method != "GET":
            continue
        for who, browser in browsers.items():
            if _refusal(route.rule, who) is not None:
                continue
            answer = browser.get(route.path, headers=BROWSER)
            may_lead_on = route.endpoint in LEADS_ELSEWHERE and answer.status_code in {302, 303}
            is_missing = route.endpoint in NOT_YET_THERE and answer.status_code == 404
            is_ill = route.endpoint == "health.show" and answer.status_code == 503
            if answer.status_code != 200 and not (may_lead_on or is_missing or is_ill):
                wrong[f"{route} by {who}"] = answer.status_code
        if contents() != before:
            wrong[str(route)] = "changed the database"
            before = contents()

    assert wrong == {}


def test_no_odd_address_breaks_a_page(app, story):
    browser, broken = people(app)["administrator"], {}
    right = {str(route): route.path for route in routes_of(app, story)}

    for name, odd in product(set(story) - {"journey_key"}, ODD):
        asked = odd if isinstance(story[name], str) else 10**30
        for route in routes_of(app, story | {name: asked}):
            if route.method == "GET" and route.path != right[str(route)]:
                status = browser.get(route.path).status_code
                if status not in {200, 302, 303, 400, 404, 410}:
                    broken[route.path] = status

    assert broken == {}


def test_no_odd_question_breaks_a_page(app, story):
    browser, broken = people(app)["administrator"], {}
    asked = ("since", "until", "month", "audience", "market", "channel", "language", "page", "next")

    for route, odd in product(routes_of(app, story), ODD):
        if route.method == "GET":
            page = browser.get(route.path, query_string=dict.fromkeys(asked, odd))
            is_well = page.status_code < 500 or route.endpoint == "health.show"
            if not is_well or "<b>" in page.text:
                broken[f"{route} {odd}"] = page.status_code

    assert broken == {}


def test_nothing_of_another_journey_is_shown_to_who_does_not_see_it(app, story):
    browsers = people(app)
    told = {}

    for route in routes_of(app, story):
        for who in set(Role) - {Role.ADMINISTRATOR}:
            if route.method == "GET" and CANARY in browsers[who].get(route.path).text:
                told[f"{route} by {who}"] = "tells of the other journey"

    assert told == {}


def test_no_form_is_taken_without_its_token(app, story):
    browser = people(app)["administrator"]
    app.config["WTF_CSRF_ENABLED"] = True
    before, taken = contents(), set()

    for route in routes_of(app, story):
        if route.method == "GET":
            continue
        answer = browser.open(route.path, method=route.method, headers=BROWSER)
        if answer.status_code != 400 or "Nothing was changed." not in answer.text:
            taken.add(route.endpoint)
        elif contents() != before:
            taken.add(f"{route.endpoint} changed the database")
        before = contents()

    assert taken == set(NO_TOKEN)


def _refusal(rule, who):
    """The status a person is refused with; none where they may come in."""
    if rule.is_public:
        return None
    if who == "visitor":
        return 302
    if who == "stranger":
        return 404 if rule.is_for_members else None if Role.ANALYST in rule.roles else 403
    return None if Role(who) in rule.roles else 403

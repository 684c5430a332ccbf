"""The groups of pages of a journey, and where in them the reader is."""

import re

import pytest

from tests.factories import make_journey, make_membership, make_organisation, make_user, sign_in_as
from views.journey_places import _GROUPS
from vocabulary import Role


@pytest.fixture
def journey(client):
    """A journey without answers, which an analyst looks at."""
    make_organisation(language="en")
    user, journey = make_user(Role.ANALYST), make_journey()
    make_membership(user, journey)
    sign_in_as(client, user)
    return journey


def places(page):
    """The links of the navigation: name to what ``aria-current`` says, "" where it is not there."""
    nav = re.search(r'<nav class="tabs".*?</nav>', page, re.DOTALL).group()
    links = re.findall(r'<a href="[^"]*"\s*(?:aria-current="(\w+)")?>(.*?)</a>', nav)
    return {name: current for current, name in links}


def test_the_groups_stand_above_the_pages_of_the_one_where_the_reader_is(client, journey):
    seen = places(client.get(f"/journeys/{journey.key}/pain").text)

    assert list(seen)[:5] == ["At a glance", "Analysis", "Comments", "Improving", "Collecting"]
    assert list(seen)[5:] == ["What hurts", "Compare", "Flow", "Accounts", "Inside and out"]
    assert {name: current for name, current in seen.items() if current} == {
        "Analysis": "true",
        "What hurts": "page",
    }


def test_a_page_without_a_place_of_its_own_says_where_it_belongs(client, analyst):
    path = "/journeys/household/stages/retention/touchpoints/invoice"

    seen = places(client.get(path).text)

    assert {name: current for name, current in seen.items() if current} == {
        "At a glance": "true",
        "Board": "true",
    }


def test_who_may_not_collect_sees_no_way_to(client, journey):
    owner = make_user(Role.OWNER, email="owner@devries.example")
    make_membership(owner, journey)
    sign_in_as(client, owner)

    seen = places(client.get(f"/journeys/{journey.key}/pain").text)

    assert list(seen)[:2] == ["At a glance", "Analysis"]
    assert "Collecting" not in seen


@pytest.mark.parametrize("endpoint", [page for _, pages in _GROUPS for page, _ in pages])
def test_every_place_exists(app, endpoint):
    assert endpoint in app.view_functions

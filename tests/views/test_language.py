"""In which language a page is."""

import pytest

from tests.factories import make_organisation, make_user, sign_in_as


def language_of(page):
    return page.text.split('<html lang="')[1][:2]


@pytest.mark.parametrize(
    ("asked", "ours", "shown"),
    [
        ("en-GB,en;q=0.9,nl;q=0.8", "nl", "en"),
        ("nl-BE,nl;q=0.9,en;q=0.5", "en", "nl"),
        ("de", "nl", "nl"),
        ("de", "en", "en"),
        ("", "en", "en"),
    ],
)
def test_a_visitor_gets_what_the_browser_asks_for_else_the_organisations(
    client, asked, ours, shown
):
    make_organisation(language=ours)

    assert language_of(client.get("/sign-in", headers={"Accept-Language": asked})) == shown


def test_a_colleague_gets_their_own_whatever_the_browser_asks_for(client):
    make_organisation(language="nl")
    sign_in_as(client, make_user(language="en"))

    assert language_of(client.get("/account", headers={"Accept-Language": "nl"})) == "en"


def test_the_switch_wins_and_leads_back(client):
    make_organisation(language="nl")

    answer = client.post("/language", data={"language": "en", "next": "/password-link?x=1"})

    assert (answer.status_code, answer.location) == (303, "/password-link?x=1")
    assert language_of(client.get("/sign-in", headers={"Accept-Language": "nl"})) == "en"


def test_the_switch_knows_two_languages_and_no_other_site(client):
    make_organisation(language="nl")

    answer = client.post("/language", data={"language": "xx", "next": "https://evil.example"})

    assert answer.location == "/"
    assert language_of(client.get("/sign-in")) == "nl"

"""The way in, and the pages about people and the organisation, in a real browser."""

import re

import pytest

from actions.setup import setup_code
from tests.factories import PASSWORD, make_journey, make_organisation, make_user
from vocabulary import Role

pytestmark = pytest.mark.browser

LOOKS = [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def sign_in(open_page, **look):
    page = open_page("/sign-in", **look)
    page.get_by_label("E-mail address").fill("anna@devries.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r".*/(journeys)?$"))
    return page


@pytest.fixture
def people(app):
    make_organisation(language="en", is_invented=True)
    make_journey()
    make_user(name="Anna", email="anna@devries.example")
    make_user(Role.OWNER, name="Els", email="els@devries.example", password=None)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_for_visitors_are_fit_for_everyone(open_page, faults, width, scheme):
    look = {"width": width, "scheme": scheme}
    paths = ("/sign-in", "/password-link", "/password-link/sent", "/password/x", "/nowhere")

    assert {path: found for path in paths if (found := faults(open_page(path, **look)))} == {}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_for_the_administrator_are_fit_for_everyone(open_page, faults, width, scheme):
    sign_in(open_page, width=width, scheme=scheme)
    paths = ("/team", "/team/invitation", "/team/2", "/organisation", "/account")
    assert {path: found for path in paths if (found := faults(open_page(path)))} == {}

    page = open_page("/account/password")
    page.get_by_label("Your password now").fill("x")
    page.get_by_label("New password").fill("password1")
    page.get_by_role("button", name="Change password").click()
    page.get_by_role("alert").wait_for()
    assert faults(page) == []


def test_a_site_is_set_up_and_a_colleague_comes_in_without_any_script(open_page, app):
    page = open_page("/", script=False)
    assert page.url.endswith("/setup")
    given = {
        "Code from the console": setup_code(app.config["HOME"]),
        "Name of the organisation": "Fietserij De Vries",
        "Contact for respondents": "klant@devries.example",
        "Your name": "Anna",
        "Your e-mail address": "anna@devries.example",
        "Your password": PASSWORD,
        "The same password again": PASSWORD,
    }
    for label, text in given.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Set up").click()

    open_page("/team/invitation")
    page.get_by_label("Name").fill("Els")
    page.get_by_label("E-mail address").fill("els@devries.example")
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("button", name="Make a link to copy").click()
    link = page.locator("main code").inner_text()
    page.get_by_role("button", name="Sign out").click()

    page.goto(link)
    page.get_by_label("New password").fill("drie groene tafels")
    page.get_by_label("The same password again").fill("drie groene tafels")
    page.get_by_role("button", name="Set this password").click()
    assert page.get_by_role("status").inner_text() == "Your password is set and you are signed in."
    assert page.locator(".masthead__side a").inner_text() == "Els"


@pytest.mark.usefixtures("people")
def test_the_keyboard_reaches_the_content_first_and_the_switch_changes_the_language(open_page):
    page = open_page("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.get_by_role("button", name="Nederlands").click()
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.url.endswith("/sign-in")

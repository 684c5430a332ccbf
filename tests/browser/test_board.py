"""The board, the ranking and the touchpoint page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_ground import sign_in
from tests.factories import make_organisation, make_user
from tests.story import tell

pytestmark = pytest.mark.browser

LOOKS = [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
PATHS = (
    "/journeys/household/",
    "/journeys/household/pain",
    "/journeys/household/stages/retention/touchpoints/invoice",
)


@pytest.fixture
def people(app):
    make_organisation(language="en")
    make_user(name="Anna", email="anna@devries.example")
    tell(app)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_about_numbers_are_fit_for_everyone(open_page, faults, width, scheme):
    sign_in(open_page, width=width, scheme=scheme)

    for path in PATHS:
        page = open_page(path)
        for summary in page.locator("summary").all():
            summary.click()
        page.wait_for_timeout(500)
        assert (path, faults(page)) == (path, [])


@pytest.mark.usefixtures("people")
def test_charts_are_drawn_from_our_own_script_alone(open_page, site):
    page = sign_in(open_page, width=1280)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page = open_page(PATHS[2])

    expect(page.locator(".chart--drawn svg").first).to_be_visible()
    assert page.locator(".chart").count() == page.locator(".chart--drawn").count()
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


@pytest.mark.usefixtures("people")
def test_a_filter_works_without_any_script(open_page):
    sign_in(open_page, width=1280, script=False)
    page = open_page(PATHS[0])

    page.get_by_label("Channel").select_option("offline")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("channel=offline"))
    expect(page.get_by_text("20 answers").first).to_be_visible()


@pytest.mark.usefixtures("people")
def test_every_part_of_the_board_is_reached_by_keyboard(open_page):
    sign_in(open_page, width=1280)
    page = open_page(PATHS[0])

    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))

    assert {"Skip to the content", "Bill", "Delivery", "How to read this board"} <= reached

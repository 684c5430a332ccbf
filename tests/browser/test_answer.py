"""Answering a survey in a real browser: on small and large screens, by thumb, key and no script."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from extensions import db
from models import Answer, Response
from questionnaires.value import Page, Questionnaire
from tests.factories import NOON, make_organisation, make_survey
from tests.questions import FOUR_PAGES, MET, NPS, OVERALL, RATINGS, REMARKS, question, texts
from vocabulary import Kind, Presentation

pytestmark = pytest.mark.browser

LOOKS = [(320, "light"), (320, "dark"), (390, "dark"), (1280, "light")]
ENDS = {"low_end": texts("strongly disagree"), "high_end": texts("strongly agree")}
ALL_KINDS = Questionnaire(
    languages=("nl", "en"),
    title=texts("All kinds"),
    intro=texts("We want to do better."),
    pages=(
        Page(
            key="all",
            title=texts("All of them"),
            questions=(
                OVERALL,
                MET,
                *RATINGS,
                NPS,
                question("effort", Kind.EFFORT, may_not_apply=True, **ENDS),
                question("stars", Kind.STARS, hint=texts("Think of the last time.")),
                question("agreement", Kind.AGREEMENT, **ENDS),
                *(question(f"of_{n}", Kind.SATISFACTION, high=n, **ENDS) for n in (2, 3, 4, 6, 8)),
                question("of_9", Kind.EFFORT, high=9, may_not_apply=True, **ENDS),
                question("of_11", Kind.AGREEMENT, low=0, high=10, **ENDS),
                question("ten_stars", Kind.STARS, high=10, **ENDS),
                *(question(f"faces_{n}", Kind.SMILEYS, high=n) for n in (3, 4, 5)),
                question("solved", Kind.YES_NO, may_not_apply=True),
                question("one", Kind.SINGLE, options=MET.options[:2], is_random_order=True),
                REMARKS,
            ),
        ),
    ),
)


@pytest.fixture
def surveys(app):
    make_organisation(language="en", is_invented=True)
    make_survey(FOUR_PAGES, key="paged")
    make_survey(ALL_KINDS, key="all", presentation=Presentation.ONE_PAGE)
    make_survey(FOUR_PAGES, key="shut", closed_at=NOON)


def stored() -> dict:
    db.session.rollback()
    rows = db.session.scalars(select(Answer))
    return {row.question: row.point or row.options or row.text for row in rows}


def tick(page, name, value) -> None:
    """Choose a point of a scale."""
    page.locator(f"[name={name}][value='{value}']").check()


def too_small(page) -> list[str]:
    """What a thumb may miss: everything to press but links in a line of text."""
    return page.evaluate(
        """[...document.querySelectorAll(
            "main button, main .button, .scale__point, .option, textarea, .asker__language"
        )].filter((e) => e.checkVisibility() && !e.classList.contains("visually-hidden"))
          .filter((e) => { const b = e.getBoundingClientRect();
            return b.width < 44 || b.height < 44 || b.left < 0 || b.right > innerWidth; })
          .map((e) => e.outerHTML.slice(0, 120))"""
    )


@pytest.mark.usefixtures("surveys")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_fit_for_everyone_and_for_thumbs(open_page, faults, width, scheme):
    found = {}

    def look_at(name, page):
        found[name] = faults(page) + too_small(page)

    page = open_page("/s/all", width=width, scheme=scheme)
    page.get_by_label("The invoice", exact=True).first.check()
    look_at("all kinds", page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("One answer needs another look.")
    look_at("mistakes", page)
    page = open_page("/s/paged")
    look_at("first step", page)
    tick(page, "overall", 4)
    page.get_by_role("button", name="Next").last.click()
    page.wait_for_url("**/pages/2")
    look_at("second step", open_page("/s/paged"))
    for path in ("/s/paged/privacy", "/s/shut", "/s/nothing"):
        look_at(path, open_page(path))

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.usefixtures("surveys")
@pytest.mark.parametrize("script", [True, False])
def test_a_survey_is_answered_by_thumb_with_and_without_script(open_page, faults, script):
    page = open_page("/s/paged", width=320, script=script, locale="nl-NL")
    tick(page, "overall", 4)
    page.locator(".answer__next").click()
    page.locator(".option", has_text="The invoice").click()
    page.locator(".answer__next").click()
    tick(page, "rating_invoice", 2)
    page.locator(".answer__next").click()
    tick(page, "nps", 9)
    page.locator("#remarks").fill("Prima geholpen.")
    page.locator(".answer__next").click()

    page.wait_for_url("**/s/paged/thanks")
    assert "We read everything. (nl)" in page.locator("main").inner_text()
    assert stored() == {
        "overall": 4,
        "met": ["invoice"],
        "rating_invoice": 2,
        "nps": 9,
        "remarks": "Prima geholpen.",
    }
    if script:
        assert faults(page) + too_small(page) == []


@pytest.mark.usefixtures("surveys")
def test_a_survey_is_answered_by_keyboard_alone(open_page):
    page = open_page("/s/paged")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "overall":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    page.wait_for_url("**/pages/2")
    assert page.locator("html").get_attribute("lang") == "en"
    assert stored() == {"overall": 2}


@pytest.mark.usefixtures("surveys")
def test_a_mistake_is_told_where_one_stands_and_leads_to_the_question(open_page):
    page = open_page("/s/all")
    page.locator("#remarks").fill("My words.")
    page.get_by_role("button", name="Send").click()

    expect(page.locator("#problem")).to_be_focused()
    assert page.locator("#overall").get_attribute("aria-describedby") == "overall-error"
    assert page.locator("#remarks").input_value() == "My words."
    page.locator("#problem a").click()
    assert page.url.endswith("#overall")


@pytest.mark.usefixtures("surveys")
def test_with_script_only_what_was_met_is_rated(open_page):
    page = open_page("/s/all")
    rating = page.locator("#rating_invoice")
    expect(rating).to_be_hidden()
    page.get_by_label("The invoice", exact=True).first.check()
    expect(rating).to_be_visible()
    tick(page, "rating_invoice", 2)
    page.get_by_label("None of these").check()
    expect(rating).to_be_hidden()
    tick(page, "overall", 5)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks")

    assert stored() == {"overall": 5, "met": ["none_of_these"]}


@pytest.mark.usefixtures("surveys")
def test_without_script_everything_can_be_rated(open_page):
    page = open_page("/s/all", script=False)
    tick(page, "rating_helpdesk", 2)
    tick(page, "overall", 5)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks")

    assert stored() == {"overall": 5, "met": ["helpdesk"], "rating_helpdesk": 2}


@pytest.mark.usefixtures("surveys")
def test_switching_the_language_keeps_what_was_typed(open_page):
    page = open_page("/s/all")
    page.locator("#remarks").fill("My words.")
    page.get_by_role("button", name="Nederlands").click()

    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert page.locator("#remarks").input_value() == "My words."


@pytest.mark.usefixtures("surveys")
def test_what_was_typed_but_not_sent_outlives_a_walk_away_and_back(open_page):
    page = open_page("/s/all")
    page.locator("#remarks").fill("My words.")
    tick(page, "overall", 3)
    open_page("/s/all/privacy")
    page.go_back()

    expect(page.locator("#remarks")).to_have_value("My words.")
    expect(page.locator("[name=overall][value='3']")).to_be_checked()


@pytest.mark.usefixtures("surveys")
def test_little_room_is_told_before_it_is_gone(open_page):
    page = open_page("/s/all")
    page.locator("#remarks").fill("x" * 3_900)

    expect(page.locator(".question__left")).to_have_text("100 characters left")


def test_no_text_runs_as_a_script_and_nothing_is_fetched_elsewhere(app, open_page):
    make_organisation(name="<script>document.title='run'</script>")
    evil = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    poisoned = ALL_KINDS.model_copy(update={"title": texts(evil), "intro": texts(evil)})
    make_survey(poisoned, key="evil", presentation=Presentation.ONE_PAGE)
    page = open_page("/s/evil")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#remarks").fill(evil + "x" * 5_000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert page.title() != "run"
    assert [url for url in asked if not re.match(r"http://127\.0\.0\.1:\d+/(s|static)/", url)] == []
    assert db.session.scalars(select(Response)).all() == []


@pytest.mark.usefixtures("surveys")
@pytest.mark.parametrize("script", [True, False])
def test_faces_yes_and_no_and_eleven_points_are_answered_on_a_small_phone(open_page, script):
    page = open_page("/s/all?lang=en", width=320, script=script)
    for name, value in (("overall", 5), ("of_11", 10), ("ten_stars", 7), ("of_2", 1)):
        tick(page, name, value)
    page.locator("#faces_5").get_by_label("Very good").check()
    page.locator("#solved").get_by_label("No", exact=True).check()
    places = "[...document.querySelectorAll('#of_11 .scale__point')].map((e) => e.offsetTop)"
    rows = len(set(page.evaluate(places)))
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks")

    assert rows == 2  # six points above five
    db.session.rollback()
    found = {row.question: row.point for row in db.session.scalars(select(Answer))}
    points = {"of_11": 10, "ten_stars": 7, "of_2": 1, "faces_5": 5, "solved": 0}
    assert found == {"overall": 5} | points

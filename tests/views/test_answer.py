"""Answering a survey by its link, page by page and on one page."""

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Answer, Job, Response, Survey
from questionnaires.logic import NONE_MET
from questionnaires.value import Page
from tests.factories import make_organisation, make_survey, make_version
from tests.questions import FOUR_PAGES, question, texts
from tests.respondent import Respondent
from vocabulary import Kind, Presentation


@pytest.fixture
def respondent(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES))


@pytest.fixture
def one_page(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES, presentation=Presentation.ONE_PAGE))


def stored() -> dict:
    """The only response, and its answers by question."""
    response = db.session.scalars(select(Response)).one()
    answers = db.session.scalars(select(Answer).where(Answer.response_id == response.id))
    found = {a.question: a.point or a.options or a.text or a.is_not_applicable for a in answers}
    return {"n_pages": response.n_pages, "is_finished": response.is_finished} | found


def n_stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Response))


def test_opening_a_survey_stores_nothing(respondent):
    for _ in range(3):
        assert respondent.open().status_code == 200
    assert respondent.client.head(respondent.path).status_code == 200

    assert n_stored() == 0


def test_each_page_is_stored_when_it_is_sent(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    assert stored() == {"n_pages": 1, "is_finished": False, "overall": 4}

    respondent.send(2, met=["invoice"])
    assert stored() == {"n_pages": 2, "is_finished": False, "overall": 4, "met": ["invoice"]}


def test_after_the_last_page_come_thanks_with_a_receipt(respondent):
    page = respondent.answer_all()

    assert page.request.path == f"{respondent.path}/thanks"
    assert "Thank you, your answers are in" in page.text
    assert "We read everything." in page.text
    assert stored() == {
        "n_pages": 4,
        "is_finished": True,
        "overall": 4,
        "met": ["invoice"],
        "rating_invoice": 2,
        "nps": 9,
        "remarks": "Fine.",
    }
    key = db.session.scalar(select(Response.key))
    assert respondent.receipt.replace("-", "").lower() == key[:12]
    assert [job.kind for job in db.session.scalars(select(Job))] == ["project_responses"]


def test_only_touchpoints_that_were_met_are_rated(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    page = respondent.send(2, met=["helpdesk"])

    assert 'name="rating_helpdesk"' in page.text
    assert 'name="rating_invoice"' not in page.text


def test_a_page_with_nothing_to_ask_is_passed_by(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    page = respondent.send(2, met=[NONE_MET])

    assert page.request.path.endswith("/pages/4")
    assert stored()["n_pages"] == 3


def test_without_cookies_the_next_page_comes_at_once(app):
    make_organisation()
    survey = make_survey(FOUR_PAGES)
    respondent = Respondent(app.test_client(use_cookies=False), survey)
    respondent.open()
    page = respondent.send(1, overall="4", follow=False)
    assert (page.status_code, 'name="met"' in page.text) == (200, True)
    respondent.send(2, met=["invoice"], follow=False)
    respondent.send(3, rating_invoice="5", follow=False)
    page = respondent.send(4, nps="3", follow=False)

    assert (page.status_code, "Thank you" in page.text) == (200, True)
    assert stored()["rating_invoice"] == 5


def test_back_shows_what_was_answered_and_keeps_what_was_typed(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    respondent.send(2, met=["invoice"])
    page = respondent.send(3, rating_invoice="2", _go="back")
    assert page.request.path.endswith("/pages/2")
    assert 'name="met" value="invoice" checked' in page.text

    page = respondent.send(2, met=["invoice"])
    assert 'name="rating_invoice" value="2" checked' in page.text


def test_back_asks_for_no_answer_that_is_required(client):
    last = Page(key="last", questions=(question("why", Kind.COMMENT, is_required=True),))
    pages = (FOUR_PAGES.pages[0], last)
    respondent = Respondent(client, make_survey(FOUR_PAGES.model_copy(update={"pages": pages})))
    respondent.open()
    respondent.send(1, overall="4")
    page = respondent.send(2, _go="back")

    assert page.request.path.endswith("/pages/1")
    assert 'name="overall" value="4" checked' in page.text


def test_back_with_a_mistake_stays(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    respondent.send(2, met=[NONE_MET])
    page = respondent.send(4, remarks="x" * 5000, _go="back")

    assert page.status_code == 422
    assert "x" * 5000 in page.text


def test_a_changed_mind_takes_the_ratings_it_no_longer_asks_for_away(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    respondent.send(2, met=["invoice", "helpdesk"])
    respondent.send(3, rating_invoice="2", rating_helpdesk="5")
    respondent.send(2, met=["helpdesk"])
    respondent.send(3, rating_helpdesk="5")
    respondent.send(4)

    assert stored() == {
        "n_pages": 4,
        "is_finished": True,
        "overall": 4,
        "met": ["helpdesk"],
        "rating_helpdesk": 5,
    }


def test_on_one_page_everything_is_asked_and_stored_at_once(one_page):
    page = one_page.open()
    assert page.text.count("<fieldset") == 5
    one_page.send(1, overall="4", met=["invoice"], rating_invoice="1", remarks="Fine.")

    assert stored() == {
        "n_pages": 4,
        "is_finished": True,
        "overall": 4,
        "met": ["invoice"],
        "rating_invoice": 1,
        "remarks": "Fine.",
    }


def test_on_one_page_what_is_rated_counts_as_met(one_page):
    one_page.open()
    one_page.send(1, overall="4", met=[NONE_MET], rating_helpdesk="1")

    assert stored()["met"] == ["helpdesk"]


def test_questions_keep_their_order_for_one_respondent(client):
    make_organisation()
    orders = set()
    for _ in range(12):
        client.delete_cookie("sitting", path="/s/orders")
        survey = make_survey(FOUR_PAGES, key=f"orders-{len(orders)}-{n_stored()}")
        respondent = Respondent(client, survey)
        respondent.open()
        respondent.send(1, overall="4")
        page = respondent.send(2, met=["invoice", "helpdesk"])
        is_invoice_first = page.text.index("rating_invoice") < page.text.index("rating_helpdesk")
        again = respondent.open("/pages/3").text
        assert (again.index("rating_invoice") < again.index("rating_helpdesk")) is is_invoice_first
        orders.add(is_invoice_first)

    assert orders == {True, False}


def test_a_response_is_finished_on_the_version_it_was_begun_with(respondent):
    respondent.open()
    respondent.send(1, overall="4")
    survey_id = db.session.scalar(select(Response.survey_id))
    newer = FOUR_PAGES.model_copy(update={"title": texts("Newer")})
    make_version(db.session.get(Survey, survey_id), newer, number=2)

    assert "How was it?" in respondent.open().text
    respondent.send(2, met=[NONE_MET])
    respondent.send(4)
    assert stored()["is_finished"] is True


def test_a_survey_not_begun_is_shown_in_its_newest_version(client):
    make_organisation()
    survey = make_survey(FOUR_PAGES)
    respondent = Respondent(client, survey)
    assert "How was it?" in respondent.open().text
    newer = FOUR_PAGES.model_copy(update={"title": texts("Newer")})
    make_version(survey, newer, number=2)

    assert "Newer" in respondent.open().text


@pytest.mark.parametrize("presentation", Presentation)
def test_a_whole_response_takes_few_statements(client, count_statements, presentation):
    make_organisation()
    respondent = Respondent(client, make_survey(FOUR_PAGES, presentation=presentation))
    respondent.open()
    count_statements.clear()
    respondent.open()
    if presentation is Presentation.ONE_PAGE:
        respondent.send(1, overall="4", nps="8", remarks="Fine.")
    else:
        respondent.answer_all()

    begins = sum(statement.startswith("BEGIN") for statement in count_statements)
    assert len(count_statements) - begins == {"one_page": 6, "pages": 28}[presentation.value]

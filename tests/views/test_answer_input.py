"""What respondents send that they should not, or hardly ever do."""

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Answer, Job, Response
from questionnaires.value import COMMENT_LIMIT
from tests.factories import make_organisation, make_survey
from tests.questions import FOUR_PAGES
from tests.respondent import Respondent
from vocabulary import Presentation


@pytest.fixture
def respondent(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES))


@pytest.fixture
def one_page(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES, presentation=Presentation.ONE_PAGE))


def n_stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Response))


def remark() -> str:
    """The only comment that is stored."""
    return db.session.scalars(select(Answer.text).where(Answer.question == "remarks")).one()


def test_a_required_answer_is_asked_for_and_nothing_is_stored(respondent):
    respondent.open()
    page = respondent.send(1)

    assert page.status_code == 422
    assert "Please choose an answer." in page.text
    assert n_stored() == 0


def test_what_is_refused_is_still_there_and_nothing_typed_is_lost(one_page):
    one_page.open()
    long = "x" * 100_000
    page = one_page.send(1, overall="3", nps="2", remarks=long, why="Because <b>")

    assert page.status_code == 422
    assert "Please keep it under 4,000 characters." in page.text
    assert long in page.text
    assert "Because &lt;b&gt;" in page.text
    assert '<input type="radio" name="nps" value="2" checked>' in page.text
    assert n_stored() == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x" * COMMENT_LIMIT, "x" * COMMENT_LIMIT),
        ("a\x00b", "ab"),
        ("👍🏽 \u202eשלום", "👍🏽 \u202eשלום"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE answer; --", "'; DROP TABLE answer; --"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_any_words_are_stored_as_they_are(one_page, text, kept):
    one_page.open()
    one_page.send(1, overall="3", remarks=text)

    assert remark() == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(b"%ff%fe", "%FF%FE"), (b"%ED%A0%80", "%ED%A0%80"), (b"%zz", "%zz")],
)
def test_bytes_that_are_no_text_are_stored_as_they_were_written(one_page, sent, kept):
    one_page.open()
    body = f"_token={one_page.token}&overall=3&remarks=".encode() + sent
    one_page.client.post(
        f"{one_page.path}/pages/1", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert remark() == kept


def test_a_form_that_is_no_text_at_all_is_refused(one_page):
    one_page.open()
    body = f"_token={one_page.token}&overall=3&remarks=".encode() + b"\xff\xfe"
    page = one_page.client.post(
        f"{one_page.path}/pages/1", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert page.status_code == 400
    assert n_stored() == 0


def test_a_page_cannot_be_sent_before_the_ones_that_come_first(respondent):
    respondent.open()
    page = respondent.send(4, nps="9")

    assert 'name="overall"' in page.text
    assert n_stored() == 0


@pytest.mark.parametrize("number", [0, 5, 99_999])
def test_a_page_that_is_not_there_leads_to_the_one_that_is(respondent, number):
    respondent.open()
    assert respondent.open(f"/pages/{number}").location == respondent.path
    respondent.open()
    assert 'name="overall"' in respondent.send(number, nps="9").text


def test_a_field_that_only_programs_fill_sets_the_response_aside(one_page):
    one_page.open()
    page = one_page.send(1, overall="4", _leave_empty="http://spam.example")

    assert "Thank you" in page.text
    assert db.session.scalars(select(Response)).one().excluded_at is not None
    assert db.session.scalars(select(Job)).all() == []

"""Who answers: resuming on the same device, starting again, signed links, other languages."""

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Response, Survey
from questionnaires.logic import NONE_MET
from tests.factories import NOON, make_organisation, make_survey
from tests.questions import FOUR_PAGES
from tests.respondent import Respondent
from vocabulary import Identity, Presentation


@pytest.fixture
def survey(app):
    make_organisation()
    return make_survey(FOUR_PAGES, presentation=Presentation.ONE_PAGE)


@pytest.fixture
def paged(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES))


def n_stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Response))


def stored() -> Response:
    return db.session.scalars(select(Response)).one()


def test_the_same_device_goes_on_where_it_left_off(paged):
    paged.open()
    paged.send(1, overall="4")
    page = paged.open()

    assert 'name="met"' in page.text
    assert "Not you? Start again" in page.text


def test_somebody_else_starts_again_and_sees_nothing_of_it(paged):
    paged.open()
    paged.send(1, overall="4")
    paged.open()
    page = paged.client.post(
        f"{paged.path}/sittings", data={"_token": paged.token}, follow_redirects=True
    )

    assert 'name="overall"' in page.text
    assert "checked" not in page.text
    assert stored().n_pages == 1
    paged.page = page
    paged.send(1, overall="1")
    assert n_stored() == 2


def test_starting_again_without_a_token_changes_nothing(paged):
    paged.open()
    paged.send(1, overall="4")
    page = paged.client.post(f"{paged.path}/sittings", data={}, follow_redirects=True)

    assert 'name="met"' in page.text


def test_who_has_answered_is_thanked_again(paged):
    paged.answer_all()
    receipt = paged.receipt
    paged.open()
    assert paged.page.location == f"{paged.path}/thanks"
    paged.open("/thanks")

    assert paged.receipt == receipt


def test_there_are_no_thanks_before_the_last_page(paged):
    paged.open()
    paged.send(1, overall="4")

    assert paged.open("/thanks").location == paged.path


def test_sending_the_last_page_again_gives_the_same_receipt_and_one_response(paged):
    paged.answer_all()
    receipt = paged.receipt
    for remarks in ("Fine.", "Changed my mind."):
        paged.send(4, remarks=remarks)
        assert paged.receipt == receipt

    assert n_stored() == 1


def test_a_page_without_a_token_of_ours_is_refused_and_what_was_typed_is_kept(survey, client):
    respondent = Respondent(client, survey)
    respondent.open()
    for token in ("", "x", respondent.token[:-2], respondent.token + "a"):
        page = respondent.send(1, _token=token, overall="2", remarks="My words.")
        assert page.status_code == 400
        assert "Nothing was sent yet" in page.text
        assert "My words." in page.text
        assert 'name="overall" value="2" checked' in page.text
    assert n_stored() == 0

    respondent.send(1, overall="2", remarks="My words.")
    assert n_stored() == 1


def test_a_token_of_another_survey_is_refused(survey, client):
    respondent = Respondent(client, survey)
    respondent.open()
    other = Respondent(client, make_survey(FOUR_PAGES))
    other.open()

    assert other.send(1, _token=respondent.token, overall="2").status_code == 400
    assert n_stored() == 0


@pytest.mark.parametrize(
    ("accepted", "cookie", "query", "language"),
    [
        ("nl", "", {}, "nl"),
        ("en", "", {}, "en"),
        ("fr", "", {}, "nl"),
        ("nl", "en", {}, "en"),
        ("nl", "en", {"lang": "nl"}, "nl"),
        ("nl", "", {"lang": "xx"}, "nl"),
    ],
)
def test_the_language_is_the_one_asked_for_most(client, accepted, cookie, query, language):
    client.set_cookie("language", cookie)
    page = Respondent(client, make_survey(FOUR_PAGES), accepted).open(**query)

    assert f'<html lang="{language}">' in page.text
    assert ("How was it? (nl)" in page.text) is (language == "nl")


def test_switching_the_language_keeps_what_was_typed_and_stores_nothing(survey, client):
    respondent = Respondent(client, survey)
    respondent.open()
    page = respondent.send(1, _language="nl", overall="2", remarks="My words.")

    assert page.status_code == 200
    assert '<html lang="nl">' in page.text
    assert "My words." in page.text
    assert 'name="overall" value="2" checked' in page.text
    assert n_stored() == 0
    page = respondent.send(1, overall="2", remarks="My words.")
    assert '<html lang="nl">' in page.text
    assert stored().language == "nl"


def test_a_survey_that_closes_keeps_what_was_sent(paged):
    paged.open()
    paged.send(1, overall="4")
    db.session.scalars(select(Survey)).one().closed_at = NOON
    db.session.commit()

    for page in (paged.send(2, met=[NONE_MET]), paged.open(), paged.open("/pages/1")):
        assert page.status_code == 410
        assert "What you sent before is kept." in page.text
    assert stored().n_pages == 1


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"closed_at": NOON}, 410, "Thank you for coming by."),
        ({"opened_at": None}, 404, "This survey is not open yet"),
    ],
)
def test_a_survey_that_is_not_open_says_so(client, given, status, words):
    make_organisation()
    page = Respondent(client, make_survey(FOUR_PAGES, **given)).open()

    assert (page.status_code, words in page.text) == (status, True)


@pytest.mark.parametrize("key", ["nothing", "a%00b", "x" * 300, "é", "'--"])
@pytest.mark.parametrize("path", ["", "/pages/1", "/thanks", "/privacy"])
def test_a_survey_that_is_not_there_says_so(client, key, path):
    make_organisation()
    page = client.get(f"/s/{key}{path}", headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert "href" in page.text


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        (Identity.NAMED, "also who you are to Fietserij De Vries"),
        (Identity.PSEUDONYMOUS, "a code is kept in place of who you are"),
        (Identity.ANONYMOUS, "nobody can find out which answers are yours"),
    ],
)
def test_the_privacy_page_says_what_this_survey_keeps(client, identity, words):
    make_organisation(privacy_note="We keep it for a year.")
    page = Respondent(client, make_survey(FOUR_PAGES, identity=identity)).open("/privacy")

    assert words in page.text
    assert "klant@devries.example" in page.text
    assert "We keep it for a year." in page.text


def test_an_invented_organisation_says_that_it_is(client):
    make_organisation(is_invented=True)

    assert "is an invented company" in Respondent(client, make_survey(FOUR_PAGES)).open().text


def test_the_cookie_is_kept_from_scripts_and_from_other_surveys(survey, client):
    cookie = Respondent(client, survey).open().headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path=/s/{survey.key}" in cookie

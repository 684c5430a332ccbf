"""Signed links: what they say of a respondent, and what is stored of it."""

import pytest
from sqlalchemy import select

from actions.link import make_link
from extensions import db
from models import Response, Survey
from questionnaires.logic import NONE_MET
from tests.factories import make_organisation, make_survey
from tests.questions import FOUR_PAGES
from tests.respondent import Respondent
from vocabulary import Audience, Channel, Identity, Market, Presentation


@pytest.fixture
def survey(app):
    make_organisation()
    return make_survey(FOUR_PAGES, presentation=Presentation.ONE_PAGE)


@pytest.fixture
def paged(client):
    make_organisation()
    return Respondent(client, make_survey(FOUR_PAGES))


def stored() -> Response:
    return db.session.scalars(select(Response)).one()


def answer_by(link: str, client) -> Response:
    """Open a signed link, answer, and give what is stored."""
    path, _, signed = link.removeprefix("http://127.0.0.1:8000").partition("?p=")
    survey = db.session.scalars(select(Survey).where(Survey.key == path[3:])).one()
    respondent = Respondent(client, survey)
    respondent.open(p=signed)
    respondent.send(1, overall="5")
    return stored()


def test_a_signed_link_says_who_answers(survey, client):
    link = make_link(
        survey,
        audience=Audience.EX_CUSTOMER,
        market=Market.B2B,
        channel=Channel.OFFLINE,
        account="A1",
        person="P1",
        attributes={"region": "noord"},
    )
    response = answer_by(link, client)

    assert response.audience is Audience.EX_CUSTOMER
    assert response.market is Market.B2B
    assert response.channel is Channel.OFFLINE
    assert (response.account, response.person) == ("A1", "P1")
    assert response.attributes == {"region": "noord"}


def test_what_a_link_leaves_out_the_survey_and_the_journey_say(survey, client):
    response = answer_by(make_link(survey, person="P1"), client)

    assert (response.audience, response.market) == (Audience.CUSTOMER, Market.B2C)
    assert (response.channel, response.account, response.attributes) == (None, None, {})


def test_who_a_link_is_for_is_not_lost_on_later_pages(paged):
    survey = db.session.scalars(select(Survey)).one()
    paged.open(p=make_link(survey, person="P1").partition("?p=")[2])
    paged.send(1, overall="4")
    paged.send(2, met=[NONE_MET])
    paged.send(4)

    assert stored().person == "P1"


def test_a_link_for_somebody_else_begins_a_new_response(survey, client):
    first, second = (make_link(survey, person=person) for person in ("P1", "P2"))
    for link in (first, second):
        respondent = Respondent(client, survey)
        respondent.open(p=link.partition("?p=")[2])
        respondent.send(1, overall="4")

    assert set(db.session.scalars(select(Response.person))) == {"P1", "P2"}


def test_the_same_link_again_goes_on(paged):
    survey = db.session.scalars(select(Survey)).one()
    signed = make_link(survey, person="P1").partition("?p=")[2]
    paged.open(p=signed)
    paged.send(1, overall="4")

    assert 'name="met"' in paged.open(p=signed).text


@pytest.mark.parametrize("signed", ["{all}x", "x{all}", "", "{half}"])
def test_an_altered_link_gets_a_friendly_page(survey, client, signed):
    whole = make_link(survey, person="P1").partition("?p=")[2]
    page = Respondent(client, survey).open(p=signed.format(all=whole, half=whole[:20]))

    assert page.status_code == 400
    assert "This link does not work" in page.text


def test_a_link_made_for_another_survey_does_not_work(survey, client):
    signed = make_link(make_survey(FOUR_PAGES), person="P1").partition("?p=")[2]

    assert Respondent(client, survey).open(p=signed).status_code == 400


def test_a_pseudonymous_survey_keeps_a_code_for_the_person(client):
    make_organisation()
    survey = make_survey(
        FOUR_PAGES, identity=Identity.PSEUDONYMOUS, presentation=Presentation.ONE_PAGE
    )
    response = answer_by(make_link(survey, person="P1", account="A1"), client)

    assert response.account == "A1"
    assert len(response.person) == 64
    assert "P1" not in response.person


def test_an_anonymous_survey_keeps_no_one_and_no_more_than_a_day(client):
    make_organisation()
    survey = make_survey(FOUR_PAGES, presentation=Presentation.ONE_PAGE)
    link = make_link(survey, person="P1", account="A1")  # from before it was anonymous
    survey.identity = Identity.ANONYMOUS
    db.session.commit()
    response = answer_by(link, client)

    assert (response.person, response.account) == (None, None)
    for moment in (response.started_at, response.answered_at, response.finished_at):
        assert (moment.minute, moment.second, moment.microsecond) == (0, 0, 0)
        assert moment.hour in {22, 23}  # midnight in Amsterdam


def test_a_signed_link_may_choose_the_language(survey, client):
    signed = make_link(survey, language="en").partition("?p=")[2]

    assert '<html lang="en">' in Respondent(client, survey, "nl").open(p=signed).text


def test_the_privacy_page_of_an_anonymous_survey_tells_what_the_link_says(client):
    make_organisation()
    survey = make_survey(FOUR_PAGES, identity=Identity.ANONYMOUS)
    respondent = Respondent(client, survey)
    respondent.open()
    assert "says to which group you belong" not in respondent.open("/privacy").text
    link = make_link(survey, attributes={"region": "<noord>", "branch": "17"})
    respondent.open(p=link.partition("?p=")[2])

    page = respondent.open("/privacy").text

    assert "says to which group you belong" in page
    assert "branch: 17, region: &lt;noord&gt;." in page

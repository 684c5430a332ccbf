"""What cannot be read is refused before anything looks it up."""

from io import BytesIO

import pytest

from tests.factories import make_journey, make_organisation, make_survey, make_user, sign_in_as
from tests.questions import FOUR_PAGES
from tests.respondent import Respondent


@pytest.fixture
def reader(app, client):
    """An administrator's browser."""
    make_organisation(language="en")
    make_journey(key="home")
    sign_in_as(client, make_user())
    return client


@pytest.mark.parametrize(
    "given", [{"month": "\x00"}, {"x\x00": "2026-10"}, {"month": ["a", "\x00"]}]
)
def test_nul_in_a_form_is_refused_with_a_page(reader, given):
    page = reader.post("/journeys/home/summary/test-mails", data=given)

    assert page.status_code == 400
    assert "<h1>" in page.text


def test_nul_in_the_name_of_a_file_is_refused(reader):
    given = {"file": (BytesIO(b"a,b"), "a\x00.csv")}

    assert reader.post("/journeys/home/summary/test-mails", data=given).status_code == 400


def test_a_form_without_it_goes_on(reader):
    page = reader.post("/journeys/home/summary/test-mails", data={"month": "2026-10"})

    assert page.status_code == 404  # nothing was composed


def test_a_respondent_loses_no_answer_for_it(app, client):
    make_organisation()
    respondent = Respondent(client, make_survey(FOUR_PAGES))
    respondent.open()

    assert respondent.send(1, overall="5", remarks="a\x00b").status_code in {200, 303}

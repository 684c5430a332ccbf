"""Telling how many people were asked."""

from extensions import db
from models import Outreach, Survey
from tests.factories import NOON, make_journey, make_survey
from tests.questions import FOUR_PAGES

PAGE = "/journeys/household/outreach"


def send(client, **given):
    key = db.session.query(Survey).filter(Survey.stage == "retention").one().key
    values = {"survey": key, "month": "2026-10", "invited": "400"}
    lost = {"bounced": "0", "refused": "0", "ineligible": "0"}
    return client.post(PAGE, data=values | lost | given)


def test_what_is_told_is_kept_and_listed(client, analyst):
    answer = send(client, bounced="12", refused="3", ineligible="5")

    told = db.session.query(Outreach).one()
    assert answer.status_code == 303
    assert (told.month, told.invited, told.bounced) == ("2026-10", 400, 12)
    assert (told.refused, told.ineligible) == (3, 5)
    page = client.get(PAGE).text
    assert "Kept: Retention, Customers, October 2026." in page


def test_more_lost_than_invited_is_refused_and_what_was_typed_stays(client, analyst):
    answer = send(client, invited="400", bounced="399", refused="2")

    assert answer.status_code == 422
    assert "Together these are more than were invited: 401." in answer.text
    assert 'value="399"' in answer.text
    assert db.session.query(Outreach).count() == 0


def test_what_is_no_number_no_month_or_no_survey_of_this_journey_is_refused(client, analyst):
    foreign = make_survey(FOUR_PAGES, make_journey())

    for wrong in (
        {"invited": "0"},
        {"invited": "many"},
        {"bounced": "-1"},
        {"month": "2026-13"},
        {"month": "1000-01"},
        {"month": "2999-12"},
        {"survey": foreign.key},
    ):
        assert send(client, **wrong).status_code == 422
    assert db.session.query(Outreach).count() == 0


def test_what_was_told_can_be_taken_back_but_not_that_of_another_journey(client, analyst):
    send(client)
    foreign = make_survey(FOUR_PAGES, make_journey())
    row = Outreach(survey_id=foreign.id, month="2026-10", invited=10, told_at=NOON)
    db.session.add(row)
    db.session.commit()
    own = db.session.query(Outreach).filter(Outreach.survey_id != foreign.id).one()

    assert client.post(f"{PAGE}/{row.id}/deletion").status_code == 404
    assert client.post(f"{PAGE}/{own.id}/deletion").status_code == 303
    assert [told.survey_id for told in db.session.query(Outreach)] == [foreign.id]

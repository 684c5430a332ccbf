"""What is shown of the words people wrote."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.projection import project_finished
from actions.retraction import forget_facts
from extensions import db
from models import Response
from tests.factories import NOON, make_organisation, make_user, sign_in_as
from tests.story import tell

PAGE = "/journeys/household/stages/retention/touchpoints/invoice?order=newest"


@pytest.fixture
def reader(app, client):
    """An administrator's browser."""
    make_organisation()
    sign_in_as(client, make_user())
    return client


def first_comment(page):
    return page.split('<ul class="comments">')[1].split("</li>")[0]


def test_what_would_tell_who_wrote_it_is_masked(app, reader):
    tell(app, comment="Slecht. Mail jan@voorbeeld.nl of bel 06-12 34 56 78.")

    page = reader.get(PAGE).text

    assert "Slecht. Mail ••• of bel •••." in page
    assert "jan@voorbeeld.nl" not in page


def test_the_month_and_the_rating_of_one_who_wrote_alone_in_it_are_left_out(app, reader):
    tell(app)
    assert "score" in first_comment(reader.get(PAGE).text)
    assert "2026" in first_comment(reader.get(PAGE).text)
    late = db.session.scalars(select(Response).limit(1)).one()
    late.answered_at = late.finished_at = NOON + timedelta(days=40)
    forget_facts([late.key])
    db.session.commit()
    project_finished(NOON + timedelta(days=40))

    shown = first_comment(reader.get(PAGE).text)

    assert "Vreselijk" in shown
    assert "score" not in shown
    assert "2026" not in shown

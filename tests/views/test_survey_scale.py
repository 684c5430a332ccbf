"""Choosing on which scale a question is answered."""

import pytest
from sqlalchemy import func, select

from actions.journey import plant_journey
from actions.survey import publish_survey
from extensions import db
from models import Version
from questionnaires.shape import shape_of
from questionnaires.value import Questionnaire
from tests.factories import NOON, make_organisation, make_user, sign_in_as
from tests.views.test_survey import SURVEYS, make_survey, stored, texts
from vocabulary import Kind, Market, Role


@pytest.fixture(autouse=True)
def _set_up(client):
    make_organisation(language="en")
    user = make_user(Role.ANALYST)
    plant_journey("cycle", Market.B2C, key="shop", user_id=user.id, now=NOON)
    sign_in_as(client, user)


def test_another_scale_is_chosen_beside_the_words_and_asked_once_published(client):
    publish_survey(make_survey(), NOON)
    page = client.get(f"{SURVEYS}/stay/texts").text
    assert 'name="overall.shape"' in page
    assert 'name="nps.shape"' not in page
    assert '<option selected value="satisfaction-5">Numbers from 1 to 5</option>' in page

    chosen = {"overall.shape": "smileys-3", "rate_invoice.shape": "stars-10"}
    assert client.post(f"{SURVEYS}/stay/texts", data=texts() | chosen).status_code == 303

    draft = Questionnaire.model_validate(stored().draft)
    assert shape_of(draft.question("overall")) == (Kind.SMILEYS, 3, False)
    assert shape_of(draft.question("rate_invoice")) == (Kind.STARS, 10, False)
    assert "scale--smileys" not in client.get("/s/stay").text
    client.post(f"{SURVEYS}/stay/publication")
    assert db.session.scalar(select(func.max(Version.number))) == 2
    page = client.get("/s/stay?lang=en").text
    assert page.count('class="scale__smiley"') == 3
    assert "Neutral" in page


@pytest.mark.parametrize("odd", ["smileys-9", "nps-11", "", "satisfaction-12", "x"])
def test_a_scale_that_is_not_offered_is_refused(client, odd):
    make_survey()
    before = stored().draft
    sent = client.post(f"{SURVEYS}/stay/texts", data=texts() | {"overall.shape": odd})

    assert (sent.status_code, stored().draft) == (422, before)

"""Comments are labelled one by one, and corrected where they are read."""

import re

import pytest

from extensions import db
from models import Correction, Job, Response
from tests.factories import make_membership, make_organisation, make_user, sign_in_as
from tests.story import tell
from vocabulary import Draw, Role, SentimentLabel

PAGE = "/journeys/household/labels"


@pytest.fixture
def journey(app):
    make_organisation(language="en")
    return tell(app, people=12)


def sign_in(client, journey, role=Role.ANALYST):
    user = make_user(role)
    make_membership(user, journey)
    sign_in_as(client, user)
    return user


def shown(page):
    """The hidden fields of the comment that is shown."""
    return dict(re.findall(r'name="(response|question|ticket)"\s+value="([^"]+)"', page))


def corrections():
    db.session.rollback()
    return db.session.query(Correction).all()


def test_a_comment_is_drawn_masked_and_labelled(client, journey):
    user = sign_in(client, journey)
    page = client.get(PAGE).text
    assert "0 comments labelled" in page
    assert "Vreselijk slechte factuur." in page

    said = client.post(PAGE, data=shown(page) | {"label": "negative"}, follow_redirects=True)

    assert "Kept. The next one:" in said.text
    assert "1 comment labelled" in said.text
    (kept,) = corrections()
    assert (kept.label, kept.draw) == (SentimentLabel.NEGATIVE, Draw.RANDOM)
    assert kept.corrected_by_id == user.id


def test_passing_over_keeps_nothing(client, journey):
    sign_in(client, journey)

    page = client.post(PAGE, data=shown(client.get(PAGE).text) | {"label": "pass"})

    assert page.status_code == 303
    assert corrections() == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"label": "wonderful"}, 400),
        ({"label": ""}, 400),
        ({"label": "negative", "response": "nobody"}, 404),
        ({"label": "negative", "question": "overall"}, 404),
        ({"label": "negative", "about": "buy/nothing"}, 400),
        ({"label": "unread"}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_kept(client, journey, changed, status):
    sign_in(client, journey)
    given = shown(client.get(PAGE).text)

    assert client.post(PAGE, data=given | changed).status_code == status
    assert corrections() == []


def test_nobody_calls_a_comment_of_their_choice_drawn_by_chance(client, journey):
    sign_in(client, journey)
    given = shown(client.get(PAGE).text) | {"label": "negative"}
    other = db.session.query(Response.key).filter(Response.key != given["response"]).first()[0]

    client.post(PAGE, data=given | {"response": other})
    client.post(PAGE, data=given | {"ticket": "forged"})

    assert {one.draw for one in corrections()} == {Draw.SEEN}


def test_the_touchpoints_a_comment_is_about_are_kept(client, journey):
    sign_in(client, journey)
    given = shown(client.get(PAGE).text) | {"label": "negative", "about": ["retention/invoice"]}

    client.post(PAGE, data=given)

    assert corrections()[0].touchpoints == ["retention/invoice"]


def test_a_comment_about_none_of_them_is_kept_as_such(client, journey):
    sign_in(client, journey)

    client.post(PAGE, data=shown(client.get(PAGE).text) | {"label": "neutral", "about": ["none"]})

    assert corrections()[0].touchpoints == []


def test_a_correction_leads_back_to_where_the_comment_was_read(client, journey):
    sign_in(client, journey, Role.OWNER)
    key = db.session.query(Response.key).limit(1).scalar()
    question = db.session.execute(db.text("SELECT question FROM sentiment LIMIT 1")).scalar()
    there = "/journeys/household/stages/retention/touchpoints/invoice?order=worst"
    given = {"response": key, "question": question, "label": "positive", "next": there}

    answered = client.post("/journeys/household/corrections", data=given)

    assert (answered.status_code, answered.location) == (303, there)
    assert corrections()[0].label is SentimentLabel.POSITIVE
    client.post("/journeys/household/corrections", data=given | {"label": "reader"})
    assert corrections() == []


def test_a_correction_never_leads_out_of_the_house(client, journey):
    sign_in(client, journey)
    key = db.session.query(Response.key).limit(1).scalar()
    question = db.session.execute(db.text("SELECT question FROM sentiment LIMIT 1")).scalar()
    given = {"response": key, "question": question, "label": "mixed", "next": "//evil.example"}

    answered = client.post("/journeys/household/corrections", data=given)

    assert answered.location.startswith("/journeys/household")


def test_a_training_is_put_for_the_worker(client, journey):
    sign_in(client, journey)

    page = client.post(f"{PAGE}/training", data={"language": "nl"}, follow_redirects=True)

    assert "The training has begun." in page.text
    (job,) = db.session.query(Job).filter_by(kind="train_reader")
    assert job.payload == {"language": "nl"}
    assert client.post(f"{PAGE}/training", data={"language": "xx"}).status_code == 400
    put_away = client.post(f"{PAGE}/retirement", data={"language": "nl"}, follow_redirects=True)
    assert "The reader of Outsidein itself reads again" in put_away.text
    assert client.post(f"{PAGE}/retirement", data={"language": "xx"}).status_code == 400


def test_a_manager_reads_no_comments_here(client, journey):
    sign_in(client, journey, Role.MANAGER)

    assert client.get(PAGE).status_code == 403


def test_with_nothing_to_label_the_page_says_why(client, journey):
    sign_in(client, journey)
    db.session.query(Correction).delete()
    db.session.execute(db.text("UPDATE sentiment SET masked = NULL"))
    db.session.commit()

    assert "There is nothing to label" in client.get(PAGE).text

"""Subscribing in two clicks, and leaving with one."""

import pytest

from actions.subscription import unsubscribe_link
from extensions import db
from models import Subscription
from tests.factories import make_journey, make_membership, make_organisation, make_user, sign_in_as
from tests.summaries import make_subscription
from vocabulary import Role

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(subscription):
    return unsubscribe_link(subscription.id).split("/", 3)[3]


def only():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Subscription).one()


@pytest.fixture
def journey(app):
    make_organisation()
    return make_journey(key="home", name={"nl": "Thuis", "en": "Home"})


@pytest.fixture
def member(journey, client):
    user = make_user(Role.MANAGER)
    make_membership(user, journey)
    sign_in_as(client, user)
    return user


def test_one_button_on_the_summary_subscribes_and_another_ends_it(journey, member, client):
    page = client.get("/journeys/home/summary").text
    assert 'action="/journeys/home/summary/subscription"' in page

    client.post("/journeys/home/summary/subscription", data={"language": "en"})
    assert (only().email, only().user_id, only().language) == (member.email, member.id, "en")
    assert "You get this summary by mail" in client.get("/journeys/home/summary").text

    client.post("/journeys/home/summary/subscription/end")
    assert not only().is_active


def test_an_analyst_adds_and_takes_off_others(journey, client):
    analyst = make_user(Role.ANALYST)
    make_membership(analyst, journey)
    sign_in_as(client, analyst)

    given = {"name": "Jan", "email": "Jan@Elders.example", "language": "nl"}
    added = client.post("/journeys/home/summary/subscriptions", data=given)
    assert (added.status_code, only().email, only().user_id) == (303, "jan@elders.example", None)
    assert "jan@elders.example" in client.get("/journeys/home/summary").text

    client.post(f"/journeys/home/summary/subscriptions/{only().id}/end")
    assert not only().is_active


@pytest.mark.parametrize(
    "given",
    [
        {"email": "no address"},
        {"email": "a@b.example\r\nBcc: c@d.example"},
        {"name": "Jan\nBcc: c@d.example"},
        {"name": "x" * 100_000},
        {"name": "\x07"},
        {"language": "xx"},
    ],
)
def test_what_is_no_reader_is_refused_with_a_word(journey, client, given):
    sign_in_as(client, make_user())
    values = {"name": "Jan", "email": "jan@elders.example", "language": "nl"}

    answer = client.post("/journeys/home/summary/subscriptions", data=values | given)

    assert answer.status_code == 422
    assert 'class="message is-problem"' in answer.text
    assert db.session.query(Subscription).count() == 0


def test_who_declined_cannot_be_added_again(journey, client):
    sign_in_as(client, make_user())
    make_subscription(journey, "jan@elders.example", was_declined=True, ended_at=journey.created_at)

    values = {"name": "Jan", "email": "jan@elders.example", "language": "nl"}
    answer = client.post("/journeys/home/summary/subscriptions", data=values)

    assert answer.status_code == 422
    assert "only they can subscribe again" in answer.text


def test_a_subscription_of_another_journey_is_out_of_reach(journey, client):
    sign_in_as(client, make_user())
    other = make_subscription(make_journey())

    answer = client.post(f"/journeys/home/summary/subscriptions/{other.id}/end")

    assert answer.status_code == 404
    assert only().is_active


def test_looking_at_the_link_a_hundred_times_changes_nothing(journey, client):
    path = path_of(make_subscription(journey))

    for _ in range(100):
        assert client.get(path).status_code == client.head(path).status_code == 200

    assert only().is_active


def test_one_click_of_a_mail_program_ends_it_at_once(app, journey):
    app.config["WTF_CSRF_ENABLED"] = True
    path = path_of(make_subscription(journey))

    answer = app.test_client(use_cookies=False).post(path, data=ONE_CLICK)

    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert (only().is_active, only().was_declined) == (False, True)


def test_the_button_on_the_page_ends_it_too_and_says_so_in_the_language_of_the_mail(
    journey, client
):
    path = path_of(make_subscription(journey, language="nl"))
    assert "Thuis" in client.get(path).text

    answer = client.post(path)

    assert answer.status_code == 200
    assert "els@devries.example" in answer.text
    assert not only().is_active
    assert client.post(path).status_code == 200


def test_who_clicked_by_mistake_comes_back_with_one_click(journey, client):
    path = path_of(make_subscription(journey))
    client.post(path, data=ONE_CLICK)

    assert f'action="/{path}/return"' in client.get(path).text
    client.post(f"{path}/return")

    assert (only().is_active, only().was_declined) == (True, False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_cut_off_ends_nothing_and_says_what_to_do(journey, client, method):
    path = path_of(make_subscription(journey))

    answer = getattr(client, method)(path[:-2], headers={"Accept-Language": "en"})

    assert answer.status_code == 404
    assert "Please open the link at the end of the mail again." in answer.text
    assert only().is_active

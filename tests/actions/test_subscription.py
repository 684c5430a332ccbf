"""Who gets a summary, and how they leave."""

from datetime import timedelta

import pytest

from actions import subscription as actions
from extensions import db
from models import Subscription
from tests.factories import NOON, make_journey, make_user
from tests.summaries import make_subscription

LATER = NOON + timedelta(days=3)


def subscribe(journey, email="Els@DeVries.example ", **given):
    return actions.subscribe(journey.id, email, "Els", "nl", LATER, **given)


def test_an_address_is_on_the_list_once_however_it_is_written(app):
    journey = make_journey()

    first, second = subscribe(journey), subscribe(journey, "els@devries.example")

    assert first.id == second.id
    assert second.email == "els@devries.example"


def test_each_journey_has_a_list_of_its_own(app):
    subscribe(make_journey())
    subscribe(make_journey())

    assert db.session.query(Subscription).count() == 2


def test_who_was_taken_off_can_be_put_on_again(app):
    journey = make_journey()
    subscription = subscribe(journey)
    actions.end_subscription(subscription, LATER)

    assert subscribe(journey).is_active


def test_who_declined_is_not_put_on_again_by_others(app):
    journey = make_journey()
    subscription = subscribe(journey)
    actions.decline(subscription, LATER)

    with pytest.raises(actions.DeclinedError):
        subscribe(journey)

    assert subscription.ended_at == LATER


def test_who_declined_can_come_back_by_themselves(app):
    journey, user = make_journey(), make_user(email="els@devries.example")
    actions.decline(subscribe(journey), LATER)

    assert subscribe(journey, user_id=user.id).is_active


def test_the_address_of_a_colleague_is_theirs_whoever_adds_it(app):
    journey, user = make_journey(), make_user(email="els@devries.example")

    assert subscribe(journey).user_id == user.id
    assert subscribe(journey, "jan@elders.example").user_id is None


def test_ending_twice_keeps_the_first_moment(app):
    subscription = subscribe(make_journey())

    actions.decline(subscription, LATER)
    actions.decline(subscription, LATER + timedelta(days=1))

    assert subscription.ended_at == LATER


def test_the_link_names_its_own_subscription_and_no_other(app):
    app.config["BASE_URL"] = "https://reis.devries.example"
    journey = make_journey()
    els, jan = (make_subscription(journey, f"{name}@devries.example") for name in ("els", "jan"))

    links = [actions.unsubscribe_link(one.id) for one in (els, jan)]
    tokens = [link.removeprefix("https://reis.devries.example/unsubscribe/") for link in links]

    assert [actions.subscription_of(token).id for token in tokens] == [els.id, jan.id]
    forged = tokens[0].split(".")[0] + "." + tokens[1].split(".")[1]
    for token in (forged, tokens[0][:-1], "", "x", "1", tokens[0].swapcase()):
        with pytest.raises(actions.UnknownTokenError):
            actions.subscription_of(token)


def test_a_link_signed_for_something_else_is_no_link(app):
    make_subscription(make_journey())
    from itsdangerous import URLSafeSerializer

    for salt, value in (("other", 1), (actions.SALT, "1"), (actions.SALT, [1]), (actions.SALT, 99)):
        token = URLSafeSerializer(app.config["SECRET_KEY"], salt=salt).dumps(value)
        with pytest.raises(actions.UnknownTokenError):
            actions.subscription_of(token)

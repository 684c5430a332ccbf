"""Improvements are registered before they start; what became of them is looked at afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actions import improvement as act
from actions.journey import plant_journey
from questionnaires.texts import with_texts
from tests.factories import NOON
from tests.improvements import ANNOUNCED, NOW, STARTED, announce, tell_of_invoice
from vocabulary import Market

TOMORROW = NOON.date() + timedelta(days=1)


@pytest.fixture
def journey(app):
    return plant_journey("cycle", Market.B2C, now=NOON, key="household")


def test_what_is_announced_is_kept(app, journey):
    made = announce(app, journey, NOON, starts_on=TOMORROW, controls=("delivery",))

    assert act.improvements_of(journey.id) == [made]
    assert (made.touchpoints, made.controls, made.expected) == (["invoice"], ["delivery"], 12.5)
    assert not act.was_late(made, app.config["TIME_ZONE"])


@pytest.mark.parametrize("days", [0, -1, -400])
def test_what_has_started_is_refused(app, journey, days):
    with pytest.raises(act.AlreadyStartedError):
        announce(app, journey, NOON, starts_on=NOON.date() + timedelta(days=days))

    assert act.improvements_of(journey.id) == []


def test_the_day_is_that_of_the_organisation(app, journey):
    late_evening = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # already the third in Amsterdam

    with pytest.raises(act.AlreadyStartedError):
        announce(app, journey, late_evening, starts_on=date(2026, 11, 3))


def test_a_late_note_is_kept_and_known_as_late(app, journey):
    made = announce(app, journey, NOON, starts_on=NOON.date(), is_late=True)

    assert act.was_late(made, app.config["TIME_ZONE"])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"stage": "moon"}, act.UnknownStageError),
        ({"touchpoints": ("moon",)}, act.UnknownTouchpointError),
        ({"controls": ("moon",)}, act.UnknownTouchpointError),
        ({"touchpoints": ()}, act.NothingToCompareError),
        ({"controls": ("invoice",)}, act.NothingToCompareError),
        ({"expected": 0.0}, act.WrongExpectationError),
        ({"expected": 101.0}, act.WrongExpectationError),
        ({"expected": float("nan")}, act.WrongExpectationError),
    ],
)
def test_what_could_never_be_judged_is_refused(app, journey, given, error):
    with pytest.raises(error):
        announce(app, journey, NOON, **{"starts_on": TOMORROW} | given)


def test_an_improvement_of_every_touchpoint_leaves_nothing_to_compare_with(app, journey):
    every = ("delivery", "invoice", "app", "first_support_call", "after_sales_service")
    every += ("listening", "expectations")

    with pytest.raises(act.NothingToCompareError):
        announce(app, journey, NOON, starts_on=TOMORROW, touchpoints=every)


def test_a_withdrawn_improvement_stays_and_has_no_effect(app, journey):
    made = announce(app, journey, NOON, starts_on=TOMORROW)

    act.withdraw_improvement(made, NOON, app.config["TIME_ZONE"])
    act.withdraw_improvement(made, NOON + timedelta(days=900), app.config["TIME_ZONE"])

    assert made.withdrawn_at == NOON
    assert act.improvements_of(journey.id) == [made]
    assert effects(app, journey, [made]) == {}


def effects(app, journey, improvements):
    return act.effects(improvements, journey, app.config["HOME"], NOW, app.config["TIME_ZONE"])


def test_what_became_of_it_is_found(app):
    journey = tell_of_invoice()
    made = announce(app, journey)

    found = effects(app, journey, [made])[made.id]

    assert found.verdict == "helped"
    assert found.case.amount.n_after == 70
    assert found.case.compared.interval.low > 30


@pytest.mark.parametrize(
    ("text", "verdict"),
    [({}, "helped"), ({"nl": "En de rekening?", "en": "And the bill?"}, "no_proof")],
)
def test_only_a_version_that_asks_otherwise_caps_the_verdict(app, text, verdict):
    def revise(questionnaire):
        return with_texts(questionnaire, {"rate_invoice.text": text} if text else {})

    journey = tell_of_invoice(revise=revise)
    made = announce(app, journey)

    assert effects(app, journey, [made])[made.id].verdict == verdict


def test_the_improvements_of_one_touchpoint_are_those_that_act_on_it(app, journey):
    first = announce(app, journey, NOON, starts_on=TOMORROW)
    announce(app, journey, NOON, starts_on=TOMORROW, touchpoints=("delivery",))

    assert act.improvements_of(journey.id, ("retention", "invoice")) == [first]


def test_a_withdrawn_rival_is_no_rival(app):
    journey = tell_of_invoice()
    made = announce(app, journey)
    rival = announce(app, journey, starts_on=STARTED.date() + timedelta(days=40))

    assert effects(app, journey, [made])[made.id].reason == "overlaps"
    act.withdraw_improvement(rival, ANNOUNCED, app.config["TIME_ZONE"])
    assert effects(app, journey, [made])[made.id].verdict == "helped"


def test_a_late_note_takes_no_verdict_away(app):
    journey = tell_of_invoice()
    made = announce(app, journey)
    announce(app, journey, NOW, starts_on=STARTED.date() + timedelta(days=40), is_late=True)

    assert effects(app, journey, [made])[made.id].verdict == "helped"


def test_what_is_judged_cannot_be_withdrawn(app):
    journey = tell_of_invoice()
    made = announce(app, journey)

    assert act.can_withdraw(made, ANNOUNCED, app.config["TIME_ZONE"])
    with pytest.raises(act.AlreadyJudgedError):
        act.withdraw_improvement(made, NOW, app.config["TIME_ZONE"])
    assert made.withdrawn_at is None

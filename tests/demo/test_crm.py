from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from demo.company import questionnaires
from demo.crm import DRIVEN, LEAVES, tell
from demo.story import tell as answers
from vocabulary import Audience, Happening, Market, Part

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def sittings():
    return list(answers(7, NOW, questionnaires()))


@pytest.fixture(scope="module")
def told(sittings):
    return tell(7, NOW, sittings)


def when(row):
    return datetime.fromisoformat(row["time"])


def whose(row):
    return row["account"] or row["person"]


def test_the_same_seed_tells_the_same_and_nothing_after_now(sittings, told):
    assert tell(7, NOW, sittings) == told
    assert tell(8, NOW, sittings) != told
    assert max(map(when, told.events)) < NOW


def test_every_firm_is_an_account_with_its_persons_and_their_parts(sittings, told):
    firms = {(sitting.account, sitting.person) for sitting in sittings if sitting.account}

    assert {(row["account"], row["person"]) for row in told.accounts} == firms
    assert {row["part"] for row in told.accounts} == {part.value for part in Part}
    assert {row["market"] for row in told.accounts} == {Market.B2B.value}
    names = {(row["account"], row["name"], row["revenue"]) for row in told.accounts}
    assert len(names) == len({row["account"] for row in told.accounts})


def test_events_are_of_those_who_answered_and_of_every_kind(sittings, told):
    assert {whose(row) for row in told.events} <= {
        sitting.account or sitting.person for sitting in sittings
    }
    assert {row["kind"] for row in told.events} == {kind.value for kind in Happening}


def test_nobody_answers_as_a_customer_before_buying_or_after_leaving(sittings, told):
    bought = {whose(row): when(row) for row in told.events if row["kind"] == "customer"}
    left = {whose(row): when(row) for row in told.events if row["kind"] == "churn"}
    customers = [sitting for sitting in sittings if sitting.audience is Audience.CUSTOMER]

    for sitting in customers:
        walker = sitting.account or sitting.person
        assert bought[walker] < sitting.answered_at
        assert left.get(walker, NOW) > sitting.answered_at


def test_who_left_buys_nothing_more(told):
    left = {whose(row): when(row) for row in told.events if row["kind"] == "churn"}

    assert [row for row in told.events if when(row) > left.get(whose(row), NOW)] == []


def test_a_prospect_is_never_won_and_lost(told):
    kinds = Counter(
        (whose(row), row["kind"]) for row in told.events if row["kind"] in {"customer", "lost_deal"}
    )

    assert set(kinds.values()) == {1}
    assert not {walker for walker, kind in kinds if kind == "customer"} & {
        walker for walker, kind in kinds if kind == "lost_deal"
    }


def test_those_whom_the_bill_hurt_leave_more_often_in_the_year_after(sittings, told):
    left = {whose(row): when(row) for row in told.events if row["kind"] == "churn"}
    followed = {True: [], False: []}
    for sitting in sittings:
        rating = sitting.answers.get("rate_invoice")
        is_old = sitting.answered_at < NOW - YEAR
        if sitting.audience is Audience.CUSTOMER and isinstance(rating, int) and is_old:
            gone = left.get(sitting.account or sitting.person, NOW) - sitting.answered_at
            followed[rating < 4].append(gone < YEAR)

    hurt, content = (sum(found) / len(found) for found in (followed[True], followed[False]))
    assert hurt > 2 * content
    assert hurt < DRIVEN * LEAVES
    assert content < 1.5 * LEAVES

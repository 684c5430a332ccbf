from datetime import UTC, datetime, timedelta
from random import Random

from demo.people import MOST, REST, People
from vocabulary import Audience, Market

START = datetime(2025, 1, 1, tzinfo=UTC)


def met(market, n, step):
    people = People(Random(7))
    moments = [START + i * step for i in range(n)]
    return [(people.meet("business", Audience.CUSTOMER, market, at), at) for at in moments]


def test_nobody_is_asked_again_before_they_have_had_rest():
    last: dict[str, datetime] = {}
    again = 0
    for person, at in met(Market.B2B, 800, timedelta(hours=20)):
        if person.key in last:
            again += 1
            assert at - last[person.key] >= REST
        last[person.key] = at

    assert again > 50


def test_a_firm_has_several_people_and_never_too_many():
    firms: dict[str, set[str]] = {}
    for person, _ in met(Market.B2B, 800, timedelta(hours=20)):
        firms.setdefault(person.account, set()).add(person.key)

    sizes = [len(people) for people in firms.values()]
    assert max(sizes) <= MOST
    assert sum(size >= 2 for size in sizes) >= len(sizes) - 1


def test_colleagues_share_a_region_and_each_has_a_role():
    firms: dict[str, set[str]] = {}
    for person, _ in met(Market.B2B, 300, timedelta(hours=20)):
        firms.setdefault(person.account, set()).add(person.attributes["region"])
        assert person.attributes["role"]

    assert all(len(regions) == 1 for regions in firms.values())


def test_a_household_belongs_to_no_account():
    households = {person.key: person for person, _ in met(Market.B2C, 300, timedelta(days=1))}

    assert {person.account for person in households.values()} == {None}
    assert 100 < len(households) < 300

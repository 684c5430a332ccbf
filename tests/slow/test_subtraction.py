"""Nobody learns of one to four people by subtracting any two selections of the demonstration."""

from itertools import combinations

import pytest

from insights.choices import choices
from insights.filters import Filters
from tests.insights.attacker import Attacker, both, periods_of, single_filters

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.mark.parametrize("journey", ["household", "business"])
def test_no_pair_of_selections_differs_by_one_to_four_people(demonstration_facts, journey):
    table = demonstration_facts.table
    attacker = Attacker(table, journey)
    periods = periods_of(list(choices(table, journey).months))
    whole = attacker.told(Filters(journey), periods)
    singles = {each: attacker.told(each, periods) for each in single_filters(table, journey)}
    found = attacker.leaks(whole, whole)
    for told in singles.values():
        found += attacker.leaks(whole, told) + attacker.leaks(told, told)
    n_pairs = 0
    for one, other in combinations(singles, 2):
        pair = both(one, other)
        if pair is None:
            continue
        told = attacker.told(pair, periods[:3])
        n_pairs += 1
        for wider in (whole, singles[one], singles[other]):
            found += attacker.leaks(wider, told)

    assert found == []
    assert n_pairs > 150
    assert any(told.any() for told in whole.values())


@pytest.mark.parametrize("journey", ["household", "business"])
def test_the_attack_finds_what_is_not_protected(demonstration_facts, journey):
    table = demonstration_facts.table
    attacker = Attacker(table, journey)
    month = choices(table, journey).months[-1]
    everybody = attacker.passes(Filters(journey)) & (attacker.rows["month"] == month).to_numpy()
    customers = attacker.passes(Filters(journey, audience="customer")) & everybody

    assert attacker.few(everybody, customers) < 5

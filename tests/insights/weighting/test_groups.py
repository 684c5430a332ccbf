import pandas as pd
import pytest

from insights.weighting.groups import OTHERS, WeightReason, fit_mix, mix_beside_answers
from insights.weighting.mix import Margin
from tests.insights.facts_factory import make_fact, make_facts

AUDIENCES = Margin("audience", (("customer", 0.6), ("ex_customer", 0.1), ("prospect", 0.3)))
REGIONS = Margin("region", (("north", 0.5), ("south", 0.5)))


def test_a_mix_whose_groups_all_answered_is_left_as_it_is():
    there = {"customer": (50, 40), "ex_customer": (9, 9), "prospect": (20, 20)}
    found = fit_mix((AUDIENCES,), [there])

    assert dict(found.mix[0].shares) == pytest.approx(dict(AUDIENCES.shares))
    assert (found.absent, found.has_others, found.reason) == ((), False, None)


def test_a_group_without_answers_is_named_with_its_share():
    found = fit_mix((AUDIENCES,), [{"customer": (50, 40), "ex_customer": (9, 9)}])

    assert found.absent == (("audience", "prospect"),)
    assert found.absent_share == pytest.approx(0.3)
    shares = dict(found.mix[0].shares)
    assert shares == pytest.approx({"customer": 6 / 7, "ex_customer": 1 / 7})


def test_people_the_mix_does_not_name_keep_the_share_they_have():
    found = fit_mix((REGIONS,), [{"north": (60, 60), "south": (20, 20), OTHERS: (20, 20)}])

    assert found.has_others
    assert dict(found.mix[0].shares) == pytest.approx({"north": 0.4, "south": 0.4, OTHERS: 0.2})


@pytest.mark.parametrize(
    ("mix", "groups", "reason"),
    [
        ((), [], WeightReason.NO_MIX),
        ((AUDIENCES,), [{"customer": (50, 40)}], WeightReason.ONE_GROUP),
        ((AUDIENCES,), [{OTHERS: (50, 40)}], WeightReason.ONE_GROUP),
        (
            (AUDIENCES,),
            [{"customer": (50, 40), "prospect": (8, 4)}],
            WeightReason.TOO_FEW_OF_A_GROUP,
        ),
        ((REGIONS,), [{"north": (50, 50), "south": (9, 9), OTHERS: (1, 1)}], "too_few_of_a_group"),
    ],
)
def test_what_cannot_be_weighted_has_a_reason(mix, groups, reason):
    assert fit_mix(mix, groups).reason == reason


def test_a_property_of_which_one_group_answered_drops_out():
    found = fit_mix(
        (AUDIENCES, REGIONS), [{"customer": (50, 50)}, {"north": (25, 25), "south": (25, 25)}]
    )

    assert [margin.dimension for margin in found.mix] == ["region"]
    assert found.absent == (("audience", "ex_customer"), ("audience", "prospect"))


def test_the_mix_stands_beside_the_persons_who_answered():
    facts = [make_fact(n, audience="customer", person=f"p{n % 30}") for n in range(60)]
    facts += [make_fact(100 + n, audience="prospect") for n in range(10)]
    found = mix_beside_answers(make_facts(facts), AUDIENCES).set_index("value")

    assert found["known"].to_dict() == dict(AUDIENCES.shares)
    assert found["answered"].to_dict() == {"customer": 0.75, "ex_customer": 0, "prospect": 0.25}


def test_a_group_of_fewer_than_five_is_not_told_nor_the_one_it_follows_from():
    facts = [make_fact(n, audience="customer") for n in range(60)]
    facts += [make_fact(100 + n, audience="ex_customer") for n in range(4)]
    facts += [make_fact(200 + n, audience="prospect") for n in range(10)]
    found = mix_beside_answers(make_facts(facts), AUDIENCES).set_index("value")

    assert found["shown"].to_dict() == {"customer": True, "ex_customer": False, "prospect": False}
    assert pd.isna(found.loc["prospect", "answered"])

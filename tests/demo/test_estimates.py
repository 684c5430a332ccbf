"""What the invented colleagues believe: wrong about the bill, right on average elsewhere."""

from statistics import mean

import pytest

from demo.company import PLANS
from demo.estimates import PEOPLE, sheets, usual_rating
from questionnaires.template import template
from vocabulary import Market


def places_of(plan):
    return [
        (stage.key, touchpoint.key)
        for stage in template(plan.template, plan.market).stages
        for touchpoint in stage.touchpoints
    ]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_nine_colleagues_overrate_the_bill_and_nothing_else(plan):
    told = sheets(7, places_of(plan), plan.market)

    assert len(told) == len(PEOPLE) == 9
    off = {}
    for stage, touchpoint in places_of(plan):
        given = mean(sheet.points[f"{stage}/{touchpoint}"] for sheet in told)
        off[touchpoint] = given - usual_rating(stage, touchpoint, plan.market)
    assert off.pop("invoice") > 1.0
    assert max(abs(gap) for gap in off.values()) < 0.75
    assert abs(mean(off.values())) < 0.15


def test_the_same_seed_tells_the_same():
    places = places_of(PLANS[0])

    assert sheets(7, places, Market.B2C) == sheets(7, places, Market.B2C)
    assert sheets(7, places, Market.B2C) != sheets(8, places, Market.B2C)

from datetime import UTC, date, datetime

from demo.company import PLANS
from demo.improvements import IMPROVEMENTS
from demo.months import closed_months
from demo.plot import REPAIRED, touch
from questionnaires.template import template

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_each_improves_a_touchpoint_that_its_stage_has():
    known = {
        (plan.key, stage.key, touchpoint.key)
        for plan in PLANS
        for stage in template(plan.template, plan.market).stages
        for touchpoint in stage.touchpoints
    }

    assert {(each.journey, each.stage, each.touchpoint) for each in IMPROVEMENTS} <= known


def test_the_repairs_begin_in_the_month_in_which_the_story_repairs():
    repaired = [each for each in IMPROVEMENTS if touch(each.touchpoint).turned == REPAIRED]

    assert [each.months_ago for each in repaired] == [REPAIRED, REPAIRED]
    year, month = closed_months(NOW)[-REPAIRED]
    assert {each.starts_on(NOW) for each in repaired} == {date(year, month, 1)}


def test_each_was_announced_before_it_started_and_before_today():
    for each in IMPROVEMENTS:
        assert each.announced_at(NOW).date() < each.starts_on(NOW)
        assert each.announced_at(NOW) < NOW

"""What is said of how people go through a journey."""

import pytest
from flask_babel import force_locale

from insights.flow.steps import Reason
from models import Stage
from wording import flow as flow_words

STAGES = [Stage(key=key) for key in ("see", "buy", "use", "renew", "leave")]
FLOW = {"has_events": False}


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


def step(stage, share, within):
    ends = {"low": share - 0.05, "high": share + 0.05, "days": None}
    names = {"stage": stage, "name": stage.capitalize(), "shown": within is not None}
    return names | ends | {"share": share, "n": 40, "within": within}


def lead(*steps):
    for one, stage in zip(STAGES, ("lead", "customer", "goal", "again", "end"), strict=True):
        one.leads_from, one.leads_to = "from", stage
    return flow_words.lead(FLOW | {"steps": steps}, STAGES)


def test_the_fewest_are_named_where_all_were_followed_as_long():
    said = lead(step("see", 0.5, 365), step("buy", 0.3, 365))

    assert said.startswith(
        "Of the stages that lead on, fewest go on from Buy: 30% of the 40 who were followed, "
        "within a year"
    )


def test_a_stage_that_was_followed_for_a_month_is_not_called_the_one_with_fewest():
    said = lead(step("see", 0.5, 365), step("buy", 0.3, 365), step("use", 0.1, 30))

    assert said.startswith("Of the stages that could be followed for a year, fewest go on from Buy")
    assert "Use" not in said


def test_the_longest_time_that_two_stages_have_in_common_is_compared():
    steps = [step("see", 0.5, 365), *(step(name, 0.2, 90) for name in ("buy", "use"))]

    assert "could be followed for 90 days, fewest go on from Buy" in lead(*steps)


def test_without_two_that_were_followed_as_long_none_has_the_fewest():
    said = lead(step("see", 0.5, 365), step("buy", 0.1, 30))

    assert "ewest go on from See" not in said
    assert "ewest go on from Buy" not in said
    assert said.startswith("From which stage fewest go on cannot be said")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_words(reason):
    assert flow_words.why(reason) != "–"

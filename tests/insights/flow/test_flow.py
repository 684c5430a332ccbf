import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from insights.flow.flow import flow_content, journey_flow
from insights.flow.walks import Leg
from tests.insights.facts_factory import make_facts, make_response

START = datetime(2024, 1, 15, 12, tzinfo=UTC)
LEGS = [Leg("order", "lead", "customer"), Leg("use", "customer", "customer")]


def story(people=80):
    """Customers of whom those hurt by the bill leave; and prospects, half of whom buy."""
    facts, events = [], []
    for i in range(people):
        is_hurt = i % 2 == 0
        facts += make_response(
            i, 3 + i % 3, {"bill": 1 if is_hurt else 5, "app": 2 + i % 4}, stage="use",
            person=f"c{i}", answered_at=START,
        )  # fmt: skip
        if i % (3 if is_hurt else 16) == 0:
            events.append((f"c{i}", None, "churn", START + timedelta(days=100 + i)))
        facts += make_response(
            1000 + i, 2 + i // 2 % 4, person=f"p{i}", audience="prospect", answered_at=START
        )
        if i % 2:
            events.append((f"p{i}", None, "customer", START + timedelta(days=20 + i)))
    return facts, [*events, ("else", None, "lead", START + timedelta(days=500))]


def test_all_differences_of_the_page_are_judged_together():
    facts, events = story()
    flow = journey_flow(make_facts(facts), LEGS, events)

    frames = (flow.steps, flow.survivors, flow.outcomes)
    p = np.concatenate([frame["p"].to_numpy(float) for frame in frames])
    adjusted = np.concatenate([frame["p_adjusted"].to_numpy(float) for frame in frames])
    is_tested = ~np.isnan(p)
    assert is_tested.sum() >= 4
    expected = multipletests(p[is_tested], method="fdr_bh")[1]
    assert np.allclose(adjusted[is_tested], expected)
    assert np.isnan(adjusted[~is_tested]).all()


def test_the_story_is_found_and_nothing_else():
    facts, events = story()
    flow = journey_flow(make_facts(facts), LEGS, events)

    proven = flow.outcomes[flow.outcomes["is_proven"]]
    assert proven[["touchpoint", "outcome"]].values.tolist() == [["bill", "churn"]]
    assert not flow.steps["is_proven"].any()
    assert flow.unknown == ("repeat_purchase", "cross_sale", "up_sale", "referral")
    assert flow.known_until == START + timedelta(days=500)


def test_plain_values_hold_no_nan_and_no_count_below_five():
    facts, events = story()
    facts += [fact for i in range(3) for fact in make_response(5000 + i)]
    content = flow_content(journey_flow(make_facts(facts), LEGS, events))

    assert content["n_untraced"] is None
    assert content["n_walkers"] == 160
    values = [value for table in ("steps", "survivors", "outcomes", "moves")
              for row in content[table] for value in row.values()]  # fmt: skip
    assert not any(isinstance(value, float) and math.isnan(value) for value in values)


@pytest.mark.parametrize(
    "facts",
    [
        [],
        make_response(1),
        make_response(1, person="ann"),
        [fact for i in range(40) for fact in make_response(i, 3, {"bill": 3}, person=f"p{i}")],
        [fact for i in range(40) for fact in make_response(i, 3, {"bill": 3}, account="one")],
        [fact for i in range(40) for fact in make_response(i, None, {"bill": "met_unrated"})],
    ],
)
@pytest.mark.parametrize("has_events", [False, True])
def test_bad_input_gives_reasons_and_never_fails(facts, has_events):
    events = [("ann", None, "churn", START), (None, "one", "customer", START)] * has_events
    content = flow_content(journey_flow(make_facts(facts), LEGS, events))

    assert content["has_events"] is has_events
    assert not any(row["shown"] for row in content["outcomes"])
    assert all(row["reason"] for row in content["steps"] if not row["shown"])

"""What must hold for every insight of the engine, whatever the facts."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.comments.sentiment_scores import sentiment_scores
from insights.comparing.changes import Period, changes
from insights.distribution import distribution
from insights.scales.own_figures import own_figures
from insights.scores import breakdown, stage_scores, touchpoint_scores
from insights.trends.trends import stage_trends
from tests.insights.facts_factory import make_fact, make_facts, make_response

INSIGHTS = {
    "stages": stage_scores,
    "touchpoints": touchpoint_scores,
    "months": stage_trends,
    "figures": own_figures,
    "sentiment": sentiment_scores,
    "distribution": lambda table: distribution(table, "order", "shop"),
    "audiences": lambda table: breakdown(table, "audience"),
    "changes": lambda table: changes(
        table, Period("2026-09", "2026-09"), Period("2026-10", "2026-10")
    ),
}

SHARES = ["score", "mean", "value", "share", "reach", "positive", "neutral", "negative", "change"]

responses = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from([1, 3, 5, "met_unrated", "not_met", "skipped"]),
        st.integers(0, 10),
        st.sampled_from([-0.6, 0.0, 0.07, 0.8]),
        st.sampled_from(["2026-09", "2026-10"]),
        st.sampled_from(["customer", "prospect"]),
        st.sampled_from([None, "a", "b", "c", "d", "e", "f"]),
    ),
    min_size=1,
    max_size=25,
)


def facts_of(rows, start=0):
    facts = []
    for number, (overall, rating, nps, polarity, month, audience, account) in enumerate(
        rows, start
    ):
        given = {"month": month, "audience": audience, "account": account}
        facts += make_response(number, overall, {"shop": rating}, **given)
        facts.append(make_fact(number, metric="nps", value=nps, **given))
        facts.append(make_fact(number, metric="sentiment", value=polarity, **given))
    return facts


@pytest.mark.parametrize("name", INSIGHTS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=responses, random=st.randoms())
def test_the_order_of_facts_is_irrelevant(name, rows, random):
    facts = facts_of(rows)
    found = INSIGHTS[name](make_facts(facts))
    again = INSIGHTS[name](make_facts(random.sample(facts, len(facts))))

    pd.testing.assert_frame_equal(found, again)


@pytest.mark.parametrize("name", INSIGHTS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=responses)
def test_twice_as_many_alike_change_no_share_and_no_score(name, rows):
    # Six of each, so that in neither case anything is too few to show.
    once = [fact for copy in range(6) for fact in facts_of(rows, 1000 * copy)]
    twice = [*once, *(fact for copy in range(6, 12) for fact in facts_of(rows, 1000 * copy))]
    found, doubled = (INSIGHTS[name](make_facts(facts)) for facts in (once, twice))
    columns = [column for column in SHARES if column in found]

    assert columns
    pd.testing.assert_frame_equal(found[columns], doubled[columns])
    if "n" in found:
        assert (doubled["n"] == 2 * found["n"]).all()

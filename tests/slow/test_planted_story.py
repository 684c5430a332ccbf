"""What was planted in the demonstration is found in its month, and nothing else is claimed."""

import pytest

from insights.choices import choices
from insights.comparing.month_changes import month_changes
from insights.filters import Filters
from insights.months import YEAR

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

BROKEN, REPAIRED = "2026-03", "2026-06"
PLANTED = {
    "household": {
        BROKEN: {("retention", "invoice", "fell"), ("retention", None, "fell")},
        REPAIRED: {("decision", "purchase_process", "rose"), ("decision", None, "rose")},
    },
    "business": {
        BROKEN: {("repeat_purchase", "invoice", "fell"), ("repeat_purchase", None, "fell")},
        REPAIRED: {("activate", "quotation", "rose"), ("activate", None, "rose")},
    },
}


@pytest.mark.parametrize("journey", PLANTED)
def test_each_month_reports_what_was_planted_in_it_and_nothing_else(demonstration_facts, journey):
    facts = demonstration_facts
    months = choices(facts.table, journey).months
    table = facts.tell(facts.table, Filters(journey), by_month=True)
    planted, claimed = PLANTED[journey], {}

    for month in months[YEAR:]:
        found = month_changes(table, month)
        claimed[month] = {
            (row["stage"], row["touchpoint"] or None, "fell" if row["change"] < 0 else "rose")
            for row in found[found["is_proven"]].fillna({"touchpoint": ""}).to_dict("records")
        }

    assert len(claimed) == YEAR
    for month, changes in claimed.items():
        assert changes <= planted.get(month, set()), month
    for month, changes in planted.items():
        touchpoints = {change for change in changes if change[1]}
        assert touchpoints <= claimed[month], month
    assert any(None in change for month in planted for change in claimed[month])

"""A month and those before it, judged together."""

import pandas as pd

from insights.comparing.changes import Period
from insights.comparing.month_changes import month_changes, year_changes
from tests.insights.comparing.test_changes import month_of
from tests.insights.facts_factory import make_facts


def a_year():
    """Five months of sixty answers, of which the third fell."""
    values = {"06": [4, 5], "07": [4, 5], "08": [2, 3], "09": [2, 3], "10": [2, 3]}
    facts = [
        fact
        for month, answers in values.items()
        for fact in month_of(
            Period(f"2026-{month}", f"2026-{month}"), 100 * int(month), answers * 30
        )
    ]
    return make_facts(facts)


def test_what_changed_earlier_in_the_year_is_found_in_its_month():
    every = year_changes(a_year(), "2026-10")

    proven = every[every["is_proven"]]
    assert proven["month"].tolist() == ["2026-08", "2026-08"]
    assert proven["change"].tolist() == [-50.0, -50.0]
    assert every["month"].drop_duplicates().tolist() == ["2026-10", "2026-09", "2026-08", "2026-07"]


def test_the_last_month_is_judged_as_among_all_of_them():
    table = a_year()
    last, every = month_changes(table, "2026-08"), year_changes(table, "2026-08")

    kept = every[every["month"] == "2026-08"].drop(columns="month").reset_index(drop=True)
    pd.testing.assert_frame_equal(last, kept)
    assert last["is_proven"].all()

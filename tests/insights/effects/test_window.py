from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from insights.effects.window import window
from insights.months import months_before

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(-30, 30))
def test_before_and_after_never_share_a_month_and_after_is_closed(starts_on, late):
    last = months_before(f"{starts_on:%Y-%m}", late)
    found = window(starts_on, last)

    assert found.before.last < found.first_after
    assert found.before.last <= last
    if found.after:
        assert found.after.first == found.first_after <= found.after.last <= last
        assert 1 <= found.n_months_after <= 12


def test_a_start_on_the_first_loses_no_month():
    found = window(date(2026, 2, 1), "2026-08")

    assert (found.before, found.after) == (("2025-02", "2026-01"), ("2026-02", "2026-08"))


def test_months_after_a_year_no_longer_count():
    found = window(date(2025, 2, 1), "2026-08")

    assert found.after == ("2025-02", "2026-01")
    assert found.is_over

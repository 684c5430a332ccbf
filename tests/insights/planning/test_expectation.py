import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.months import months_from
from insights.planning.expectation import FURTHEST, expected_month


@pytest.mark.parametrize(
    ("missing", "monthly", "expected"),
    [
        (23, 6, "2027-02"),  # 24 in four months
        (1, 6, "2026-11"),
        (12, 1.2, "2027-08"),  # ten months, though 12 / 1.2 is a hair more in a machine
        (0, 6, "2026-10"),
        (-3, 0, "2026-10"),
        (5, 0, None),
        (24, 1, "2028-10"),  # two years, as for all that is planned
        (25, 1, None),
        (10**9, 1e-300, None),
    ],
)
def test_what_is_missing_comes_in_at_the_present_rate_or_nothing_is_said(
    missing, monthly, expected
):
    assert expected_month(missing, monthly, "2026-10") == expected


@pytest.mark.parametrize("monthly", [-1, float("nan"), float("inf")])
def test_a_rate_that_is_no_rate_is_refused(monthly):
    with pytest.raises(ValueError, match="monthly"):
        expected_month(3, monthly, "2026-10")


@given(st.integers(1, 5000), st.integers(1, 500))
def test_by_that_month_enough_has_come_in_and_the_month_before_not_yet(missing, monthly):
    found = expected_month(missing, monthly, "2026-10")

    if found is None:
        assert missing > FURTHEST * monthly
    else:
        ahead = len(months_from("2026-10", found)) - 1
        assert (ahead - 1) * monthly < missing <= ahead * monthly

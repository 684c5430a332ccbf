from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.months import closed_months, moment, spread
from vocabulary import Market

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_the_month_of_now_is_not_told():
    months = closed_months(datetime(2026, 11, 20, tzinfo=UTC))

    assert len(months) == 24
    assert (months[0], months[-1]) == ((2024, 11), (2026, 10))


def test_months_end_where_the_company_is():
    half_past_midnight_there = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)

    assert closed_months(half_past_midnight_there)[-1] == (2026, 10)


@given(st.integers(0, 20_000), st.integers(2020, 2040), st.integers(1, 12))
def test_the_counts_of_the_months_add_up(responses, year, month):
    counts = spread(responses, closed_months(datetime(year, month, 1, tzinfo=UTC)))

    assert sum(counts) == responses
    assert min(counts) >= 0


@given(st.integers(), st.integers(2020, 2040), st.integers(1, 12), st.sampled_from(Market))
def test_a_moment_lies_in_its_month_and_firms_answer_on_working_days(seed, year, month, market):
    local = moment(Random(seed), (year, month), market).astimezone(AMSTERDAM)

    assert (local.year, local.month) == (year, month)
    if market is Market.B2B:
        assert local.weekday() < 5
        assert 8 <= local.hour < 18


@pytest.mark.parametrize("responses", [6_000])
def test_summer_is_quieter_and_the_company_grows(responses):
    months = closed_months(datetime(2026, 11, 20, tzinfo=UTC))
    counts = dict(zip(months, spread(responses, months), strict=True))

    assert counts[2026, 7] < counts[2026, 6]
    assert counts[2026, 10] > counts[2025, 10]

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.weighting.mix import Margin
from insights.weighting.raking import MOST, rake
from tests.insights.reference import truth

AUDIENCE = Margin("audience", (("customer", 0.5), ("prospect", 0.3), ("ex_customer", 0.2)))
MARKET = Margin("market", (("b2b", 0.25), ("b2c", 0.75)))


def test_factors_are_those_of_r():
    schools = truth("raking_apiclus1_R_survey")
    kinds = Margin("stype", (("E", 4421 / 6194), ("H", 755 / 6194), ("M", 1018 / 6194)))
    wide = Margin("sch.wide", (("No", 1072 / 6194), ("Yes", 5122 / 6194)))

    found = rake(
        np.ones(len(schools)),
        [schools["stype"], schools["sch.wide"]],
        (kinds, wide),
        start=schools["pw"],
    )

    expected = schools["raked"] / schools["raked"].mean()
    assert found.factors == pytest.approx(expected, abs=3e-10)
    assert not found.is_capped
    mean = np.average(schools["api00"], weights=found.factors)
    assert mean == pytest.approx(641.2303209268, abs=1e-6)


cells = st.lists(
    st.tuples(
        st.integers(1, 300),
        st.sampled_from([value for value, _ in AUDIENCE.shares]),
        st.sampled_from([value for value, _ in MARKET.shares]),
    ),
    min_size=6,
    max_size=6,
    unique_by=lambda cell: cell[1:],
)


@given(cells)
def test_every_property_has_its_shares_unless_somebody_would_count_for_too_much(given_cells):
    counts, audiences, markets = zip(*given_cells, strict=True)

    found = rake(counts, [audiences, markets], (AUDIENCE, MARKET))

    held = found.factors * np.array(counts)
    assert held.sum() == pytest.approx(sum(counts))
    assert (found.factors > 0).all()
    if not found.is_capped:
        for of, margin in ((audiences, AUDIENCE), (markets, MARKET)):
            for value, share in margin.shares:
                own = held[[name == value for name in of]].sum()
                assert own / held.sum() == pytest.approx(share, abs=1e-9)


def test_nobody_counts_for_more_than_five_times_the_median():
    mix = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)

    found = rake([990, 10], [["customer", "prospect"]], mix)

    assert found.is_capped
    assert found.factors[1] / found.factors[0] == pytest.approx(MOST)


def test_a_group_without_answers_takes_no_part():
    found = rake([60, 40], [["customer", "prospect"]], (AUDIENCE,))

    assert (found.factors * [60, 40]).tolist() == pytest.approx([62.5, 37.5])


@pytest.mark.parametrize(
    ("counts", "groups"), [([5], ["stranger"]), ([0], ["customer"]), ([np.inf], ["customer"])]
)
def test_what_cannot_be_weighted_is_said(counts, groups):
    with pytest.raises(ValueError, match=r"mix|counts"):
        rake(counts, [groups], (AUDIENCE,))

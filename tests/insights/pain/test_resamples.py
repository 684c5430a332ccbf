"""Groups of accounts and raking cells against the exact bootstrap, which draws every account."""

import json

import numpy as np
import pytest
from scipy.optimize import nnls

from insights.pain.content import pain_content
from insights.pain.design import Extra, make_design, residuals
from insights.pain.pain import pain
from insights.pain.resamples import Sampling, resample
from insights.pain.weights import Cells
from insights.weighting.mix import Margin
from insights.weighting.raking import rake
from tests.insights.reference import TOUCHPOINTS, toy_answers

N, ACCOUNTS = 20_000, 5_000
MIX = (
    Margin("audience", (("customer", 0.4), ("prospect", 0.6))),
    Margin("market", (("b2b", 0.5), ("b2c", 0.5))),
)
NAMES = tuple(
    (audience, market) for audience in ("customer", "prospect") for market in ("b2b", "b2c")
)


@pytest.fixture(scope="module")
def survey():
    """20,000 answers of 5,000 accounts of unequal size, whose opinions are alike; four cells."""
    random = np.random.default_rng(11)
    account = np.sort(np.r_[np.arange(ACCOUNTS), random.integers(0, ACCOUNTS // 2, N - ACCOUNTS)])
    mood = random.normal(0, 0.6, ACCOUNTS)[account][:, None] + random.normal(0, 0.8, (N, 3))
    ratings = 25.0 * np.clip(np.round(3 + mood), 0, 4)
    ratings[random.random((N, 3)) < [0.1, 0.4, 0.7]] = np.nan
    lost = np.nan_to_num(np.maximum(75 - ratings, 0)) @ [0.3, 0.4, 0.1]
    cell = (random.random(N) < 0.3) * 2 + (account % 5 < 1)
    y = 80 - lost + 8 * random.normal(0, 1, ACCOUNTS)[account] + random.normal(0, 12, N)
    return y - 5 * (cell == 3), ratings, account, cell


def exact(survey, times, is_raked):
    """Draw each account for itself, weight anew and fit: by hand, from the accounts' own sums."""
    y, ratings, account, cell = survey
    design = make_design(y, ratings, 75.0)
    columns = np.column_stack([design.held, design.shortfalls, y])
    size, p = columns.shape[1], design.n_held
    sums = np.zeros((ACCOUNTS, len(NAMES), size, size))
    np.add.at(sums, (account, cell), columns[:, :, None] * columns[:, None, :])
    groups = list(zip(*NAMES, strict=True))
    random, pains = np.random.default_rng(5), []
    for _ in range(times):
        drawn = np.bincount(random.integers(0, ACCOUNTS, ACCOUNTS), minlength=ACCOUNTS)
        per_cell = np.tensordot(drawn, sums, 1)
        if is_raked:
            counts = np.bincount(cell, drawn[account])
            per_cell = per_cell * rake(counts, groups, MIX).factors[:, None, None]
        products = per_cell.sum(axis=0)
        triangle = np.linalg.cholesky(products).T
        left = residuals(triangle[:, :p], triangle[:, p:])
        slopes = nnls(-left[:, :-1], left[:, -1])[0]
        pains.append(slopes * products[0, p:-1] / products[0, 0])
    return np.array(pains)


def grouped(survey, seed, is_raked, groups):
    y, ratings, account, cell = survey
    if not is_raked:
        return resample(make_design(y, ratings, 75.0), Sampling(account), 1000, seed, groups).pains
    factors = rake(np.bincount(cell), list(zip(*NAMES, strict=True)), MIX).factors
    design = make_design(y, ratings, 75.0, Extra(factors[cell]))
    sampling = Sampling(account, MIX, Cells(cell, NAMES), np.ones(N))
    return resample(design, sampling, 1000, seed, groups).pains


@pytest.mark.parametrize("is_raked", [False, True], ids=["plain", "raked"])
def test_groups_of_accounts_give_the_interval_of_the_exact_bootstrap(survey, is_raked):
    pains = exact(survey, 400, is_raked)
    ends = np.quantile(pains, [0.025, 0.975], axis=0)
    spread = pains.std(axis=0)
    found = [grouped(survey, seed, is_raked, 2000) for seed in range(6)]
    together = np.concatenate(found)

    # The ends of 400 resamples are known to some 0.13 of the spread, twice that is chance.
    difference = np.quantile(together, [0.025, 0.975], axis=0) - ends
    assert np.abs(difference / spread).max() < 0.27
    assert together.mean(axis=0) == pytest.approx(pains.mean(axis=0), abs=0.1 * spread.min())
    assert np.mean([one.std(axis=0) for one in found], axis=0) == pytest.approx(spread, rel=0.08)


def test_two_hundred_groups_are_wider_or_narrower_by_chance_alone(survey):
    spreads = [grouped(survey, seed, False, 200).std(axis=0) for seed in range(12)]
    many = grouped(survey, 1, False, 2000).std(axis=0)

    assert np.mean(spreads, axis=0) == pytest.approx(many, rel=0.06)
    assert np.std(spreads, axis=0) == pytest.approx(
        many * 0.055, rel=0.8
    )  # 1 / sqrt(2 x 199), and more


def test_weighting_anew_is_what_the_interval_holds(survey):
    again = grouped(survey, 1, True, 2000).std(axis=0)
    y, ratings, account, cell = survey
    factors = rake(np.bincount(cell), list(zip(*NAMES, strict=True)), MIX).factors
    design = make_design(y, ratings, 75.0, Extra(factors[cell]))
    once = resample(design, Sampling(account, begun=factors[cell]), 1000, 1).pains.std(axis=0)

    assert (again != once).all()
    assert again == pytest.approx(once, rel=0.15)


def test_the_same_seed_gives_the_same_bytes():
    def told():
        return json.dumps(pain_content(pain(toy_answers(), TOUCHPOINTS)))

    assert told() == told()


def test_an_account_without_a_cell_of_the_mix_is_drawn_like_any_other():
    account = np.repeat(np.arange(40), 5)
    random = np.random.default_rng(1)
    ratings = random.choice([0.0, 25.0, 50.0, 75.0, 100.0], (200, 1))
    y = 80 - 0.3 * np.maximum(75 - ratings[:, 0], 0) + random.normal(0, 5, 200)
    cell = np.where(account < 3, 1, 0)  # a resample may well have no prospect at all
    mix = (Margin("audience", (("customer", 0.9), ("prospect", 0.1))),)
    sampling = Sampling(account, mix, Cells(cell, (("customer",), ("prospect",))), np.ones(200))

    found = resample(make_design(y, ratings, 75.0), sampling, 500, seed=2)

    assert np.isfinite(found.pains).all()
    assert found.pains.mean() == pytest.approx(0.3 * np.maximum(75 - ratings, 0).mean(), rel=0.1)

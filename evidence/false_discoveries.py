"""Of the differences that a comparison calls proven, how many are chance?"""

from typing import NamedTuple

import numpy as np

from evidence.figure import Figure, Table
from evidence.surveys import many
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted, difference, paired_sums

SEED = 20261109
RUNS = 600
CELLS = 40
ACCOUNTS = (20, 60)
"""Accounts of a comparison; a third of them answer on both sides."""

PER_ACCOUNT = 3.0
TRUE = 12.0  # points that a true difference is
DIFFERING = {"none differs": 0, "a quarter differs": 10}
"""How many cells truly differ, by what is said of it."""

SPREAD = 25.0  # points, of what persons answer
ICC = 0.3  # share of that variance which an account has in common
ALIKE = 0.5  # share of it, of accounts and of persons, that all cells have in common

ABOUT = f"""
{RUNS} comparisons each of {CELLS} touchpoints, with 20 and with 60 accounts, some three answers of
an account to each side, a third of the accounts on both sides. Half of the variance of an answer is
common to all touchpoints; answers of an account correlate at {ICC}. They are rounded to 0, 25, 50,
75 and 100. A true difference is one of {TRUE:.0f} points. Counted: the share of the differences
called proven that are none, averaged over comparisons (0 where nothing is called proven), and how
many of the true ones are found.
"""


class Found(NamedTuple):
    """Of one comparison: the share of false ones among those called proven, and true ones found."""

    false: float
    found: int


def look(size: int, run: int) -> Found:
    """Look at one comparison; ``size`` is how many accounts, and how many cells differ."""
    accounts, differing = divmod(size, 1_000)
    random = np.random.default_rng([SEED, size, run])
    sides = _answers(accounts, differing, random)
    p = [difference(paired_sums(*_sums(sides, accounts, cell))).p for cell in range(CELLS)]
    proven = adjusted(p) <= FALSE_DISCOVERIES
    wrong, right = int(proven[differing:].sum()), int(proven[:differing].sum())
    return Found(wrong / max(wrong + right, 1), right)


def measure(effort: float = 1.0) -> Table:
    """Measure for either number of accounts, with and without true differences."""
    figures: list[Figure] = []
    for accounts in ACCOUNTS:
        for said, differing in DIFFERING.items():
            looks = many(look, 1_000 * accounts + differing, max(round(RUNS * effort), 2))
            wrong = np.array([one.false for one in looks])
            what = f"{accounts} accounts, {said}"
            error = float(wrong.std(ddof=1)) / len(wrong) ** 0.5
            mean = float(wrong.mean())
            bound = FALSE_DISCOVERIES
            figures.append(Figure(f"{what}: false", mean, error, bound, n=len(wrong)))
            if differing:
                found = np.array([one.found for one in looks]) / differing
                error = float(found.std(ddof=1)) / len(found) ** 0.5
                figures.append(Figure(f"{what}: found", float(found.mean()), error, n=len(found)))
    return Table("How many proven differences are chance", ABOUT, figures)


Side = tuple[np.ndarray, np.ndarray]
"""Of each answer of a side the account, and its scores per cell."""


def _answers(accounts: int, differing: int, random: np.random.Generator) -> tuple[Side, Side]:
    """Invent the answers of both sides."""
    level = _normal(accounts, random)
    groups = np.arange(accounts) % 3  # on side A, on side B, on both
    sides = []
    for side in (0, 1):
        mine = np.flatnonzero(groups != 1 - side)
        account = np.repeat(mine, 1 + random.poisson(PER_ACCOUNT - 1, mine.size))
        opinion = np.sqrt(ICC) * level[account] + np.sqrt(1 - ICC) * _normal(account.size, random)
        true = TRUE * side * (np.arange(CELLS) < differing)
        scores = 25 * np.clip(np.round((62 + true + SPREAD * opinion) / 25), 0, 4)
        sides.append((account, scores))
    return sides[0], sides[1]


def _normal(rows: int, random: np.random.Generator) -> np.ndarray:
    """What rows think of each cell, part of it of all cells alike; mean 0, variance 1."""
    alike: np.ndarray = np.sqrt(ALIKE) * random.normal(size=(rows, 1))
    apart: np.ndarray = np.sqrt(1 - ALIKE) * random.normal(size=(rows, CELLS))
    both: np.ndarray = alike + apart
    return both


def _sums(sides: tuple[Side, Side], accounts: int, cell: int) -> list[np.ndarray]:
    """The answers of each account on either side to one cell: how many, and their sum."""
    found = []
    for account, scores in sides:
        found.append(np.bincount(account, minlength=accounts))
        found.append(np.bincount(account, weights=scores[:, cell], minlength=accounts))
    return found

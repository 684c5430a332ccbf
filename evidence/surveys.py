"""Invented surveys of one stage whose pains are known: six touchpoints, accounts, unequal reach."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

T = TypeVar("T")

TOUCHPOINTS = ("first", "second", "third", "fourth", "fifth", "sixth")
REACH = np.array([1.0, 0.95, 0.7, 0.5, 0.3, 0.15])
TARGET = 75.0
USUAL = np.array([0.05, 0.15, 0.35, 0.75])
"""Shares that rate 0, at most 25, at most 50 and at most 75, where opinions are the usual ones."""

ALIKE = 0.5  # correlation of what one person thinks of two touchpoints
ICC = 0.2  # share of the variance, of opinions and of noise, that an account has in common
NOISE = 15.0  # points
PER_ACCOUNT = 3


@dataclass(frozen=True, eq=False)
class World:
    """What is true.

    Attributes:
        impact: points of the overall score per point below the target, of each touchpoint; half
            as much is won per point above it.
        worse: by how many standard deviations opinions of each are lower than the usual.
        met: the share that meets each touchpoint.
    """

    impact: np.ndarray
    worse: np.ndarray
    met: np.ndarray

    @property
    def truth(self) -> np.ndarray:
        """The pains, points."""
        reached = ndtr(ndtri(USUAL)[:, None] + self.worse)
        shares = np.diff(reached, axis=0, prepend=0.0)
        pains: np.ndarray = self.impact * self.met * ((TARGET - 25.0 * np.arange(4)) @ shares)
        return pains

    def later(self, worse: np.ndarray, met: np.ndarray) -> "World":
        """The same world after opinions fell by so much, and so many meet the touchpoints."""
        return World(self.impact, self.worse + worse, met)


ORDINARY = World(
    np.array([0.4, 0.2, 0.5, 0.2, 0.6, 0.3]),
    np.array([0.0, -0.762, 0.0, -0.912, 0.457, 0.0]),
    REACH,
)
"""What hurts little is mostly rated well. Pains 5.50, 0.81, 4.81, 0.32, 4.20 and 0.62 points."""

FEW_LOW = World(ORDINARY.impact, ORDINARY.worse - np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.387]), REACH)
"""The ordinary one, but the touchpoint that few meet is rated low by 22 in 100, not by 35."""

UNEVEN = World(np.array([0.4, 0.06, 0.5, 0.05, 1.0, 0.3]), np.zeros(6), REACH)
"""All are rated alike, and matter twenty times more or less. Nearly the same pains."""


def invent(n: int, random: np.random.Generator, world: World = ORDINARY) -> pd.DataFrame:
    """Invent the answers of a survey, as ``insights.pain.pain.pain`` takes them.

    Args:
        n: how many respond.
        random: where chance comes from.
        world: what is true.
    """
    account = np.arange(n) % (n // PER_ACCOUNT)

    def normal(columns: int) -> np.ndarray:
        shared = random.normal(size=(account.max() + 1, columns))[account]
        own = random.normal(size=(n, columns))
        mixed: np.ndarray = np.sqrt(ICC) * shared + np.sqrt(1 - ICC) * own
        return mixed

    opinion = np.sqrt(ALIKE) * normal(1) + np.sqrt(1 - ALIKE) * normal(len(TOUCHPOINTS))
    ratings = 25.0 * np.searchsorted(ndtri(USUAL), opinion - world.worse)
    is_met = random.random(ratings.shape) < world.met
    below = is_met * np.maximum(TARGET - ratings, 0.0)
    above = is_met * np.maximum(ratings - TARGET, 0.0)
    y = 75.0 + (above / 2 - below) @ world.impact + NOISE * normal(1)[:, 0]
    frame = pd.DataFrame(np.where(is_met, ratings, np.nan), columns=list(TOUCHPOINTS))
    return frame.assign(y=y, cluster=account)


def many(one: Callable[[int, int], T], n: int, runs: int) -> list[T]:
    """Do the same with many surveys of a size, two at a time.

    Args:
        one: given how many respond, and the number of the run.
        n: how many respond.
        runs: how many surveys.
    """
    context = get_context("forkserver")
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), context) as pool:
        return list(pool.map(one, [n] * runs, range(runs), chunksize=8))

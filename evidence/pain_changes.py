"""Do changes of pain hold the truth, and are they called proven when there are none?"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from evidence.figure import Figure, Table, share
from evidence.surveys import ORDINARY, TOUCHPOINTS, World, invent, many
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.pain.change import pain_change

SEED = 20261109
BOOTSTRAP = 1_000
RUNS = 200
N = 200

WORSE = np.array([0.4, 0.0, 0.0, 0.0, -0.3, 0.0])
MET = np.array([1.0, 0.95, 0.9, 0.5, 0.3, 0.15])
"""What is true later: of the first touchpoint people think less, of the fifth more, and more meet
the third."""

LATER = ORDINARY.later(WORSE, MET)
CHANGES = LATER.truth - ORDINARY.truth

ABOUT = f"""
{RUNS} pairs of surveys as above, {N} respondents before and {N} after. In the first row nothing
changed between them: counted is in how many pairs any of the six touchpoints is called changed
(Benjamini and Hochberg over the six, at {FALSE_DISCOVERIES:.2f}). In the others, of the first
touchpoint people think less and of the fifth more, and more meet the third; counted is how often
the interval of 95% of a change, {BOOTSTRAP:,} resamples of accounts, holds the truth. Seed {SEED}.
"""


class Look(NamedTuple):
    """Of one pair: which intervals held, of what could be compared, and how many were proven."""

    told: np.ndarray
    held: np.ndarray
    n_proven: int


def without(n: int, run: int) -> Look:
    """Look at two surveys between which nothing changed."""
    return _look(n, run, ORDINARY)


def with_changes(n: int, run: int) -> Look:
    """Look at two surveys between which something did."""
    return _look(n, run, LATER)


def _look(n: int, run: int, world: World) -> Look:
    """Compare an earlier survey with a later one."""
    random = np.random.default_rng([SEED, n, run, int(world is LATER)])
    before, after = invent(n, random), invent(n, random, world)
    truth = world.truth - ORDINARY.truth
    later = after.assign(cluster=after["cluster"] + n, period="after")
    frame = pd.concat([before.assign(period="before"), later], ignore_index=True)
    found = pain_change(frame, TOUCHPOINTS, bootstrap=BOOTSTRAP, seed=run).touchpoints
    table = found.set_index("touchpoint").loc[list(TOUCHPOINTS)]
    told = table["change"].notna().to_numpy(dtype=bool)
    held = (table["change_low"] <= truth) & (table["change_high"] >= truth)
    chances = adjusted(table["p"].to_numpy(dtype=float))
    return Look(told, held.to_numpy(dtype=bool) & told, int((chances <= FALSE_DISCOVERIES).sum()))


def measure(effort: float = 1.0) -> Table:
    """Count false alarms, and intervals that hold."""
    runs = max(round(RUNS * effort), 1)
    quiet, moved = many(without, N, runs), many(with_changes, N, runs)
    false = sum(one.n_proven > 0 for one in quiet)
    figures: list[Figure] = [
        share("nothing changed, something is called changed", false, runs, 0.1, is_floor=False)
    ]
    told, held = (
        np.sum([getattr(one, name) for one in moved], axis=0) for name in ("told", "held")
    )
    for place in range(len(TOUCHPOINTS)):
        what = f"interval of a change of {CHANGES[place]:+.2f} points"
        figures.append(share(what, int(held[place]), int(told[place]), 0.9, is_floor=True))
    return Table("Changes of pain between two periods", ABOUT, figures)

"""How often an improvement that did nothing is said to have helped, and how often a true one is."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from evidence.figure import Figure, Table, share
from evidence.surveys import many
from insights.effects.controls import Plan
from insights.effects.effects import weigh
from insights.effects.sums import Sums
from insights.effects.verdict import Verdict
from insights.effects.window import MONTHS_AFTER, MONTHS_NEEDED
from insights.months import months_before

SEED = 20261125
RUNS = 400
LAST = "2026-09"
MONTHS = 24
MET = 0.7  # share of the persons who rate any one touchpoint
SPREAD = 25.0  # of ratings, in points
UNCHANGED = pd.DataFrame(columns=["touchpoint", "month"])

ABOUT = f"""
{MONTHS} months of ratings of one acted touchpoint and some untouched ones of a stage, rated by the
same persons, who belong to accounts. All touchpoints share a trend of 0.4 points a month and a
season of 8 points. "Restless" touchpoints have their own ups and downs besides, which go together
from month to month (a spread of 2 points, correlation 0.5; "stormy" ones 4 points and 0.6). The
improvement began 8 months ago; in "looked at every month" the verdict counts if it was ever given
from the sixth to the twelfth month. Seed {SEED}.
"""


class World(NamedTuple):
    """How the answers come about.

    Attributes:
        what: in a few words.
        effect: what the improvement is worth, in points.
        unrest: the spread of a touchpoint's own months, in points.
        memory: how much of it is left a month later, -1 to 1.
        trend: the acted touchpoint's own trend, in points a month.
        n_controls: how many untouched touchpoints there are.
        n_accounts: how many accounts there are.
        alike: share of the variance that an account has in common.
        per_month: how many persons answer in a month.
        after: for how many months it has been going on; several where it is looked at often.
    """

    what: str
    effect: float = 0.0
    unrest: float = 0.0
    memory: float = 0.5
    trend: float = 0.0
    n_controls: int = 5
    n_accounts: int = 300
    alike: float = 0.2
    per_month: int = 60
    after: tuple[int, ...] = (8,)


RESTLESS = World("restless", unrest=2.0)

NULLS = (
    World("calm"),
    RESTLESS,
    RESTLESS._replace(what="stormy", unrest=4.0, memory=0.6),
    RESTLESS._replace(what="restless, 20 accounts", n_accounts=20, alike=0.3),
    RESTLESS._replace(what="restless, two untouched touchpoints", n_controls=2),
    RESTLESS._replace(what="restless, one untouched touchpoint", n_controls=1),
)
OFTEN = RESTLESS._replace(
    what="restless, looked at every month", after=tuple(range(MONTHS_NEEDED, MONTHS_AFTER + 1))
)
TREND = World("calm, but the acted touchpoint rises by 0.3 points a month", trend=0.3)
TRUE = tuple(
    world._replace(what=f"{world.what}, a true effect of {size:.0f} points", effect=size)
    for world in (World("calm"), RESTLESS)
    for size in (5.0, 10.0, 15.0)
)


def invent(world: World, random: np.random.Generator) -> Sums:
    """Invent the ratings of one stage."""
    n, touchpoints = world.per_month * MONTHS, world.n_controls + 1
    when = np.repeat(np.arange(MONTHS), world.per_month)
    sizes = random.dirichlet(np.full(world.n_accounts, 3.0))
    account = random.choice(world.n_accounts, n, p=sizes)
    shared = random.normal(size=(world.n_accounts, touchpoints + 1))[account]
    alone = random.normal(size=(n, touchpoints + 1))
    mixed = np.sqrt(world.alike) * shared + np.sqrt(1 - world.alike) * alone
    opinion = np.sqrt(0.5) * (mixed[:, :1] + mixed[:, 1:])  # half is what one thinks of all
    score = _levels(world, random).T[when] + SPREAD * opinion
    who, which = np.nonzero(random.random(score.shape) < MET)
    names = np.array([months_before(LAST, MONTHS - 1 - each) for each in range(MONTHS)])
    ratings = pd.DataFrame(
        {
            "cluster": account[who],
            "touchpoint": np.array([f"t{each}" for each in range(touchpoints)])[which],
            "month": names[when[who]],
            "score": score[who, which],
        }
    )
    keys = ["cluster", "touchpoint", "month"]
    sums = ratings.groupby(keys, as_index=False).agg(n=("score", "size"), total=("score", "sum"))
    persons = ratings.groupby(keys[1:], as_index=False).agg(persons=("score", "size"))
    return Sums(sums, persons)


def _levels(world: World, random: np.random.Generator) -> np.ndarray:
    """How good each touchpoint is in each month."""
    month = np.arange(MONTHS)
    own = random.normal(size=(world.n_controls + 1, MONTHS))
    for at in month[1:]:
        own[:, at] = world.memory * own[:, at - 1] + np.sqrt(1 - world.memory**2) * own[:, at]
    own = random.uniform(50, 75, len(own))[:, None] + world.unrest * own
    own += 0.4 * month + 8 * np.sin(2 * np.pi * month / 12)
    own[0] += world.trend * month + world.effect * (month >= MONTHS - max(world.after))
    levels: np.ndarray = own
    return levels


def verdicts(world: World, number: int, run: int) -> tuple[Verdict, ...]:
    """The verdicts on one improvement, in each of the months it is looked at."""
    sums = invent(world, np.random.default_rng([SEED, number, run]))
    start = months_before(LAST, max(world.after) - 1)
    plan = Plan("buy", ("t0",), None, date(int(start[:4]), int(start[5:]), 1), expected=5.0)
    months = [months_before(start, 1 - after) for after in world.after]
    return tuple(weigh(_until(sums, month), UNCHANGED, plan, month).verdict for month in months)


def _until(sums: Sums, last: str) -> Sums:
    """What is there in a month."""
    return Sums(*(frame[frame["month"] <= last] for frame in sums))


def measure(effort: float = 1.0) -> Table:
    """Measure false verdicts, and how often true effects are found."""
    runs = max(round(RUNS * effort), 2)
    figures: list[Figure] = []
    for number, world in enumerate((*NULLS, OFTEN, TREND, *TRUE)):
        fewer = max(runs // 2, 2) if world is OFTEN else runs if world in NULLS else runs // 2 + 1
        found = many(partial(verdicts, world), number, fewer)
        figures += _figures(world, found)
    return Table("How often a verdict is wrong", ABOUT, figures)


def _figures(world: World, found: Sequence[tuple[Verdict, ...]]) -> list[Figure]:
    """How often "helped" was said, and of what did nothing "hurt"."""
    n = len(found)
    helped, hurt = (
        share(
            f"{world.what}: said to have {word}",
            sum(word in each for each in found),
            n,
            0.05,
            is_floor=False,
        )
        for word in (Verdict.HELPED, Verdict.HURT)
    )
    if world.effect or world.trend:
        return [helped._replace(bound=None)]
    if world is OFTEN:  # not one verdict, but whether one of seven is ever wrong
        helped = helped._replace(bound=None)
    return [helped, hurt._replace(bound=None)]

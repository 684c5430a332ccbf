"""What the invented company's own people think customers give.

Planted: they believe that the bill is as good as it was before the new billing system. About all
else they are right on average, each a little off in their own way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.company import ASKED, AUDIENCE_WEIGHTS
from demo.judging import HIGHEST, LOWEST, RATING_NOISE
from demo.people import RATING_SPREAD
from demo.plot import SHIFT, touch
from vocabulary import Market, Team

PEOPLE: Final[tuple[tuple[str, Team], ...]] = (
    ("Joris van Elk", Team.MARKETING),
    ("Samira Benali", Team.SERVICE),
    ("Ruud Postma", Team.SALES),
    ("Anke Terpstra", Team.SALES),
    ("Bilal Yilmaz", Team.SALES),
    ("Carlijn Mulder", Team.SALES),
    ("Daan Wolters", Team.SALES),
    ("Esmee Kok", Team.MARKETING),
    ("Floris Bakker", Team.SERVICE),
)
"""Who took part, and their team."""

BELIEVED: Final[Mapping[str, float]] = {"invoice": 4.3}
"""What they take for granted, in points of five, whatever customers give."""

NOISE: Final = 0.6
"""Standard deviation of one estimate, in points of five."""

YEAR: Final = range(1, 13)
"""The closed months that their customers' answers come from; 1 is the last."""


@dataclass(frozen=True)
class Sheet:
    """What one colleague sent: points of five by "stage/touchpoint"."""

    name: str
    team: Team
    points: dict[str, int]


def sheets(seed: int, places: Iterable[tuple[str, str]], market: Market) -> list[Sheet]:
    """Let every colleague estimate some touchpoints.

    Args:
        seed: the same seed gives the same estimates.
        places: the touchpoints, each with its stage before it.
        market: of the journey they belong to.

    Example:
        >>> first = sheets(7, [("retention", "invoice")], Market.B2C)[0]
        >>> first.name, first.points["retention/invoice"] in {3, 4, 5}
        ('Joris van Elk', True)
    """
    random = Random(seed)  # noqa: S311 -- play data
    given = {
        f"{stage}/{touchpoint}": BELIEVED.get(touchpoint) or usual_rating(stage, touchpoint, market)
        for stage, touchpoint in places
    }
    return [
        Sheet(
            name, team, {place: _point(random.gauss(mean, NOISE)) for place, mean in given.items()}
        )
        for name, team in PEOPLE
    ]


def usual_rating(stage: str, touchpoint: str, market: Market) -> float:
    """The mean rating, in points of five, that customers gave in the last year.

    Example:
        >>> round(usual_rating("retention", "invoice", Market.B2C), 1)
        2.9
    """
    random = Random(1)  # noqa: S311 -- a mean over many draws; which, does not matter
    of_account, of_person = RATING_SPREAD[market]
    spread = (RATING_NOISE**2 + of_account**2 + of_person**2) ** 0.5
    told = touch(touchpoint)
    audiences = [audience for audience, stages in ASKED.items() if stage in stages]
    total = weight = 0.0
    for audience in audiences:
        means = [told.quality_at(month) + SHIFT[audience] for month in YEAR]
        ratings = [_point(random.gauss(mean, spread)) for mean in means for _ in range(50)]
        total += AUDIENCE_WEIGHTS[audience] * sum(ratings) / len(ratings)
        weight += AUDIENCE_WEIGHTS[audience]
    return total / weight


def _point(value: float) -> int:
    """A point of the scale."""
    return min(HIGHEST, max(LOWEST, round(value)))

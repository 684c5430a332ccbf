"""What one person makes of a stage: what was met, how each was rated, and the overall score."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.people import Person
from demo.plot import CONTENT, SHIFT, TARGET, touch
from vocabulary import Audience

RATING_NOISE: Final = 0.7
"""Standard deviation of one rating, in points of five, beside what the person brings."""

OVERALL_NOISE: Final = 13.0
"""Standard deviation of one overall score, 0-100, beside what the person brings."""

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Judgement:
    """What one person thinks of a stage in one month.

    ``ratings`` holds the touchpoints that were met, in the order they are asked, 1-5; ``score``
    is the overall score, 0-100 as a rule but not cut off there.
    """

    ratings: dict[str, int]
    score: float

    def point(self, low: int, high: int, noise: float = 0.0) -> int:
        """The overall score as a point of a scale, moved by some points of noise.

        Example:
            >>> Judgement({}, 75.0).point(1, 5)
            4
        """
        exact = low + (self.score + noise) / 100 * (high - low)
        return min(high, max(low, round(exact)))


def judge(
    random: Random,
    touchpoints: Sequence[str],
    person: Person,
    audience: Audience,
    months_ago: int,
) -> Judgement:
    """Let one person judge the touchpoints of a stage.

    Args:
        random: where chance comes from.
        touchpoints: the keys of those that are asked about.
        person: who judges.
        audience: as what the person judges.
        months_ago: in which month; 1 is the last closed one.
    """
    ratings: dict[str, int] = {}
    score = CONTENT + person.warmth + random.gauss(0, OVERALL_NOISE)
    for touchpoint in touchpoints:
        told = touch(touchpoint)
        if random.random() >= told.reach:
            continue
        quality = told.quality_at(months_ago) + person.leniency + SHIFT[audience]
        rating = round(random.gauss(quality, RATING_NOISE))
        ratings[touchpoint] = min(HIGHEST, max(LOWEST, rating))
        points = (ratings[touchpoint] - LOWEST) / (HIGHEST - LOWEST) * 100
        score -= told.impact * max(0.0, TARGET - points)
        score += told.reward * max(0.0, points - TARGET)
    return Judgement(ratings, score)

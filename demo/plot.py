"""The story: how good each touchpoint is, how much it matters, and what changed when.

Everything that the insights can find in the demonstration is planted here and nowhere else. What
matters is linear, on 0-100: a rating below 75 costs ``impact`` points of the overall score per
point it falls short, a rating above gives ``reward`` points per point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from demo.corpus import Phase
from vocabulary import Audience

BROKE: Final = 8
"""How many closed months ago the new billing system came; that month is the first bad one."""

REPAIRED: Final = 5
"""How many closed months ago ordering was repaired; that month is the first good one."""

TARGET: Final = 75.0
"""The score below which a rating falls short: four of five."""

CONTENT: Final = 81.0
"""The mean overall score, 0-100, of people whom nothing disappoints or delights."""

SHIFT: Final[Mapping[Audience, float]] = {
    Audience.PROSPECT: -0.05,
    Audience.CUSTOMER: 0.0,
    Audience.EX_CUSTOMER: -0.55,
}
"""How much higher each audience rates everything, in points of five."""


@dataclass(frozen=True)
class Touch:
    """One touchpoint.

    Args:
        quality: its mean rating in points of five, before any are cut off at the ends.
        impact: points of overall score lost per point of shortfall.
        reach: the share of people, 0-1, who meet it.
        reward: points of overall score won per point above the target.
        turned: how many closed months ago its quality changed; 0 if it never did.
        before: its quality before that.
    """

    quality: float = 4.15
    impact: float = 0.06
    reach: float = 0.45
    reward: float = 0.0
    turned: int = 0
    before: float = 0.0

    def quality_at(self, months_ago: int) -> float:
        """Its quality in a month; 1 is the last closed one.

        Example:
            >>> [Touch(4.4, turned=5, before=2.7).quality_at(ago) for ago in (6, 5)]
            [2.7, 4.4]
        """
        return self.before if months_ago > self.turned > 0 else self.quality


ORDINARY: Final = Touch()

TOUCHES: Final[Mapping[str, Touch]] = {
    # what broke, what was repaired, what is loved
    "invoice": Touch(2.5, 0.6, 0.85, turned=BROKE, before=4.3),
    "purchase_process": Touch(4.4, 0.5, 0.9, turned=REPAIRED, before=2.7),
    "quotation": Touch(4.4, 0.5, 0.85, turned=REPAIRED, before=2.7),
    "customer_service": Touch(4.8, 0.15, 0.75, reward=0.15),
    "account_manager": Touch(4.7, 0.15, 0.75, reward=0.15),
    # what disappoints and matters, all the time
    "price": Touch(3.5, 0.25, 0.95),
    "upgrade_price": Touch(3.5, 0.3, 0.8),
    "product_information": Touch(3.7, 0.25, 0.8),
    "comparison": Touch(3.6, 0.2, 0.5),
    # what disappoints and hardly matters
    "newsletter": Touch(3.0, 0.02, 0.75),
    "loyalty_programme": Touch(3.1, 0.02, 0.5),
    "advertising": Touch(3.5, 0.04, 0.7),
    "advertisements": Touch(3.5, 0.04, 0.6),
    # the rest: small, each in its own way
    "word_of_mouth": Touch(4.2, 0.1, 0.5),
    "search_results": Touch(4.0, 0.08, 0.6),
    "social_media": Touch(3.9, 0.05, 0.4),
    "social_posts": Touch(3.9, 0.05, 0.45),
    "customer_reviews": Touch(4.0, 0.1, 0.65),
    "web_shop": Touch(4.0, 0.1, 0.55),
    "shop": Touch(4.3, 0.06, 0.3),
    "product_features": Touch(4.1, 0.1, 0.7),
    "checkout": Touch(4.3, 0.06, 0.7),
    "app": Touch(3.9, 0.06, 0.6),
    "first_support_call": Touch(4.0, 0.1, 0.4),
    "after_sales_service": Touch(4.3, 0.12, 0.45),
    "expectations": Touch(4.2, 0.15, 0.9),
    "listening": Touch(3.8, 0.05, 0.35),
    "information_request": Touch(4.1, 0.12, 0.7),
    "demo_request": Touch(4.2, 0.1, 0.5),
    "contract": Touch(3.9, 0.1, 0.7),
    "buying_advice": Touch(4.3, 0.12, 0.6),
    "upgrade_offer": Touch(4.1, 0.1, 0.8),
    "suggestion": Touch(3.9, 0.1, 0.8),
    "delivery": Touch(4.2, 0.08, 0.7),
    "reorder": Touch(4.2, 0.08, 0.8),
}


def touch(touchpoint: str) -> Touch:
    """What is told about a touchpoint; an ordinary one where the story is silent."""
    return TOUCHES.get(touchpoint, ORDINARY)


def phases(months_ago: int) -> frozenset[Phase]:
    """What people can tell about in a month; 1 is the last closed one.

    Example:
        >>> sorted(phases(6))
        [<Phase.BROKEN: 'broken'>, <Phase.UNREPAIRED: 'unrepaired'>]
    """
    told = {Phase.UNREPAIRED if months_ago > REPAIRED else Phase.REPAIRED}
    if months_ago <= BROKE:
        told.add(Phase.BROKEN)
    return frozenset(told)

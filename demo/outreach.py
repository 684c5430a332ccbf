"""How many people the invented company asked, and how all its people divide."""

from collections.abc import Mapping
from random import Random
from typing import Final, NamedTuple

from vocabulary import Audience

RATES: Final = (0.19, 0.25)
"""Of a hundred people who are asked in a month, so many finish, from and to, in parts of one."""

BOUNCED, REFUSED, INELIGIBLE = 0.03, 0.015, 0.01
"""Of those who are invited, the parts whom nothing reaches, who say no, who do not belong there."""

MIX_OF: Final = "household"
"""The journey whose people are known."""

MIX: Final[Mapping[Audience, float]] = {
    Audience.CUSTOMER: 0.6,
    Audience.PROSPECT: 0.3,
    Audience.EX_CUSTOMER: 0.1,
}
"""How all people of that journey divide."""


class Mailing(NamedTuple):
    """One survey's mailing of a month, in numbers of people."""

    invited: int
    bounced: int
    refused: int
    ineligible: int


def mailing(random: Random, started: int, finished: int) -> Mailing:
    """Say how many were asked, so that about 22 of 100 finish.

    Args:
        random: where chance comes from.
        started: how many began to answer.
        finished: how many of them finished.

    Example:
        >>> mailing(Random(7), 20, 18)
        Mailing(invited=87, bounced=3, refused=1, ineligible=1)
    """
    asked = max(started, round(finished / random.uniform(*RATES)), 1)
    ineligible = round(INELIGIBLE * asked)
    invited = asked + ineligible
    refused = min(round(REFUSED * invited), asked - started)
    bounced = min(round(BOUNCED * invited), asked - started - refused)
    return Mailing(invited, bounced, refused, ineligible)

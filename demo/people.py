"""The people who answer: firms of two to six, households of one, each with a way of judging.

A person is asked again only after ``REST``. Who belongs to one firm judges alike, so that answers
of one account are not independent. What people bring to their ratings and what they bring to the
overall score are drawn apart: one does not cause the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from demo.company import DUTCH_SHARE, PRODUCTS, REGIONS, ROLES
from vocabulary import Audience, Market

REST: Final = timedelta(days=75)

RATING_SPREAD: Final = {Market.B2B: (0.3, 0.25), Market.B2C: (0.0, 0.4)}
"""Standard deviations, in points of five, of an account's and of a person's ratings."""

OVERALL_SPREAD: Final = {Market.B2B: (7.5, 4.0), Market.B2C: (0.0, 7.0)}
"""Standard deviations, 0-100, of an account's and of a person's overall score."""

LEAST, MOST = 2, 6
"""How many people of a firm answer."""

NEW_ACCOUNT: Final = 0.12
ASKED_AGAIN: Final = 0.35


@dataclass
class Person:
    """Someone who answers; ``account`` is None for a household.

    ``leniency`` is added to every rating (points of five), ``warmth`` to the overall score
    (0-100); ``seen_at`` is when the person answered last.
    """

    key: str
    account: str | None
    market: Market
    language: str
    leniency: float
    warmth: float
    attributes: dict[str, str]
    seen_at: datetime | None = None


@dataclass
class Account:
    """A firm: its people so far, how many there will be, and how it judges."""

    key: str
    size: int
    leniency: float
    warmth: float
    attributes: dict[str, str]
    people: list[Person]


class People:
    """Everyone who ever answers; the same random numbers give the same people."""

    def __init__(self, random: Random) -> None:
        """Start with nobody."""
        self._random = random
        self._households: dict[tuple[str, Audience], list[Person]] = {}
        self._accounts: dict[tuple[str, Audience], list[Account]] = {}
        self._n_people = 0
        self._n_accounts = 0

    def meet(self, journey: str, audience: Audience, market: Market, at: datetime) -> Person:
        """Someone to ask now: a person met before who has had rest, or a new one."""
        group = (journey, audience)
        person = self._colleague(group, at) if market is Market.B2B else self._neighbour(group, at)
        person.seen_at = at
        return person

    def _neighbour(self, group: tuple[str, Audience], at: datetime) -> Person:
        """A person of a household."""
        known = self._households.setdefault(group, [])
        if known and self._random.random() < ASKED_AGAIN:
            candidate = self._random.choice(known)
            if _has_rested(candidate, at):
                return candidate
        attributes = self._attributes(Market.B2C)
        person = self._person(Market.B2C, None, 0.0, 0.0, attributes)
        known.append(person)
        return person

    def _colleague(self, group: tuple[str, Audience], at: datetime) -> Person:
        """A person of a firm: a new colleague while there is room, else one who has rested."""
        known = self._accounts.setdefault(group, [])
        if not known or self._random.random() < NEW_ACCOUNT:
            known.append(self._account())
        alone = [account for account in known if len(account.people) < LEAST]
        account = self._random.choice(alone or known)
        rested = [person for person in account.people if _has_rested(person, at)]
        if len(account.people) >= account.size and not rested:
            account = self._account()
            known.append(account)
        elif rested and (len(account.people) >= account.size or self._random.random() < 0.4):  # noqa: PLR2004 -- a share, by eye
            return self._random.choice(rested)
        attributes = account.attributes | {"role": self._one_of(ROLES)}
        person = self._person(Market.B2B, account.key, account.leniency, account.warmth, attributes)
        account.people.append(person)
        return person

    def _account(self) -> Account:
        """A new firm."""
        self._n_accounts += 1
        return Account(
            key=f"account-{self._n_accounts:04}",
            size=self._random.randint(LEAST, MOST),
            leniency=self._random.gauss(0, RATING_SPREAD[Market.B2B][0]),
            warmth=self._random.gauss(0, OVERALL_SPREAD[Market.B2B][0]),
            attributes=self._attributes(Market.B2B),
            people=[],
        )

    def _person(
        self,
        market: Market,
        account: str | None,
        leniency: float,
        warmth: float,
        attributes: dict[str, str],
    ) -> Person:
        """A new person, who adds something of their own to what the firm thinks."""
        self._n_people += 1
        return Person(
            key=f"person-{self._n_people:05}",
            account=account,
            market=market,
            language="nl" if self._random.random() < DUTCH_SHARE[market] else "en",
            leniency=leniency + self._random.gauss(0, RATING_SPREAD[market][1]),
            warmth=warmth + self._random.gauss(0, OVERALL_SPREAD[market][1]),
            attributes=attributes,
        )

    def _attributes(self, market: Market) -> dict[str, str]:
        """Where they live and what they buy."""
        return {"region": self._one_of(REGIONS), "product": self._one_of(PRODUCTS[market])}

    def _one_of(self, shares: Mapping[str, int]) -> str:
        """One word, as often as its share says."""
        return self._random.choices(list(shares), weights=list(shares.values()))[0]


def _has_rested(person: Person, at: datetime) -> bool:
    """Whether someone may be asked again."""
    return person.seen_at is None or at - person.seen_at >= REST

"""Reading what a CRM told of accounts and persons, in the form that insights take."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from actions.person_code import codes_of_named
from extensions import db
from models import Account, Journey, Person
from vocabulary import Market

if TYPE_CHECKING:
    from insights.accounts.accounts import Crm


def crm_state() -> tuple[Hashable, ...]:
    """What changes whenever accounts or persons do: a name for what was read."""
    found = select(
        select(func.count(Account.id)).scalar_subquery(),
        select(func.max(Account.updated_at)).scalar_subquery(),
        select(func.count(Person.id)).scalar_subquery(),
        select(func.max(Person.updated_at)).scalar_subquery(),
    )
    return tuple(db.session.execute(found).one())


def read_crm(journey: Journey) -> "Crm":
    """The accounts and persons that a CRM knows.

    For a journey of businesses those are left out that are said to be of another market.

    Args:
        journey: whose accounts.
    """
    import pandas as pd

    from insights.accounts.accounts import Crm

    is_ours = or_(Account.market.is_(None), Account.market == journey.market)
    wanted = is_ours if journey.market is Market.B2B else Account.id.is_not(None)
    accounts = db.session.execute(select(Account.key, Account.revenue).where(wanted)).all()
    people = select(Person.key, Account.key, Person.part).join(
        Account, Account.id == Person.account_id
    )
    persons = [
        (person, account, part and part.value)
        for person, account, part in db.session.execute(people.where(wanted))
    ]
    return Crm(
        pd.DataFrame(accounts, columns=["account", "revenue"]).astype({"revenue": float}),
        pd.DataFrame(persons, columns=["person", "account", "part"]),
        codes_of_named(),
    )


def names_of(keys: list[str]) -> list[str]:
    """What accounts are called, in the order of their keys; by their key where that is all."""
    found = select(Account.key, Account.name).where(Account.key.in_(keys))
    names = {row.key: row.name for row in db.session.execute(found)}
    return [names.get(key, key) for key in keys]

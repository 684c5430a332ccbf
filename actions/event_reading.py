"""Read the lifecycle events for an insight."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from actions.person_code import codes_of_named
from extensions import db
from models import Account, LifecycleEvent, Person

Event = tuple[str | None, str | None, str, datetime]
"""The person's code, the account's key, the kind, and the moment."""


class KnownEvents(NamedTuple):
    """All events there are, and who is who."""

    rows: list[Event]
    homes: dict[str, str]  # the account of each person, by the person's code
    codes: dict[str, str]  # the code of each person whose key was kept, by that key


def state_of_events() -> tuple[object, ...]:
    """What changes whenever events or persons are added, changed or removed."""
    found = (
        select(func.count(), func.max(table.id), latest)
        for table, latest in (
            (LifecycleEvent, func.max(LifecycleEvent.happened_at)),
            (Person, func.max(Person.updated_at)),
        )
    )
    return tuple(value for query in found for value in db.session.execute(query).one())


def known_events() -> KnownEvents:
    """All events, from the first to the last."""
    event = LifecycleEvent
    told = select(event.person, event.account, event.kind, event.happened_at)
    rows = db.session.execute(told.order_by(event.happened_at, event.id))
    homes = select(Person.key, Account.key.label("account")).join(
        Account, Account.id == Person.account_id
    )
    return KnownEvents(
        [(person, account, kind.value, at) for person, account, kind, at in rows],
        {row.key: row.account for row in db.session.execute(homes)},
        codes_of_named(),
    )

"""Take lifecycle events of a CRM in, and take those of one person out again."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import islice
from time import sleep
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, select

from actions.crm_cells import (
    Cells,
    Line,
    OnRefusal,
    Report,
    insert_new,
    read_amount,
    read_key,
    read_moment,
    read_text,
    read_word,
    tell,
)
from actions.importing import AT_ONCE, BREATH
from actions.person_code import person_code
from extensions import db
from models import LifecycleEvent
from questionnaires.interchange.reading import Refusal
from vocabulary import Happening

COLUMNS = ("person", "account", "kind", "time", "value", "product")
"""What a row may say; ``kind``, ``time``, and a person or an account it must."""

LONGEST_PRODUCT = 120


class EventsImported(NamedTuple):
    """What became of a file."""

    n_rows: int = 0
    n_new: int = 0
    n_known: int = 0
    n_refused: int = 0


def import_events(
    lines: Iterable[Line],
    *,
    now: datetime,
    on_refusal: OnRefusal | None = None,
    report: Report | None = None,
) -> EventsImported:
    """Store the events of a file; one that is known already is left as it is.

    Rows that say the very same are one event, however often they come: so a file may be imported
    again, or after a crash, and nothing counts twice.

    Args:
        lines: the rows.
        now: the moment; what lies after it is refused.
        on_refusal: is told every cell that keeps its row out.
        report: is told how many rows were dealt with, from time to time.
    """
    zone, done, coming = current_app.config["TIME_ZONE"], EventsImported(), iter(lines)
    while some := list(islice(coming, AT_ONCE)):
        if done.n_rows:
            sleep(BREATH)
        read = [_event(line, zone, now) for line in some]
        good = {one["digest"]: one for one in read if isinstance(one, dict)}
        refused = [one for one in read if isinstance(one, list)]
        new = _new(good)
        insert_new(LifecycleEvent, new)
        db.session.commit()
        for refusals in refused:
            tell(refusals, on_refusal)
        n_good = len(some) - len(refused)
        found = (len(some), len(new), n_good - len(new), len(refused))
        done = EventsImported(*map(sum, zip(done, found, strict=True)))
        if report:
            report(len(some))
    return done


def remove_events(*, person: str | None = None, account: str | None = None) -> int:
    """Remove all events of a person, or of an account, for good.

    Args:
        person: the key of the person, as the company knows it.
        account: the key of the account.

    Returns:
        How many went.
    """
    is_meant = []
    if person is not None:
        is_meant.append(LifecycleEvent.person == person_code(person))
    if account is not None:
        is_meant.append(LifecycleEvent.account == account)
    if not is_meant:
        raise ValueError("Name a person or an account.")
    n_gone = db.session.connection().execute(delete(LifecycleEvent).where(*is_meant)).rowcount
    db.session.commit()
    return n_gone


def _event(line: Line, zone: ZoneInfo, now: datetime) -> dict[str, Any] | list[Refusal]:
    """One row as an event, or all that is wrong with it."""
    cells = Cells(line)
    event = {
        "person": cells.read("person", read_key),
        "account": cells.read("account", read_key),
        "kind": cells.read("kind", partial(read_word, words=Happening)),
        "happened_at": cells.read("time", partial(read_moment, zone=zone, now=now)),
        "value": cells.read("value", read_amount),
        "product": cells.read("product", partial(read_text, longest=LONGEST_PRODUCT)),
    }
    wrong = {refusal.column for refusal in cells.refusals}
    for column, name in (("kind", "kind"), ("time", "happened_at")):
        if event[name] is None and column not in wrong:
            cells.refuse(column, "this is blank")
    if not (event["person"] or event["account"] or {"person", "account"} & wrong):
        cells.refuse("person", "name the person, the account, or both")
    if cells.refusals:
        return cells.refusals
    if event["person"] is not None:
        event["person"] = person_code(event["person"])
    return event | {"digest": _digest(event)}


def _digest(event: dict[str, Any]) -> str:
    """A hash of all that an event says."""
    said = [event["happened_at"].isoformat() if n == "happened_at" else event[n] for n in event]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _new(events: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not stored yet."""
    stored = select(LifecycleEvent.digest).where(LifecycleEvent.digest.in_(list(events)))
    known = set(db.session.scalars(stored))
    return [event for digest, event in events.items() if digest not in known]

"""Take accounts and the persons who belong to them in from a CRM's file, and take them out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from time import sleep
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from actions.crm_cells import (
    Cells,
    Line,
    OnRefusal,
    Report,
    insert_new,
    read_amount,
    read_key,
    read_text,
    read_word,
    tell,
)
from actions.importing import AT_ONCE, BREATH
from actions.person_code import person_code
from extensions import db
from models import Account, Person
from questionnaires.interchange.reading import Refusal
from vocabulary import Market, Part

COLUMNS = ("account", "name", "market", "revenue", "person", "part")
"""What a row may say; an account it must."""

LONGEST_NAME = 200

_OF_ACCOUNT = ("name", "market", "revenue")

_READINGS: dict[str, Callable[[str], Any]] = {
    "account": read_key,
    "name": partial(read_text, longest=LONGEST_NAME),
    "market": partial(read_word, words=Market),
    "revenue": read_amount,
    "person": read_key,
    "part": partial(read_word, words=Part),
}


@dataclass
class AccountsImported:
    """What became of a file."""

    n_rows: int = 0
    n_refused: int = 0
    accounts_new: int = 0
    accounts_changed: int = 0
    persons_new: int = 0
    persons_changed: int = 0


class _Said(NamedTuple):
    """What the file said of somebody, and where it said so first."""

    line: int
    value: Any


@dataclass
class _File:
    """All that the file has said so far: a row that says otherwise contradicts it."""

    accounts: dict[tuple[str, str], _Said] = field(default_factory=dict)
    persons: dict[tuple[str, str], _Said] = field(default_factory=dict)


def import_accounts(
    lines: Iterable[Line],
    *,
    now: datetime,
    on_refusal: OnRefusal | None = None,
    report: Report | None = None,
) -> AccountsImported:
    """Store the accounts and persons of a file, or bring what is stored in line with it.

    A blank cell says nothing: what was known stays. A row that contradicts an earlier one of the
    same file is refused. The same file twice changes nothing.

    Args:
        lines: the rows, one per person or one per account.
        now: the moment.
        on_refusal: is told every cell that keeps its row out.
        report: is told how many rows were dealt with, from time to time.
    """
    done, file, coming = AccountsImported(), _File(), iter(lines)
    while some := list(islice(coming, AT_ONCE)):
        if done.n_rows:
            sleep(BREATH)
        good, refused = [], []
        for line in some:
            row = _row(line, file)
            if isinstance(row, dict):
                good.append(row)
            else:
                refused.append(row)
        _store(good, now, done)
        db.session.commit()
        for refusals in refused:
            tell(refusals, on_refusal)
        done.n_rows += len(some)
        done.n_refused += len(refused)
        if report:
            report(len(some))
    return done


def remove_person(key: str) -> bool:
    """Remove a person from the account they belong to, for good.

    Args:
        key: of the person, as the company knows it.

    Returns:
        Whether there was such a person.
    """
    return _removed(Person.key, person_code(key))


def remove_account(key: str) -> bool:
    """Remove an account with its persons, for good; whether there was one."""
    return _removed(Account.key, key)


def _removed(column: InstrumentedAttribute[str], key: str) -> bool:
    """Delete the row with this key; whether there was one."""
    gone = db.session.connection().execute(delete(column.class_).where(column == key))
    db.session.commit()
    return bool(gone.rowcount)


def _row(line: Line, file: _File) -> dict[str, Any] | list[Refusal]:
    """What one row says, or all that is wrong with it."""
    cells = Cells(line)
    row = {column: cells.read(column, reading) for column, reading in _READINGS.items()}
    wrong = {refusal.column for refusal in cells.refusals}
    if row["account"] is None and "account" not in wrong:
        cells.refuse("account", "this is blank")
    if row["part"] is not None and row["person"] is None and "person" not in wrong:
        cells.refuse("part", "whose part this is stands in the column person, which is blank")
    if not cells.refusals:
        _contradict(row, file, cells)
    if cells.refusals:
        return cells.refusals
    _remember(row, file, line.number)
    return row


def _contradict(row: dict[str, Any], file: _File, cells: Cells) -> None:
    """Refuse what an earlier row of the file said otherwise."""
    checks = [(name, file.accounts.get((row["account"], name))) for name in _OF_ACCOUNT]
    if row["person"] is not None:
        checks += [(name, file.persons.get((row["person"], name))) for name in ("account", "part")]
    for column, said in checks:
        if said is not None and row[column] is not None and said.value != row[column]:
            cells.refuse(column, f"line {said.line} said “{said.value}”")


def _remember(row: dict[str, Any], file: _File, line: int) -> None:
    """Keep what a good row said."""
    for name in _OF_ACCOUNT:
        if row[name] is not None:
            file.accounts.setdefault((row["account"], name), _Said(line, row[name]))
    if row["person"] is not None:
        for name in ("account", "part"):
            if row[name] is not None:
                file.persons.setdefault((row["person"], name), _Said(line, row[name]))


def _store(rows: list[dict[str, Any]], now: datetime, done: AccountsImported) -> None:
    """Bring accounts, then persons, in line with good rows."""
    accounts: dict[str, dict[str, Any]] = {}
    persons: dict[str, dict[str, Any]] = {}
    for row in rows:
        told = {name: row[name] for name in _OF_ACCOUNT if row[name] is not None}
        accounts.setdefault(row["account"], {}).update(told)
        if row["person"] is not None:
            part = {} if row["part"] is None else {"part": row["part"]}
            code = person_code(row["person"])
            persons.setdefault(code, {}).update(part | {"account": row["account"]})
    new, changed = _write(Account, accounts, _OF_ACCOUNT, now)
    done.accounts_new += new
    done.accounts_changed += changed
    found = select(Account.key, Account.id).where(Account.key.in_(list(accounts)))
    ids = {row.key: row.id for row in db.session.execute(found)}
    for person in persons.values():
        person["account_id"] = ids[person.pop("account")]
    new, changed = _write(Person, persons, ("account_id", "part"), now)
    done.persons_new += new
    done.persons_changed += changed


def _write(
    model: type[Account] | type[Person],
    told: dict[str, dict[str, Any]],
    names: tuple[str, ...],
    now: datetime,
) -> tuple[int, int]:
    """Insert what is new and update what is told otherwise; how many of each."""
    columns = [getattr(model, name) for name in names]
    stored = select(model.id, model.key, *columns).where(model.key.in_(list(told)))
    known = {row.key: row for row in db.session.execute(stored)}
    new = [
        {"key": key, "updated_at": now} | dict.fromkeys(names) | _usual(model, key) | values
        for key, values in told.items()
        if key not in known
    ]
    changed = [
        {"id": known[key].id, "updated_at": now} | values
        for key, values in told.items()
        if key in known and any(getattr(known[key], name) != values[name] for name in values)
    ]
    insert_new(model, new)
    if changed:
        db.session.execute(update(model), changed)
    return len(new), len(changed)


def _usual(model: type[Account] | type[Person], key: str) -> dict[str, str]:
    """What a row holds where nothing is told: an account is called by its key."""
    return {"name": key} if model is Account else {}

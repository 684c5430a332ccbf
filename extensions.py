"""The extensions, not yet bound to an app, and what every table shares."""

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from flask_babel import Babel
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, BigInteger, DateTime, Enum, Integer, MetaData, String, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC; SQLite keeps no zone, so it is dropped there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum], name: str = "") -> Enum:
    """A column type that stores an enumeration's values, as words, checked by the database.

    Args:
        kind: the enumeration.
        name: tells two columns of one table with the same enumeration apart.
    """
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=30,
        name=name or kind.__name__.lower(),
    )


# SQLite numbers rows by itself only in a column of exactly INTEGER, which holds 64 bits there.
Key = Annotated[
    int, mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Name = Annotated[str, mapped_column(String(200))]
Slug = Annotated[str, mapped_column(String(60))]
Texts = Annotated[dict[str, str], mapped_column(JSON)]  # one text per language


class Base(DeclarativeBase):
    """What every table shares: names for constraints, and column types."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={dict[str, Any]: JSON},
    )


is_only_reading: ContextVar[bool] = ContextVar("is_only_reading", default=False)
"""Set for requests that write nothing, so that SQLite lets them read beside a writer."""

db = SQLAlchemy(model_class=Base)
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()
security = Security()

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Make SQLite keep its promises: foreign keys, no loss at power failure, patience.

    Transactions begin by ``BEGIN`` of our own (see ``_begin``), so that a writer takes its lock
    at once, never half-way, where SQLite would refuse it without waiting.
    """
    if "sqlite3" not in type(connection).__module__:
        return
    connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3 only
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin on SQLite: a writer waits for its turn here, and only here."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if is_only_reading.get() else "BEGIN IMMEDIATE")

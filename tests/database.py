"""The databases tests run on: a file of SQLite, or a database of a PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from secrets import token_hex

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from extensions import db

SERVER = os.environ.get(
    "TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
"""A server on which the tests may make databases."""

ARE_SERVICES_REQUIRED = os.environ.get("OUTSIDEIN_REQUIRE_SERVICES") == "1"
"""Whether a missing server or browser fails the tests rather than skip them."""

MISSING = "no PostgreSQL server answers at " + make_url(SERVER).render_as_string()


@cache
def is_server_there() -> bool:
    """Whether the PostgreSQL server answers."""
    try:
        _on_server("SELECT 1")
    except OperationalError:
        return False
    return True


def miss(what: str) -> None:
    """Skip the test for what this machine lacks, or fail where nothing may lack."""
    if ARE_SERVICES_REQUIRED:
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def new_database() -> Iterator[str]:
    """Make an empty database on the server, and drop it afterwards."""
    name = f"outsidein_test_{token_hex(4)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    # What a test writes need not survive a power failure.
    _on_server(f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def make_tables(url: str) -> None:
    """Make the tables of the models."""
    engine = create_engine(url)
    db.metadata.create_all(engine)
    engine.dispose()


def empty_tables(url: str) -> None:
    """Take out every row, and number new ones from 1 again.

    Deleting the few rows a test leaves takes a millisecond, truncating every table half a second.
    """
    engine = create_engine(url)
    deletions = [f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables)]
    numbering = "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"
    with engine.begin() as connection:
        for statement in ("SET lock_timeout = '5s'", *deletions, numbering):
            connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()


def _on_server(statement: str) -> None:
    """Say something to the server itself, outside a transaction."""
    engine = create_engine(
        SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

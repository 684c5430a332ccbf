"""The app, its database and its people, fresh for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import create_app
from extensions import db
from tests import database
from tests.visitor import Visitor


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole suite run on another database: ``pytest --database=postgresql``."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say once, in one line, that there is no PostgreSQL to run on."""
    if session.config.getoption("--database") == "postgresql" and not database.is_server_there():
        outcome = "failed" if database.ARE_SERVICES_REQUIRED else "skipped"
        code = int(database.ARE_SERVICES_REQUIRED)
        pytest.exit(f"Tests on PostgreSQL {outcome}: {database.MISSING}.", returncode=code)


@pytest.fixture(scope="session")
def postgresql_tables() -> Iterator[str]:
    """A PostgreSQL database with the tables of the models; its URL."""
    with database.new_database() as url:
        database.make_tables(url)
        yield url


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """An empty PostgreSQL database, whatever the suite runs on; its URL."""
    if not database.is_server_there():
        database.miss(database.MISSING)
    with database.new_database() as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with tables and no rows, of the kind the suite runs on; its URL."""
    if request.config.getoption("--database") == "sqlite":
        url = f"sqlite:///{tmp_path}/test.db"
        database.make_tables(url)
        yield url
        return
    url = request.getfixturevalue("postgresql_tables")
    yield url
    database.empty_tables(url)


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """An app with an empty database and a home of its own."""
    app = create_app(
        {
            "TESTING": True,
            "HOME": tmp_path,
            "SQLALCHEMY_DATABASE_URI": database_url,
            "SECRET_KEY": "test",
            "WTF_CSRF_ENABLED": False,
        }
    )
    app.test_client_class = Visitor
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask):
    """A browser with no one signed in."""
    return app.test_client()


@pytest.fixture
def runner(app: Flask):
    """A command line."""
    return app.test_cli_runner()


@pytest.fixture
def count_statements(app: Flask) -> Iterator[list[str]]:
    """Every statement sent to the database since the list was last cleared."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)

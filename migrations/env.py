"""Brings the database to a version, or compares it with the models; run by `flask db`."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy.engine import Connection

from extensions import UtcDateTime, db


def render_item(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Write our own column types as SQLAlchemy's, so that a migration imports none of our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def skip_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    """Write no migration when nothing changed."""
    if (
        getattr(context.config.cmd_opts, "autogenerate", False)
        and directives[0].upgrade_ops.is_empty()
    ):
        directives[:] = []


def run(connection: Connection) -> None:
    """Run in one transaction: all of it happens, or none."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        process_revision_directives=skip_empty,
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise RuntimeError(
                    f"The migration would leave rows without their parent: {orphans}"
                )


def run_on_sqlite(connection: Connection) -> None:
    """Run with foreign keys off: SQLite changes a table by copying and dropping it.

    With them on, dropping the old table would delete the rows that refer to it.
    """
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        run(connection)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run_on_its_own() -> None:
    """Run on a connection of its own, which is what `flask db` wants."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            run_on_sqlite(connection)
        else:
            run(connection)


given = context.config.attributes.get("connection")
if given is None:
    run_on_its_own()
else:
    run(given)  # in the caller's transaction, on SQLite with foreign keys off

"""Reading for long without standing in a writer's way."""

from collections.abc import Iterator
from contextlib import contextmanager

from extensions import db, is_only_reading


@contextmanager
def reading() -> Iterator[None]:
    """Read in a transaction of its own that holds no lock on SQLite, and ends with the block."""
    db.session.rollback()
    token = is_only_reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        is_only_reading.reset(token)

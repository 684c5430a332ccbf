"""How a request meets the database."""

from flask import request

from extensions import is_only_reading


def mark_reading() -> None:
    """Let a request that only reads do so beside a writer; see ``extensions._begin``."""
    is_only_reading.set(request.method in {"GET", "HEAD", "OPTIONS"})

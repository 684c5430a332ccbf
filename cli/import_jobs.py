"""How the worker removes what an undone import had brought."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions import importing


def clear_import(payload: dict[str, Any], now: datetime, report: Callable[[float], None]) -> None:
    """Remove the responses of an import that was undone."""
    importing.clear_import(payload["import"], now, report)

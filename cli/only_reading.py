"""Commands that show something: they hold nobody up who writes, however long they take."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from actions.reading import reading

P = ParamSpec("P")
T = TypeVar("T")


def only_reading(command: Callable[P, T]) -> Callable[P, T]:
    """Let a command read in a transaction that takes no lock on SQLite.

    Args:
        command: what it does; it writes nothing.
    """

    @wraps(command)
    def read(*args: P.args, **options: P.kwargs) -> T:
        with reading():
            return command(*args, **options)

    return read

"""Keeps the server's processes running: starts each, restarts one that dies, stops all together.

It is run as a process of its own, ``python -m cli.supervisor COMMANDS``, and imports nothing but
Python's library, so that watching costs little memory.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Event
from time import monotonic

SHORT_LIFE = 3.0
"""A process that lived for fewer seconds is given time before it is started again."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
GRACE = 40.0
"""Seconds that processes get to finish what they have in hand."""

DIE_WITH_PARENT = 1
"""Linux' number for asking for a signal when the parent dies."""

LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process to keep running, with those it starts itself."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it."""
        self.command = command
        self.wait = FIRST_WAIT
        self.start()

    def start(self) -> None:
        """Start it in a process group of its own, which can be ended as a whole."""
        self.started_at = monotonic()
        self.due_at: float | None = None
        self.process = subprocess.Popen(  # noqa: S603 -- commands of our own
            self.command,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 -- this process has one thread
        )

    def watch(self) -> None:
        """Start it again if it died: soon, and later each time if it keeps dying."""
        if self.process.poll() is None:
            return
        now = monotonic()
        if self.due_at is None:
            self.end()
            lived = now - self.started_at
            self.wait = min(self.wait * 2, LONGEST_WAIT) if lived < SHORT_LIFE else FIRST_WAIT
            self.due_at = now + self.wait
            name, code = " ".join(self.command[1:4]), self.process.returncode
            sys.stderr.write(f"“{name}” ended with {code}; it is started again.\n")
        elif now >= self.due_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask it to finish."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def end(self) -> None:
        """End what is left of its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def keep(commands: Sequence[Sequence[str]], stop: Event) -> None:
    """Keep the commands running until told to stop."""
    children = [Child(command) for command in commands]
    while not stop.wait(0.1):
        for child in children:
            child.watch()
    for child in children:
        child.ask_to_stop()
    deadline = monotonic() + GRACE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(deadline - monotonic(), 0))
        child.end()


def _die_with_parent() -> None:
    """Have this process ended when the supervisor is killed, so that no orphan keeps the port."""
    if LIBRARY is not None:
        LIBRARY.prctl(DIE_WITH_PARENT, signal.SIGTERM)


if __name__ == "__main__":
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    keep(json.loads(sys.argv[1]), stopping)

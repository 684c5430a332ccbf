"""A real server for tests: `flask serve` in a process of its own, and ways to hurt it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """A running server: where it is, and which processes it has."""

    def __init__(self, home: Path, database_url: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.log = (home / "server.log").open("w")
        given = {
            "OUTSIDEIN_HOME": str(home),
            "OUTSIDEIN_DATABASE_URL": database_url,
            "PORT": str(self.port),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve"],
            cwd=ROOT,
            env=os.environ | given,
            stdout=self.log,
            stderr=self.log,
        )

    def children(self) -> dict[str, int]:
        """The processes kept running, by name: ``gunicorn`` and ``flask`` (the worker)."""
        children = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line.split() for line in children.stdout.splitlines()]
        return {words[3]: int(words[0]) for words in lines if len(words) > 3}

    def kill(self, name: str, *, all_of_it: bool) -> None:
        """Kill a process, or its whole group, without a word of warning."""
        with suppress(KeyError, ProcessLookupError):
            number = self.children()[name]
            (os.killpg if all_of_it else os.kill)(number, signal.SIGKILL)

    def kill_one_web_worker(self) -> None:
        """Kill one of the processes that answer requests."""
        with suppress(KeyError, IndexError, ProcessLookupError):
            parent = str(self.children()["gunicorn"])
            found = subprocess.run(
                ["ps", "-o", "pid=", "--ppid", parent], capture_output=True, text=True, check=False
            )
            os.kill(int(found.stdout.split()[0]), signal.SIGKILL)

    def status(self, path: str) -> int:
        """The status a page answers with; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def wait_for(self, path: str, seconds: float = 60) -> None:
        """Wait until a page answers well."""
        start = monotonic()
        while self.status(path) != http.client.OK:
            assert monotonic() - start < seconds, f"{path} did not answer in {seconds} seconds"
            sleep(0.1)


@contextmanager
def serving(home: Path, database_url: str) -> Iterator[Server]:
    """Serve until the end of the block; then stop as a person would."""
    server = Server(home, database_url)
    try:
        server.wait_for("/livez")
        yield server
    finally:
        server.process.terminate()
        server.process.wait(60)
        server.log.close()

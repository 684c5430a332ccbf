"""A real web server over a home of its own, for measuring."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.serve import WEB_SERVER

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    home: Path
    process_id: int  # of the web server's parent process

    def memory(self) -> float:
        """Megabytes that all its web processes take together, what they share counted once."""
        return sum(_memory(process_id) for process_id in self._processes()) / 1024

    def work(self) -> float:
        """Seconds of a processor that its web processes have used; others' load does not count."""
        return sum(_work(process_id) for process_id in self._processes())

    def _processes(self) -> list[int]:
        """The web server's processes."""
        return [self.process_id, *_children(self.process_id)]


@contextmanager
def serving(
    home: Path, *, n_workers: int = 2, is_worker_there: bool = True, options: tuple[str, ...] = ()
) -> Iterator[Server]:
    """Serve a home whose database is there already, as `flask serve` does.

    Args:
        home: where all state is.
        n_workers: web server processes.
        is_worker_there: whether the worker runs beside, as it does in earnest.
        options: of gunicorn, after our own.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {"OUTSIDEIN_HOME": str(home), "PORT": str(port), "FLASK_APP": "app"}
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "app:create_app()", *WEB_SERVER, *options]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", str(n_workers)]
    commands = [web, [*python, "flask", "worker", "run"]][: 2 if is_worker_there else 1]
    processes = [subprocess.Popen(command, cwd=ROOT, env=environ) for command in commands]  # noqa: S603 -- our own
    try:
        _wait_for(port)
        yield Server(port, home, processes[0].pid)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(40)


def _wait_for(port: int) -> None:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server did not start within 30 seconds.")


def _children(process_id: int) -> list[int]:
    """The processes that a process started."""
    path = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(number) for number in path.read_text().split()]


def _work(process_id: int) -> float:
    """The processor seconds of a process, in its own code and in the kernel."""
    numbers = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process_id: int) -> int:
    """The kilobytes of a process, with its share of what it shares."""
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0

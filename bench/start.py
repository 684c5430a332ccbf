"""How long `flask serve` takes from the command to the first answer, and what it then weighs.

python -m bench.start
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory

from bench.server import ROOT

STARTS = 3


def main() -> None:
    """Start it on an empty home, and again on the same."""
    with TemporaryDirectory() as home:
        seconds = [_start(Path(home)) for _ in range(STARTS)]
    print(f"first start, with an empty database: {seconds[0]:.1f} s")
    print(f"later starts: {min(seconds[1:]):.1f} s")


def _start(home: Path) -> float:
    """Serve until the first answer; the seconds that took."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {"OUTSIDEIN_HOME": str(home), "PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(40)


def _answers(port: int) -> bool:
    """Whether the server says that it lives."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=1):
            return True
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


if __name__ == "__main__":
    main()

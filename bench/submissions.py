"""How many people can answer at once: complete submissions per second, and how long a page takes.

    python -m bench.submissions --seconds 10 --clients 1 8 32

Real gunicorn and worker, real HTTP clients, all on this machine. Afterwards every receipt that was
given is looked up in the database.
"""

import argparse
import json
import multiprocessing
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.respondent import Tally, answer_until
from bench.server import ROOT, Server, serving

N_QUESTIONS = 8


def main() -> None:
    """Measure one-page and five-page surveys at 1, 8 and 32 respondents."""
    given = _arguments()
    options = tuple(given.gunicorn.split())
    print(
        "survey            clients  per second   p50 ms   p95 ms   p99 ms  statements  CPU ms"
        "  web MB  lost"
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        statements = _plant(home)
        with serving(home, is_worker_there=not given.no_worker, options=options) as server:
            for survey_key, n_statements in statements.items():
                for n_clients in given.clients:
                    measured = _measure(server, survey_key, n_clients, given.seconds)
                    print(measured.replace("statements", f"{n_statements:>11}"), flush=True)


def _measure(server: Server, survey_key: str, n_clients: int, seconds: float) -> str:
    """One line of the table; the processor time is that of the web processes per submission."""
    work = server.work()
    tallies, seconds = _run(server.port, survey_key, n_clients, seconds)
    work = server.work() - work
    receipts = [receipt for tally in tallies for receipt in tally.receipts]
    times = [second * 1000 for tally in tallies for second in tally.seconds]
    cuts = statistics.quantiles(times, n=100)
    for error in [error for tally in tallies for error in tally.errors][:5]:
        print("  ", error)
    return (
        f"{survey_key:<17} {n_clients:>7} {len(receipts) / seconds:>11.1f} "
        f"{cuts[49]:>8.1f} {cuts[94]:>8.1f} {cuts[98]:>8.1f} statements "
        f"{work * 1000 / max(len(receipts), 1):>7.1f} {server.memory():>7.0f} "
        f"{_lost(server.home, receipts):>5}"
    )


def _arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="per measurement")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--no-worker", action="store_true", help="leave the worker out")
    parser.add_argument("--gunicorn", default="", help="more options for gunicorn")
    return parser.parse_args()


def _plant(home: Path) -> dict[str, int]:
    """Plant the surveys in a process of its own; gives each key and its statements."""
    command = [sys.executable, "-m", "bench.planting", str(home)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 -- our own
    found: dict[str, int] = json.loads(printed.stdout)
    return found


def _run(port: int, survey_key: str, n_clients: int, seconds: float) -> tuple[list[Tally], float]:
    """Let so many people answer for so long, each in a process of their own."""
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(n_clients) as pool:
        work = [(port, survey_key, began + seconds)] * n_clients
        tallies = pool.starmap(answer_until, work, chunksize=1)
    return tallies, time.monotonic() - began


def _lost(home: Path, receipts: list[str]) -> int:
    """How many receipts have no finished response with all its answers, or share one."""
    with sqlite3.connect(home / "outsidein.db") as database:
        rows = database.execute(
            "SELECT substr(key, 1, 12), count(*) FROM response "
            "JOIN answer ON answer.response_id = response.id "
            "WHERE finished_at IS NOT NULL GROUP BY response.id"
        )
        whole = {key for key, n_answers in rows if n_answers == N_QUESTIONS}
    keys = [receipt.replace("-", "").lower() for receipt in receipts]
    return sum(key not in whole for key in keys) + len(keys) - len(set(keys))


if __name__ == "__main__":
    main()

"""What a board costs: its numbers at ten thousand, a million and ten million facts.

    python -m bench.board [--facts N ...] [--boards N]

Each board has a selection that was not seen before; then the same one is asked for again. Memory is
that of this process, which does nothing else.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bench.generate import JOURNEYS, MONTHS, plant_facts
from facts.engine import open_facts
from insights.board import board_numbers
from insights.choices import choices
from insights.filters import Filters


def main() -> None:
    """Measure each size of the table."""
    given = _arguments()
    print("     facts  first s  choices s  new p50 s  new p95 s  cpu p95 s  again ms  memory MB")
    for n_facts in given.facts:
        with tempfile.TemporaryDirectory() as folder:
            home = given.home or Path(folder)
            if not given.home:
                _plant(home, n_facts)
            print(f"{n_facts:>10}  {_measure(home, given.boards)}", flush=True)


def _arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, nargs="+", default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--boards", type=int, default=100, help="selections to ask for")
    parser.add_argument("--home", type=Path, help="a home that has facts already")
    return parser.parse_args()


def _plant(home: Path, n_facts: int) -> None:
    """Make the facts, saying how far it is."""
    with tqdm(total=1.0, leave=False, desc=f"{n_facts} facts") as bar:
        plant_facts(home, n_facts, 7, lambda share: _move(bar, share))


def _move(bar: "tqdm[Any]", share: float) -> None:
    """Move a progress bar to a share."""
    bar.update(share - bar.n)


def _measure(home: Path, n_boards: int) -> str:
    """One line about one table."""
    first, again, seconds, busy = 0.0, 0.0, [], []
    listed = _timed(lambda: _choices(home))
    for number, filters in zip(range(n_boards), _selections(), strict=False):
        begun = time.process_time()
        took = _timed(lambda: _board(home, filters))  # noqa: B023 -- called at once
        first = first or took
        if number:
            seconds.append(took)
            busy.append(time.process_time() - begun)
        again = _timed(lambda: _board(home, filters))  # noqa: B023 -- called at once
    middle, high = statistics.median(seconds), statistics.quantiles(seconds, n=20)[18]
    work = statistics.quantiles(busy, n=20)[18]
    return (
        f"{first:>7.2f}  {listed:>9.2f}  {middle:>9.3f}  {high:>9.3f}  {work:>9.3f}"
        f"  {again * 1000:>8.1f}  {_memory():>9.0f}"
    )


def _choices(home: Path) -> None:
    """What can be filtered on."""
    facts = open_facts(home)
    facts.remember("choices", lambda: choices(facts.table, JOURNEYS[0]))


def _board(home: Path, filters: Filters) -> None:
    """The numbers of a board, as its page asks for them."""
    facts = open_facts(home)
    facts.remember(("board", filters), lambda: board_numbers(facts.table, filters, facts.narrow))


def _selections() -> Iterator[Filters]:
    """Selections as people make them, wide ones first, none twice."""
    audiences = (None, "customer", "prospect", "ex_customer")
    ends = ((0, 23), (12, 23), (0, 11), (6, 17), (18, 23), (20, 23))
    others: tuple[dict[str, Any], ...] = (
        {},
        {"language": "nl"},
        {"channel": "online"},
        {"market": "b2b"},
        {"attributes": (("region", "N"),)},
    )
    for (start, end), journey, audience, other in product(ends, JOURNEYS, audiences, others):
        yield Filters(
            journey,
            MONTHS[start],
            MONTHS[end],
            audience=audience,
            **other,
        )


def _timed(work: Callable[[], None]) -> float:
    """How many seconds it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory() -> float:
    """The memory this process holds, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()

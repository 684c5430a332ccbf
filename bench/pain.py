"""What the whole analysis of one stage costs: twelve touchpoints, 2,000 resamples.

    python -m bench.pain [--responses N ...]

From the fact table on disk to plain values, in a process that does nothing else: pain, intervals
and importance, without and with a known mix of twelve combinations. Memory is the most it took.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from bench.server import ROOT
from facts import store
from facts.engine import open_facts
from facts.schema import NAMES, arrow_schema
from insights.weighting.mix import KnownMix, Margin

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

STAGE, N_TOUCHPOINTS, N_PER_ACCOUNT = "order", 12, 4
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))
AUDIENCES, MARKETS = ("customer", "ex_customer", "prospect"), ("b2b", "b2c")
CHANNELS = ("offline", "online")
MIX: KnownMix = (
    Margin("audience", (("customer", 0.5), ("ex_customer", 0.2), ("prospect", 0.3))),
    Margin("market", (("b2b", 0.3), ("b2c", 0.7))),
    Margin("channel", (("offline", 0.4), ("online", 0.6))),
)


def main() -> None:
    """Measure each number of responses, or one home that is there already."""
    given = _arguments()
    if given.home:
        print(_measure(given.home, MIX if given.mix else ()), flush=True)
        return
    print(" responses  mix  seconds  cpu s  memory MB")
    for n in given.responses:
        with tempfile.TemporaryDirectory() as folder:
            _plant(Path(folder), n)
            for mix in ((), ("--mix",)):
                command = [sys.executable, "-m", "bench.pain", "--home", folder, *mix]
                told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 -- our own
                print(f"{n:>10}  {'yes' if mix else 'no':>3}  {told.stdout.decode()}", end="")


def _arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, nargs="+", default=[5_000, 1_000_000])
    parser.add_argument("--home", type=Path, help="a home that has facts already")
    parser.add_argument("--mix", action="store_true", help="weight to a known mix")
    return parser.parse_args()


def _measure(home: Path, mix: KnownMix) -> str:
    """One line about one analysis."""
    from insights.pain.content import stage_pain

    facts = open_facts(home)
    started, busy = time.perf_counter(), time.process_time()
    content = stage_pain(facts.table, STAGE, mix)
    seconds, work = time.perf_counter() - started, time.process_time() - busy
    if content["whole"]["reason"] is not None:
        raise RuntimeError(content["whole"]["reason"])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{seconds:>7.2f}  {work:>5.1f}  {most:>9.0f}"


def _plant(home: Path, n_responses: int) -> None:
    """Fill the fact table of an empty home with the answers of one stage, month by month."""
    import numpy as np

    chance = np.random.default_rng(7)
    each = -(-n_responses // len(MONTHS))
    with store.alone(home):
        for number, month in enumerate(tqdm(MONTHS, leave=False, desc=f"{n_responses} responses")):
            n = min(each, n_responses - number * each)
            store.append(home, _facts(chance, number, month, n), number + 1)


def _facts(chance: "np.random.Generator", number: int, month: str, n: int) -> "pa.Table":
    """The facts of n responses in one month: an overall answer and twelve ratings each."""
    import numpy as np
    import pyarrow as pa

    account = chance.integers(0, max(n // N_PER_ACCOUNT, 10), n)
    of_response = {
        "response": pa.array([f"{number:02d}{row:030x}" for row in range(n)]),
        "respondent": np.arange(n) + number * 10**9,
        "cluster": account * 40_503 + 2**62,
        "person": pa.nulls(n, pa.string()),
        "account": pa.nulls(n, pa.string()),
        "answered_at": pa.array([datetime(2025, number + 1, 15, tzinfo=UTC)] * n),
        "month": pa.array([month] * n),
        "journey": pa.array(["buy"] * n),
        "survey": pa.array(["survey"] * n),
        "stage": pa.array([STAGE] * n),
        "version": pa.array(np.ones(n, "int32")),
        "audience": _choice(chance, AUDIENCES, n),
        "market": _choice(chance, MARKETS, n),
        "channel": _choice(chance, CHANNELS, n),
        "language": pa.array(["nl"] * n),
        "attributes": pa.array([[]] * n, pa.map_(pa.string(), pa.string())),
        "weight": np.ones(n),
        "source": pa.array(["web"] * n),
        "partial": np.zeros(n, bool),
    }
    shared = pa.table(of_response).take(pa.array(np.repeat(np.arange(n), N_TOUCHPOINTS + 1)))
    table = {name: shared.column(name) for name in of_response} | _items(_scores(chance, n).ravel())
    return pa.table([table[name] for name in NAMES], names=list(NAMES)).cast(arrow_schema())


def _items(scores: "np.ndarray") -> "dict[str, Any]":
    """The columns that differ from item to item: the overall answer, then the ratings."""
    import numpy as np
    import pyarrow as pa

    item = np.tile(np.arange(N_TOUCHPOINTS + 1), len(scores) // (N_TOUCHPOINTS + 1))
    is_met = ~np.isnan(scores)
    names = np.array([f"touchpoint-{place:02d}" for place in range(N_TOUCHPOINTS + 1)])
    return {
        "touchpoint": pa.array(names[item], mask=item == 0),
        "question": pa.array(names[item]),
        "metric": pa.array(np.where(item == 0, "satisfaction", "rating")),
        "state": pa.array(np.where(is_met, "answered", "not_met")),
        "value": pa.array(1 + scores / 25, mask=~is_met),
        "score": pa.array(scores, mask=~is_met),
        "is_overall": item == 0,
    }


def _scores(chance: "np.random.Generator", n: int) -> "np.ndarray":
    """The overall score of each response, then its ratings, which are alike and often missing."""
    import numpy as np

    mood = chance.normal(0, 1, (n, 1))
    felt = 0.6 * mood + 0.8 * chance.normal(0, 1, (n, N_TOUCHPOINTS))
    ratings = 25.0 * np.clip(np.round(3 + felt), 0, 4)
    ratings[chance.random(ratings.shape) > np.linspace(0.95, 0.2, N_TOUCHPOINTS)] = np.nan
    lost = np.nan_to_num(np.maximum(75 - ratings, 0)) @ np.linspace(0.3, 0.0, N_TOUCHPOINTS)
    overall = 25.0 * np.clip(np.round((85 - lost + chance.normal(0, 15, n)) / 25), 0, 4)
    return np.column_stack([overall, ratings])


def _choice(chance: "np.random.Generator", words: tuple[str, ...], n: int) -> "pa.Array":
    """One of several words for each."""
    import numpy as np
    import pyarrow as pa

    return pa.array(np.array(words)[chance.integers(0, len(words), n)])


if __name__ == "__main__":
    main()

"""Facts by the million, for measuring: invented, the same for the same seed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facts import store
from facts.schema import NAMES, arrow_schema

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

JOURNEYS = ("buy_b2c", "use_b2b")
STAGES = ("discover", "compare", "order", "receive", "stay")
N_TOUCHPOINTS = 6
ITEMS = 10
"""Facts of a response: overall, which were met, six ratings, recommending, a comment."""

OF_ACCOUNTS, PARTIAL, REACH = 0.4, 0.05, 0.6
"""Shares of the responses that come from an account, that are partial, that met a touchpoint."""

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))


def plant_facts(home: Path, n_facts: int, seed: int, report: Callable[[float], None]) -> None:
    """Fill the fact table of an empty home, month by month.

    Args:
        home: the home folder.
        n_facts: how many facts, about.
        seed: the same gives the same facts.
        report: told the share done.
    """
    with store.alone(home):
        for number, facts in enumerate(_months(n_facts, seed), start=1):
            store.append(home, facts, number)
            report(number / len(MONTHS))


def _months(n_facts: int, seed: int) -> "Iterator[pa.Table]":
    """The facts of each month."""
    import numpy as np

    chance = np.random.default_rng(seed)
    for number, month in enumerate(MONTHS):
        yield _facts(chance, number, month, n_facts // len(MONTHS) // ITEMS)


def _facts(chance: "np.random.Generator", number: int, month: str, n: int) -> "pa.Table":
    """The facts of n responses in one month."""
    import numpy as np
    import pyarrow as pa

    person = chance.integers(0, max(4 * n, 10), n)
    account = chance.integers(0, max(n // 4, 10), n)
    is_b2b = chance.random(n) < OF_ACCOUNTS
    year, of_year = (int(part) for part in month.split("-"))
    begin = datetime(year, of_year, 1, 1, tzinfo=UTC).timestamp()
    when = (begin + chance.integers(0, 27 * 86_400, n)).astype("int64") * 1_000_000
    owner = np.repeat(np.arange(n), ITEMS)
    item = np.tile(np.arange(ITEMS), n)
    of_response = {
        "response": pa.array([f"{number:02d}{row:030x}" for row in range(n)]),
        "respondent": person * 2_654_435_761 % 2**62,
        "cluster": np.where(
            is_b2b, account * 40_503 % 2**61 + 2**62, person * 2_654_435_761 % 2**62
        ),
        "person": _words("person-{}", person),
        "account": _words("account-{}", account, ~is_b2b),
        "answered_at": pa.array(when, pa.timestamp("us", tz="UTC")),
        "month": pa.array([month] * n),
        "journey": _choice(chance, JOURNEYS, n),
        "survey": pa.array(["survey"] * n),
        "stage": _choice(chance, STAGES, n),
        "version": pa.array(np.ones(n, "int32")),
        "audience": _choice(chance, ("customer", "prospect", "ex_customer"), n),
        "market": _choice(chance, ("b2b", "b2c"), n),
        "channel": _choice(chance, ("online", "offline"), n),
        "language": _choice(chance, ("nl", "en"), n),
        "attributes": _attributes(chance, n),
        "weight": np.ones(n),
        "source": pa.array(["web"] * n),
        "partial": chance.random(n) < PARTIAL,
    }
    shared = pa.table(of_response).take(pa.array(owner))
    table = {name: shared.column(name) for name in of_response} | _items(chance, item)
    return pa.table([table[name] for name in NAMES], names=list(NAMES)).cast(arrow_schema())


def _items(chance: "np.random.Generator", item: "np.ndarray") -> "dict[str, pa.Array]":
    """What was asked in each item and what became of it."""
    import numpy as np
    import pyarrow as pa

    touchpoint = np.where((item >= 2) & (item < 8), item - 2, -1)  # noqa: PLR2004 -- the ratings
    metrics = ["satisfaction", "choice", *["rating"] * N_TOUCHPOINTS, "nps", "sentiment"]
    is_met = (touchpoint < 0) | (chance.random(len(item)) < REACH)
    point = chance.integers(0, 5, len(item))
    score = np.where(item == ITEMS - 2, chance.integers(0, 11, len(item)) * 10.0, point * 25.0)
    has_score = is_met & (item != 1)
    return {
        "touchpoint": _words("touchpoint-{}", touchpoint, touchpoint < 0),
        "question": _words("question-{}", item),
        "metric": pa.array(np.array(metrics)[item]),
        "state": pa.array(np.where(is_met, "answered", "not_met")),
        "value": pa.array(1 + score / 25, mask=~has_score),
        "score": pa.array(score, mask=~has_score),
        "is_overall": pa.array(item == 0),
    }


def _choice(chance: "np.random.Generator", words: tuple[str, ...], n: int) -> "pa.Array":
    """One of several words for each."""
    import numpy as np
    import pyarrow as pa

    return pa.array(np.array(words)[chance.integers(0, len(words), n)])


def _words(form: str, numbers: "np.ndarray", mask: "np.ndarray | None" = None) -> "pa.Array":
    """A word for each number; none where masked."""
    import numpy as np
    import pyarrow as pa

    words, place = np.unique(numbers, return_inverse=True)
    named = pa.array([form.format(word) for word in words])
    return named.take(pa.array(place, mask=mask))


def _attributes(chance: "np.random.Generator", n: int) -> "pa.Array":
    """A region and a segment for each."""
    import pyarrow as pa

    kinds = [[("region", region), ("segment", f"s{k}")] for region in "NESW" for k in range(3)]
    types = pa.map_(pa.string(), pa.string())
    return pa.array(kinds, types).take(pa.array(chance.integers(0, len(kinds), n)))

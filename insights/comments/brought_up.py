"""What people bring up in a month or a selection: asked about or not, each touchpoint once."""

from collections.abc import Collection
from typing import Any

import ibis
import pandas as pd

from insights.comments.mention_counts import mention_counts
from insights.intervals import wilson
from insights.plain import plain_rows
from insights.release.suppression import FEW_ANSWERS

Row = dict[str, Any]

MOST = 2
"""So many unasked touchpoints are told of in a sentence each."""


def named_once(counts: pd.DataFrame, known: Collection[tuple[str, str]]) -> list[Row]:
    """Put mentions in order: what no survey asks about first, and then the most frequent.

    A word can name the same touchpoint of several stages: it counts where a survey asks about it,
    else once.

    Args:
        counts: what ``mention_counts`` gives.
        known: the stage and touchpoint keys that are in use; others are left out.

    Returns:
        One plain row per touchpoint.

    References:
        docs/metrics.md, "Sentiment".

    Example:
        >>> counts = pd.DataFrame({"stage": ["buy", "use"], "touchpoint": ["app", "app"],
        ...     "persons": [9, 12], "shown": True, "asked": [False, True]})
        >>> [row["stage"] for row in named_once(counts, {("buy", "app"), ("use", "app")})]
        ['use']
    """
    rows = [row for row in plain_rows(counts) if (row["stage"], row["touchpoint"]) in known]
    rows.sort(key=lambda row: (row["asked"], not row["shown"], -(row["persons"] or 0)))
    met = {row["touchpoint"] for row in rows if row["asked"]}
    kept = []
    for row in rows:
        if row["asked"] or row["touchpoint"] not in met:
            kept.append(row)
            met.add(row["touchpoint"])
    return kept


def worth_telling(table: ibis.Table, known: Collection[tuple[str, str]]) -> list[Row]:
    """Choose what to tell of a year's comments: what was not asked about, else the most blamed.

    Args:
        table: the facts of one journey and year.
        known: the stage and touchpoint keys that are in use.

    Returns:
        At most two rows of touchpoints that nobody was asked about; if there are none, the one
        with the largest share of blame among those that thirty comments name, if there is one, with
        ``low`` and ``high`` of that share (Wilson, of the comments).

    References:
        docs/metrics.md, "Sentiment".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": "app", "respondent": k, "cluster": k,
        ...          "metric": "mention", "state": "answered", "value": -0.5, "score": 25.0}
        ...         for k in range(6)]
        >>> types = {"stage": "string", "touchpoint": "string", "respondent": "int64",
        ...     "cluster": "int64", "metric": "string", "state": "string", "value": "float64",
        ...     "score": "float64"}
        >>> found = worth_telling(ibis.memtable(rows, schema=types), {("buy", "app")})
        >>> [(row["touchpoint"], row["persons"], row["asked"]) for row in found]
        [('app', 6, False)]
    """
    rows = [row for row in named_once(mention_counts(table), known) if row["shown"]]
    unasked = [row for row in rows if not row["asked"]]
    if unasked:
        return unasked[:MOST]
    many = [row for row in rows if (row["n"] or 0) >= FEW_ANSWERS and row["negative"]]
    worst = sorted(many, key=lambda row: (-row["negative"], -row["n"]))[:1]
    return [row | wilson(row["negative"] * row["n"], row["n"])._asdict() for row in worst]

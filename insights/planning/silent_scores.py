"""Per stage what those who were asked and said nothing could make of its score."""

import ibis
import pandas as pd
import pyarrow as pa

from insights.cells import collect, overall
from insights.planning.silent import POINTS, SilentReason, silent_bounds
from insights.scores import stage_scores

_NUMBERS = ("silent", "share", "lowest", "highest", "apart", "below", "above")


def covered(counts: pd.DataFrame, outreach: pd.DataFrame) -> pd.DataFrame:
    """List the surveys and months of which it is known how many were asked.

    A month of a stage and audience counts only where that is known of all its surveys that were
    answered: else those who came by another way would be taken for invited ones.

    Args:
        counts: per survey and month ``started``, with its ``stage`` and ``audience``.
        outreach: per survey and month ``invited`` and ``ineligible``, with the same.

    Returns:
        One row per survey and month: ``survey``, ``stage``, ``audience``, ``month``, ``started``,
        ``eligible``.

    References:
        docs/metrics.md, "Those who say nothing".

    Example:
        >>> counts = pd.DataFrame({"survey": ["a", "b"], "stage": "buy", "audience": "customer",
        ...                        "month": "2026-10", "started": 20})
        >>> told = pd.DataFrame({"survey": ["a"], "stage": "buy", "audience": "customer",
        ...                      "month": "2026-10", "invited": 100, "ineligible": 4})
        >>> [covered(some, told)["eligible"].tolist() for some in (counts, counts[:1])]
        [[], [96]]
    """
    keys = ["survey", "stage", "audience", "month"]
    both = counts[[*keys, "started"]].merge(
        outreach[[*keys, "invited", "ineligible"]], on=keys, how="outer"
    )
    both["started"] = both["started"].fillna(0).astype("int64")
    is_told = both["invited"].notna()
    cell = [both[name] for name in ("stage", "audience", "month")]
    is_whole = (is_told | (both["started"] == 0)).groupby(cell, dropna=False).transform("all")
    kept = both[is_told & is_whole]
    eligible = (kept["invited"] - kept["ineligible"]).astype("int64")
    return kept.assign(eligible=eligible)[[*keys, "started", "eligible"]].reset_index(drop=True)


def silent_scores(told: ibis.Table, asked: pd.DataFrame, points: float = POINTS) -> pd.DataFrame:
    """Bound the score of each stage by what its silent ones could have said.

    Args:
        told: the facts of one audience that may be told month by month.
        asked: what ``covered`` gives of that audience.
        points: the move of the score that is asked about.

    Returns:
        One row per stage that people were asked about, by name: ``stage``, ``persons``, ``n``
        (overall answers), ``score`` with ``low`` and ``high`` (its interval), ``eligible``,
        ``silent`` (people), ``share`` (of the eligible, 0-1), ``lowest`` and ``highest`` (points:
        the score of all if every silent one were at 0, at 100), ``apart`` (points the silent must
        differ to move the score by ``points``), ``below`` and ``above`` (the score of the silent
        that would; null where none would), ``reason``, ``shown`` and ``few``. Months that may not
        be told yet are left out, their silent ones too.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Those who say nothing".

    Example:
        >>> rows = [{"survey": "s", "stage": "buy", "month": "2026-10", "respondent": k,
        ...          "cluster": k, "score": 25.0 * (k % 5), "state": "answered",
        ...          "is_overall": True} for k in range(20)]
        >>> asked = pd.DataFrame({"survey": ["s"], "stage": ["buy"], "audience": ["customer"],
        ...                       "month": ["2026-10"], "started": [20], "eligible": [80]})
        >>> found = silent_scores(ibis.memtable(rows), asked)
        >>> found[["score", "lowest", "highest"]].values.tolist()
        [[50.0, 12.5, 87.5]]
    """
    answers = overall(told)
    heard = collect(answers.group_by(["survey", "month"]).aggregate(n=answers.count()))
    pairs = asked.merge(heard, on=["survey", "month"], how="left")
    pairs = pairs[pairs["n"].notna() | (pairs["started"] == 0)]
    columns = ["stage", "persons", "n", "score", "low", "high", "eligible", *_NUMBERS, "reason"]
    if pairs.empty:
        return pd.DataFrame(columns=[*columns, "shown", "few"])
    scores = stage_scores(of_pairs(told, pairs))
    eligible = pairs.groupby("stage", as_index=False)["eligible"].sum()
    found = eligible.merge(scores, on="stage", how="left").sort_values("stage", ignore_index=True)
    found["shown"] = found["shown"].eq(True)
    bounds = [_bounds(row, points) for row in found.to_dict("records")]
    for place, name in enumerate(_NUMBERS):
        found[name] = [values[place] for values, _ in bounds]
    found["reason"] = pd.Series([reason for _, reason in bounds], dtype=object)
    found["few"] = found["few"].eq(True)
    bounded: pd.DataFrame = found[[*columns, "shown", "few"]]
    return bounded


def of_pairs(table: ibis.Table, pairs: pd.DataFrame) -> ibis.Table:
    """Keep the facts of these surveys in these months.

    Args:
        table: the facts.
        pairs: one row or more, with ``survey`` and ``month``.

    Returns:
        The facts that are left, with the same columns.

    References:
        docs/metrics.md, "Those who say nothing".

    Example:
        >>> facts = ibis.memtable([{"survey": each, "month": "2026-10"} for each in "ab"])
        >>> pairs = pd.DataFrame({"survey": ["b"], "month": ["2026-10"]})
        >>> of_pairs(facts, pairs).survey.to_pyarrow().to_pylist()
        ['b']
    """
    names = ["survey", "month"]
    keys = pa.table({name: pa.array(list(pairs[name]), "string") for name in names})
    return table.semi_join(ibis.memtable(keys), names)


def _bounds(row: dict[str, object], points: float) -> tuple[tuple[float | None, ...], str | None]:
    """The bounds of one stage as its columns, and why there are none."""
    if not row["shown"]:
        return (None,) * len(_NUMBERS), "too_few_persons"
    found = silent_bounds(row["score"], row["n"], row["eligible"], points)  # type: ignore[arg-type]
    if found.reason:
        return (None,) * len(_NUMBERS), SilentReason(found.reason).value
    values = (found.n, found.share, found.low, found.high, found.apart, found.below, found.above)
    return values, None

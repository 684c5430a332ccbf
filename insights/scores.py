"""Scores from 0 to 100: of cells, of stages, of touchpoints, each with n and an interval."""

from collections.abc import Sequence

import ibis
import pandas as pd

from insights.cells import answered, beside, collect, mean_cells, overall, rated
from insights.release.suppression import FEW_ANSWERS, protect, suppress
from vocabulary import Metric, State

_NUMBERS = ("n", "mean", "low", "high")


def score_cells(table: ibis.Table, by: Sequence[str]) -> pd.DataFrame:
    """Average the scores of the answers, per cell.

    Args:
        table: facts; only answered ones count. Keep one kind of fact (ratings, overall) first.
        by: the columns that name a cell; at least one.

    Returns:
        One row per cell, sorted: ``by``, ``persons``, ``n`` (answers), ``mean`` (points, 0-100),
        ``low``, ``high`` (its 95% interval, within 0-100; null with fewer than five accounts or
        no spread), ``shown`` and ``few`` (shown, but fewer than 30 answers). All numbers of a
        cell of fewer than five persons are null. No answers, no rows.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Score" and "How sure a score is".

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "score": 20.0 * k,
        ...          "state": "answered"} for k in range(6)]
        >>> types = {"stage": "string", "respondent": "int64", "cluster": "int64",
        ...          "score": "float64", "state": "string"}
        >>> cells = score_cells(ibis.memtable(rows, schema=types), ["stage"])
        >>> cells[["stage", "n", "mean", "shown", "few"]].values.tolist()
        [['buy', 6, 50.0, True, True]]
    """
    return _mark_few(suppress(_cells(table, by), _NUMBERS))


def breakdown(table: ibis.Table, by: str, within: Sequence[str] = ()) -> pd.DataFrame:
    """Split a score by one property of the respondents, protected against subtraction.

    Args:
        table: facts, as for ``score_cells``.
        by: the property: audience, market, channel or language.
        within: the columns that name what is split, when it is several things at once.

    Returns:
        As ``score_cells``; besides cells of fewer than five persons the next smallest is hidden
        where the total and the others would give them away.

    References:
        ``insights.release.suppression.protect``.

    Example:
        >>> rows = [{"audience": "lead" if k < 3 else "customer", "respondent": k, "cluster": k,
        ...          "score": 20.0, "state": "answered"} for k in range(12)]
        >>> types = {"audience": "string", "respondent": "int64", "cluster": "int64",
        ...          "score": "float64", "state": "string"}
        >>> breakdown(ibis.memtable(rows, schema=types), "audience")["shown"].tolist()
        [False, False]
    """
    return _mark_few(protect(_cells(table, [*within, by]), _NUMBERS, within))


def stage_scores(table: ibis.Table) -> pd.DataFrame:
    """Score every stage by its own overall question.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        One row per stage that was answered, by name: ``stage``, ``persons``, ``n``, ``score``
        (points), ``low``, ``high``, ``shown``, ``few``; see ``score_cells``.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "score": 20.0 * k,
        ...          "state": "answered", "is_overall": True} for k in range(6)]
        >>> types = {"stage": "string", "respondent": "int64", "cluster": "int64",
        ...          "score": "float64", "state": "string", "is_overall": "boolean"}
        >>> stage_scores(ibis.memtable(rows, schema=types))["score"].tolist()
        [50.0]
    """
    return score_cells(overall(table), ["stage"]).rename(columns={"mean": "score"})


def touchpoint_scores(table: ibis.Table) -> pd.DataFrame:
    """Score every touchpoint of every stage by its ratings.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        One row per touchpoint that was rated, by name: ``stage``, ``touchpoint``, ``persons``,
        ``n`` (ratings), ``met`` (how often it was met, rated or not), ``reach`` (share, 0-1, of
        the responses with an overall answer of the stage that rate it; null without those;
        responses of which the touchpoint may not be told yet do not count),
        ``score``, ``low``, ``high`` (points), ``shown``, ``few``; see ``score_cells``.

    References:
        docs/metrics.md, "Reach" and "Score".

    Example:
        >>> import pyarrow as pa
        >>> facts = pa.table({"response": ["r1", "r2", "r3", "r4", "r5"] * 2,
        ...     "respondent": [1, 2, 3, 4, 5] * 2, "cluster": [1, 2, 3, 4, 5] * 2,
        ...     "stage": ["buy"] * 10, "touchpoint": [None] * 5 + ["shop"] * 5,
        ...     "metric": ["satisfaction"] * 5 + ["rating"] * 5, "state": ["answered"] * 10,
        ...     "score": [50.0] * 5 + [75.0] * 5, "is_overall": [True] * 5 + [False] * 5})
        >>> touchpoint_scores(ibis.memtable(facts))[["n", "met", "reach", "score"]].values.tolist()
        [[5, 5, 1.0, 75.0]]
    """
    cells = mean_cells(rated(table), ["stage", "touchpoint"])
    cells = _with_reach(table, cells)
    names = ["stage", "touchpoint", "persons", "n", "met", "reach", "mean", "low", "high"]
    shown = suppress(_bounded(cells)[names], (*_NUMBERS, "met", "reach"))
    return _mark_few(shown).rename(columns={"mean": "score"})


def _cells(table: ibis.Table, by: Sequence[str]) -> pd.DataFrame:
    """Average scores per cell, before anything is hidden."""
    cells = _bounded(mean_cells(answered(table), by))
    return cells[[*by, "persons", *_NUMBERS]]


def _bounded(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep the intervals of scores within 0 and 100, where scores live."""
    return cells.assign(low=cells["low"].clip(0, 100), high=cells["high"].clip(0, 100))


def _mark_few(cells: pd.DataFrame) -> pd.DataFrame:
    """Say which scores rest on few answers."""
    return cells.assign(few=(cells["n"] < FEW_ANSWERS).fillna(False).astype(bool))


def _with_reach(table: ibis.Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Count per touchpoint who met it at all, and its reach among the overall answers."""
    keys = ["stage", "touchpoint"]
    is_unrated = table.state == State.MET_UNRATED.value
    unrated = table.filter(table.metric == Metric.RATING.value, is_unrated)
    whole = overall(table).select("stage", "response")
    # Joined alone: with a second state in it the engine reads the keys of all responses.
    both = rated(table).semi_join(whole, ["stage", "response"])
    still = table.filter(table.metric == Metric.RATING.value, table.state == State.WAITING.value)
    still = still.semi_join(whole, ["stage", "response"])  # who tells nothing of it yet
    counts = (
        (unrated.group_by(keys).aggregate(unrated=unrated.count()), keys),
        (both.group_by(keys).aggregate(ratings=both.count()), keys),
        (still.group_by(keys).aggregate(waiting=still.count()), keys),
        (whole.group_by("stage").aggregate(answers=whole.count()), ["stage"]),
    )
    for count, by in counts:
        cells = beside(cells, collect(count), by)
    met = cells["n"] + cells["unrated"].fillna(0).astype("int64")
    known = cells["answers"] - cells["waiting"].fillna(0)
    return cells.assign(met=met, reach=cells["ratings"].fillna(0) / known)

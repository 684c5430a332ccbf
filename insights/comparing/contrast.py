"""How two groups of answers differ, in every stage and touchpoint, and what of that is proven."""

from collections.abc import Collection, Iterable

import ibis
import numpy as np
import pandas as pd

from insights.cells import beside, collect
from insights.clusters import MINIMUM_CLUSTERS, clustered_mean
from insights.comparing.differences import FALSE_DISCOVERIES, SUMS, adjusted, difference
from insights.comparing.shrinkage import shrink
from insights.release.suppression import FEW_ANSWERS, MINIMUM_PERSONS
from vocabulary import Metric, State

CELL = ["stage", "touchpoint"]
"""What names a cell of a report; the touchpoint is null for a stage's own overall question."""

COUNTS = ("persons_a", "persons_b", "n_a", "n_b")

DIFFERENCES = ("difference", "low", "high", "error", "p", "smallest")

MOST = 100.0
"""No score is higher, and no difference larger; no end of an interval, either."""

_SIDES = ("score_a", "low_a", "high_a", "score_b", "low_b", "high_b")
_ERRORS = ["error_a", "error_b"]
_COLUMNS = ("stage", "touchpoint", "metric", "state", "score", "is_overall")


def places_of(facts: ibis.Table) -> ibis.Table:
    """Keep what a report scores: overall questions, which have no touchpoint, and ratings.

    Args:
        facts: the facts of one journey, whatever became of each item.

    Returns:
        ``stage``, ``touchpoint`` (null for an overall question), ``metric``, ``is_answer``,
        ``score`` (a 64-bit float; null unless it is an answer) and all further columns.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": None, "metric": metric, "state": "answered",
        ...          "score": 50.0, "is_overall": metric == "nps"} for metric in ("nps", "choice")]
        >>> types = dict.fromkeys(("stage", "touchpoint", "metric", "state"), "string")
        >>> types |= {"score": "float64", "is_overall": "boolean"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> places_of(facts)[["metric", "is_answer"]].to_pyarrow().to_pylist()
        [{'metric': 'nps', 'is_answer': True}]
    """
    has_touchpoint = facts.touchpoint.notnull()  # noqa: PD004 -- Ibis, not pandas
    is_rating = (facts.metric == Metric.RATING.value) & has_touchpoint
    kept = facts.filter(facts.is_overall | is_rating)
    has_score = kept.score.notnull()  # noqa: PD004 -- Ibis, not pandas
    is_answer = (kept.state == State.ANSWERED.value) & has_score
    return kept.select(
        stage=kept.stage,
        touchpoint=ibis.ifelse(kept.is_overall, ibis.null("string"), kept.touchpoint),
        metric=kept.metric,
        is_answer=is_answer,
        score=is_answer.ifelse(kept.score.cast("float64"), ibis.null("float64")),
        **{name: kept[name] for name in kept.columns if name not in _COLUMNS},
    )


def contrast(
    sides: ibis.Table,
    share: float = FALSE_DISCOVERIES,
    *,
    places: Collection[tuple[str, str | None]] | None = None,
    hidden: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare side A with side B in every stage and touchpoint of a report at once.

    Args:
        sides: what ``places_of`` gives, with ``respondent``, ``cluster`` and ``is_b``: whether it
            is of side B.
        share: how many of the differences called proven may be chance, on average, 0-1.
        places: the cells of the report, stage and touchpoint; none means all that were asked.
        hidden: cells (``stage``, ``touchpoint``) that would give away others, if shown.

    Returns:
        One row per cell that was asked of either side, sorted: ``stage``, ``touchpoint``,
        ``persons_a``, ``persons_b``, ``n_a``, ``n_b``, ``score_a``, ``low_a``, ``high_a``,
        ``score_b``, ``low_b``, ``high_b``, ``difference`` (B minus A), ``low``, ``high``,
        ``error`` (points), ``p``, ``smallest`` (points: a true difference this large would have
        been found in 80% of cases, looked at alone), ``shrunk`` (the difference moved towards
        that of all cells), ``shrunk_a``, ``shrunk_b`` (a touchpoint's score moved towards those
        of its stage's touchpoints), ``p_adjusted`` (over all rows), ``is_proven``, ``shown``,
        ``few`` (a side has fewer than 30 answers) and ``reason``: why something cannot be said,
        "not_asked_a", "not_asked_b", "too_few_persons", "gives_away", "asked_differently"
        (another kind of question), "too_few_accounts", "no_variation", or null. All numbers are
        null where nothing may be shown.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Comparing".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": None, "metric": "nps", "respondent": k,
        ...          "cluster": k, "is_answer": True, "score": 25.0 * (k % 5 > 1) + 50.0 * (k % 2),
        ...          "is_b": k % 2 == 1} for k in range(40)]
        >>> types = {"stage": "string", "touchpoint": "string", "metric": "string",
        ...          "respondent": "int64", "cluster": "int64", "is_answer": "boolean",
        ...          "score": "float64", "is_b": "boolean"}
        >>> found = contrast(ibis.memtable(rows, schema=types))
        >>> found[["stage", "difference", "is_proven"]].values.tolist()
        [['buy', 50.0, True]]
    """
    found = _found(collect(_asked(sides, [])), collect(_sums(sides, [])), places)
    return _judged(found, hidden, share)


def contrasts(
    sides: ibis.Table, by: str, reports: Iterable[str], share: float = FALSE_DISCOVERIES
) -> list[pd.DataFrame]:
    """Make several reports at once, asking the engine no more often than for one of them.

    Args:
        sides: as for ``contrast``; an answer stands there once per report that it is part of.
        by: the column that names the report.
        reports: which reports.
        share: of each report, as for ``contrast``.

    Returns:
        Per report what ``contrast`` gives.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Comparing".

    Example:
        >>> rows = [{"report": "first", "stage": "buy", "touchpoint": None, "metric": "nps",
        ...          "respondent": k, "cluster": k, "is_answer": True, "is_b": k % 2 == 1,
        ...          "score": 25.0 * (k % 5 > 1) + 50.0 * (k % 2)} for k in range(40)]
        >>> texts = dict.fromkeys(["report", "stage", "touchpoint", "metric"], "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "is_answer": "boolean",
        ...     "is_b": "boolean", "score": "float64"}
        >>> found = contrasts(ibis.memtable(rows, schema=types), "report", ["first", "second"])
        >>> [each["difference"].tolist() for each in found]
        [[50.0], []]
    """
    asked, sums = collect(_asked(sides, [by])), collect(_sums(sides, [by]))
    parts = ((asked[asked[by] == report], sums[sums[by] == report]) for report in reports)
    return [_judged(_found(*part), None, share) for part in parts]


def _found(
    asked: pd.DataFrame,
    sums: pd.DataFrame,
    places: Collection[tuple[str, str | None]] | None = None,
) -> pd.DataFrame:
    """The numbers of every cell of a report, from what the engine counted and summed."""
    asked = _in(asked, places)
    cells = asked.drop_duplicates(CELL)[CELL].reset_index(drop=True)
    for letter, is_b in (("a", False), ("b", True)):
        names = {name: f"{name}_{letter}" for name in ("persons", "first", "last")}
        side = asked.loc[asked["is_b"] == is_b, [*CELL, *names]]
        cells = beside(cells, side.rename(columns=names), CELL)
    rows = [
        dict(zip(CELL, key, strict=True)) | _numbers(group)
        for key, group in sums.groupby(CELL, dropna=False, sort=False)
    ]
    return beside(cells, pd.DataFrame(rows, columns=[*CELL, *_NUMBERS]), CELL)


_NUMBERS = [*COUNTS[2:], *_SIDES, *_ERRORS, *DIFFERENCES, "accounts"]


def _in(cells: pd.DataFrame, places: Collection[tuple[str, str | None]] | None) -> pd.DataFrame:
    """The cells of a report, sorted, a stage before its touchpoints' names."""
    cells = cells.sort_values([*CELL, "is_b"], ignore_index=True)
    if places is None:
        return cells
    keys = zip(cells["stage"], cells["touchpoint"], strict=True)
    wanted = {(stage, touchpoint or "") for stage, touchpoint in places}
    kept = [(stage, "" if pd.isna(place) else place) in wanted for stage, place in keys]
    return cells[np.array(kept, dtype=bool)]


def _asked(sides: ibis.Table, by: list[str]) -> ibis.Table:
    """Per cell and side: how many persons answered, and the kinds of question they were asked."""
    each = sides.group_by([*by, *CELL, "is_b", "respondent"]).aggregate(
        has_answered=sides.is_answer.any(), first=sides.metric.min(), last=sides.metric.max()
    )
    return each.group_by([*by, *CELL, "is_b"]).aggregate(
        persons=each.has_answered.sum(), first=each["first"].min(), last=each["last"].max()
    )


def _sums(sides: ibis.Table, by: list[str]) -> ibis.Table:
    """Sum per cell and cluster, then per cell and pair of sizes: what ``difference`` takes."""
    answers = sides.filter(sides.is_answer)
    clusters = answers.group_by([*by, *CELL, "cluster"]).aggregate(
        n0=(~answers.is_b).sum(),
        n1=answers.is_b.sum(),
        s0=answers.score.sum(where=~answers.is_b).fill_null(0.0),
        s1=answers.score.sum(where=answers.is_b).fill_null(0.0),
    )
    return clusters.group_by([*by, *CELL, "n0", "n1"]).aggregate(
        clusters=clusters.count(),
        t0=clusters.s0.sum(),
        t1=clusters.s1.sum(),
        q00=(clusters.s0 * clusters.s0).sum(),
        q11=(clusters.s1 * clusters.s1).sum(),
        q01=(clusters.s0 * clusters.s1).sum(),
    )


def _numbers(group: pd.DataFrame) -> dict[str, float]:
    """Turn the sums of one cell into its numbers."""
    found = difference(group[list(SUMS)])
    numbers: dict[str, float] = {
        "difference": found.change,
        "low": found.interval.low,
        "high": found.interval.high,
        "error": found.error,
        "p": found.p,
        "smallest": found.smallest,
        "accounts": min(found.clusters_before, found.clusters_after),
    }
    sums = {name: group[name].to_numpy(dtype=float) for name in SUMS}
    for letter, at in (("a", 0), ("b", 1)):
        has = sums[f"n{at}"] > 0
        size, total, square = (sums[name][has] for name in (f"n{at}", f"t{at}", f"q{at}{at}"))
        mean = clustered_mean(size, total, clusters=sums["clusters"][has], squares=square)
        numbers |= {f"n_{letter}": mean.n, f"score_{letter}": mean.mean}
        numbers |= {f"low_{letter}": mean.interval.low, f"high_{letter}": mean.interval.high}
        numbers[f"error_{letter}"] = mean.error
    return numbers


def _judged(found: pd.DataFrame, hidden: pd.DataFrame | None, share: float) -> pd.DataFrame:
    """Hide what may not be shown, say which differences are proven, and why others cannot be."""
    reason = _reasons(found, hidden)
    is_hidden = reason.isin(["not_asked_a", "not_asked_b", "too_few_persons", "gives_away"])
    is_unlike = is_hidden | (reason == "asked_differently")
    for name in COUNTS:
        found[name] = found[name].astype("Int64").mask(is_hidden)
    for name in (*_SIDES, *_ERRORS, *DIFFERENCES):
        found[name] = found[name].mask(is_unlike if name in DIFFERENCES else is_hidden)
    found[[*_SIDES]] = found[[*_SIDES]].clip(0.0, MOST)
    found[["low", "high"]] = found[["low", "high"]].clip(-MOST, MOST)
    p_adjusted = adjusted(found["p"])
    few = found[["n_a", "n_b"]].min(axis=1).lt(FEW_ANSWERS).fillna(False)
    result = found[[*CELL, *COUNTS, *_SIDES, *DIFFERENCES]].assign(
        shrunk=shrink(found["difference"], found["error"])[0],
        **{f"shrunk_{letter}": _shrunk(found, letter) for letter in "ab"},
    )
    return result.assign(
        p_adjusted=p_adjusted,
        is_proven=p_adjusted <= share,
        shown=~is_hidden,
        few=few.astype(bool),
        reason=reason,
    )


def _reasons(found: pd.DataFrame, hidden: pd.DataFrame | None) -> "pd.Series[str]":
    """Why something cannot be said of each cell; the weightiest reason alone."""
    persons = found[["persons_a", "persons_b"]].fillna(0).min(axis=1)
    alike = (found["first_a"] == found["first_b"]) & (found["last_a"] == found["last_b"])
    reason = pd.Series(None, index=found.index, dtype=object)
    reason[found["p"].isna()] = "no_variation"
    reason[found["accounts"] < MINIMUM_CLUSTERS] = "too_few_accounts"
    reason[~alike] = "asked_differently"
    if hidden is not None:
        marked = beside(found[CELL], hidden[CELL].assign(is_hidden=True), CELL)
        reason[marked["is_hidden"].notna()] = "gives_away"
    reason[persons < MINIMUM_PERSONS] = "too_few_persons"
    reason[found["persons_a"].isna()] = "not_asked_a"
    reason[found["persons_b"].isna()] = "not_asked_b"
    return reason


def _shrunk(found: pd.DataFrame, letter: str) -> "pd.Series[float]":
    """The scores of one side, each touchpoint's moved towards those of its stage's touchpoints."""
    result = pd.Series(float("nan"), index=found.index)
    for _, rows in found[found["touchpoint"].notna()].groupby("stage"):
        result[rows.index] = shrink(rows[f"score_{letter}"], rows[f"error_{letter}"])[0]
    return result

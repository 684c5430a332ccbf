"""Where a comment and the rating beside it say opposite things, and why that may be."""

from collections.abc import Collection
from enum import StrEnum

import ibis
import numpy as np
import pandas as pd

from insights.cells import beside, collect
from insights.comments.pairs import pairs
from insights.release.suppression import MINIMUM_PERSONS, protect, suppress
from vocabulary import Metric, State

OPINION = 0.5
"""A comment is about one thing or its opposite from this polarity on, on either side of 0."""

LOW, HIGH = 25.0, 75.0
"""Scores that are plainly bad, and plainly good: 2 and 4 of five."""

FEWEST_ANSWERS = 2
"""Answers that must all be at one end before somebody is thought to have turned the scale."""


class Kind(StrEnum):
    """Why a comment and its rating may clash."""

    SCALE_MISREAD = "scale_misread"  # all ratings are at the wrong end
    BUT = "but"  # the text says both
    SAVED_BY_A_PERSON = "saved_by_a_person"  # a bad stage, and praise of those who work there
    OTHER = "other"


Key = tuple[str, str]
_TEXT = (Metric.SENTIMENT, Metric.MENTION)
_UNSCORED = [str(metric) for metric in (*_TEXT, Metric.CHOICE)]
_PLACE = ["stage", "touchpoint"]


def clash(polarity: ibis.Value, score: ibis.Value) -> ibis.Value:
    """Say whether a comment and a score say opposite things.

    Args:
        polarity: what the comment says, -1 to 1.
        score: what was given beside it, 0 to 100.

    Returns:
        True where the one is from half on negative and the other 75 or more, or the other way
        round; null where either is.

    References:
        docs/metrics.md, "Score": 25 and 75 are 2 and 4 on a scale of five.

    Example:
        >>> rows = [{"polarity": -0.5, "score": 75.0}, {"polarity": 0.9, "score": 50.0}]
        >>> table = ibis.memtable(rows, schema={"polarity": "float64", "score": "float64"})
        >>> clash(table.polarity, table.score).to_pyarrow().to_pylist()
        [True, False]
    """
    is_blame = (polarity <= -OPINION) & (score >= HIGH)
    is_praise = (polarity >= OPINION) & (score <= LOW)
    return is_blame | is_praise


def distance(polarity: ibis.Value, score: ibis.Value) -> ibis.Value:
    """Say how far a comment and a score lie apart.

    Args:
        polarity: what the comment says, -1 to 1.
        score: what was given beside it, 0 to 100.

    Returns:
        0 (they say the same) to 2 (opposite ends).

    References:
        ``insights.scales.scales.to_score``: polarity is brought to the same line.

    Example:
        >>> rows = [{"polarity": -1.0, "score": 100.0}]
        >>> table = ibis.memtable(rows, schema={"polarity": "float64", "score": "float64"})
        >>> distance(table.polarity, table.score).to_pyarrow().to_pylist()
        [2.0]
    """
    return (polarity - (score - 50) / 50).abs()


def disagreements(
    table: ibis.Table,
    contrasts: Collection[Key] = frozenset(),
    people: Collection[Key] = frozenset(),
) -> pd.DataFrame:
    """Count the comments that say the opposite of the rating beside them.

    A comment that names a touchpoint counts there, too, by what it says of it.

    Args:
        table: the facts of one journey, filtered.
        contrasts: (response, question) of comments whose text says both, or holds a "but".
        people: (stage, touchpoint) where people of the company are met.

    Returns:
        One row per stage and touchpoint (null: the stage as a whole) with comments that have a
        score beside them, sorted: ``persons`` (whose comments clash), ``n`` (such comments),
        ``of`` (comments with a score beside them), ``share``, one column per ``Kind`` with its
        part of ``n``, ``shown``. Null under five persons; so is a kind that fewer than five
        persons stand behind, or that would tell of one.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> rows = [{"response": f"r{k}", "respondent": k, "stage": "buy", "state": "answered",
        ...          "question": metric, "touchpoint": None, "metric": metric, "value": value,
        ...          "score": score, "is_overall": metric == "nps"} for k in range(6)
        ...         for metric, value, score in [("sentiment", -0.9, None), ("nps", 9.0, 90.0)]]
        >>> types = dict.fromkeys(rows[0], "string") | {"respondent": "int64",
        ...     "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> found = disagreements(ibis.memtable(rows, schema=types))
        >>> found[["stage", "persons", "n", "of", "share", "other"]].values.tolist()
        [['buy', 6, 6, 6, 1.0, 6]]
    """
    spoken = _spoken(table)
    every = collect(spoken.group_by(_PLACE).aggregate(of=spoken.count()).order_by(_PLACE))
    found = _clashes(table, spoken)
    found["kind"] = _kinds(table, found, contrasts, people)
    cells = found.groupby(_PLACE, dropna=False)["respondent"]
    counted = cells.agg(persons="nunique", n="size").reset_index()
    cells_of_kind = found.groupby([*_PLACE, "kind"], dropna=False)["respondent"]
    by_kind = cells_of_kind.agg(persons="nunique", n="size").reset_index()
    by_kind = protect(by_kind, ["n"], _PLACE)
    cells_of_all = beside(every, counted, _PLACE)
    for kind in Kind:
        mine = by_kind[by_kind["kind"] == kind][[*_PLACE, "n"]].rename(columns={"n": kind.value})
        cells_of_all = beside(cells_of_all, mine, _PLACE)
    kinds = [kind.value for kind in Kind]
    numbers = ["persons", "n", "of", *kinds]
    cells_of_all[numbers] = cells_of_all[numbers].astype("Int64")
    cells_of_all["share"] = (cells_of_all["n"] / cells_of_all["of"]).astype("Float64")
    return suppress(cells_of_all, ["n", "of", "share", *kinds])


def clashing(
    table: ibis.Table,
    stage: str | None = None,
    touchpoint: str | None = None,
    limit: int | None = None,
) -> list[Key]:
    """Find the comments that say the opposite of the rating beside them, the strongest first.

    Args:
        table: the facts of one journey, filtered.
        stage: the key of a stage; none means all places.
        touchpoint: the key of a touchpoint of it; none means the stage as a whole.
        limit: how many at most.

    Returns:
        (response, question) of each, once; none where fewer than five persons wrote them.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> rows = [{"response": f"r{k}", "respondent": k, "stage": "buy", "state": "answered",
        ...          "question": metric, "touchpoint": None, "metric": metric, "value": value,
        ...          "score": score, "is_overall": metric == "nps"} for k in range(6)
        ...         for metric, value, score in [("sentiment", -0.5 - k / 20, None),
        ...                                      ("nps", 9.0, 90.0)]]
        >>> types = dict.fromkeys(rows[0], "string") | {"respondent": "int64",
        ...     "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> clashing(ibis.memtable(rows, schema=types), "buy", limit=2)
        [('r5', 'sentiment'), ('r4', 'sentiment')]
    """
    found = _clashes(table, _spoken(table))
    if stage is not None:
        at = found["touchpoint"]
        is_there = at.isna() if touchpoint is None else at == touchpoint
        found = found[(found["stage"] == stage) & is_there]
    if found["respondent"].nunique() < MINIMUM_PERSONS:
        return []
    keys = zip(found["response"], found["question"], strict=True)
    return list(dict.fromkeys(keys))[:limit]


def _spoken(table: ibis.Table) -> ibis.Table:
    """What each comment says of each place, and the score beside it."""
    found = pairs(table, _TEXT)
    return found.group_by(["response", "question", "respondent", *_PLACE]).aggregate(
        polarity=found.polarity.mean(), score=found.score.mean()
    )


def _clashes(table: ibis.Table, spoken: ibis.Table) -> pd.DataFrame:
    """The comments that clash, the strongest first, with the ends of the response's scores."""
    clashing = spoken.filter(clash(spoken.polarity, spoken.score))
    clashing = clashing.mutate(distance=distance(clashing.polarity, clashing.score))
    given = table.filter(table.state == State.ANSWERED.value, ~table.metric.isin(_UNSCORED))
    given = given.drop_null("score")
    ends = given.group_by(of="response").aggregate(
        worst=given.score.min(), best=given.score.max(), n_scores=given.count()
    )
    found = clashing.join(ends, clashing.response == ends.of)
    return collect(found.order_by([found.distance.desc(), found.response, found.question]))


def _kinds(
    table: ibis.Table, found: pd.DataFrame, contrasts: Collection[Key], people: Collection[Key]
) -> list[str]:
    """Why each comment may clash; the first reason that fits."""
    is_praise = found["polarity"] > 0
    is_at_one_end = (is_praise & (found["best"] <= LOW)) | (~is_praise & (found["worst"] >= HIGH))
    keys = list(zip(found["response"], found["question"], strict=True))
    both, praised = set(contrasts), _praised(table, found, people)
    is_of_stage = found["touchpoint"].isna()
    reasons = [
        is_at_one_end & (found["n_scores"] >= FEWEST_ANSWERS),
        pd.Series([key in both for key in keys], found.index, dtype=bool),
        is_praise
        & is_of_stage
        & pd.Series([key in praised for key in keys], found.index, dtype=bool),
    ]
    names = [Kind.SCALE_MISREAD.value, Kind.BUT.value, Kind.SAVED_BY_A_PERSON.value]
    chosen: list[str] = np.select(reasons, names, Kind.OTHER.value).tolist()
    return chosen


def _praised(table: ibis.Table, found: pd.DataFrame, people: Collection[Key]) -> set[Key]:
    """Which of the comments praise people."""
    if not people or found.empty:
        return set()
    said = table.filter(table.metric.isin([str(metric) for metric in _TEXT]), table["value"] > 0)
    is_of_people = [
        (said.stage == stage) & (said.touchpoint == touchpoint) for stage, touchpoint in people
    ]
    said = said.filter(ibis.or_(*is_of_people)).select("response", "question").distinct()
    rows = collect(said.filter(said.response.isin(list(found["response"].unique()))))
    return set(zip(rows["response"], rows["question"], strict=True))

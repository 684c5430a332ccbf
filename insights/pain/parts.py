"""Pain in parts: of each group of people, and of a whole journey; what is added up, adds up."""

from collections.abc import Mapping, Sequence

import ibis
import numpy as np
import pandas as pd

from insights.cells import collect, overall
from insights.pain.design import ratings_of
from insights.pain.pain import Pain
from insights.pain.weights import weights_of
from insights.release.suppression import MINIMUM_PERSONS, protect
from insights.weighting.mix import KnownMix

_NUMBERS = ("n", "share", "shortfall", "pain", "lost")


def pain_parts(  # noqa: PLR0913 -- what was priced, and as what it was
    frame: pd.DataFrame,
    touchpoints: Sequence[str],
    found: Pain,
    labels: Sequence[object],
    *,
    unknown: np.ndarray | None = None,
    mix: KnownMix = (),
) -> pd.DataFrame:
    """Divide the pain of a stage among groups of people, at the slopes of all of them together.

    What one respondent loses at a touchpoint is its impact times their own shortfall, so every
    group has a pain, and the groups together have that of the stage, exactly. It says where the
    points are lost, not whether low ratings weigh more with one group than with another.

    Args:
        frame: the answers that were priced, as ``insights.pain.pain.pain`` took them.
        touchpoints: as it took them.
        found: what it gave.
        labels: the group of each row; a null makes a group of its own.
        unknown: as it took it.
        mix: as it took it.

    Returns:
        One row per priced touchpoint, in the order of ``found``, and group, sorted: ``touchpoint``,
        ``part`` (the label), ``persons``, ``n`` (responses of the group), ``share`` (0-1, of all
        responses, weighted), ``shortfall`` (mean points below target over all of the group, whether
        they met it or not), ``pain`` (impact x that: points of the group's own score), ``lost``
        (share x pain: points of the stage's; these add up to its pain) and ``shown``. Null for
        groups of fewer than five persons, and where one could be told by subtraction. No rows
        where nothing is priced.

    Raises:
        ValueError: there are not as many labels as rows.
        KeyError: a column is missing.

    References:
        docs/metrics.md, "Pain in parts". L. Willenborg, T. de Waal, 2001, on what is hidden.

    Example:
        >>> from insights.pain.pain import pain
        >>> shop = np.tile([0.0, 25.0, 50.0, 75.0], 25)
        >>> answers = pd.DataFrame({"y": 50 + 0.4 * shop, "cluster": range(100), "shop": shop})
        >>> found = pain(answers, ["shop"], bootstrap=50)
        >>> market = np.where(shop < 50, "b2b", "b2c")
        >>> parts = pain_parts(answers, ["shop"], found, market)
        >>> parts[["part", "pain", "lost"]].round(6).values.tolist()
        [['b2b', 25.0, 12.5], ['b2c', 5.0, 2.5]]
    """
    if len(labels) != len(frame):
        raise ValueError("labels: one per row")
    priced = found.touchpoints[found.touchpoints["pain"].notna()]
    weights = weights_of(frame, mix)
    kept = frame["y"].notna().to_numpy() & (weights.given != 0)
    rows, weights = frame[kept], weights.of(kept)
    if priced.empty:
        return pd.DataFrame(columns=["touchpoint", "part", "persons", *_NUMBERS, "shown"])
    weight = np.ones(len(rows)) if weights.used is None else weights.used
    hidden = None if unknown is None else unknown[kept]
    lost = pd.DataFrame(_lost(ratings_of(rows, touchpoints), hidden, weight, found.target))
    lost.columns = pd.Index(touchpoints)
    given = pd.Series(list(labels), dtype=object).to_numpy()[kept]
    numbers, groups = pd.factorize(given, sort=True, use_na_sentinel=False)
    people = rows["respondent"].to_numpy() if "respondent" in rows else np.arange(len(rows))
    counts = pd.DataFrame({"people": people}).groupby(numbers)["people"].agg(["nunique", "size"])
    held = np.bincount(numbers, weight)
    parts = []
    for name, impact in zip(priced["touchpoint"], priced["impact"], strict=True):
        mean = np.bincount(numbers, weight * lost[name].to_numpy()) / held
        part = pd.DataFrame({"touchpoint": name, "part": groups, "shortfall": mean})
        part = part.assign(persons=counts["nunique"].to_numpy(), n=counts["size"].to_numpy())
        part = part.assign(share=held / held.sum(), pain=impact * mean)
        parts.append(part.assign(lost=part["share"] * part["pain"]))
    together = pd.concat(parts, ignore_index=True)
    return protect(together[["touchpoint", "part", "persons", *_NUMBERS]], _NUMBERS, ["touchpoint"])


def stage_shares(table: ibis.Table) -> dict[str, float]:
    """Say which share of all people there are in the facts reached each stage.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        By stage the share (0-1) of those who answered any stage's overall question that answered
        this one's. Stages of fewer than five persons have none.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Pain in parts".

    Example:
        >>> rows = [{"stage": "buy" if k < 8 else "use", "respondent": k % 8, "score": 50.0,
        ...          "state": "answered", "is_overall": True} for k in range(14)]
        >>> types = {"stage": "string", "respondent": "int64", "score": "float64",
        ...          "state": "string", "is_overall": "boolean"}
        >>> stage_shares(ibis.memtable(rows, schema=types))
        {'buy': 1.0, 'use': 0.75}
    """
    answers = overall(table).drop_null("stage")
    own = answers.group_by("stage").aggregate(persons=answers.respondent.nunique())
    everybody = int(answers.respondent.nunique().to_pyarrow().as_py() or 0)
    counted = collect(own.order_by("stage"))
    return {
        str(stage): int(persons) / everybody
        for stage, persons in zip(counted["stage"], counted["persons"], strict=True)
        if persons >= MINIMUM_PERSONS
    }


def journey_pain(stages: Mapping[str, pd.DataFrame], shares: Mapping[str, float]) -> pd.DataFrame:
    """Bring the pains of all stages together: what a journey loses per person who makes it.

    Args:
        stages: by stage the ``touchpoints`` that ``insights.pain.pain.pain`` gave, in the order of
            the journey.
        shares: how much each stage counts, usually as ``stage_shares`` says; shown beside it.

    Returns:
        One row per priced touchpoint of the stages that have a share, the most lost first:
        ``stage``, ``touchpoint``, ``share``, ``pain`` (points of the stage's score), ``pain_low``,
        ``pain_high``, ``lost``, ``lost_low``, ``lost_high`` (each times the share). ``lost`` adds
        up over touchpoints and stages; the intervals do not.

    Raises:
        ValueError: a share lies outside 0 to 1.

    References:
        docs/metrics.md, "Pain in parts".

    Example:
        >>> prices = {"pain": [4.0], "pain_low": [2.0], "pain_high": [6.0]}
        >>> buy = pd.DataFrame({"touchpoint": ["shop"]} | prices)
        >>> journey_pain({"buy": buy}, {"buy": 0.5})[["lost", "lost_low"]].values.tolist()
        [[2.0, 1.0]]
    """
    if not all(0 <= share <= 1 for share in shares.values()):
        raise ValueError("shares: each lies between 0 and 1")
    columns = ["pain", "pain_low", "pain_high"]
    tables = [
        table.loc[table["pain"].notna(), ["touchpoint", *columns]].assign(
            stage=stage, share=shares[stage]
        )
        for stage, table in stages.items()
        if stage in shares
    ]
    names = ["stage", "touchpoint", "share", *columns]
    rows = pd.concat(tables) if tables else pd.DataFrame(columns=names, dtype=float)
    for name in columns:
        rows[name.replace("pain", "lost")] = rows["share"] * rows[name]
    rows = rows[[*names, "lost", "lost_low", "lost_high"]]
    return rows.sort_values("lost", ascending=False, kind="stable", ignore_index=True)


def _lost(
    ratings: np.ndarray, unknown: np.ndarray | None, weight: np.ndarray, target: float
) -> np.ndarray:
    """What each rating falls short; the mean of what is known where one may not be told."""
    below = np.where(np.isnan(ratings), 0.0, np.maximum(target - ratings, 0.0))
    if unknown is None:
        return below
    known = np.where(unknown, 0.0, weight[:, None])
    whole = known.sum(axis=0)
    means = np.divide((known * below).sum(axis=0), whole, out=np.zeros_like(whole), where=whole > 0)
    return np.where(unknown, means, below)

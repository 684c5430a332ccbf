"""Why the pain of a stage changed: more people met a touchpoint, or it fell shorter than before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from insights.intervals import LEVEL
from insights.pain.change_draws import Parts, Sample, draw_parts
from insights.pain.design import MINIMUM_LOW, Design, Extra, make_design, ratings_of
from insights.pain.guards import ANSWERS_PER_COLUMN, MINIMUM_ACCOUNTS, MINIMUM_ANSWERS, Reason
from insights.pain.pain import TARGET, pain
from insights.release.suppression import FEW_ANSWERS, MINIMUM_PERSONS

BEFORE, AFTER, NEITHER = "before", "after", "neither"
"""The values of the column ``period``."""

PERIODS = (BEFORE, AFTER)

_PARTS = ("change", "reach_part", "shortfall_part", "impact_part")
_ENDS = ("", "_low", "_high")


@dataclass(frozen=True, eq=False)
class PainChange:
    """What a stage loses more, or less, in the later of two periods.

    Attributes:
        touchpoints: one row per touchpoint; see ``pain_change``.
        whole: ``n_before``, ``n_after`` (overall answers; null under five persons),
            ``total_before``, ``total_after``, and for each of change, reach_part and
            shortfall_part its points, its ``_low`` and its ``_high``, over all touchpoints that
            could be compared.
        reason: why nothing is compared, or None.
        needed: how many there must be for that reason, or None.
    """

    touchpoints: pd.DataFrame
    whole: Mapping[str, float]
    reason: Reason | None = None
    needed: int | None = None


def pain_change(  # noqa: PLR0913 -- what it computes, and choices with a good default
    frame: pd.DataFrame,
    touchpoints: Sequence[str],
    *,
    target: float = TARGET,
    bootstrap: int = 2000,
    seed: int = 20261107,
    unknown: np.ndarray | None = None,
) -> PainChange:
    """Split the change of each touchpoint's pain into what reach and what shortfall did.

    What a point of shortfall costs is estimated once, from all answers given, so a change of pain
    is one of reach and of shortfall and of nothing else. Where both periods have answers enough
    to estimate it apart, what the difference of the two slopes adds stands beside, not within.

    Args:
        frame: as for ``insights.pain.pain.pain``, and ``period``: "before", "after", or "neither"
            for answers that only help to estimate the slopes, usually the rest of twelve months.
        touchpoints: the columns with scores.
        target: the lowest score that is no shortfall, points.
        bootstrap: how many resamples of accounts make the intervals.
        seed: of the resamples.
        unknown: true where a rating may not be told, as for ``insights.pain.pain.pain``.

    Returns:
        Per touchpoint, the largest change first: ``impact``; ``n_before``, ``n_after`` (ratings),
        ``reach_before``, ``reach_after`` (0-1), ``shortfall_before``, ``shortfall_after``,
        ``pain_before``, ``pain_after`` (points); ``change`` = ``reach_part`` + ``shortfall_part``,
        each with ``_low`` and ``_high``; ``p`` (of no change); ``impact_part`` with ``_low`` and
        ``_high``, null where a period cannot be priced by itself; ``reason`` and ``needed`` where
        there is no change to tell.

    Raises:
        ValueError: a rating lies outside 0 to 100, or a touchpoint is given twice.
        KeyError: a column is missing.

    References:
        docs/metrics.md, "Change of pain".

    Example:
        >>> shop = np.tile([0.0, 25.0, 50.0, 75.0], 30)
        >>> shop[60:] = np.maximum(shop[60:] - 25, 0)
        >>> answers = pd.DataFrame({"y": 50 + 0.4 * shop, "cluster": range(120), "shop": shop,
        ...     "period": np.repeat(["before", "after"], 60)})
        >>> row = pain_change(answers, ["shop"], bootstrap=99).touchpoints.iloc[0]
        >>> row[["pain_before", "pain_after", "change"]].astype(float).round(6).tolist()
        [15.0, 22.5, 7.5]
        >>> row[["reach_part", "shortfall_part"]].astype(float).round(6).tolist()
        [0.0, 7.5]
    """
    kept = (frame["y"].notna() & (frame.get("weight", 1.0) != 0)).to_numpy()
    rows, unknown = frame[kept], None if unknown is None else unknown[kept]
    pooled = pain(rows, touchpoints, target=target, bootstrap=20, seed=seed, unknown=unknown)
    known = pooled.touchpoints.set_index("touchpoint").loc[list(touchpoints)]
    table = known[["impact", "reason", "needed"]].join(
        [_described(rows, known, period, target, unknown) for period in PERIODS]
    )
    table.loc[table[["n_before", "n_after"]].isna().any(axis=1), ["reason", "needed"]] = (
        Reason.TOO_FEW_PERSONS,
        MINIMUM_PERSONS,
    )
    whole = {f"n_{period}": _n_answers(rows[rows["period"] == period]) for period in PERIODS}
    reason, needed = _obstacle(rows) if pooled.reason is None else (pooled.reason, pooled.needed)
    if reason is not None:
        return PainChange(_excused(table, reason, needed), whole, reason, needed)
    is_shown = known["shown"].to_numpy(dtype=bool)
    ratings = np.where(is_shown, ratings_of(rows, touchpoints), np.nan)
    extra = Extra(_weight(rows), unknown)
    design = make_design(rows["y"].to_numpy(dtype=float), ratings, target, extra)
    number = rows["period"].map({BEFORE: 0, AFTER: 1}).fillna(2).to_numpy(dtype=int)
    sample = Sample(design, rows["cluster"].to_numpy(), number)
    parts = draw_parts(sample, bootstrap, seed)
    return _filled(table, whole, parts, design, _is_priced_apart(rows, design))


def _described(
    rows: pd.DataFrame,
    known: pd.DataFrame,
    period: str,
    target: float,
    unknown: np.ndarray | None,
) -> pd.DataFrame:
    """Ratings, reach and shortfall of each touchpoint in one period; null for too few persons."""
    is_here = (rows["period"] == period).to_numpy()
    here = rows[is_here]
    weight = _weight(here)
    hidden = np.zeros((len(here), len(known)), bool) if unknown is None else unknown[is_here]
    who = here.get("respondent", pd.Series(np.arange(len(here)), index=here.index))
    told = []
    for place, (touchpoint, is_shown) in enumerate(known["shown"].items()):
        scores = here[touchpoint].to_numpy(dtype=float)
        met = ~np.isnan(scores)
        if not is_shown or who[met].nunique() < MINIMUM_PERSONS:
            told.append((np.nan, np.nan, np.nan))
            continue
        below = np.maximum(target - scores[met], 0.0)
        total = weight[met].sum()
        everybody = weight[~hidden[:, place]].sum()
        told.append((met.sum(), total / everybody, weight[met] @ below / total))
    names = [f"{name}_{period}" for name in ("n", "reach", "shortfall")]
    return pd.DataFrame(told, columns=names, index=known.index)


def _n_answers(rows: pd.DataFrame) -> float:
    """How many overall answers; null for too few persons."""
    who = rows["respondent"] if "respondent" in rows else pd.Series(np.arange(len(rows)))
    return float(len(rows)) if who.nunique() >= MINIMUM_PERSONS else np.nan


def _weight(rows: pd.DataFrame) -> np.ndarray:
    """How much each response counts."""
    if "weight" not in rows:
        return np.ones(len(rows))
    return rows["weight"].to_numpy(dtype=float)


def _obstacle(rows: pd.DataFrame) -> tuple[Reason | None, int | None]:
    """Say why the two periods cannot be compared, and how many of what they need."""
    for period in PERIODS:
        here = rows[rows["period"] == period]
        if len(here) < FEW_ANSWERS or not _weight(here).sum() > 0:
            return Reason.TOO_FEW_ANSWERS, FEW_ANSWERS
        if here["cluster"].nunique() < MINIMUM_ACCOUNTS:
            return Reason.TOO_FEW_ACCOUNTS, MINIMUM_ACCOUNTS
    return None, None


def _is_priced_apart(rows: pd.DataFrame, design: Design) -> np.ndarray:
    """Whether each touchpoint could be priced in each of the periods by itself."""
    n_columns = design.columns.n_held + design.priced.size
    fewest = max(MINIMUM_ANSWERS, ANSWERS_PER_COLUMN * n_columns)
    is_low = design.columns.ratings[:, design.priced] < design.columns.target
    can = np.ones(design.priced.size, dtype=bool)
    for period in PERIODS:
        here = (rows["period"] == period).to_numpy()
        enough = is_low[here].sum(axis=0) >= MINIMUM_LOW
        can &= enough & (here.sum() >= fewest)
    return can


def _excused(table: pd.DataFrame, reason: Reason, needed: int | None) -> pd.DataFrame:
    """Every column of a change, empty, and the reason why."""
    is_shown = table["reason"] != Reason.TOO_FEW_PERSONS
    table.loc[is_shown, ["reason", "needed"]] = reason, needed
    return _emptied(table).reset_index()


def _emptied(table: pd.DataFrame) -> pd.DataFrame:
    """Every column of a change, with nothing in it."""
    names = [f"{part}{end}" for part in _PARTS for end in _ENDS]
    return table.assign(**dict.fromkeys(["pain_before", "pain_after", *names, "p"], np.nan))


def _filled(
    table: pd.DataFrame,
    whole: Mapping[str, float],
    parts: Parts,
    design: Design,
    is_apart: np.ndarray,
) -> PainChange:
    """Fill in the changes, what other samples would have said of them, and their totals."""
    table = _emptied(table)
    is_told = table["reason"].isna().to_numpy()[design.priced]
    drawn = dict(zip(_PARTS, (parts.after - parts.before, *parts[2:]), strict=True))
    places = table.index[design.priced]
    table.loc[places[is_told], "pain_before"] = parts.before[0, is_told]
    table.loc[places[is_told], "pain_after"] = parts.after[0, is_told]
    totals = {f"total_{at}": float(getattr(parts, at)[0, is_told].sum()) for at in PERIODS}
    for name, points in drawn.items():
        is_said = is_told & is_apart if name == "impact_part" else is_told
        ends = _with_ends(points[:, is_said])
        for end, values in zip(_ENDS, ends, strict=True):
            table.loc[places[is_said], f"{name}{end}"] = values
        if name != "impact_part":
            summed = _with_ends(points[:, is_told].sum(axis=1, keepdims=True))
            totals |= {
                f"{name}{end}": float(one[0]) for end, one in zip(_ENDS, summed, strict=True)
            }
    table.loc[places[is_told], "p"] = _chance(drawn["change"][1:, is_told])
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return PainChange(table.loc[order].reset_index(), dict(whole) | totals)


def _with_ends(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the answers say, and between which ends other samples would."""
    low, high = np.quantile(points[1:], ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    return points[0], low, high


def _chance(changes: np.ndarray) -> np.ndarray:
    """The chance of seeing no change, or the opposite one, in another sample; both sides."""
    opposite = np.minimum((changes <= 0).sum(axis=0), (changes >= 0).sum(axis=0))
    chance: np.ndarray = np.minimum(2.0 * (1 + opposite) / (1 + len(changes)), 1.0)
    return chance

"""Stage scores weighted to a known mix of people, always beside the unweighted ones."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from insights.cells import collect, overall
from insights.clusters import t_interval
from insights.scores import stage_scores
from insights.weighting.groups import Fitted, WeightReason, fit_mix, group_name, grouped
from insights.weighting.means import design_effect, rounded
from insights.weighting.mix import KnownMix
from insights.weighting.raking import rake

_WEIGHTED = ("score", "low", "high", "n_eff", "deff")
_SAID = ("absent", "absent_share", "has_others", "is_capped", "reason")


def weighted_stage_scores(table: ibis.Table, mix: KnownMix) -> pd.DataFrame:
    """Score every stage by its overall question, unweighted and weighted to a known mix.

    The standard error leaves out one account at a time and weights the others anew, so that what
    the mix is known to be is not counted as chance.

    Args:
        table: the facts of one journey, filtered.
        mix: what is known of all people; none gives the unweighted scores and a reason.

    Returns:
        One row per stage that was answered, by name: ``stage``, ``persons``, ``n``, ``score`` with
        ``low`` and ``high`` (points, weighted), ``n_eff`` (Kish: so many answers that count alike
        would say as much), ``deff`` (design effect of weights and accounts together),
        ``unweighted`` with ``unweighted_low`` and ``unweighted_high``, ``absent`` (groups without
        any answer as (property, value); the score is about the others alone), ``absent_share`` (of
        all people, 0-1), ``has_others`` (answers whose group the mix does not name; they keep
        their share), ``is_capped`` (a weight was cut, so the mix is not met in full), ``reason``
        (why it is not weighted, or null), ``shown``, ``few``.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Weighting to a known mix". J.-C. Deville, C.-E. Saerndal, JASA 87, 1992,
        on the variance of raked means; W. E. Deming, F. F. Stephan, Annals of Mathematical
        Statistics 11, 1940, on raking.

    Example:
        >>> from insights.weighting.mix import Margin
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "state": "answered",
        ...          "score": 50.0 + 25 * (k % 3 - 1) - 25 * (k > 7), "is_overall": True,
        ...          "audience": "prospect" if k > 7 else "customer"} for k in range(16)]
        >>> mix = (Margin("audience", (("customer", 0.7), ("prospect", 0.3))),)
        >>> found = weighted_stage_scores(ibis.memtable(rows), mix)
        >>> found[["unweighted", "score", "n_eff"]].round(2).values.tolist()
        [[35.94, 40.31, 13.79]]
    """
    plain = stage_scores(table).rename(
        columns={"score": "unweighted", "low": "unweighted_low", "high": "unweighted_high"}
    )
    if plain.empty:
        return plain.reindex(columns=_columns(plain))
    answers = grouped(overall(table).drop_null("stage"), mix)
    fits = dict(_fitted(answers, mix))
    sums = _sums(answers, mix)
    rows, cells = [], []
    for stage, is_shown in zip(plain["stage"], plain["shown"], strict=True):
        fitted = fits.get(stage, Fitted((), reason=WeightReason.NO_MIX))
        reason = fitted.reason if is_shown else WeightReason.TOO_FEW_PERSONS
        row, own = _unpriced(stage, fitted, reason), sums[sums["stage"] == stage]
        if reason is None:
            numbers, constants = _weigh(own, mix, fitted)
            row |= numbers
            cells.append(constants)
        rows.append(row)
    found = pd.DataFrame(rows)
    if cells:
        found = _with_intervals(found, answers, pd.concat(cells), len(mix))
    merged = plain.merge(found.drop(columns="variance", errors="ignore"), on="stage")
    return merged[_columns(plain)]


def _columns(plain: pd.DataFrame) -> list[str]:
    """The columns in the order in which they are read."""
    first = ["stage", "persons", "n"]
    last = ["shown", "few"]
    between = [name for name in plain.columns if name not in {*first, *last}]
    return [*first, *_WEIGHTED, *between, *_SAID, *last]


def _fitted(answers: ibis.Table, mix: KnownMix) -> Iterator[tuple[Any, Fitted]]:
    """Per stage what its answers can be weighted to."""
    counts: dict[str, list[dict[str, tuple[int, int]]]] = {}
    for number in range(len(mix)):
        name = group_name(number)
        rows = collect(
            answers.group_by(["stage", name]).aggregate(
                n=answers.count(), persons=answers.respondent.nunique()
            )
        )
        for stage, part in rows.groupby("stage"):
            groups = zip(part[name], zip(part["n"], part["persons"], strict=True), strict=True)
            counts.setdefault(str(stage), []).append(dict(groups))
    for stage_key, groups_of in counts.items():
        yield stage_key, fit_mix(mix, groups_of)


def _sums(answers: ibis.Table, mix: KnownMix) -> pd.DataFrame:
    """Sum the answers per stage and combination of groups."""
    keys = ["stage", *(group_name(number) for number in range(len(mix)))]
    score = answers.score
    return collect(
        answers.group_by(keys).aggregate(
            n=answers.count().cast("float64"), total=score.sum(), squares=(score * score).sum()
        )
    )


def _unpriced(stage: str, fitted: Fitted, reason: WeightReason | None) -> dict[str, Any]:
    """What is said of a stage before, or without, its weighted score."""
    return {
        "stage": stage,
        **dict.fromkeys(_WEIGHTED, math.nan),
        "absent": fitted.absent,
        "absent_share": fitted.absent_share,
        "has_others": fitted.has_others,
        "is_capped": False,
        "reason": reason.value if reason else None,
        "variance": math.nan,
    }


def _weigh(own: pd.DataFrame, mix: KnownMix, fitted: Fitted) -> tuple[dict[str, Any], pd.DataFrame]:
    """Weight one stage: its numbers, and per combination of groups what its interval needs."""
    places = {margin.dimension: group_name(number) for number, margin in enumerate(mix)}
    groups = [own[places[margin.dimension]] for margin in fitted.mix]
    factors, is_capped = rake(own["n"], [of.tolist() for of in groups], fitted.mix)
    n, total, squares = (own[name].to_numpy() for name in ("n", "total", "squares"))
    held = factors * n
    whole = float(held.sum())
    mean = float((factors * total).sum()) / whole
    spread = float((factors * (squares - 2 * mean * total + mean**2 * n)).sum()) / whole
    # A capped mix is not met, so that it is left to chance who is in it.
    fit = np.full(len(own), mean) if is_capped else _fit(groups, total / n, held)
    constants = own.drop(columns=["n", "total", "squares"]).assign(
        pull=factors / whole,
        fit=fit,
        group_size=np.min([own["n"].groupby(of).transform("sum") for of in groups], axis=0),
    )
    numbers = {
        "score": mean,
        "n_eff": whole**2 / float((factors**2 * n).sum()),
        "is_capped": is_capped,
        "variance": spread / max(float(n.sum()) - 1, 1.0),
    }
    return numbers, constants


def _fit(groups: Sequence["pd.Series[str]"], means: np.ndarray, held: np.ndarray) -> np.ndarray:
    """What the known groups explain of each combination's mean; the rest is chance."""
    dummies = [pd.get_dummies(of).to_numpy(dtype=float) for of in groups]
    design, root = np.hstack(dummies), np.sqrt(held)
    slopes = np.linalg.lstsq(design * root[:, None], means * root, rcond=None)[0]
    fit: np.ndarray = design @ slopes
    return fit


def _with_intervals(
    found: pd.DataFrame, answers: ibis.Table, constants: pd.DataFrame, dimensions: int
) -> pd.DataFrame:
    """Leave out one account at a time, and weight the others anew."""
    keys = ["stage", *(group_name(number) for number in range(dimensions))]
    each = answers.group_by([*keys, "cluster"]).aggregate(
        n=answers.count().cast("float64"), total=answers.score.sum()
    )
    known = {name: pa.array(constants[name].tolist()) for name in constants}
    both = each.join(ibis.memtable(pa.table(known)), keys)
    rest = both.group_size - both.n
    moved = both.pull * (both.total - both.n * both.fit) * both.group_size / rest.nullif(0.0)
    clusters = both.mutate(moved=moved, is_whole_group=rest <= 0)
    clusters = clusters.group_by(["stage", "cluster"]).aggregate(
        moved=clusters.moved.sum(), is_whole_group=clusters.is_whole_group.any()
    )
    sums = collect(
        clusters.group_by("stage").aggregate(
            squares=(clusters.moved * clusters.moved).sum(),
            accounts=clusters.count(),
            is_whole_group=clusters.is_whole_group.any(),
        )
    ).set_index("stage")
    rows = [
        row | (_interval(row, sums.loc[row["stage"]]) if row["stage"] in sums.index else {})
        for row in found.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _interval(row: Mapping[Any, Any], sums: "pd.Series[Any]") -> dict[Any, float]:
    """How sure a weighted score is; unknown where one account is all there is of a group."""
    if sums["is_whole_group"]:
        return {}
    error = rounded(math.sqrt(float(sums["squares"])), row["score"])
    low, high = t_interval(row["score"], error, int(sums["accounts"]))
    deff = design_effect(error, row["variance"])
    return {"low": max(low, 0.0), "high": min(high, 100.0), "deff": deff}

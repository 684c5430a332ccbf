"""What was registered of an improvement, and which untouched touchpoints it is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from insights.clusters import MINIMUM_CLUSTERS
from insights.effects.cells import Cells
from insights.effects.contrast import moved_alone
from insights.effects.window import Window

FEWEST_RATINGS = 10
"""An untouched touchpoint with fewer ratings before or after is not compared with."""


@dataclass(frozen=True)
class Rival:
    """Another improvement in the same stage that was not withdrawn."""

    touchpoints: tuple[str, ...]
    starts_on: date


@dataclass(frozen=True)
class Plan:
    """What was registered.

    Attributes:
        stage: its key.
        touchpoints: the keys of those that are acted on.
        controls: the keys of the untouched ones to compare with; None for all others.
        starts_on: the first day.
        expected: points that the touchpoints' score is expected to rise.
        is_late: whether it was registered when it had started.
        rivals: the stage's other improvements.
    """

    stage: str
    touchpoints: tuple[str, ...]
    controls: tuple[str, ...] | None
    starts_on: date
    expected: float
    is_late: bool = False
    rivals: tuple[Rival, ...] = ()


class Control(NamedTuple):
    """An untouched touchpoint.

    Attributes:
        touchpoint: its key.
        n_before: its ratings before the start.
        n_after: its ratings after.
        change: after minus before, in points; null where too few rated it.
        reason: why it is not compared with: "own_improvement", "too_few" or "changed_itself".
    """

    touchpoint: str
    n_before: int
    n_after: int
    change: float
    reason: str | None


def choose_controls(cells: Cells, plan: Plan, seen: Window) -> tuple[Control, ...]:
    """Choose the touchpoints to compare with, without a look at the acted ones.

    Args:
        cells: the stage's touchpoints before and after.
        plan: what was registered.
        seen: the months compared.

    Returns:
        All that were wanted, first those compared with, then those left out, with the reason.

    References:
        docs/metrics.md, "Effect of an improvement".

    Example:
        >>> import numpy as np
        >>> import pandas as pd
        >>> from insights.effects.window import window
        >>> table = pd.DataFrame({"touchpoint": ["app", "shop"], "n_before": [90, 9],
        ...     "n_after": [90, 90], "mean_before": 60.0, "mean_after": 60.0,
        ...     "clusters_before": [90, 9], "clusters_after": [90, 90]})
        >>> cells = Cells(table, np.eye(2), np.eye(2), np.zeros((2, 2)))
        >>> plan = Plan("buy", ("call",), None, date(2026, 3, 1), 5.0)
        >>> [(found.touchpoint, found.reason)
        ...     for found in choose_controls(cells, plan, window(plan.starts_on, "2026-09"))]
        [('app', None), ('shop', 'too_few')]
    """
    wanted = [
        str(key)
        for key in plan.controls or cells.table["touchpoint"]
        if key not in plan.touchpoints
    ]
    others = changed_by_others(plan, seen)
    rows = {str(row["touchpoint"]): row for row in cells.table.to_dict("records")}
    enough = {key for key, row in rows.items() if _is_enough(row, seen)}
    reasons: dict[str, str | None] = {
        key: "own_improvement" if key in others else None if key in enough else "too_few"
        for key in wanted
    }
    left = cells.places([key for key in wanted if reasons[key] is None])
    reasons |= dict.fromkeys(cells.keys(moved_alone(cells, left)), "changed_itself")
    changes = {
        key: float(change) for key, change in zip(rows, cells.changes, strict=True) if key in enough
    }
    counts = {key: (int(row["n_before"]), int(row["n_after"])) for key, row in rows.items()}
    found = [
        Control(key, *counts.get(key, (0, 0)), changes.get(key, float("nan")), reasons[key])
        for key in wanted
    ]
    return tuple(sorted(found, key=lambda each: (each.reason is not None, each.touchpoint)))


def changed_by_others(plan: Plan, seen: Window) -> set[str]:
    """Find the touchpoints that another improvement changes in the months compared.

    Args:
        plan: what was registered.
        seen: the months compared.

    Returns:
        Their keys.

    References:
        docs/metrics.md, "Effect of an improvement".

    Example:
        >>> from insights.effects.window import window
        >>> rivals = (Rival(("app",), date(2026, 1, 9)), Rival(("shop",), date(2024, 1, 9)))
        >>> plan = Plan("buy", ("call",), None, date(2026, 3, 1), 5.0, rivals=rivals)
        >>> changed_by_others(plan, window(plan.starts_on, "2026-09"))
        {'app'}
    """
    last = max(seen.last, f"{plan.starts_on:%Y-%m}")
    return {
        touchpoint
        for rival in plan.rivals
        for touchpoint in rival.touchpoints
        if seen.before.first <= f"{rival.starts_on:%Y-%m}" <= last
    }


def _is_enough(row: Mapping[Any, Any], seen: Window) -> bool:
    """Whether a touchpoint was rated enough to be compared with; until the start, before only."""
    periods = ("before", "after") if seen.n_months_after else ("before",)
    return all(
        row[f"n_{each}"] >= FEWEST_RATINGS and row[f"clusters_{each}"] >= MINIMUM_CLUSTERS
        for each in periods
    )

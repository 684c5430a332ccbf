"""All that a page says about what colleagues think that customers think."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ibis
import pandas as pd

from insights.gaps.gaps import gaps, outside_scores, sheet_frame
from insights.gaps.teams import team_gaps


class InsideOut(NamedTuple):
    """What the page shows.

    Attributes:
        touchpoints: as ``gaps.gaps``.
        teams: as ``teams.team_gaps``.
    """

    touchpoints: pd.DataFrame
    teams: pd.DataFrame


def inside_out(
    table: ibis.Table,
    sheets: Sequence[tuple[str | None, Mapping[str, int]]],
    pains: Mapping[tuple[str, str], float],
) -> InsideOut:
    """Lay what colleagues estimated beside what customers give.

    Args:
        table: the facts of one journey, selected.
        sheets: as ``gaps.sheet_frame`` takes them.
        pains: points lost by stage and touchpoint.

    Returns:
        The gaps per touchpoint and per team.

    References:
        docs/metrics.md, "Inside and out".

    Example:
        >>> texts = dict.fromkeys(["stage", "touchpoint", "metric", "state"], "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "score": "float64"}
        >>> found = inside_out(ibis.memtable([], schema=types), [("sales", {"a/b": 5})] * 5, {})
        >>> found.touchpoints[["touchpoint", "inside", "shown"]].values.tolist()
        [['b', 100.0, False]]
    """
    outside, inside = outside_scores(table), sheet_frame(sheets)
    return InsideOut(gaps(outside, inside, pains), team_gaps(outside, inside))

"""All numbers of one touchpoint's page, for one selection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import ibis
import pandas as pd

from insights.cells import rated
from insights.distribution import distribution
from insights.filters import DIMENSIONS, Filters
from insights.release.release import telling
from insights.scores import breakdown, touchpoint_scores
from insights.trends.asked import Asked, Key
from insights.trends.reading import TrendReading, read_trend
from insights.trends.trends import Line, touchpoint_trends, trend_line


@dataclass(frozen=True)
class TouchpointNumbers:
    """What the page shows, before names, words and pictures.

    Attributes:
        score: the touchpoint's row of ``insights.scores.touchpoint_scores``, or no row.
        trend: as ``insights.trends.trends.touchpoint_trends``, over all months.
        reading: what those months say: usual limits, seasons, the same month a year ago.
        distribution: as ``insights.distribution.distribution``.
        groups: per property the cells of ``insights.scores.breakdown``, where it has several.
    """

    score: pd.DataFrame
    trend: pd.DataFrame
    reading: TrendReading
    distribution: pd.DataFrame
    groups: dict[str, pd.DataFrame]

    @property
    def line(self) -> Line:
        """The trend as it is drawn."""
        return trend_line(self.trend)


def touchpoint_numbers(  # noqa: PLR0913 -- all that the page depends on
    table: ibis.Table,
    filters: Filters,
    stage: str,
    touchpoint: str,
    *,
    asked: Mapping[Key, Asked] | None = None,
    narrow: Callable[..., ibis.Table] = telling,
) -> TouchpointNumbers:
    """Compute what the page of a touchpoint shows.

    Args:
        table: the facts.
        filters: the selection; the trend leaves its period out.
        stage: the key of the stage.
        touchpoint: the key of the touchpoint.
        asked: what each version asked, for ``insights.trends.trends``.
        narrow: how to select what may be told; an engine may have a quicker way to the same facts.

    Returns:
        The frames; each is empty where there are no answers.

    References:
        docs/metrics.md, "Score" and "What is never shown".

    Example:
        >>> texts = "response month journey survey stage touchpoint metric state audience market"
        >>> types = dict.fromkeys([*texts.split(), "channel", "language"], "string")
        >>> types |= {"respondent": "int64", "cluster": "int64", "version": "int32",
        ...     "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> touchpoint_numbers(ibis.memtable([], schema=types), Filters("a"), "b", "c").groups
        {}
    """
    chosen = narrow(table, filters).filter(lambda fact: fact.stage == stage)
    ever = narrow(table, replace(filters, month_from=None, month_to=None), by_month=True)
    ever = ever.filter(ever.stage == stage, ever.touchpoint == touchpoint)
    trend = touchpoint_trends(ever, asked)
    scores = touchpoint_scores(chosen)
    ratings = rated(chosen).filter(lambda fact: fact.touchpoint == touchpoint)
    cells = {name: _named(ratings, name) for name in DIMENSIONS}
    return TouchpointNumbers(
        score=scores[scores["touchpoint"] == touchpoint],
        trend=trend,
        reading=read_trend(trend, ever),
        distribution=distribution(chosen, stage, touchpoint),
        groups={name: found for name, found in cells.items() if len(found) > 1},
    )


def _named(ratings: ibis.Table, name: str) -> pd.DataFrame:
    """Split a score by a property; who has none is kept until all cells are protected.

    Left out before, the people without it would be what is left of the total.
    """
    cells = breakdown(ratings, name)
    return cells[cells[name].notna()].reset_index(drop=True)

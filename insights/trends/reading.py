"""What a trend says: usual limits, seasons, and the same month a year ago."""

from typing import NamedTuple

import ibis
import pandas as pd

from insights.trends.process_limits import Behaviour, process_behaviour
from insights.trends.seasonality import Seasons, YearOnYear, seasons, year_on_year


class TrendReading(NamedTuple):
    """What the months of a stage or touchpoint say.

    Attributes:
        behaviour: where months usually lie, and which lie elsewhere.
        seasons: what the time of year does, once two years are there.
        year: the newest month beside the same one a year before; None where there is none.
    """

    behaviour: Behaviour
    seasons: Seasons
    year: YearOnYear | None


def read_trend(trend: pd.DataFrame, answers: ibis.Table) -> TrendReading:
    """Read the trend of one stage or one touchpoint.

    Args:
        trend: its rows, as ``insights.trends.trends`` gives them.
        answers: the facts behind it: overall answers of the stage, or ratings of the touchpoint.

    Returns:
        The reading; every part says why it says nothing, where it cannot.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Trend" and "Seasons".

    Example:
        >>> nothing = pd.DataFrame({"month": [], "score": [], "is_break": []})
        >>> read = read_trend(nothing, ibis.memtable([], schema={"month": "string"}))
        >>> read.behaviour.needed, read.seasons.reason.value, read.year
        (12, 'too_short', None)
    """
    return TrendReading(process_behaviour(trend), seasons(trend), year_on_year(trend, answers))

"""All numbers of the journey board, for one selection."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import ibis
import pandas as pd

from insights.comments.sentiment_scores import sentiment_scores
from insights.filters import Filters
from insights.release.release import telling
from insights.scales.own_figures import own_figures
from insights.scores import stage_scores, touchpoint_scores
from insights.trends.trends import stage_trends


@dataclass(frozen=True)
class BoardNumbers:
    """What the board shows, before names, words and pictures.

    Attributes:
        stages: as ``insights.scores.stage_scores``.
        touchpoints: as ``insights.scores.touchpoint_scores``.
        trends: as ``insights.trends.trends.stage_trends``, over all months.
        sentiment: as ``insights.comments.sentiment_scores.sentiment_scores``, per stage.
        figures: as ``insights.scales.own_figures.own_figures``, per stage.
    """

    stages: pd.DataFrame
    touchpoints: pd.DataFrame
    trends: pd.DataFrame
    sentiment: pd.DataFrame
    figures: pd.DataFrame


def board_numbers(
    table: ibis.Table,
    filters: Filters,
    narrow: Callable[..., ibis.Table] = telling,
) -> BoardNumbers:
    """Compute what the board of a journey shows.

    Args:
        table: the facts.
        filters: the selection; trends leave its period out, for they show what came before.
        narrow: how to select what may be told; an engine may have a quicker way to the same facts.

    Returns:
        The frames; each is empty where there are no answers.

    References:
        docs/metrics.md, "Score" and "How sure a score is".

    Example:
        >>> texts = "response month journey survey question stage touchpoint metric state".split()
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "version": "int32", "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> board_numbers(ibis.memtable([], schema=types), Filters("buy")).stages.empty
        True
    """
    chosen = narrow(table, filters)
    ever = narrow(table, replace(filters, month_from=None, month_to=None), by_month=True)
    return BoardNumbers(
        stages=stage_scores(chosen),
        touchpoints=touchpoint_scores(chosen),
        trends=stage_trends(ever),
        sentiment=sentiment_scores(chosen, ["stage"]),
        figures=own_figures(
            chosen.filter(chosen.touchpoint.isnull())  # noqa: PD003 -- Ibis, not pandas
        ),
    )

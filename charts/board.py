"""The journey board's cards: finished numbers in, what is drawn out, lengths in percent.

The board is HTML with small drawings; this is where numbers become their geometry, so that the
templates only place what they are given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from insights.plain import number, plain_rows
from insights.trends.trends import trend_line

LONGEST_SPARK = 24
"""How many months a small trend line shows."""

SPARK_WIDTH, SPARK_HEIGHT = 120.0, 32.0


@dataclass(frozen=True)
class Score:
    """A score with what must stand beside it; ``value`` is None where it may not be shown."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    persons: int | None = None
    is_few: bool = False


@dataclass(frozen=True)
class Pain:
    """Points lost at a touchpoint, or why that cannot be said.

    Attributes:
        lost: points, positive.
        low: its interval.
        high: its interval.
        bar: length of the bar, in percent of the longest.
        whisker: where the interval starts and ends, in percent.
        unpriced: its row of the pain result where that has no number, which says why.
    """

    lost: float | None = None
    low: float | None = None
    high: float | None = None
    bar: float = 0.0
    whisker: tuple[float, float] = (0.0, 0.0)
    unpriced: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class TouchpointCard:
    """One touchpoint of a column."""

    key: str
    name: str
    score: Score
    reach: float | None
    pain: Pain


@dataclass(frozen=True)
class Sentiment:
    """How the comments of a stage divide, in shares 0-1."""

    positive: float
    neutral: float
    negative: float
    n: int


@dataclass(frozen=True)
class StageColumn:
    """One stage of the board, its touchpoints ordered by pain."""

    key: str
    name: str
    goal: str
    score: Score
    spark: str
    sentiment: Sentiment | None
    figures: tuple[dict[str, Any], ...]
    touchpoints: tuple[TouchpointCard, ...]


@dataclass(frozen=True)
class Named:
    """A stage or touchpoint as the reader calls it."""

    key: str
    name: str
    goal: str = ""
    touchpoints: tuple["Named", ...] = ()


def columns(
    stages: Sequence[Named],
    numbers: Mapping[str, pd.DataFrame],
    pains: Mapping[str, Sequence[Mapping[str, Any]]],
) -> tuple[StageColumn, ...]:
    """Lay the board out.

    Args:
        stages: the journey's stages in order, each with its touchpoints.
        numbers: the frames of ``insights.board.BoardNumbers`` by their names.
        pains: per stage key the rows of its pain result, as ``insights.pain.pain`` names them.

    Returns:
        One column per stage. Bars of all columns share one scale, so that they compare.
    """
    longest = max(
        (
            row["pain_high"] or row["pain"] or 0.0
            for rows in pains.values()
            for row in rows
            if row["pain"] is not None
        ),
        default=0.0,
    )
    return tuple(_column(stage, numbers, pains.get(stage.key, ()), longest) for stage in stages)


def spark(scores: Sequence[float | None]) -> str:
    """Draw a small trend line as the path of an SVG of 120 by 32.

    Args:
        scores: 0-100, oldest first; None breaks the line, and one alone between two is a dot.

    Example:
        >>> spark([0.0, 100.0])
        'M0.0 30.0L120.0 2.0'
    """
    shown = list(scores)[-LONGEST_SPARK:]
    if len([score for score in shown if score is not None]) < 2:  # noqa: PLR2004 -- a line has two ends
        return ""
    step = SPARK_WIDTH / (len(shown) - 1)
    path = ""
    for position, score in enumerate(shown):
        if score is None:
            continue
        height = SPARK_HEIGHT - 2 - score / 100 * (SPARK_HEIGHT - 4)
        is_down = position > 0 and shown[position - 1] is not None
        goes_on = position + 1 < len(shown) and shown[position + 1] is not None
        path += f"{'L' if is_down else 'M'}{position * step:.1f} {height:.1f}"
        path += "" if is_down or goes_on else "h0"
    return path


def _column(
    stage: Named,
    numbers: Mapping[str, pd.DataFrame],
    pain_rows: Sequence[Mapping[str, Any]],
    longest: float,
) -> StageColumn:
    """Lay out one stage."""
    pain_of = {row["touchpoint"]: row for row in pain_rows}
    rows = _by_key(numbers["touchpoints"], stage.key, "touchpoint")
    cards = [
        TouchpointCard(
            touchpoint.key,
            touchpoint.name,
            _score(rows.get(touchpoint.key)),
            number((rows.get(touchpoint.key) or {}).get("reach")),
            _pain(pain_of.get(touchpoint.key), longest),
        )
        for touchpoint in stage.touchpoints
    ]
    cards.sort(key=lambda card: -(card.pain.lost if card.pain.lost is not None else -1.0))
    trend = numbers["trends"]
    own_trend = trend[trend["stage"] == stage.key] if len(trend) else trend
    figures = numbers["figures"]
    own = figures[(figures["stage"] == stage.key) & figures["shown"]] if len(figures) else figures
    return StageColumn(
        stage.key,
        stage.name,
        stage.goal,
        _score(_by_key(numbers["stages"], stage.key, "stage").get(stage.key)),
        spark(_scores(own_trend)),
        _sentiment(_by_key(numbers["sentiment"], stage.key, "stage").get(stage.key)),
        tuple(plain_rows(own)),
        tuple(cards),
    )


def _scores(trend: pd.DataFrame) -> list[float | None]:
    """The scores of one stage by month, None where the line breaks."""
    if trend.empty:
        return []
    return [number(score) for score in trend_line(trend).months["score"]]


def _by_key(frame: pd.DataFrame, stage: str, key: str) -> dict[str, dict[str, Any]]:
    """The rows of one stage by their key."""
    if frame.empty:
        return {}
    rows = frame[frame["stage"] == stage].to_dict("records")
    return {row[key]: {str(name): value for name, value in row.items()} for row in rows}


def _score(row: Mapping[str, Any] | None) -> Score:
    """A score as it may be shown."""
    if row is None or not row["shown"]:
        return Score()
    return Score(
        number(row["score"]),
        number(row["low"]),
        number(row["high"]),
        int(row["n"]),
        int(row["persons"]),
        bool(row["few"]),
    )


def _pain(row: Mapping[str, Any] | None, longest: float) -> Pain:
    """A pain with its bar; without a number, with the reason."""
    if row is None:
        return Pain()
    if row["pain"] is None:
        return Pain(unpriced=row)
    lost, low, high = row["pain"], row["pain_low"], row["pain_high"]
    part = 100 / longest if longest else 0.0
    ends = (part * (low if low is not None else lost), part * (high if high is not None else lost))
    return Pain(lost, low, high, part * lost, ends)


def _sentiment(row: Mapping[str, Any] | None) -> Sentiment | None:
    """How comments divide, where enough people wrote."""
    if row is None or not row["shown"]:
        return None
    return Sentiment(row["positive"], row["neutral"], row["negative"], int(row["n"]))

"""What is in use: findings are about stages and touchpoints that were not retired."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

Parts = Mapping[str, Collection[str]]
"""The stages in use by key, in the journey's order, each with the keys of its touchpoints."""

Row = Mapping[str, Any]


def is_in_use(row: Row, parts: Parts) -> bool:
    """Say whether what a row is about is in use.

    Args:
        row: perhaps with ``stage`` and ``touchpoint``, keys or null.
        parts: what is in use.

    Returns:
        True where it names no stage, or one in use and no other touchpoint than one in use there.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> parts = {"use": ["invoice"]}
        >>> rows = [{"stage": "use"}, {"stage": "buy"}, {"stage": "use", "touchpoint": "fax"}]
        >>> [is_in_use(row, parts) for row in rows]
        [True, False, False]
    """
    stage, touchpoint = row.get("stage"), row.get("touchpoint")
    if pd.isna(stage):
        return True
    return stage in parts and (pd.isna(touchpoint) or touchpoint in parts[stage])


def rows_in_use(rows: Iterable[Row], parts: Parts) -> list[Row]:
    """Keep the rows that are about what is in use.

    Args:
        rows: each perhaps with ``stage`` and ``touchpoint``.
        parts: what is in use.

    Returns:
        The rows kept, in order.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> rows_in_use([{"stage": "use"}, {"stage": "buy"}], {"use": []})
        [{'stage': 'use'}]
    """
    return [row for row in rows if is_in_use(row, parts)]


def pains_in_use(pains: Mapping[str, Iterable[Row]], parts: Parts) -> dict[str, list[Row]]:
    """Keep the touchpoints in use of the stages in use.

    Args:
        pains: per stage the rows of its pain result.
        parts: what is in use.

    Returns:
        The same without the others.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> pains_in_use({"use": [{"touchpoint": "fax"}], "buy": []}, {"use": ["invoice"]})
        {'use': []}
    """
    return {
        stage: [row for row in rows if row["touchpoint"] in parts[stage]]
        for stage, rows in pains.items()
        if stage in parts
    }


def frame_in_use(frame: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Keep the rows of a frame that are about what is in use.

    Args:
        frame: with ``stage``, and perhaps ``touchpoint``.
        parts: what is in use.

    Returns:
        The frame with these rows only.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> frame = pd.DataFrame({"stage": ["use", "use"], "touchpoint": [None, "fax"]})
        >>> len(frame_in_use(frame, {"use": ["invoice"]}))
        1
    """
    touchpoints = frame["touchpoint"] if "touchpoint" in frame else [None] * len(frame)
    kept = [
        is_in_use({"stage": stage, "touchpoint": touchpoint}, parts)
        for stage, touchpoint in zip(frame["stage"], touchpoints, strict=True)
    ]
    return frame[pd.Series(kept, index=frame.index, dtype=bool)]

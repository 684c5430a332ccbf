"""Values without the ways in which frames say nothing: what pages show and JSON holds."""

import math
from typing import Any

import pandas as pd


def plain(value: Any) -> Any:  # noqa: ANN401 -- whatever a frame holds
    """Turn what a frame holds into a value that JSON knows.

    Args:
        value: a number of any library, a text, a code, or any way to say nothing.

    Returns:
        A bool, int, float or str; None for None, NaN, NA and infinities.

    References:
        RFC 8259, section 6: JSON has no NaN.

    Example:
        >>> [plain(value) for value in (1.5, float("nan"), pd.NA, True, "buy")]
        [1.5, None, None, True, 'buy']
    """
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, bool | int | float) else str(value)


def number(value: Any) -> float | None:  # noqa: ANN401 -- a number, NaN, NA or None
    """Give a number, or None for what is no number.

    Args:
        value: a number, or any way to say nothing.

    Returns:
        The number as a float, or None.

    References:
        ``plain``.

    Example:
        >>> number(3), number(pd.NA)
        (3.0, None)
    """
    known = plain(value)
    return None if known is None else float(known)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a finished table into plain rows.

    Args:
        frame: any frame of few rows.

    Returns:
        One dictionary per row, with None where the frame says nothing.

    References:
        ``plain``.

    Example:
        >>> plain_rows(pd.DataFrame({"n": pd.array([3, None], dtype="Int64")}))
        [{'n': 3}, {'n': None}]
    """
    rows = frame.to_dict("records")
    return [{str(name): plain(value) for name, value in row.items()} for row in rows]

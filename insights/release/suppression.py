"""What is too little to show: groups of fewer than five persons, and what would give them away."""

from collections.abc import Sequence

import pandas as pd

MINIMUM_PERSONS = 5
"""A number about fewer distinct respondents than this is never shown."""

FEW_ANSWERS = 30
"""A score of fewer answers than this is shown greyed, as "few answers"."""


def suppress(
    frame: pd.DataFrame, numbers: Sequence[str], minimum: int = MINIMUM_PERSONS
) -> pd.DataFrame:
    """Blank every number of the rows that are about too few persons.

    Args:
        frame: one row per group, with ``persons``: its distinct respondents (a count).
        numbers: the columns that hold numbers; ``persons`` itself is always one of them.
        minimum: how many distinct persons a row needs to be shown.

    Returns:
        A copy with ``shown`` (bool). In a row that is not shown every number is null, counts
        included. A row that was hidden before stays hidden. Null persons count as none.

    Raises:
        KeyError: a column is missing.

    References:
        OECD, "Glossary of Statistical Terms": primary suppression by a minimum cell size.

    Example:
        >>> cells = pd.DataFrame({"stage": ["buy", "use"], "persons": [4, 5], "score": 80.0})
        >>> suppress(cells, ["score"])[["stage", "score", "shown"]].values.tolist()
        [['buy', nan, False], ['use', 80.0, True]]
    """
    enough = frame["persons"].fillna(0) >= minimum
    return _blank(frame, numbers, (enough & frame.get("shown", True)).astype(bool))


def protect(
    frame: pd.DataFrame,
    numbers: Sequence[str],
    within: Sequence[str] = (),
    minimum: int = MINIMUM_PERSONS,
) -> pd.DataFrame:
    """Suppress the cells of a partition so that no hidden one follows from total and neighbours.

    Whoever knows the total of a partition (say a stage, split by audience) can subtract the cells
    shown. So, as long as what is hidden is one cell alone, or fewer than the minimum together,
    the next smallest cell is hidden too.

    Args:
        frame: one row per cell, with ``persons``.
        numbers: the columns that hold numbers.
        within: the columns that name the partition; none means that the frame is one partition.
        minimum: how many distinct persons a cell needs to be shown.

    Returns:
        As ``suppress``, in the order given. A partition of one cell has nothing to be told from.

    Raises:
        KeyError: a column is missing.

    References:
        L. Willenborg, T. de Waal, "Elements of Statistical Disclosure Control", Springer 2001,
        on secondary cell suppression.

    Example:
        >>> cells = pd.DataFrame({"audience": ["a", "b", "c"], "persons": [3, 9, 40]})
        >>> protect(cells, [])["shown"].tolist()
        [False, False, True]
    """
    persons = frame["persons"].fillna(0)
    shown = persons >= minimum
    part = frame.groupby(list(within), dropna=False).ngroup() if within else persons * 0
    for number in part.unique():
        smallest_first = persons[part == number].sort_values(kind="stable").index
        hidden = [row for row in smallest_first if persons[row] < minimum]
        rest = [row for row in smallest_first if persons[row] >= minimum]
        while hidden and rest and (len(hidden) == 1 or persons[hidden].sum() < minimum):
            hidden.append(rest.pop(0))
        shown[hidden] = False
    return _blank(frame, numbers, shown.astype(bool))


def _blank(frame: pd.DataFrame, numbers: Sequence[str], shown: "pd.Series[bool]") -> pd.DataFrame:
    """Set the numbers of the rows that are not shown to null, whole numbers staying whole."""
    result = frame.assign(shown=shown)
    for column in dict.fromkeys((*numbers, "persons")):
        values = result[column]
        if pd.api.types.is_integer_dtype(values.dtype):
            values = values.astype("Int64")
        result[column] = values.mask(~shown)
    return result

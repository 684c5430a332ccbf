"""Where the scales began, and how many points they had, on which answers were given."""

import ibis
import pandas as pd

from insights.cells import collect
from insights.scales.scales import FULL, points_of

QUESTION = ["metric", "survey", "version", "question"]
"""What names a question as it was once asked, and so one scale."""


def scale_lengths(answers: ibis.Table, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Find the length of every scale that was answered on.

    Facts hold the answer and its score, and both lie on one line; a version of a questionnaire
    asks a question on one scale only.

    Args:
        answers: facts that are answers with a score.
        by: further columns to tell questions apart by, such as the stage.

    Returns:
        One row per question of a version, sorted: ``by``, ``metric``, ``survey``, ``version``,
        ``question``, ``n`` (answers), ``points`` and ``worst`` (its worst answer; both null where
        the answers do not tell them).

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        ``insights.scales.scales.points_of``.

    Example:
        >>> rows = [{"metric": "stars", "survey": "s", "version": 1, "question": "q",
        ...          "value": value, "score": score} for value, score in ((2.0, 10.0), (5.0, 40.0))]
        >>> types = {"metric": "string", "survey": "string", "version": "int32",
        ...          "question": "string", "value": "float64", "score": "float64"}
        >>> scale_lengths(ibis.memtable(rows, schema=types))[["n", "points"]].values.tolist()
        [[2.0, 11.0]]
    """
    keys = [*by, *QUESTION]
    seen = collect(
        answers.group_by(keys).aggregate(
            n=answers.count(),
            least=answers.value.min(),
            most=answers.value.max(),
            lowest=answers.score.min(),
            highest=answers.score.max(),
        )
    )
    points = [
        points_of(row["metric"], (row["least"], row["most"]), (row["lowest"], row["highest"]))
        for row in seen.to_dict("records")
    ]
    lengths = pd.Series(points, seen.index, "float64")
    worst = (seen["least"] - (lengths - 1) * seen["lowest"] / FULL).round(6)
    found = seen[[*keys, "n"]].assign(points=lengths, worst=worst)
    return found.sort_values(keys, ignore_index=True)

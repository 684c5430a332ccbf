"""The engine half of an effect: ratings added up per cluster, touchpoint and month."""

from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect
from insights.comparing.changes import Period

MANY_CLUSTERS = 20_000
"""With more clusters than this, some are left out together."""

GROUPS = 2_000
"""Into so many groups they are gathered then; an error is known to within two percent of itself."""


class Sums(NamedTuple):
    """What the ratings of a stage add up to.

    Attributes:
        ratings: one row per cluster, touchpoint and month: ``cluster``, ``touchpoint``, ``month``,
            ``n`` (ratings) and ``total`` (their scores added up).
        persons: one row per touchpoint and month: ``touchpoint``, ``month``, ``persons``.
    """

    ratings: pd.DataFrame
    persons: pd.DataFrame


def rating_sums(ratings: ibis.Table, months: Period) -> Sums:
    """Add up ratings per cluster, touchpoint and month.

    Args:
        ratings: ratings of one stage, as ``insights.cells.rated`` keeps them.
        months: from which month to which.

    Returns:
        The sums. With more than 20,000 clusters they are those of 2,000 groups of clusters, which
        share nobody: leaving out a group at a time says as well how sure a mean is.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        P. S. Kott, Journal of Official Statistics 17(4), 2001, on the delete-a-group jackknife.

    Example:
        >>> rows = [{"touchpoint": "shop", "month": "2026-01", "respondent": k, "cluster": 7,
        ...          "score": 20.0 * k} for k in range(5)]
        >>> types = {"touchpoint": "string", "month": "string", "respondent": "int64",
        ...          "cluster": "int64", "score": "float64"}
        >>> found = rating_sums(ibis.memtable(rows, schema=types), Period("2026-01", "2026-02"))
        >>> found.ratings.values.tolist(), found.persons["persons"].tolist()
        ([[7, 'shop', '2026-01', 5, 200.0]], [5])
    """
    kept = ratings.filter(ratings.month.between(months.first, months.last))
    count = int(kept.cluster.nunique().to_pyarrow().as_py())
    key = kept.cluster % GROUPS if count > MANY_CLUSTERS else kept.cluster
    sums = kept.group_by(cluster=key, touchpoint=kept.touchpoint, month=kept.month).aggregate(
        n=kept.count(), total=kept.score.sum()
    )
    each = kept.group_by(["touchpoint", "month", "respondent"]).aggregate()
    persons = each.group_by(["touchpoint", "month"]).aggregate(persons=each.count())
    return Sums(collect(sums), collect(persons))

"""A pain result as plain values: what is cached, shown and written as JSON."""

from typing import Any

import ibis

from insights.pain.importance import with_importance
from insights.pain.pain import Pain, pain
from insights.pain.rows import pain_rows
from insights.plain import plain, plain_rows
from insights.weighting.mix import KnownMix

_WHOLE = (
    *("n", "accounts", "mean", "total", "low", "high", "painless", "r2"),
    *("unweighted", "n_eff", "deff", "is_capped"),
    *("reason", "needed", "have", "missing", "expected_month"),
)


def pain_content(found: Pain) -> dict[str, Any]:
    """Turn a pain result into what JSON can hold; what cannot be said is null.

    Args:
        found: what ``insights.pain.pain.pain`` gave.

    Returns:
        ``touchpoints``: its rows, the most painful first, as dictionaries; ``whole``: the
        stage's numbers by their names in ``Pain``; ``target`` and ``method``. The mean
        and what follows from it are null under five persons, with the rest.

    References:
        ``insights.pain.pain.pain``.

    Example:
        >>> import pandas as pd
        >>> from insights.pain.pain import pain
        >>> nothing = pd.DataFrame({"y": [], "cluster": [], "shop": []})
        >>> pain_content(pain(nothing, ["shop"]))["whole"]["reason"]
        'too_few_answers'
    """
    return {
        "touchpoints": plain_rows(found.touchpoints),
        "whole": {name: plain(getattr(found, name)) for name in _WHOLE},
        "target": found.target,
        "method": found.method,
    }


def stage_pain(table: ibis.Table, stage: str, mix: KnownMix = ()) -> dict[str, Any]:
    """Price the touchpoints of one stage, as plain values.

    Args:
        table: the facts of one journey, filtered.
        stage: the key of the stage.
        mix: known shares of the people there are, to weight to.

    Returns:
        As ``pain_content``, with the ``importance`` of each touchpoint; ``weighting`` says why
        answers are not weighted, and whom of the mix they lack.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> texts = dict.fromkeys("response stage touchpoint metric state".split(), "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "score": "float64",
        ...     "is_overall": "boolean"}
        >>> stage_pain(ibis.memtable([], schema=types), "buy")["whole"]["reason"]
        'too_few_answers'
    """
    rows = pain_rows(table, stage, mix)
    found = pain(
        rows.frame,
        rows.touchpoints,
        unrated=rows.unrated,
        unknown=rows.unknown,
        mix=rows.fitted.mix,
        until=rows.until,
    )
    weighting = {
        "reason": plain(rows.fitted.reason),
        "absent": [list(each) for each in rows.fitted.absent],
        "is_weighted": bool(rows.fitted.mix),
    }
    return with_importance(pain_content(found), rows.frame, rows.fitted.mix) | {
        "weighting": weighting
    }

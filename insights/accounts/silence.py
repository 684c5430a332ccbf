"""Accounts in which a part of the decision stayed silent, and whether they score otherwise."""

import math
from typing import Any

import pandas as pd

from insights.clusters import MINIMUM_CLUSTERS
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted, difference, paired_sums
from insights.intervals import wilson
from insights.release.suppression import MINIMUM_PERSONS, protect
from vocabulary import Part

WITH, WITHOUT, REST = "with", "without", "rest"


def silent_accounts(heard: pd.DataFrame, part: str) -> pd.Series:
    """Say of each account whether somebody of a part was heard.

    Args:
        heard: what ``people.heard_people`` gives.
        part: a value of ``vocabulary.Part``.

    Returns:
        By account "with" (somebody was heard), "without" (nobody was, and the part of everybody
        who was is known) or "rest" (nobody surely was: the part of some is not known).

    References:
        docs/metrics.md, "Who in the decision was heard".

    Example:
        >>> heard = pd.DataFrame({"account": list("aabc"), "part": ["user", "buyer", "user", None]})
        >>> silent_accounts(heard, "buyer").to_dict()
        {'a': 'with', 'b': 'without', 'c': 'rest'}
    """
    marks = heard[["account"]].assign(
        is_of_part=heard["part"] == part, is_unknown=heard["part"].isna()
    )
    found = marks.groupby("account")[["is_of_part", "is_unknown"]].any()
    state = pd.Series(WITHOUT, index=found.index, dtype="object")
    return state.mask(found["is_unknown"], REST).mask(found["is_of_part"], WITH)


def silence(heard: pd.DataFrame, persons: pd.DataFrame, revenues: pd.Series) -> pd.DataFrame:
    """Count the accounts in which nobody of a part was heard, for every part.

    Args:
        heard: what ``people.heard_people`` gives.
        persons: whom a CRM knows: ``person``, ``account``, ``part``.
        revenues: of a year, by account; null where not known.

    Returns:
        One row per ``vocabulary.Part``: ``part``, ``accounts`` (of which it can be said),
        ``silent`` (nobody of the part was heard), ``share``, ``low``, ``high`` (of accounts),
        ``revenue_share`` (of their revenue, that of the silent ones), ``known`` (silent accounts
        in which the CRM knows somebody of that part), ``shown``. Not shown where one to four
        persons of the part were heard, nor where it can be said of fewer than five accounts.

    References:
        docs/metrics.md, "Who in the decision was heard".

    Example:
        >>> heard = pd.DataFrame({"account": list("abcdef"), "respondent": range(6),
        ...                       "part": ["buyer"] * 5 + ["user"]})
        >>> known = pd.DataFrame({"person": ["p"], "account": ["f"], "part": ["buyer"]})
        >>> found = silence(heard, known, pd.Series({"a": 30.0, "f": 10.0})).set_index("part")
        >>> found.loc["buyer", ["accounts", "silent", "revenue_share", "known"]].tolist()
        [6.0, 1.0, 0.25, 1.0]
    """
    rows = [_counts(heard, persons, revenues, part.value) for part in Part]
    names = [
        "part",
        "accounts",
        "silent",
        "known",
        "share",
        "low",
        "high",
        "revenue_share",
        "shown",
    ]
    return pd.DataFrame(rows, columns=names).astype(
        dict.fromkeys(["accounts", "silent", "known"], "Int64")
    )


def contrast(heard: pd.DataFrame, alone: pd.DataFrame, states: pd.Series) -> pd.DataFrame:
    """Compare, stage by stage, accounts in which somebody of a part was heard with the silent ones.

    Args:
        heard: what ``people.heard_people`` gives.
        alone: what ``people.lone_people`` gives; they stand on neither side.
        states: what ``silent_accounts`` gives.

    Returns:
        One row per stage, sorted: ``stage``, and of "with" and "without" each ``persons_``,
        ``accounts_``, ``score_`` (points); ``change`` (with minus without), ``low``, ``high``,
        ``p``, ``q`` (adjusted over all stages), ``is_clear``, ``shown``. It goes together, no more:
        who was heard speaks in one of the two scores.

    References:
        docs/metrics.md, "Who in the decision was heard" and "Change".

    Example:
        >>> heard = pd.DataFrame({"stage": "buy", "account": range(10), "respondent": range(10),
        ...     "n": 1, "total": [50.0, 75, 50, 75, 50, 75, 100, 75, 100, 75]})
        >>> states = pd.Series(["with"] * 5 + ["without"] * 5)
        >>> alone = pd.DataFrame({"stage": [], "clusters": []})
        >>> found = contrast(heard, alone, states)
        >>> found[["score_with", "score_without", "change"]].values.tolist()
        [[60.0, 85.0, -25.0]]
    """
    people = heard.assign(state=heard["account"].map(states))
    rows = [
        {"stage": stage} | _compare(group, int(alone[alone["stage"] == stage]["clusters"].sum()))
        for stage, group in people.groupby("stage", sort=True)
    ]
    sides = [
        f"{name}_{side}" for name in ("persons", "accounts", "score") for side in (WITH, WITHOUT)
    ]
    names = ["stage", *sides, "change", "low", "high", "p", "shown"]
    frame = pd.DataFrame(rows, columns=names)
    q = adjusted(frame["p"].to_numpy(dtype=float))
    return frame.assign(q=q, is_clear=q <= FALSE_DISCOVERIES)


def _counts(
    heard: pd.DataFrame, persons: pd.DataFrame, revenues: pd.Series, part: str
) -> dict[str, Any]:
    """Count the silent accounts of one part."""
    states = silent_accounts(heard, part)
    sure, silent = states[states != REST], states[states == WITHOUT]
    n_heard = heard[heard["part"] == part]["respondent"].nunique()
    if 0 < n_heard < MINIMUM_PERSONS or len(sure) < MINIMUM_CLUSTERS:
        return {"part": part, "shown": False}
    low, high = wilson(len(silent), len(sure))
    whole = float(revenues.reindex(sure.index).sum())
    known = persons[persons["part"] == part]["account"]
    return {
        "part": part,
        "accounts": len(sure),
        "silent": len(silent),
        "known": int(silent.index.isin(known).sum()),
        "share": len(silent) / len(sure),
        "low": low,
        "high": high,
        "revenue_share": float(revenues.reindex(silent.index).sum()) / whole if whole else math.nan,
        "shown": True,
    }


def _compare(people: pd.DataFrame, n_alone: int) -> dict[str, Any]:
    """Compare the two sides of one stage, if both may be shown."""
    groups = people.groupby("state")["respondent"].nunique()
    counts = [int(groups.get(side, 0)) for side in (WITH, WITHOUT)]
    others = int(groups.get(REST, 0)) + n_alone
    cells = pd.DataFrame({"persons": [*counts, *([others] if others else [])]})
    sums = people.groupby(["state", "account"])[["n", "total"]].sum()
    sides = [sums.loc[side] if side in groups else sums.iloc[:0] for side in (WITH, WITHOUT)]
    n_accounts = [len(side) for side in sides]
    if not protect(cells, [])["shown"].iloc[:2].all() or min(n_accounts) < MINIMUM_CLUSTERS:
        return {"shown": False}
    after, before = (side.to_numpy(dtype=float) for side in sides)
    zeros = [[0.0] * n for n in n_accounts]
    found = difference(
        paired_sums(
            [*before[:, 0], *zeros[0]],
            [*before[:, 1], *zeros[0]],
            [*zeros[1], *after[:, 0]],
            [*zeros[1], *after[:, 1]],
        )
    )
    scores = {
        f"score_{name}": float(side[:, 1].sum() / side[:, 0].sum())
        for name, side in ((WITH, after), (WITHOUT, before))
    }
    return {
        **{f"persons_{name}": n for name, n in zip((WITH, WITHOUT), counts, strict=True)},
        **{f"accounts_{name}": n for name, n in zip((WITH, WITHOUT), n_accounts, strict=True)},
        **scores,
        "change": found.change,
        "low": found.interval.low,
        "high": found.interval.high,
        "p": found.p,
        "shown": True,
    }

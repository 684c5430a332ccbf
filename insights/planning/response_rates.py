"""Who was asked, who began, who finished: completion and response rates by AAPOR's definitions."""

import math
from collections.abc import Sequence
from enum import StrEnum

import ibis
import numpy as np
import pandas as pd

from insights.cells import collect
from insights.intervals import UNKNOWN, Interval, wilson
from insights.release.suppression import protect, suppress

TOLD = ("invited", "bounced", "refused", "ineligible")
"""What the analyst tells of a mailing, in numbers of people."""


class RateReason(StrEnum):
    """Why there is no response rate."""

    NOT_TOLD = "not_told"  # a public link alone: nobody knows how many were asked
    MORE_ANSWERS = "more_answers_than_invited"  # a link was passed on, or a count is wrong
    TOO_FEW_PERSONS = "too_few_persons"


def response_rate(complete: int, partial: int, eligible: int) -> tuple[float, float]:
    """Give AAPOR's response rates 1 and 2 of named persons who were invited.

    Of somebody who was invited and did not answer nothing more is known, so all of them count as
    if they could have answered: RR1 = I / ((I + P) + (R + NC + O) + (UH + UO)), and the bottom is
    everybody invited but those who turned out not to belong to the people meant.

    Args:
        complete: who sent the last page (I).
        partial: who sent some pages, but not the last (P).
        eligible: invited less ineligible; who refused, could not be reached or said nothing is in
            it (I + P + R + NC + O + UH + UO).

    Returns:
        RR1 and RR2 (with P on top), shares 0-1; null when nobody is eligible.

    Raises:
        ValueError: a count is negative, or more answered than were eligible.

    References:
        docs/metrics.md, "Response and completion". AAPOR, "Standard Definitions: Final Dispositions
        of Case Codes and Outcome Rates for Surveys", 10th edition, 2023, on internet surveys of
        specifically named persons.

    Example:
        >>> response_rate(180, 40, 1000)
        (0.18, 0.22)
    """
    if min(complete, partial, eligible) < 0 or complete + partial > eligible:
        raise ValueError("counts: none is negative, and no more answer than are eligible")
    if not eligible:
        return math.nan, math.nan
    return complete / eligible, (complete + partial) / eligible


def sittings(table: ibis.Table) -> pd.DataFrame:
    """Count who began and who finished, per survey and month.

    Args:
        table: the facts of one journey. Responses set aside have none, so they do not count.

    Returns:
        One row per survey and month: ``survey``, ``month``, ``started`` (responses of which a
        first page was sent), ``finished``, ``persons`` (who, in the month) and ``persons_ever``
        (who, in all months of the table).

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Response and completion".

    Example:
        >>> rows = [{"survey": "s", "month": "2026-10", "response": f"r{k}", "respondent": k,
        ...          "partial": k == 0} for k in range(5)]
        >>> types = {"survey": "string", "month": "string", "response": "string",
        ...          "respondent": "int64", "partial": "boolean"}
        >>> sittings(ibis.memtable(rows, schema=types)).values.tolist()
        [['s', '2026-10', 5, 4, 5, 5]]
    """
    each = table.group_by(["survey", "month", "response"]).aggregate(
        respondent=table.respondent.min(), is_finished=(~table.partial).all()
    )
    counts = each.group_by(["survey", "month"]).aggregate(
        started=each.count(),
        finished=each.is_finished.sum(),
        persons=each.respondent.nunique(),
    )
    ever = each.group_by("survey").aggregate(persons_ever=each.respondent.nunique())
    merged = collect(counts).merge(collect(ever), on="survey", how="left")
    return merged.sort_values(["survey", "month"], ignore_index=True)


def response_rates(
    counts: pd.DataFrame, outreach: pd.DataFrame, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Put together per cell how many were asked, began and finished.

    Args:
        counts: what ``sittings`` gives, with the columns of ``by``, and ``is_sitting`` (bool):
            whether pages are sent one by one, so that beginning and finishing differ.
        outreach: per survey and month what was told: ``survey``, ``month``, ``invited``,
            ``bounced``, ``refused``, ``ineligible``; with the columns of ``by``, too.
        by: what to split by: "survey", "stage", "audience", "month"; none gives one row.

    Returns:
        One row per cell: ``by``, ``persons`` (at least so many), ``started``, ``finished``,
        ``completion`` with ``completion_low`` and ``completion_high`` (of what is answered page by
        page; null where nothing is), the ``TOLD`` counts, ``eligible``, ``complete`` and
        ``partial`` (answers in months with a mailing that was told of), ``outside`` (answers in
        other months), ``rr1`` with ``rr1_low`` and ``rr1_high``, ``rr2`` (shares 0-1), ``reason``
        and ``shown``. Under five persons, or where they would follow from the rest, all is null.

    Raises:
        KeyError: a column is missing.

    References:
        docs/metrics.md, "Response and completion".

    Example:
        >>> counts = pd.DataFrame({"survey": ["s"], "month": ["2026-10"], "started": [220],
        ...     "finished": [180], "persons": [220], "persons_ever": [220], "is_sitting": [True]})
        >>> told = pd.DataFrame({"survey": ["s"], "month": ["2026-10"], "invited": [1010],
        ...     "bounced": [30], "refused": [5], "ineligible": [10]})
        >>> found = response_rates(counts, told).iloc[0]
        >>> [round(float(found[name]), 3) for name in ("completion", "rr1", "rr2")]
        [0.818, 0.18, 0.22]
    """
    keys = list(by)
    names = list(dict.fromkeys([*keys, "survey", "month"]))
    both = counts.merge(outreach[[*names, *TOLD]], on=names, how="outer")
    numbers = ["started", "finished", "persons", "persons_ever"]
    both[numbers] = both[numbers].fillna(0).astype("int64")
    grouped = both.groupby(keys, dropna=False, sort=True) if keys else [((), both)]
    is_by_month = "month" in keys
    rows = [
        dict(zip(keys, key if isinstance(key, tuple) else (key,), strict=True))
        | _cell(part, is_by_month=is_by_month)
        for key, part in grouped
    ]
    cells = pd.DataFrame(rows, columns=[*keys, *_COLUMNS])
    hidden = [name for name in _COLUMNS if name not in {"persons", "reason"}]
    answered = cells[cells["started"] > 0]
    silent = suppress(cells.drop(answered.index), hidden)  # nobody to be told from the rest
    shown = pd.concat([protect(answered, hidden, keys[:-1]), silent]).sort_index()
    reason = shown["reason"].astype(object).mask(~shown["shown"], RateReason.TOO_FEW_PERSONS.value)
    return shown.assign(reason=reason.where(reason.notna(), None))


_COLUMNS = (
    *("persons", "started", "finished", "completion", "completion_low", "completion_high"),
    *TOLD,
    *("eligible", "complete", "partial", "outside", "rr1", "rr1_low", "rr1_high", "rr2", "reason"),
)


def _cell(part: pd.DataFrame, *, is_by_month: bool) -> dict[str, object]:
    """The numbers of one cell."""
    persons = int(max(part["persons" if is_by_month else "persons_ever"], default=0))
    sitting = part[part["is_sitting"].eq(True)]
    began, ended = int(sitting["started"].sum()), int(sitting["finished"].sum())
    told = part[part["invited"].notna()]
    counts = {name: int(told[name].sum()) if len(told) else np.nan for name in TOLD}
    complete, started = int(told["finished"].sum()), int(told["started"].sum())
    eligible = counts["invited"] - counts["ineligible"]
    rates, interval, reason = (math.nan, math.nan), UNKNOWN, None
    if not len(told):
        reason = RateReason.NOT_TOLD
    elif started > eligible:
        reason = RateReason.MORE_ANSWERS
    else:
        rates = response_rate(complete, started - complete, int(eligible))
        interval = wilson(complete, eligible)
    finishing = wilson(ended, began) if began else UNKNOWN
    return {
        "persons": persons,
        "started": int(part["started"].sum()),
        "finished": int(part["finished"].sum()),
        "completion": ended / began if began else math.nan,
        **_ends("completion", finishing),
        **counts,
        "eligible": eligible,
        "complete": complete if len(told) else np.nan,
        "partial": started - complete if len(told) else np.nan,
        "outside": int(part["started"].sum()) - started,
        "rr1": rates[0],
        **_ends("rr1", interval),
        "rr2": rates[1],
        "reason": reason.value if reason else None,
    }


def _ends(name: str, interval: Interval) -> dict[str, float]:
    """The two ends of an interval as columns."""
    return {f"{name}_low": interval.low, f"{name}_high": interval.high}

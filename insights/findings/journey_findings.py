"""Everything worth saying of a journey, in order: a list of findings, each with its evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from insights.findings.findings import Finding, Subject, findings, told_changes
from insights.findings.headline import LEAST_PAIN, Headline
from insights.intervals import wilson
from insights.plain import number

MOST = 3
"""So many findings of one subject at most."""

Row = Mapping[str, Any]

VERDICTS: Mapping[str, Subject] = {
    "helped": Subject.HELPED,
    "hurt": Subject.MADE_WORSE,
    "no_effect": Subject.NO_EFFECT,
    "no_proof": Subject.NO_PROOF,
    "too_early": Subject.TOO_EARLY,
}
"""The verdicts on improvements, in the order in which they are told."""


@dataclass(frozen=True)
class Evidence:
    """What the findings are drawn from; each may be empty.

    Attributes:
        weakest: what ``headline.headline`` found.
        changed: what ``comparing.month_changes.month_changes`` found of the last closed month.
        pains: per stage the rows of its pain result.
        gaps: rows of ``gaps.gaps.gaps``, plain.
        clashes: rows of ``comments.disagreements.disagreements``, plain.
        silence: rows of ``accounts.silence.silence``, plain.
        verdicts: per improvement ``number``, ``title``, ``stage``, ``verdict``, and of the effect
            ``change``, ``low``, ``high``, ``n``, ``smallest``, or null; ``last`` is the last month
            that counts for it, or null where none does yet.
        earlier: rows of ``comparing.month_changes.year_changes`` before the last month.
    """

    weakest: Headline | None = None
    changed: pd.DataFrame = field(default_factory=pd.DataFrame)
    pains: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    gaps: Sequence[Row] = ()
    clashes: Sequence[Row] = ()
    silence: Sequence[Row] = ()
    verdicts: Sequence[Row] = ()
    earlier: pd.DataFrame | None = None


def journey_findings(evidence: Evidence) -> tuple[Finding, ...]:
    """List what is worth saying, in the order in which it is said.

    Args:
        evidence: what it is drawn from.

    Returns:
        The weakest stage; the touchpoints that surely cost most; the proven changes, or that
        none is proven; the proven changes of the eleven months before; the verdicts on
        improvements; where colleagues think better of a touchpoint than customers; where words and
        ratings disagree; and which part of accounts is silent. At most three of each.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> pains = {"use": [{"touchpoint": "invoice", "pain": 3.2, "pain_low": 2.3,
        ...                   "pain_high": 4.1, "n": 90, "tie": 1}]}
        >>> weakest = Headline("use", 61.0, 59.0, 63.0, 90, False, True)
        >>> names = ["stage", "touchpoint", "change", "p", "smallest", "is_proven"]
        >>> nothing = pd.DataFrame(columns=names).astype({"is_proven": bool})
        >>> found = journey_findings(Evidence(weakest, nothing, pains))
        >>> [finding.subject.value for finding in found]
        ['weakest_stage', 'hurts', 'not_comparable']
    """
    first = findings(evidence.weakest, evidence.changed)
    return (
        *first[:1],
        *_hurts(evidence.pains),
        *_at_most(first[1:]),
        *_at_most(_earlier(evidence.earlier)),
        *further_findings(evidence),
    )


def further_findings(evidence: Evidence) -> tuple[Finding, ...]:
    """List what is worth saying beside scores, pains and changes.

    Args:
        evidence: what it is drawn from.

    Returns:
        The verdicts on improvements; where colleagues think better of a touchpoint than customers;
        where words and ratings disagree; and which part of accounts is silent. At most three of
        each.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> clash = {"stage": "use", "touchpoint": None, "n": 9, "of": 60, "shown": True}
        >>> [finding.subject.value for finding in further_findings(Evidence(clashes=[clash]))]
        ['clash']
    """
    return (
        *_verdicts(evidence.verdicts),
        *_gaps(evidence.gaps),
        *_clashes(evidence.clashes),
        *_silence(evidence.silence),
    )


def some_of_each(told: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """Choose so many findings that every kind gets a word before any gets a second one.

    Args:
        told: the findings, in order; verdicts on improvements are one kind.
        most: how many at most.

    Returns:
        The chosen ones, in the same order.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> told = [Finding(Subject.HELPED, number=1), Finding(Subject.TOO_EARLY, number=2),
        ...         Finding(Subject.GAP), Finding(Subject.SILENT)]
        >>> [finding.subject.value for finding in some_of_each(told, 3)]
        ['helped', 'gap', 'silent']
    """
    met: Counter[str] = Counter()
    ranked = []
    for place, one in enumerate(told):
        kind = "improvement" if one.number is not None else one.subject.value
        ranked.append((met[kind], place))
        met[kind] += 1
    chosen = sorted(place for _, place in sorted(ranked)[:most])
    return tuple(told[place] for place in chosen)


def _earlier(changes: pd.DataFrame | None) -> list[Finding]:
    """What changed in the year, the largest change first: a mean over the year does not show it."""
    if changes is None or changes.empty:
        return []
    proven = changes[changes["is_proven"]]
    return told_changes(proven.sort_values("change", key=abs, ascending=False))


def _at_most(told: Sequence[Finding]) -> list[Finding]:
    """The first few of each subject."""
    kept: list[Finding] = []
    for one in told:
        if sum(other.subject is one.subject for other in kept) < MOST:
            kept.append(one)
    return kept


def _hurts(pains: Mapping[str, Sequence[Row]]) -> list[Finding]:
    """The touchpoints that surely cost something that shows, the most painful first."""
    sure = [
        (stage, row)
        for stage, rows in pains.items()
        for row in rows
        if (number(row["pain_low"]) or 0.0) > 0 and (number(row["pain"]) or 0.0) >= LEAST_PAIN
    ]
    sure.sort(key=lambda each: -each[1]["pain"])
    return [
        Finding(
            Subject.HURTS,
            stage,
            str(row["touchpoint"]),
            change=-float(row["pain"]),
            low=-float(row["pain_high"]),
            high=-float(row["pain_low"]),
            n=int(row["n"]),
            tied=tuple(
                str(other["touchpoint"])
                for other in pains[stage]
                if other["pain"] is not None
                and other["tie"] == row["tie"]
                and other["touchpoint"] != row["touchpoint"]
            )[:MOST],
        )
        for stage, row in sure[:MOST]
    ]


def _verdicts(verdicts: Sequence[Row]) -> list[Finding]:
    """What became of the improvements, what is known before what is not."""
    order = list(VERDICTS)
    told = sorted(verdicts, key=lambda row: order.index(row["verdict"]))
    return [
        Finding(
            VERDICTS[row["verdict"]],
            row["stage"],
            change=row["change"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
            smallest=row["smallest"],
            number=row["number"],
            title=row["title"],
        )
        for row in told
    ][:MOST]


def _gaps(gaps: Sequence[Row]) -> list[Finding]:
    """Where colleagues surely think better of a touchpoint than customers."""
    proud = [row for row in gaps if row["shown"] and row["is_clear"] and row["gap"] > 0]
    return [
        Finding(
            Subject.GAP,
            row["stage"],
            row["touchpoint"],
            score=row["outside"],
            other=row["inside"],
            change=row["gap"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
        )
        for row in proud[:MOST]
    ]


def _clashes(clashes: Sequence[Row]) -> list[Finding]:
    """Where comments and ratings say opposite things."""
    shown = sorted((row for row in clashes if row["shown"]), key=lambda row: -row["n"])
    return [
        Finding(
            Subject.CLASH,
            row["stage"],
            row["touchpoint"],
            n=row["n"],
            share=row["n"] / row["of"],
            **wilson(row["n"], row["of"])._asdict(),
        )
        for row in shown[:MOST]
    ]


def _silence(silence: Sequence[Row]) -> list[Finding]:
    """The part of accounts that is heard least, where that is most of them."""
    shown = [row for row in silence if row["shown"] and (row["low"] or 0.0) > 1 / 2]
    worst = sorted(shown, key=lambda row: -row["share"])[:1]
    return [
        Finding(
            Subject.SILENT,
            title=row["part"],
            share=row["share"],
            low=row["low"],
            high=row["high"],
            n=row["accounts"],
            other=row.get("known"),
        )
        for row in worst
    ]

"""What a monthly summary says, as values: the weakest stage, proven changes, or that none is."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from insights.findings.headline import Headline


class Subject(StrEnum):
    """What a finding is about."""

    WEAKEST_STAGE = "weakest_stage"
    FELL = "fell"  # a proven change for the worse
    ROSE = "rose"  # a proven change for the better
    NOTHING_CHANGED = "nothing_changed"  # nothing proven; says what could have been seen
    NOT_COMPARABLE = "not_comparable"  # too few answers in one of the two periods
    NO_ANSWERS = "no_answers"
    HURTS = "hurts"  # a touchpoint that surely costs points
    HELPED = "helped"  # an improvement, and the four below too
    MADE_WORSE = "made_worse"
    NO_EFFECT = "no_effect"
    NO_PROOF = "no_proof"
    TOO_EARLY = "too_early"
    GAP = "gap"  # colleagues think better of a touchpoint than customers
    CLASH = "clash"  # comments and the ratings beside them say opposite things
    SILENT = "silent"  # a part in decisions of which most accounts were not heard


@dataclass(frozen=True)
class Finding:
    """One thing to say, all in points.

    Attributes:
        subject: what it is about.
        stage: its key, or None for the journey as a whole.
        touchpoint: its key, or None for a stage's overall question.
        score: the score now.
        change: the score now minus the score before.
        low: the lower end of the change.
        high: the upper end of the change.
        n: the answers now.
        smallest: the smallest change of a stage that would have been found in 80% of cases, were
            it the only one looked at.
        other: what ``score`` is held against; or in how many of the silent accounts the CRM knows
            somebody of the part.
        share: 0-1.
        tied: touchpoints of the stage that cannot be told from this one.
        number: of an improvement.
        title: of an improvement; or the part that is silent.
        month: of a change that is older than the last month, "YYYY-MM".
    """

    subject: Subject
    stage: str | None = None
    touchpoint: str | None = None
    score: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    smallest: float | None = None
    other: float | None = None
    share: float | None = None
    tied: tuple[str, ...] = ()
    number: int | None = None
    title: str | None = None
    month: str | None = None

    def plain(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        return asdict(self) | {"subject": self.subject.value, "tied": list(self.tied)}


def findings(weakest: Headline | None, changed: pd.DataFrame) -> tuple[Finding, ...]:
    """List what a summary says, in the order it says it.

    Args:
        weakest: what ``headline.headline`` found this month.
        changed: what ``comparing.changes.changes`` found between the month before and this one.

    Returns:
        The weakest stage; then the proven changes, what fell before what rose and the largest
        first; without any, that none is proven, with the smallest change that the overall
        answers of some stage could have shown, looked at alone, or that nothing can be compared.
        Without answers only that.

    References:
        docs/metrics.md, "Change".

    Example:
        >>> [finding.subject.value for finding in findings(None, pd.DataFrame())]
        ['no_answers']
    """
    if weakest is None:
        return (Finding(Subject.NO_ANSWERS),)
    first = Finding(Subject.WEAKEST_STAGE, weakest.stage, score=weakest.score, n=weakest.n)
    proven = changed[changed["is_proven"]].sort_values("change", key=abs, ascending=False)
    return (first, *(told_changes(proven) or [_nothing(changed)]))


def told_changes(proven: pd.DataFrame) -> list[Finding]:
    """Make a finding of each proven change, what fell before what rose, in the order given.

    Args:
        proven: rows of ``comparing.month_changes.month_changes``; or of ``year_changes``.

    Returns:
        The findings.

    References:
        docs/metrics.md, "Findings".

    Example:
        >>> names = ["stage", "touchpoint", "score_after", "change", "low", "high", "n_after"]
        >>> row = dict(zip(names, ["buy", None, 60.0, -9.0, -12.0, -6.0, 40], strict=True))
        >>> [found] = told_changes(pd.DataFrame([row | {"month": "2026-03"}]))
        >>> found.subject.value, found.change, found.month
        ('fell', -9.0, '2026-03')
    """
    fell, rose = proven[proven["change"] < 0], proven[proven["change"] > 0]
    return [*_told(Subject.FELL, fell), *_told(Subject.ROSE, rose)]


def _told(subject: Subject, proven: pd.DataFrame) -> list[Finding]:
    """Make a finding of each proven change."""
    return [
        Finding(
            subject,
            str(row["stage"]),
            None if pd.isna(row["touchpoint"]) else str(row["touchpoint"]),
            score=float(row["score_after"]),
            change=float(row["change"]),
            low=float(row["low"]),
            high=float(row["high"]),
            n=int(row["n_after"]),
            month=row.get("month"),
        )
        for row in proven.to_dict("records")
    ]


def _nothing(changed: pd.DataFrame) -> Finding:
    """Say that no change is proven, and how large a one would have been seen, looked at alone."""
    compared = changed[changed["p"].notna()].astype({"smallest": float})
    stages = compared[compared["touchpoint"].isna()]
    sharpest = (stages if len(stages) else compared).nsmallest(1, "smallest")
    if sharpest.empty:
        return Finding(Subject.NOT_COMPARABLE)
    row = sharpest.iloc[0]
    touchpoint = None if pd.isna(row["touchpoint"]) else str(row["touchpoint"])
    return Finding(
        Subject.NOTHING_CHANGED, str(row["stage"]), touchpoint, smallest=float(row["smallest"])
    )

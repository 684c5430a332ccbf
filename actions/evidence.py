"""Gathering what findings are drawn from: for the board and for the mail of a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from actions.asked import asked_in
from actions.company import read_crm
from actions.estimate import sheets_of, told_round_of
from actions.improvement import effect_of, improvements_of, plan_of
from actions.journey import parts_in_use
from insights.months import months_before
from models import Journey

if TYPE_CHECKING:
    import ibis

    from facts.engine import Facts
    from insights.accounts.accounts import Crm
    from insights.effects.controls import Plan
    from insights.filters import Filters
    from insights.findings.in_use import Parts
    from insights.findings.journey_findings import Evidence
    from insights.trends.asked import Asked, Key

PAGES = {
    "gap": "gap.show",
    "clash": "reading_quality.show",
    "silent": "company.show",
    "fell": "compare.show",
    "rose": "compare.show",
    "nothing_changed": "compare.show",
    "not_comparable": "compare.show",
}
"""The page with the evidence, where it is not a touchpoint's or an improvement's own."""

Row = dict[str, Any]


class Registered(NamedTuple):
    """An improvement that was not withdrawn."""

    number: int
    title: str
    plan: "Plan"


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a journey beside its facts.

    Attributes:
        journey: its key.
        sheets: per colleague their team, or None, and what they estimated.
        crm: the accounts and persons.
        improvements: the last to start first.
        asked: what every version asked, where there are improvements.
        parts: the stages in use, each with its touchpoints in use.
    """

    journey: str
    sheets: Sequence[tuple[str | None, Mapping[str, int]]]
    crm: "Crm"
    improvements: Sequence[Registered]
    asked: "dict[Key, Asked]"
    parts: "Parts"


def read_known(journey: Journey, zone: ZoneInfo, until: datetime | None = None) -> Known:
    """Read what findings rest on beside the facts, so that no lock is held while they are drawn.

    Args:
        journey: which journey.
        zone: the organisation's time zone.
        until: rounds of estimates that were closed, and improvements that were registered, before
            this moment; all where left out. Of accounts only the present is known.
    """
    from insights.release.suppression import MINIMUM_PERSONS

    told = told_round_of(journey.id, MINIMUM_PERSONS, until)
    every = [
        one for one in improvements_of(journey.id) if until is None or one.registered_at < until
    ]
    improvements = [
        Registered(one.id, one.title, plan_of(one, every, zone))
        for one in every
        if one.withdrawn_at is None
    ]
    return Known(
        journey=journey.key,
        sheets=[(sheet.team, sheet.points) for sheet in sheets_of(told)] if told else [],
        crm=read_crm(journey),
        improvements=improvements,
        asked=asked_in(journey) if improvements else {},
        parts=parts_in_use(journey.id),
    )


def gather(
    known: Known,
    facts: "Facts",
    filters: "Filters",
    last: str,
    pains: Mapping[str, Sequence[Mapping[str, Any]]],
) -> "Evidence":
    """Gather all that findings are drawn from but the weakest stage and the changes.

    Args:
        known: what is known beside the facts.
        facts: the facts.
        filters: the selection.
        last: the last month that counts for a verdict, "YYYY-MM".
        pains: per stage the touchpoints of its pain under the selection.
    """
    from insights.accounts.accounts import account_silence
    from insights.comments.disagreements import disagreements
    from insights.findings.in_use import rows_in_use
    from insights.findings.journey_findings import Evidence
    from insights.plain import plain_rows

    table = facts.tell(facts.table, filters)
    is_read_well = not are_readings_poor(facts, known.journey)
    return Evidence(
        pains=pains,
        gaps=rows_in_use(_gaps(known, table, pains), known.parts),
        clashes=rows_in_use(plain_rows(disagreements(table)), known.parts) if is_read_well else [],
        silence=plain_rows(account_silence(table, known.crm)),
        verdicts=_verdicts(known, facts, last),
    )


def are_readings_poor(facts: "Facts", journey: str) -> bool:
    """Whether what was read of comments agrees too little with the ratings beside them."""
    from insights.comments.reading_quality import Verdict, agreement_with_ratings, verdict
    from insights.filters import Filters
    from insights.plain import plain_rows

    def judge() -> Verdict:
        """Look at all comments that there are."""
        every = facts.tell(facts.table, Filters(journey))
        rows = plain_rows(agreement_with_ratings(every, ["journey"]))
        return verdict(None, next(iter(rows), None)).verdict

    return facts.remember(("readings", journey), judge) is Verdict.POOR


def page_of(
    row: Mapping[str, Any], journey: str, found: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The page with the evidence of a finding: its endpoint, and the parts of its address.

    Args:
        row: a finding as plain values.
        journey: the journey's key.
        found: what the finding was kept with; perhaps with ``month`` and the month ``before``,
            which a change is between.
    """
    parts = {"journey_key": journey}
    if row["number"] is not None:
        return "improvement.show", parts | {"number": row["number"]}
    if row["subject"] in PAGES:
        page = PAGES[row["subject"]]
        at = _both_months(row, found) if page == "compare.show" else {}
        return page, parts | at | ({"_anchor": "clashes"} if row["subject"] == "clash" else {})
    if row["touchpoint"]:
        here = {"stage": row["stage"], "touchpoint": row["touchpoint"]}
        return "touchpoint.show", parts | here
    return "board.show", parts


def _both_months(row: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, str]:
    """The comparison of a month with the one before, as its page is asked for it.

    Empty for findings that were kept when the month was not kept with them.
    """
    month = row.get("month") or found.get("month")
    if month is None:
        return {}
    before = months_before(month, 1)
    return {"by": "period", "a_from": before, "a_to": before, "b_from": month, "b_to": month}


def _gaps(
    known: Known, table: "ibis.Table", pains: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Row]:
    """What colleagues estimated beside what customers give; nothing of fewer than five."""
    from insights.gaps.gaps import gaps, outside_scores, sheet_frame
    from insights.plain import plain_rows

    if not known.sheets:
        return []
    lost = {
        (stage, row["touchpoint"]): row["pain"]
        for stage, rows in pains.items()
        for row in rows
        if row["pain"] is not None
    }
    return plain_rows(gaps(outside_scores(table), sheet_frame(known.sheets), lost))


def _verdicts(known: Known, facts: "Facts", last: str) -> list[Row]:
    """What became of the improvements, by what the months up to the last one say."""
    rows = []
    for number, title, plan in known.improvements:
        effect = effect_of(facts, known.journey, plan, last, lambda: known.asked)
        seen, after = effect.case.compared, effect.case.window.after
        is_sure = seen.is_sure
        rows.append(
            {
                "number": number,
                "title": title,
                "stage": plan.stage,
                "verdict": effect.verdict.value,
                "change": seen.change if is_sure else None,
                "low": seen.interval.low if is_sure else None,
                "high": seen.interval.high if is_sure else None,
                "n": effect.case.amount.n_after if is_sure else None,
                "smallest": seen.smallest if is_sure else None,
                "last": after.last if after else None,
            }
        )
    return rows

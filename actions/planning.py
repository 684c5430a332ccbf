"""What the planning of a journey says: answers still needed, who answered, who did not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.outreach import outreach_of
from actions.sitting_pace import Stop, seconds_per_page, stops
from extensions import db
from models import Import, Journey, Response, Survey
from vocabulary import Audience, Presentation

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from facts.engine import Facts
    from insights.filters import Filters

Rows = list[dict[str, Any]]

MONTHS = 12
"""The last closed months that are looked at."""


@dataclass(frozen=True)
class Planning:
    """All numbers of a journey's planning.

    Attributes:
        first: the first month that is looked at, "YYYY-MM".
        last: the last closed month.
        points: the difference that is planned for.
        cells: stages (touchpoint None) and touchpoints: see ``insights.planning.cells``.
        whole: completion and response of the journey: see ``insights.planning.response_rates``.
        rates: the same by "survey", "stage", "audience" and "month".
        silent: per stage and audience what the silent could move, as ``planning.silent_scores``.
        answering: per stage "skipped", "alike" and "early_and_late", as ``planning.answering``.
        stops: per survey key where people stop.
        paces: per survey key the seconds a page takes, and of how many responses.
    """

    first: str
    last: str
    points: int
    cells: Rows
    whole: dict[str, Any]
    rates: dict[str, Rows]
    silent: Rows
    answering: dict[str, Rows]
    stops: dict[str, Stop]
    paces: dict[str, tuple[float, int]]


def planning_of(journey: Journey, facts: "Facts", last: str, points: int) -> Planning:
    """Compute what the planning of a journey says.

    Args:
        journey: which.
        facts: the facts.
        last: the last closed month.
        points: the difference that is to be told, points.
    """
    from insights.filters import Filters
    from insights.months import months_before
    from insights.plain import plain_rows
    from insights.planning.cells import plan_cells
    from insights.planning.planner import RATE_MONTHS

    first = months_before(last, MONTHS - 1)
    year = Filters(journey.key, first, last)
    recent = Filters(journey.key, months_before(last, RATE_MONTHS - 1), last)
    since = datetime(int(first[:4]), int(first[5:]), 1, tzinfo=UTC)
    counts, outreach = _counts(journey, facts, year), _outreach(journey, first, last)
    cells = plan_cells(
        facts.narrow(facts.table, year), _selected(facts, recent), float(points), last
    )
    rates = {by: _rates(counts, outreach, by) for by in ("survey", "stage", "audience", "month")}
    return Planning(
        first=first,
        last=last,
        points=points,
        cells=plain_rows(cells),
        whole=next(iter(_rates(counts, outreach, None)), {}),
        rates=rates,
        silent=_silent(facts, year, counts, outreach),
        answering=_answering(facts, year, counts, outreach),
        stops=stops(journey, since),
        paces=seconds_per_page(journey, since),
    )


def _selected(facts: "Facts", filters: "Filters") -> "ibis.Table":
    """All facts of a selection, for counting how many come in."""
    from insights.filters import select as selected

    return selected(facts.table, filters)


def _surveys(journey: Journey) -> "pd.DataFrame":
    """What must be known of each survey: its stage, its audience, how it is answered."""
    import pandas as pd

    imported = select(Response.survey_id).where(Response.import_id.is_not(None))
    imported = imported.join(Import, Import.id == Response.import_id)
    is_imported = Survey.id.in_(imported.where(Import.journey_id == journey.id))
    found = select(
        Survey.key, Survey.stage, Survey.audience, Survey.presentation, is_imported
    ).where(Survey.journey_id == journey.id)
    rows = [
        (key, stage or "", audience.value if audience else "", not imports and presentation)
        for key, stage, audience, presentation, imports in db.session.execute(found)
    ]
    frame = pd.DataFrame(rows, columns=["survey", "stage", "audience", "presentation"])
    frame["is_sitting"] = frame.pop("presentation") == Presentation.PAGES
    return frame.astype({"survey": object, "stage": object, "audience": object})


def _counts(journey: Journey, facts: "Facts", year: "Filters") -> "pd.DataFrame":
    """Who began and finished per survey and month, with what is known of the survey."""
    from insights.planning.response_rates import sittings

    counts = sittings(_selected(facts, year)).astype({"survey": object, "month": object})
    return counts.merge(_surveys(journey), on="survey", how="left")


def _outreach(journey: Journey, first: str, last: str) -> "pd.DataFrame":
    """What was told of mailings in a period, per survey and month."""
    import pandas as pd

    rows = [
        (
            *(survey.key, survey.stage or "", survey.audience.value if survey.audience else ""),
            *(told.month, told.invited, told.bounced, told.refused, told.ineligible),
        )
        for survey, told in outreach_of(journey)
        if first <= told.month <= last
    ]
    texts, numbers = ["survey", "stage", "audience", "month"], _TOLD
    frame = pd.DataFrame(rows, columns=[*texts, *numbers])
    return frame.astype(dict.fromkeys(texts, object) | dict.fromkeys(numbers, "int64"))


_TOLD = ["invited", "bounced", "refused", "ineligible"]


def _rates(counts: "pd.DataFrame", outreach: "pd.DataFrame", by: str | None) -> Rows:
    """Completion and response per cell."""
    from insights.plain import plain_rows
    from insights.planning.response_rates import response_rates

    return plain_rows(response_rates(counts, outreach, [by] if by else []))


def _silent(
    facts: "Facts", year: "Filters", counts: "pd.DataFrame", outreach: "pd.DataFrame"
) -> Rows:
    """What the silent of each audience could move, each audience told for itself."""
    from dataclasses import replace

    from insights.plain import plain_rows
    from insights.planning.silent_scores import covered, silent_scores

    asked, rows = covered(counts, outreach), []
    for audience in Audience:
        part = asked[asked["audience"] == audience.value]
        if len(part):
            chosen = replace(year, audience=audience.value)
            answered = counts[(counts["audience"] == audience.value) & (counts["started"] > 0)]
            is_all = set(zip(answered["survey"], answered["month"], strict=True)) <= set(
                zip(part["survey"], part["month"], strict=True)
            )
            told = facts.narrow(facts.table, chosen, by_month=not is_all)
            found = plain_rows(silent_scores(told, part))
            rows += [{"audience": audience.value} | row for row in found]
    return rows


def _answering(
    facts: "Facts", year: "Filters", counts: "pd.DataFrame", outreach: "pd.DataFrame"
) -> dict[str, Rows]:
    """How people answer, per stage."""
    from insights.plain import plain_rows
    from insights.planning.answering import alike, early_and_late, skipped
    from insights.planning.silent_scores import covered, of_pairs

    told = facts.narrow(facts.table, year)
    found = {"skipped": plain_rows(skipped(told)), "alike": plain_rows(alike(told))}
    monthly = facts.narrow(facts.table, year, by_month=True)
    invited = of_pairs(monthly, covered(counts, outreach))
    return found | {"early_and_late": plain_rows(early_and_late(invited))}

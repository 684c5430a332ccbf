"""What a page about numbers is about: the facts, the filters of its address, and the names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from extensions import db
from models import Journey, PainResult, Stage
from questionnaires.value import in_language
from views.frame import can

if TYPE_CHECKING:
    from charts.board import Named
    from facts.engine import Facts
    from insights.choices import Choices
    from insights.filters import Filters
    from insights.weighting.mix import KnownMix


@dataclass(frozen=True)
class Selection:
    """The facts, what can be chosen, what was chosen, and the same as parameters of an address."""

    facts: "Facts"
    choices: "Choices"
    filters: "Filters"
    parameters: dict[str, str]

    @property
    def shown_period(self) -> tuple[str | None, str | None]:
        """The period as the list of months can show it: its first and last month with answers."""
        first, last = self.filters.month_from, self.filters.month_to
        inside = [
            month
            for month in self.choices.months
            if (not first or month >= first) and (not last or month <= last)
        ]
        return (inside[0], inside[-1]) if inside else (None, None)

    @property
    def is_usual(self) -> bool:
        """Whether it is what a page shows first: the last year with answers, everybody."""
        from insights.filters import Filters

        return self.filters == Filters(self.filters.journey, *self.choices.usual_period)

    @property
    def year_before(self) -> "Filters | None":
        """What was usual before the newest month had its first answer; only for the usual one."""
        from insights.filters import Filters
        from insights.months import YEAR, months_before

        if not self.is_usual or len(self.choices.months) < 2:  # noqa: PLR2004 -- this and before
            return None
        last = self.choices.months[-2]
        return Filters(self.filters.journey, months_before(last, YEAR - 1), last)


def load(journey: Journey) -> Selection:
    """Read the selection of this request."""
    from facts.engine import open_facts
    from forms.filters import as_parameters, read_filters
    from insights.choices import choices

    facts = open_facts(current_app.config["HOME"])
    possible = facts.remember(("choices", journey.key), lambda: choices(facts.table, journey.key))
    filters = read_filters(request.args, journey.key, possible)
    return Selection(facts, possible, filters, as_parameters(filters))


def load_of_parts(journey: Journey) -> Selection:
    """Read the selection of a page that counts a part of the people, such as those of accounts.

    What may be told is found for everybody who answers about a place, not for a part of them: two
    selections of such a page could be subtracted to a single person. So only colleagues who may
    read the answers themselves choose; others see what the page shows first.
    """
    from insights.filters import Filters

    chosen = load(journey)
    if can("response.index"):
        return chosen
    return replace(
        chosen, filters=Filters(journey.key, *chosen.choices.usual_period), parameters={}
    )


def stages_of(journey: Journey) -> list[Stage]:
    """The journey's stages in order, with their touchpoints; retired ones left out."""
    found = (
        select(Stage)
        .where(Stage.journey_id == journey.id, Stage.retired_at.is_(None))
        .order_by(Stage.position)
        .options(selectinload(Stage.touchpoints))
    )
    return list(db.session.scalars(found))


def named(stages: list[Stage]) -> "tuple[Named, ...]":
    """The stages as the reader calls them."""
    from charts.board import Named

    language = str(get_locale())
    return tuple(
        Named(
            stage.key,
            in_language(stage.name, language),
            in_language(stage.goal, language),
            tuple(
                Named(touchpoint.key, in_language(touchpoint.name, language))
                for touchpoint in stage.touchpoints
                if touchpoint.retired_at is None
            ),
        )
        for stage in stages
    )


def pains_of(journey: Journey, chosen: Selection, mix: "KnownMix" = ()) -> dict[str, PainResult]:
    """The pain results of a selection, by stage key; empty until a job has computed them.

    With a mix those that are weighted to it.

    The first answer of a new month moves the usual year on by a month: until that year has been
    computed the one before stands in its place, with its own as-of.
    """
    from actions.pain import selection_key
    from actions.weighted_pain import weighted_key

    wanted = [
        weighted_key(filters, mix) if mix else selection_key(filters)
        for filters in (chosen.filters, chosen.year_before)
        if filters
    ]
    found = select(PainResult).where(
        PainResult.journey_id == journey.id, PainResult.selection.in_(wanted)
    )
    results = list(db.session.scalars(found))
    for selection in wanted:
        computed = {result.stage: result for result in results if result.selection == selection}
        if computed:
            return computed
    return {}


def is_pain_awaited(
    chosen: Selection, results: Mapping[str, PainResult], *, is_weighted: bool = False
) -> bool:
    """Whether there is no pain of this selection yet, but somebody is at it."""
    from actions.pain import is_pain_awaited as is_awaited

    return not results and is_awaited(
        chosen.filters, is_usual=chosen.is_usual, is_weighted=is_weighted
    )

"""/journeys/<journey>/accounts: what accounts say, who of them was heard, how far they agree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

import phrasing
from actions import company as actions
from models import Journey
from views import guard, selection
from vocabulary import Role
from wording import company as company_words

if TYPE_CHECKING:
    from insights.accounts.accounts import CompanyNumbers

bp = Blueprint("company", __name__, url_prefix="/journeys/<journey_key>")

MOST_NAMES = 20
"""Accounts that are named as worth a call, at most."""

Row = dict[str, Any]


@bp.get("/accounts")
@guard.members(Role.ANALYST, Role.OWNER, Role.MANAGER)
def show(journey: Journey) -> ResponseReturnValue:
    """Show the scores counted three ways, the disagreement inside accounts, and who was heard."""
    from insights.plain import plain_rows

    chosen = selection.load_of_parts(journey)
    names = {stage.key: stage.name for stage in selection.named(selection.stages_of(journey))}
    numbers = _numbers(journey, chosen)
    is_shown = numbers.n_accounts is not None
    ways = _of_stages(plain_rows(numbers.ways), names)
    parts = plain_rows(numbers.parts)
    return render_template(
        "company/show.html",
        journey=journey,
        chosen=chosen,
        numbers=numbers,
        is_filtered=chosen.filters != chosen.filters.of_everybody,
        sentence=company_words.sentence(numbers, names),
        words=company_words,
        ways=ways,
        ways_chart=_ways_chart(ways) if is_shown else None,
        agreement=_of_stages(plain_rows(numbers.agreement), names),
        parts=parts,
        parts_chart=_parts_chart(parts) if is_shown else None,
        silence=plain_rows(numbers.silence),
        contrast=_of_stages(plain_rows(numbers.contrast), names),
        to_call=_to_call(numbers) if is_shown else [],
        n_silent=len(numbers.silent),
    )


def _numbers(journey: Journey, chosen: selection.Selection) -> "CompanyNumbers":
    """Compute what the page shows, or take what was computed before."""
    from insights.accounts.accounts import company_numbers

    facts, filters = chosen.facts, chosen.filters
    whole = filters.of_everybody

    def compute() -> "CompanyNumbers":
        chosen_facts = facts.narrow(facts.table, filters)
        all_facts = chosen_facts if whole == filters else facts.narrow(facts.table, whole)
        return company_numbers(chosen_facts, all_facts, actions.read_crm(journey))

    return facts.remember(("company", filters, actions.crm_state()), compute)


def _of_stages(rows: Sequence[Row], names: dict[str, str]) -> list[Row]:
    """The rows of the journey's stages, in its order and with its names."""
    return [
        row | {"stage_name": name}
        for key, name in names.items()
        for row in rows
        if row["stage"] == key
    ]


def _to_call(numbers: "CompanyNumbers") -> list[str]:
    """Names of accounts without a heard decision maker, for who sees each response anyway."""
    if current_user.role not in {Role.ANALYST, Role.ADMINISTRATOR}:
        return []
    return actions.names_of(list(numbers.silent[:MOST_NAMES]))


def _ways_chart(rows: Sequence[Row]) -> Row | None:
    """Draw the three ways of counting."""
    import pandas as pd

    from charts.company import three_ways
    from charts.theme import Caption

    shown = [row for row in rows if row["shown"] and row["mean"] is not None]
    if not shown:
        return None
    columns = ["mean", "low", "high", "accounts"]
    frame = pd.DataFrame([{name: row[name] for name in columns} for row in shown])
    frame = frame.assign(
        label=[row["stage_name"] for row in shown],
        way=[company_words.way_name(row["way"]) for row in shown],
    )
    told = "; ".join(
        f"{row['stage_name']}, {company_words.way_name(row['way'])}: {phrasing.score(row['mean'])}"
        for row in shown
    )
    words = {
        **_axis_words(),
        "way": _("Counted"),
        "accounts": _("Accounts"),
        "answers": company_words.way_name("answers"),
        "equal": company_words.way_name("accounts"),
        "revenue": company_words.way_name("revenue"),
    }
    caption = Caption(_("Scores counted three ways, with their intervals"), told, words)
    specification: Row = three_ways(frame, caption).to_dict()
    return specification


def _parts_chart(rows: Sequence[Row]) -> Row | None:
    """Draw the score of each part in the decision."""
    import pandas as pd

    from charts.groups import score_groups
    from charts.theme import Caption

    shown = [row for row in rows if row["shown"] and row["score"] is not None]
    if not shown:
        return None
    frame = pd.DataFrame(
        {
            "label": [company_words.part_name(row["part"]) for row in shown],
            "mean": [row["score"] for row in shown],
            "low": [row["low"] for row in shown],
            "high": [row["high"] for row in shown],
            "persons": [row["persons"] for row in shown],
        }
    )
    told = "; ".join(
        f"{company_words.part_name(row['part'])}: {phrasing.score(row['score'])}" for row in shown
    )
    words = {**_axis_words(), "persons": _("Persons")}
    caption = Caption(_("Score by part in the decision, with its interval"), told, words)
    specification: Row = score_groups(frame, caption).to_dict()
    return specification


def _axis_words() -> dict[str, str]:
    """Words of axes and tooltips."""
    return {"score": _("Score"), "from": _("From"), "to": _("To")}

"""Whether what was read of comments is worth showing, and the sentence that says so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

import phrasing
from extensions import db
from models import Journey
from views.reading_counts import labelled_comments

if TYPE_CHECKING:
    import pandas as pd

    from facts.engine import Facts
    from insights.comments.reading_quality import Judged
    from views.selection import Selection


@dataclass(frozen=True)
class Trust:
    """Whether moods and shares of them are shown, and what stands beside or instead of them."""

    is_shown: bool
    sentence: str


def trust_of(chosen: "Selection") -> Trust:
    """Say how well the comments of the journey are read; all of them, whatever is selected.

    It is worked out once per state of the facts, which a new label changes too.

    Args:
        chosen: the selection of this request.
    """
    from insights.comments.reading_quality import Verdict

    facts, key = chosen.facts, chosen.filters.journey
    found = facts.remember(("reading trust", key), lambda: _judged(facts, key))
    return Trust(found.verdict is not Verdict.POOR, trust_sentence(found))


def labels_frame(journey_id: int) -> "pd.DataFrame":
    """The labelled comments of a journey, as ``insights.comments.reading_quality`` wants them."""
    import pandas as pd

    names = ["survey", "language", "respondent", "version_id", "question", "said", "given", "draw"]
    rows = [tuple(row) for row in labelled_comments(journey_id)]
    return pd.DataFrame(rows, columns=names)


def trust_sentence(found: "Judged") -> str:
    """Say how well comments are read, in the reader's language."""
    from insights.comments.reading_quality import ENOUGH, Evidence, Verdict

    if found.value is None or (found.n or 0) < ENOUGH:
        text = _(
            "How well comments are read here is not known yet: that takes %(needed)s comments with "
            "a rating beside them, or as many labels drawn by chance.",
            needed=ENOUGH,
        )
        return str(text)
    numbers = _of_labels(found) if found.evidence is Evidence.LABELS else _of_ratings(found)
    if found.verdict is Verdict.POOR:
        left_out = _("Moods are left out: comments are not read well enough here.")
        return f"{left_out} {numbers}"
    if found.verdict is Verdict.UNKNOWN:
        not_known = _("Whether that is good enough cannot be said yet.")
        return f"{numbers} {not_known}"
    return numbers


def _of_labels(found: "Judged") -> str:
    """How often the reader says what the team says."""
    text = ngettext(
        "The program that reads comments agrees with the team on %(share)s of the comments drawn "
        "by chance (between %(low)s and %(high)s, %(count)s comment).",
        "The program that reads comments agrees with the team on %(share)s of the comments drawn "
        "by chance (between %(low)s and %(high)s, %(count)s comments).",
        found.n or 0,
        share=phrasing.share(found.value),
        low=phrasing.share(found.low),
        high=phrasing.share(found.high),
        count=phrasing.count(found.n or 0),
    )
    return str(text)


def _of_ratings(found: "Judged") -> str:
    """How far comments and ratings put people in the same order."""
    text = ngettext(
        "%(agrees)s: rank correlation %(rho)s (between %(low)s and %(high)s, %(count)s comment).",
        "%(agrees)s: rank correlation %(rho)s (between %(low)s and %(high)s, %(count)s comments).",
        found.n or 0,
        agrees=_agrees(found.value or 0),
        rho=_signed(found.value),
        low=_signed(found.low),
        high=_signed(found.high),
        count=phrasing.count(found.n or 0),
    )
    return str(text)


def _agrees(rho: float) -> str:
    """How strongly readings and ratings go together, as the beginning of a sentence."""
    from insights.comments.reading_quality import Strength, strength

    if rho <= 0:
        text = _("The program that reads comments does not agree with the ratings beside them")
        return str(text)
    agrees = {
        Strength.STRONG: _(
            "The program that reads comments agrees strongly with the ratings beside them"
        ),
        Strength.MODERATE: _(
            "The program that reads comments agrees moderately with the ratings beside them"
        ),
        Strength.WEAK: _(
            "The program that reads comments agrees weakly with the ratings beside them"
        ),
    }
    return str(agrees[strength(rho)])


def _signed(correlation: float | None) -> str:
    """A correlation with two decimals, and a minus that is one."""
    return phrasing.decimals(correlation, 2).replace("-", "−")


def _judged(facts: "Facts", key: str) -> "Judged":
    """Judge the readings of a journey, from its labels and the ratings beside its comments."""
    from insights.comments.reading_quality import (
        agreement_with_labels,
        agreement_with_ratings,
        verdict,
    )
    from insights.filters import Filters
    from insights.plain import plain_rows

    journey_id = db.session.scalars(select(Journey.id).where(Journey.key == key)).one()
    labels = agreement_with_labels(labels_frame(journey_id).assign(journey=key), ["journey"])
    ratings = agreement_with_ratings(facts.narrow(facts.table, Filters(key)), ["journey"])
    of_labels, of_ratings = (next(iter(plain_rows(one)), None) for one in (labels, ratings))
    return verdict(of_labels, of_ratings)

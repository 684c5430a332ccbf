"""Which stages' scores do not compare with the others', as sentences."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from vocabulary import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from charts.board import Named


def uncompared(rows: "pd.DataFrame", stages: "Sequence[Named]") -> list[str]:
    """Say of every stage that was asked about, and does not compare, why that is.

    Args:
        rows: what ``insights.scales.comparability.comparability`` found.
        stages: the stages shown, as the reader calls them.
    """
    from insights.plain import plain_rows

    names = {stage.key: stage.name for stage in stages}
    return [
        f"{names[row['stage']]}: {_why(row['reason'], row['metric'])}"
        for row in plain_rows(rows)
        if row["stage"] in names and row["reason"] not in {None, "no_answers"}
    ]


def _why(reason: str, metric: str | None) -> str:
    """Why a stage does not compare."""
    reasons = {
        "no_anchor": _("people were asked about parts of it, but not how it was all in all."),
        "other_matter": _(
            "its overall question asks about something else than how satisfied people are."
        ),
        "several_kinds": _(
            "its overall question was asked in several ways, which are added together here."
        ),
        "other_kind": _(
            "its overall question was answered with %(ours)s, and that of most stages otherwise.",
            ours=_answered_with(metric),
        ),
        "other_length": _(
            "its overall question has a scale of another length: one of fewer than five points "
            "beside longer ones, or the other way round."
        ),
    }
    return str(reasons[reason])


def _answered_with(metric: str | None) -> str:
    """What was chosen from."""
    names = {Metric.STARS.value: _("stars"), Metric.SMILEYS.value: _("faces")}
    return str(names.get(metric or "") or _("numbers"))

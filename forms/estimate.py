"""The form in which a colleague says what they think customers give."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Length

from forms.answer import answer_fields
from forms.plain_text import is_one_line, stripped
from models import Stage, Touchpoint
from questionnaires.value import Question
from questionnaires.wording import Wording
from vocabulary import LANGUAGES, Audience, Kind, Market, Team


class Asked(NamedTuple):
    """One touchpoint as it is asked about; ``place`` is its "stage/touchpoint"."""

    place: str
    question: Question


def asked_about(
    stages: Iterable[tuple[Stage, Iterable[Touchpoint]]], market: Market
) -> list[tuple[Stage, list[Asked]]]:
    """Make a question of each touchpoint, on the scale on which customers rate it."""
    low, high = Wording(Audience.CUSTOMER, market, LANGUAGES).ends("satisfaction")
    return [
        (
            stage,
            [
                Asked(
                    f"{stage.key}/{touchpoint.key}",
                    Question(
                        key=f"touchpoint_{touchpoint.id}",
                        kind=Kind.RATING,
                        text=touchpoint.name,
                        low_end=low,
                        high_end=high,
                    ),
                )
                for touchpoint in touchpoints
            ],
        )
        for stage, touchpoints in stages
    ]


class EstimateForm(BaseForm):  # type: ignore[misc]  # untyped
    """A scale per touchpoint, and who fills it in, if they want to say so."""

    def __init__(self, groups: Sequence[tuple[Stage, Sequence[Asked]]], language: str) -> None:
        """Make the form.

        Args:
            groups: what is asked about, stage by stage.
            language: in which.
        """
        self.groups = groups
        self.asked = tuple(one for _stage, those in groups for one in those)
        name = StringField(
            _("Your name"),
            [Length(max=200), is_one_line],
            filters=[stripped],
            render_kw={"autocomplete": "name"},
        )
        scales = answer_fields((one.question for one in self.asked), language)
        super().__init__({**scales, "name": name, "team": SelectField(_("Your team"), default="")})
        self["team"].choices = [
            SelectChoice("", _("Rather not say")),
            SelectChoice(Team.MARKETING.value, _("Marketing")),
            SelectChoice(Team.SALES.value, _("Sales")),
            SelectChoice(Team.SERVICE.value, _("Service")),
        ]

    def fill(self, name: str | None, team: Team | None, points: Mapping[str, Any]) -> None:
        """Show what was sent before."""
        shown = {
            one.question.key: str(points[one.place]) for one in self.asked if one.place in points
        }
        self.process(None, data={"name": name or "", "team": team or "", **shown})

    def validate(self) -> bool:
        """Refuse what is wrong, and a sheet that says nothing."""
        is_right = bool(super().validate())
        if is_right and not self.points():
            self.form_errors.append(_("Give your estimate of one touchpoint at least."))
        return is_right and not self.form_errors

    def points(self) -> dict[str, int]:
        """The estimates, 1-5 by place; what was passed over is left out."""
        given = {one.place: self[one.question.key].data for one in self.asked}
        return {
            place: int(data) for place, data in given.items() if data in {"1", "2", "3", "4", "5"}
        }

    @property
    def team(self) -> Team | None:
        """The team that was chosen."""
        chosen: str | None = self["team"].data
        return Team(chosen) if chosen else None

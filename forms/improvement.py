"""What is registered of an improvement."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from forms.plain_text import is_one_line, is_plain, stripped

LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 2_000
LEAST_POINTS, MOST_POINTS = Decimal("0.1"), 100
POINTS = re.compile(r"[0-9]*[.,]?[0-9]*")
FARTHEST_YEARS = 3
"""An improvement starts, or started, within so many years."""

NO_DAY = _("Fill in a day that exists, such as 2027-01-31 or 31-1-2027.")


class PointsField(StringField):  # type: ignore[misc]  # untyped
    """A number of points, with a comma or a full stop; what was typed stays."""

    number: float = 0.0

    def pre_validate(self, form: FlaskForm) -> None:
        """Refuse what is no plain number, less than can be told, and more than the scale has."""
        typed = (self.data or "").strip()
        try:
            number = Decimal(typed.replace(",", ".") if POINTS.fullmatch(typed) else "")
        except InvalidOperation:
            number = Decimal(0)
        if not LEAST_POINTS <= number <= MOST_POINTS:
            raise ValidationError(
                gettext("Fill in a number of points from 0.1 to 100, such as 5 or 2.5.")
            )
        self.number = float(number)


def _ticks(label: str) -> SelectMultipleField:
    """Any of some touchpoints; a rule of presence would have browsers ask for all of them."""
    return SelectMultipleField(
        label,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=True,
    )


class ImprovementForm(FlaskForm):  # type: ignore[misc]  # untyped
    """What is changed, at which touchpoints of a stage, from when, and what is expected of it."""

    title = StringField(
        _("What changes"),
        [
            DataRequired(_("Say in a few words what changes.")),
            Length(max=LONGEST_TITLE, message=_("Use at most %(max)d characters.")),
            is_one_line,
        ],
        filters=[stripped],
    )
    description = TextAreaField(
        _("More about it"),
        [
            Optional(),
            Length(max=LONGEST_DESCRIPTION, message=_("Use at most %(max)d characters.")),
            is_plain,
        ],
        filters=[stripped],
        render_kw={"rows": 3},
    )
    touchpoints = _ticks(_("Touchpoints that change"))
    starts_on = DateField(
        _("First day"),
        format=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        invalid_value_message=NO_DAY,
        render_kw={"required": True},
    )
    expected = PointsField(
        _("Points expected"), render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    controls = _ticks(_("Untouched touchpoints to compare with"))
    is_late = BooleanField(_("It has started already: keep it as a note that proves nothing"))

    def offer(self, touchpoints: Sequence[tuple[str, str]], today: date) -> None:
        """Let these touchpoints be chosen, (key, name) pairs; and say what day it is."""
        choices = [SelectChoice(key, name) for key, name in touchpoints]
        self.touchpoints.choices = choices
        self.controls.choices = choices
        self.today = today

    def validate_touchpoints(self, field: Field) -> None:
        """Refuse an improvement of nothing."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one touchpoint."))

    def validate_controls(self, field: Field) -> None:
        """Refuse a touchpoint on both sides, and an improvement that leaves none untouched."""
        acted = set(self.touchpoints.data or ())
        if acted & set(field.data or ()):
            raise ValidationError(
                gettext("A touchpoint that changes cannot be one to compare with.")
            )
        if acted and not {choice.value for choice in field.choices} - acted:
            raise ValidationError(
                gettext(
                    "Leave at least one touchpoint of the stage untouched: without one, what it "
                    "did cannot be told from what happened anyway."
                )
            )

    def validate_starts_on(self, field: Field) -> None:
        """Refuse a day that is none, that lies far off, or that has come."""
        if field.data is None:
            if field.errors:
                return  # said already
            raise ValidationError(NO_DAY)
        if abs(field.data.year - self.today.year) > FARTHEST_YEARS:
            raise ValidationError(gettext("Choose a day within three years from now."))
        if field.data <= self.today and not self.is_late.data:
            raise ValidationError(
                gettext(
                    "Register an improvement before it starts, tomorrow at the earliest: who "
                    "registers it later has seen what it did. If it has started, tick the box "
                    "below; then it is kept as a note, never as a proof."
                )
            )

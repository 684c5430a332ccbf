"""How many people were asked to answer a survey in a month."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from forms.mix import month_field

MOST = 100_000_000


def _number(label: str, least: int = 0) -> IntegerField:
    """A number of people."""
    wrong = _("Fill in a whole number of people.")
    rules = [InputRequired(wrong), NumberRange(least, MOST, message=wrong)]
    return IntegerField(label, rules, default=0 if not least else None, render_kw={"min": least})


class OutreachForm(FlaskForm):  # type: ignore[misc]  # untyped
    """A mailing of a survey in a month, in numbers of people."""

    survey = SelectField(_("Survey"))
    month = month_field(_("Month of the invitations"))
    invited = _number(_("Invited"), 1)
    bounced = _number(_("Never arrived"))
    refused = _number(_("Refused or unsubscribed"))
    ineligible = _number(_("Should not have been asked"))

    def offer(self, surveys: Sequence[tuple[str, str]], this_month: str) -> None:
        """Offer these surveys, each as its key and its name; and say what month it is."""
        self.this_month = this_month
        self.survey.choices = [SelectChoice(key, name) for key, name in surveys]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 -- as WTForms has it
        """Refuse more people lost than were invited."""
        if not super().validate(extra_validators):
            return False
        lost = self.bounced.data + self.refused.data + self.ineligible.data
        if lost > self.invited.data:
            text = gettext("Together these are more than were invited: %(n)d.", n=lost)
            self.invited.errors = [text]
            return False
        return True

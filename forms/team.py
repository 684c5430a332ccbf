"""What an administrator says about a colleague."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forms.account import language_field
from forms.email_address import is_email_address
from forms.plain_text import is_one_line, stripped
from vocabulary import Role


def role_field() -> RadioField:
    """A choice between the roles; the view gives them their names."""
    return RadioField(
        _("Role"),
        [DataRequired(_("Choose a role."))],
        choices=[SelectChoice(role.value) for role in Role],
    )


class InvitationForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Someone who is to join the team."""

    name = StringField(
        _("Name"),
        [DataRequired(_("Fill in a name.")), Length(max=200), is_one_line],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _("E-mail address"),
        [DataRequired(_("Fill in an e-mail address.")), Length(max=254), is_email_address],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    role = role_field()
    language = language_field(_("Language of their mail"))


class ColleagueForm(FlaskForm):  # type: ignore[misc]  # untyped
    """What a colleague may do and see."""

    role = role_field()
    journeys = SelectMultipleField(
        _("Journeys they see"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    is_active = BooleanField(_("May sign in"))

    def offer(self, journeys: Sequence[tuple[int, str]]) -> None:
        """Offer these journeys, each as its number and its name."""
        self.journeys.choices = [SelectChoice(number, name) for number, name in journeys]

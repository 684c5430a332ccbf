"""What the first visitor of a new site says."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Length

from forms.account import language_field
from forms.email_address import is_email_address
from forms.organisation import contact_field, name_field
from forms.password import new_password, repeated
from forms.plain_text import is_one_line, stripped


class SetupForm(FlaskForm):  # type: ignore[misc]  # untyped
    """The code from the console, the organisation and its administrator."""

    code = StringField(
        _("Code from the console"),
        [DataRequired(_("Fill in the code.")), Length(max=40)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    organisation = name_field()
    contact = contact_field()
    language = language_field(_("Language"))
    name = StringField(
        _("Your name"),
        [DataRequired(_("Fill in your name.")), Length(max=200), is_one_line],
        filters=[stripped],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _("Your e-mail address"),
        [DataRequired(_("Fill in your e-mail address.")), Length(max=254), is_email_address],
        filters=[stripped],
        render_kw={"autocomplete": "username"},
    )
    password = new_password(_("Your password"))
    again = repeated("password")

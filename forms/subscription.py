"""Who is to get a summary."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length

from forms.account import language_field
from forms.email_address import is_email_address
from forms.plain_text import is_one_line, stripped


class OwnSubscriptionForm(FlaskForm):  # type: ignore[misc]  # untyped
    """In which language the reader wants it."""

    language = language_field(_("Language of the mail"))


class SubscriptionForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Somebody else who is to get it."""

    name = StringField(
        _("Name"),
        [InputRequired(_("Fill in a name.")), Length(max=200), is_one_line],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Fill in an e-mail address.")), Length(max=254), is_email_address],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )
    language = language_field(_("Language of the mail"))

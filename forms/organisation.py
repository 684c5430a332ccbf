"""What an administrator says about the organisation."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from forms.account import language_field
from forms.plain_text import is_one_line, is_plain, stripped


def name_field() -> StringField:
    """The organisation's name."""
    return StringField(
        _("Name of the organisation"),
        [DataRequired(_("Fill in a name.")), Length(max=200), is_one_line],
        filters=[stripped],
        render_kw={"autocomplete": "organization"},
    )


def contact_field() -> StringField:
    """Whom respondents may ask."""
    return StringField(
        _("Contact for respondents"),
        [DataRequired(_("Fill in whom respondents may ask.")), Length(max=254), is_one_line],
        filters=[stripped],
    )


class OrganisationForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Name, language, contact and the privacy note."""

    name = name_field()
    contact = contact_field()
    language = language_field(_("Language where a reader states none"))
    privacy_note = TextAreaField(
        _("Your own words on privacy"),
        [Length(max=5000, message=_("Keep it under 5,000 characters.")), is_plain],
        filters=[stripped],
    )

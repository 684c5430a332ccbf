"""What a colleague may say about themselves."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from forms.plain_text import is_one_line, stripped
from vocabulary import LANGUAGES

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}


def language_field(label: str) -> RadioField:
    """A choice between the languages, each in its own words."""
    choices = [SelectChoice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    return RadioField(label, [DataRequired(_("Choose a language."))], choices=choices)


class AccountForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Name and language."""

    name = StringField(
        _("Name"),
        [DataRequired(_("Fill in a name.")), Length(max=200), is_one_line],
        filters=[stripped],
        render_kw={"autocomplete": "name"},
    )
    language = language_field(_("Language of your mail and pages"))

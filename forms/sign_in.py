"""What is sent to sign in, to ask for a new password and to choose one."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from forms.plain_text import is_one_line

LONGEST_PASSWORD = 200  # a longer one would only cost us time


class SignInForm(FlaskForm):  # type: ignore[misc]  # untyped
    """E-mail address and password."""

    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Fill in your e-mail address.")), Length(max=254), is_one_line],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Fill in your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )

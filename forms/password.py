"""What is sent about passwords, and why one is refused: too short, or one everybody tries first."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from forms.common_password import is_common
from forms.plain_text import is_one_line

SHORTEST = 8
LONGEST = 200  # a longer one would only cost us time


class NotCommon:
    """Refuse what is guessed first; no rules about kinds of letters, which only make it worse."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse a common password."""
        if is_common(field.data or ""):
            raise ValidationError(
                _("Many people use this password, so it is tried first. Choose another one.")
            )


def new_password(label: str) -> PasswordField:
    """A field for a password that is chosen now."""
    return PasswordField(
        label,
        [
            InputRequired(_("Choose a password.")),
            Length(min=SHORTEST, message=_("Use at least 8 characters.")),
            Length(max=LONGEST, message=_("Use at most 200 characters.")),
            NotCommon(),
        ],
        render_kw={"autocomplete": "new-password"},
    )


def repeated(name: str) -> PasswordField:
    """A field that must hold the same password again."""
    return PasswordField(
        _("The same password again"),
        [EqualTo(name, _("The two passwords are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )


class AskForm(FlaskForm):  # type: ignore[misc]  # untyped
    """The e-mail address a link for a new password is asked for."""

    email = EmailField(
        _("E-mail address"),
        [InputRequired(_("Fill in your e-mail address.")), Length(max=254), is_one_line],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


class ChooseForm(FlaskForm):  # type: ignore[misc]  # untyped
    """A new password, chosen by a link."""

    password = new_password(_("New password"))
    again = repeated("password")


class ChangeForm(FlaskForm):  # type: ignore[misc]  # untyped
    """A new password, chosen by who knows the old one."""

    current = PasswordField(
        _("Your password now"),
        [InputRequired(_("Fill in your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password(_("New password"))
    again = repeated("password")

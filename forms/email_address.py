"""An e-mail address that mail can be sent to."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import ValidationError


def is_email_address(_form: Form, field: Field) -> None:
    """Refuse what is no address; nothing is looked up on the network."""
    try:
        validate_email(
            field.data or "",
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=True,
        )
    except EmailNotValidError as error:
        raise ValidationError(
            _("This is not an e-mail address; it looks like name@example.org.")
        ) from error

"""What is known of a journey's people: the shares of a property, from a month on."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField
from wtforms.validators import InputRequired, ValidationError

from forms.plain_text import stripped
from insights.months import FIRST, is_month, last_likely
from insights.weighting.shares import NotWholeError, WrongShareError, read_share, whole_shares


def is_a_month(form: Form, field: Field) -> None:
    """Refuse what is no month, and one far off; the form knows which month it is."""
    if not is_month(field.data or ""):
        raise ValidationError(gettext("Write a month as 2026-10."))
    last = last_likely(form.this_month)
    if not FIRST <= field.data <= last:
        raise ValidationError(
            gettext("Choose a month from %(first)s to %(last)s.", first=FIRST, last=last)
        )


def month_field(label: str) -> StringField:
    """A month, as 2026-10."""
    rules = [InputRequired(_("Fill in a month.")), is_a_month]
    look = {"size": 7, "inputmode": "numeric", "autocomplete": "off", "placeholder": "2026-10"}
    return StringField(label, rules, filters=[stripped], render_kw=look)


class MixForm(FlaskForm):  # type: ignore[misc]  # untyped
    """The month from which on it holds, and a share per value: fields ``share_0`` and on."""

    month_from = month_field(_("From this month on"))

    values: Sequence[str] = ()
    this_month: str

    def shares(self) -> dict[str, float]:
        """The shares that were typed, by value; those left empty are not named."""
        typed = {value: self[f"share_{at}"].data for at, value in enumerate(self.values)}
        return {value: read_share(text) for value, text in typed.items() if text}

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 -- as WTForms has it
        """Refuse shares that do not add up, once each of them is one."""
        is_well = bool(super().validate(extra_validators))
        if not is_well:
            return False
        shares = self.shares()
        if sum(share > 0 for share in shares.values()) < 2:  # noqa: PLR2004 -- one is everybody
            self.form_errors.append(gettext("Give the share of two groups or more."))
            return False
        try:
            whole_shares(shares)
        except NotWholeError as error:
            self.form_errors.append(
                gettext(
                    "Together the shares must be 100; these are %(total)s.",
                    total=f"{error.total:g}",
                )
            )
            return False
        return True


def mix_form(
    named: Mapping[str, str], shares: Mapping[str, float], month: str, this_month: str
) -> MixForm:
    """Make the form of one property.

    Args:
        named: its values, each with what the reader calls it.
        shares: what they are now, 0-1; shown until something else is typed.
        month: the month that is offered.
        this_month: the month it is.
    """
    fields: dict[str, Any] = {f"share_{at}": _share(name) for at, name in enumerate(named.values())}
    fields |= {"values": tuple(named), "this_month": this_month}
    kind = type("MixOfValuesForm", (MixForm,), fields)
    shown = {
        f"share_{at}": format_decimal(100 * shares[value], "0.##")
        for at, value in enumerate(named)
        if value in shares
    }
    form: MixForm = kind(data={"month_from": month} | shown)
    return form


def _is_a_share(_form: Form, field: Field) -> None:
    """Refuse what is no share."""
    if field.data:
        try:
            read_share(field.data)
        except WrongShareError as error:
            raise ValidationError(gettext("Write a number from 0 to 100.")) from error


def _share(label: str) -> StringField:
    """The share of one value, in percent."""
    look = {"inputmode": "decimal", "autocomplete": "off", "size": 6}
    return StringField(label, [_is_a_share], filters=[stripped], render_kw=look)

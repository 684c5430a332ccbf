"""What may be said of a journey, its stages and its touchpoints."""

import re
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from forms.plain_text import is_one_line, is_plain, stripped
from questionnaires.value import Texts
from vocabulary import Channel, Lifecycle, Market, Media, Team

LONGEST_NAME = 80
LONGEST_GOAL = 400
MOST_STEMS = 60
SHORTEST_STEM, LONGEST_STEM = 2, 60

TEMPLATES = {
    ("cycle", Market.B2C): _(
        "For consumers (B2C), in five stages: getting to know you, comparing, deciding, staying, "
        "recommending"
    ),
    ("cycle", Market.B2B): _(
        "For businesses (B2B), in five stages: getting to know you, comparing, deciding, staying, "
        "recommending"
    ),
    ("funnel", Market.B2C): _(
        "For consumers (B2C), from first interest to customer in three phases, and then four ways "
        "to grow: other products, more of the same, buying again, ambassadors"
    ),
    ("funnel", Market.B2B): _(
        "For businesses (B2B), from first interest to customer in three phases, and then four "
        "ways to grow: other products, more of the same, buying again, ambassadors"
    ),
}

LIFECYCLES = {
    Lifecycle.STRANGER: _("Stranger"),
    Lifecycle.KNOWN_VISITOR: _("Known visitor"),
    Lifecycle.LEAD: _("Lead"),
    Lifecycle.CUSTOMER: _("Customer"),
    Lifecycle.AMBASSADOR: _("Ambassador"),
    Lifecycle.EX_CUSTOMER: _("Ex-customer"),
}

MEDIA = {
    Media.OWNED: _("Our own"),
    Media.PAID: _("Paid for"),
    Media.EARNED: _("Given by others, such as a review"),
}

TEAMS = {
    Team.MARKETING: _("Marketing"),
    Team.SALES: _("Sales"),
    Team.SERVICE: _("Service"),
}

CHANNELS = {Channel.ONLINE: _("Online"), Channel.OFFLINE: _("Offline")}


def _name(label: str, *, is_needed: bool = True) -> StringField:
    """A name in one language."""
    presence = DataRequired(_("Fill in a name in both languages.")) if is_needed else Optional()
    too_long = _("Use at most %(max)d characters.")
    rules = [presence, Length(max=LONGEST_NAME, message=too_long), is_one_line]
    return StringField(label, rules, filters=[stripped])


def _goal(label: str) -> TextAreaField:
    """A goal in one language."""
    rules = [
        DataRequired(_("Say in one sentence what you want here, in both languages.")),
        Length(max=LONGEST_GOAL, message=_("Use at most %(max)d characters.")),
        is_one_line,
    ]
    return TextAreaField(label, rules, filters=[stripped], render_kw={"rows": 2})


def _choice(label: str, names: dict[Any, str], *, may_be_none: bool = False) -> SelectField:
    """A choice between the words of an enumeration."""
    choices = [SelectChoice(member.value, name) for member, name in names.items()]
    if may_be_none:
        choices.insert(0, SelectChoice("", _("Not said")))
    return SelectField(label, choices=choices)


def _are_stems(_form: Form, field: Field) -> None:
    """Refuse too many stems, and those that would find everything or nothing."""
    found, before = _stems_in(field.data), _stems_in(field.object_data)
    most = max(MOST_STEMS, len(before))  # some touchpoints come with more
    if len(found) > most:
        text = gettext("Keep at most %(most)d words; there are %(n)d.", most=most, n=len(found))
        raise ValidationError(text)
    for stem in found:
        n_telling = sum(letter.isalnum() for letter in stem)
        if n_telling < SHORTEST_STEM or len(stem) > LONGEST_STEM:
            text = gettext(
                "Write “%(stem)s” in %(least)d to %(most)d characters, or leave it out.",
                stem=stem[:LONGEST_STEM],
                least=SHORTEST_STEM,
                most=LONGEST_STEM,
            )
            raise ValidationError(text)


def _stems(label: str) -> TextAreaField:
    """The stems of a touchpoint in one language, one per line."""
    return TextAreaField(
        label, [is_plain, _are_stems], render_kw={"rows": 8, "spellcheck": "false"}
    )


def _stems_in(text: str | None) -> tuple[str, ...]:
    """The stems of a text, each once, in small letters; one per line, or with commas between.

    Example:
        >>> _stems_in("Factu, -factuur,,  App. , factu")
        ('factu', '-factuur', 'app.')
    """
    parts = (" ".join(part.lower().split()) for part in re.split(r"[\n\r,;]", text or ""))
    return tuple(dict.fromkeys(part for part in parts if part))


def texts(form: FlaskForm, name: str) -> Texts:
    """What a pair of fields, one per language, holds."""
    found = {language: form[f"{name}_{language}"].data or "" for language in ("nl", "en")}
    return {language: text for language, text in found.items() if text}


class NewJourneyForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Which template to begin with, and what to call it."""

    template = RadioField(
        _("Begin with"),
        [InputRequired(_("Choose a journey to begin with."))],
        choices=[
            SelectChoice(f"{key}-{market}", name) for (key, market), name in TEMPLATES.items()
        ],
    )
    name_nl = _name(_("Name in Dutch"), is_needed=False)
    name_en = _name(_("Name in English"), is_needed=False)

    def chosen(self) -> tuple[str, Market]:
        """The template's key and market."""
        key, market = self.template.data.split("-")
        return key, Market(market)

    def name(self) -> Texts | None:
        """The name; said in one language only, it is used for both. None: as the template's."""
        given = texts(self, "name")
        if not given:
            return None
        return {language: next(iter(given.values())) for language in ("nl", "en")} | given


class NameForm(FlaskForm):  # type: ignore[misc]  # untyped
    """What a journey is called."""

    name_nl = _name(_("Name in Dutch"))
    name_en = _name(_("Name in English"))


class StageForm(NameForm):
    """What a stage is called, what it is for, and what it makes of people."""

    goal_nl = _goal(_("Goal in Dutch"))
    goal_en = _goal(_("Goal in English"))
    leads_from = _choice(_("People come in as"), LIFECYCLES, may_be_none=True)
    leads_to = _choice(_("And go on as"), LIFECYCLES, may_be_none=True)


class TouchpointForm(NameForm):
    """What a touchpoint is called, and what kind it is."""

    channel = _choice(_("Where people meet it"), CHANNELS)
    media = _choice(_("Whose it is"), MEDIA)
    team = _choice(_("Team that answers for it"), TEAMS)
    stems_nl = _stems(_("Words in Dutch comments"))
    stems_en = _stems(_("Words in English comments"))

    def stems(self) -> dict[str, tuple[str, ...]]:
        """The stems by which it is found in comments, by language; none: the ready ones."""
        return {language: _stems_in(self[f"stems_{language}"].data) for language in ("nl", "en")}


def as_data(kept: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 -- any of our tables
    """A row as its form shows it: each text in a field per language, each word as its value."""
    data: dict[str, Any] = {}
    for name in names:
        value = getattr(kept, name)
        if isinstance(value, dict):
            data |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            data[name] = value.value if isinstance(value, StrEnum) else value or ""
    return data

"""How a survey is held, what its words are, and whom a link is for."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from forms.plain_text import is_one_line, is_plain, stripped
from forms.shape import code_of, shape_field
from questionnaires.shape import Shape
from questionnaires.texts import Part, Place
from questionnaires.value import Texts
from vocabulary import LANGUAGES, Audience, Channel, Identity, Market, Presentation

LONGEST_TEXT = 2_000
ATTRIBUTES_LIMIT = 20
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9_]{0,59})\s*=\s*(\S.*)")

AUDIENCES = {
    Audience.CUSTOMER: _("Customers"),
    Audience.PROSPECT: _("People who may become customers"),
    Audience.EX_CUSTOMER: _("People who were customers"),
}

IDENTITIES = {
    Identity.PSEUDONYMOUS: _(
        "Under a code. If a link names a person, a code is kept in place of the name: several "
        "answers of one person count as one person's, and nobody can read who it was. An account "
        "in the link is kept."
    ),
    Identity.ANONYMOUS: _(
        "Anonymous. No person and no account is kept, and of the time only the day, "
        "whatever the link says. Answers are counted once a day."
    ),
    Identity.NAMED: _(
        "By name. If a link names a person, that name is kept with the answers, so that you can "
        "get in touch."
    ),
}

PRESENTATIONS = {
    Presentation.PAGES: _("Page by page: best on a phone, and each page is kept once it is sent"),
    Presentation.ONE_PAGE: _("All on one page: shows at once how little it is"),
}


def _radio(label: str, names: dict[Any, str]) -> RadioField:
    """A choice between the words of an enumeration."""
    choices = [SelectChoice(member.value, name) for member, name in names.items()]
    first = next(iter(names)).value
    return RadioField(
        label, [InputRequired(_("Please choose one."))], choices=choices, default=first
    )


class SurveyForm(FlaskForm):  # type: ignore[misc]  # untyped
    """What a new survey asks about, whom it asks, and what it keeps of them."""

    stage = SelectField(_("Stage it asks about"))
    audience = _radio(_("Who answers"), AUDIENCES)
    identity = _radio(_("What is kept of who answers"), IDENTITIES)
    presentation = _radio(_("How it is shown"), PRESENTATIONS)

    def offer(self, stages: Iterable[tuple[str, str]]) -> None:
        """Let one of these stages be chosen: (key, name) pairs."""
        self.stage.choices = [SelectChoice(key, name) for key, name in stages]


LANGUAGE_LABELS = {"nl": _("Dutch"), "en": _("English")}

ANSWERS = frozenset({Part.LOW_END, Part.HIGH_END, Part.OPTION})
"""Texts of what can be answered, which are seldom changed."""


class Group(NamedTuple):
    """Texts that stand together: of one question, or of the whole survey."""

    number: int | None  # of the question, counted from 1
    shape: str | None  # the name of the field for the shape of its scale
    places: list[Place]
    answers: list[Place]


class TextsForm(BaseForm):  # type: ignore[misc]  # untyped
    """All texts of a questionnaire: for each place one field per language, and how it is answered.

    Built on WTForms' bare form, whose fields are items, because the names of places hold dots.
    """

    def __init__(
        self,
        places: Iterable[Place],
        languages: tuple[str, ...],
        shapes: Mapping[str, list[Shape]],
        now: Mapping[str, Shape],
    ) -> None:
        """Make the form and show what the places say now.

        Args:
            places: what can be edited.
            languages: of the questionnaire.
            shapes: between which shapes can be chosen, by the question's key.
            now: the shapes they have.
        """
        self.places = tuple(places)
        self.languages = languages
        self._shapes = {f"{key}.shape": (key, offered) for key, offered in shapes.items()}
        named = [
            (self.name(place, code), place, code) for place in self.places for code in languages
        ]
        fields = {name: _text_field(place, code) for name, place, code in named}
        for name, (key, offered) in self._shapes.items():
            fields[name] = shape_field(offered, now[key])
        super().__init__(fields)
        self.process(data={name: place.texts.get(code, "") for name, place, code in named})

    @staticmethod
    def name(place: Place, language: str) -> str:
        """The name of a field."""
        return f"{place.path}-{language}"

    def groups(self) -> list["Group"]:
        """The places of each question together; those of the whole survey stand between them."""
        found, number = [], 0
        for key, group in groupby(self.places, lambda place: place.question and place.question.key):
            number += key is not None
            inside, shape = list(group), f"{key}.shape"
            found.append(
                Group(
                    number if key else None,
                    shape if shape in self._shapes else None,
                    [place for place in inside if place.part not in ANSWERS],
                    [place for place in inside if place.part in ANSWERS],
                )
            )
        return found

    def is_wrong(self, places: Iterable[Place]) -> bool:
        """Whether something is refused in one of these places."""
        return any(
            self[self.name(place, language)].errors
            for place in places
            for language in self.languages
        )

    def texts(self) -> dict[str, Texts]:
        """What the fields say, by place."""
        return {
            place.path: {
                language: self[self.name(place, language)].data or "" for language in self.languages
            }
            for place in self.places
        }

    def shapes(self) -> dict[str, Shape]:
        """The shapes that were chosen, by the question's key."""
        offered = {
            (key, code_of(shape)): shape
            for key, shapes in self._shapes.values()
            for shape in shapes
        }
        chosen = [(key, self[name].data) for name, (key, _shapes) in self._shapes.items()]
        return {pair[0]: offered[pair] for pair in chosen if pair in offered}


def _text_field(place: Place, language: str) -> Any:  # noqa: ANN401 -- untyped
    """The field of one text."""
    rules = [Optional(), Length(max=LONGEST_TEXT, message=_("Use at most %(max)d characters."))]
    label = LANGUAGE_LABELS.get(language, language)
    if place.part in {Part.INTRO, Part.THANKS}:
        shown = {"lang": language, "rows": 4}
        return TextAreaField(label, [*rules, is_plain], filters=[_clean], render_kw=shown)
    if place.part is Part.TEXT:
        filters, shown = [_clean, _in_one_line], {"lang": language, "rows": 2}
        return TextAreaField(label, [*rules, is_plain], filters=filters, render_kw=shown)
    return StringField(
        label, [*rules, is_one_line], filters=[stripped], render_kw={"lang": language}
    )


def _clean(text: str | None) -> str | None:
    """Words as they are stored: one character for the end of a line."""
    if text is None:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _in_one_line(text: str | None) -> str | None:
    """A question goes on one line, however it was typed."""
    return " ".join(text.split()) if text else text


class LinkForm(FlaskForm):  # type: ignore[misc]  # untyped
    """Whom a link is for; what is left empty is as the survey says."""

    audience = SelectField(
        _("Who answers"),
        choices=[
            SelectChoice("", _("As the survey says")),
            *(SelectChoice(member.value, name) for member, name in AUDIENCES.items()),
        ],
    )
    market = SelectField(
        _("Market"),
        choices=[
            SelectChoice("", _("As the journey says")),
            SelectChoice(Market.B2B.value, _("Business (B2B)")),
            SelectChoice(Market.B2C.value, _("Consumers (B2C)")),
        ],
    )
    channel = SelectField(
        _("Where they met you"),
        choices=[
            SelectChoice("", _("Not said")),
            SelectChoice(Channel.ONLINE.value, _("Online")),
            SelectChoice(Channel.OFFLINE.value, _("Offline")),
        ],
    )
    account = StringField(
        _("Account"), [Optional(), Length(max=128), is_one_line], filters=[stripped]
    )
    person = StringField(
        _("Person"), [Optional(), Length(max=128), is_one_line], filters=[stripped]
    )
    language = SelectField(
        _("Language it opens in"),
        choices=[
            SelectChoice("", _("As their browser says")),
            *(SelectChoice(code, LANGUAGE_LABELS[code]) for code in LANGUAGES),
        ],
    )
    attributes = TextAreaField(
        _("More to compare by"), [Optional(), Length(max=4_000), is_plain], filters=[_clean]
    )

    def validate_attributes(self, field: Any) -> None:  # noqa: ANN401 -- untyped
        """Refuse lines that are not of the form name = value."""
        lines = _lines(field.data)
        if len(lines) > ATTRIBUTES_LIMIT:
            raise ValidationError(_("Use at most 20 lines."))
        for line in lines:
            found = _ATTRIBUTE.fullmatch(line)
            if found is None or len(found[2]) > 128:  # noqa: PLR2004 -- as links allow
                raise ValidationError(
                    _(
                        "“%(line)s” is not of the form name = value, with a name in small "
                        "letters, such as region = north.",
                        line=line[:60],
                    )
                )

    def invitation(self) -> dict[str, Any]:
        """What the link will say, as ``actions.link.make_link`` wants it."""
        return {
            "audience": Audience(self.audience.data) if self.audience.data else None,
            "market": Market(self.market.data) if self.market.data else None,
            "channel": Channel(self.channel.data) if self.channel.data else None,
            "account": self.account.data or None,
            "person": self.person.data or None,
            "language": self.language.data or None,
            "attributes": {
                name.strip(): value.strip()
                for name, _sign, value in (
                    line.partition("=") for line in _lines(self.attributes.data)
                )
            },
        }


def _lines(text: str | None) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]

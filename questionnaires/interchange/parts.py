"""The parts of a mapping: what may be said of a file, a journey, a respondent and a question.

docs/importing.md explains every key with an example.
"""

from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from questionnaires.value import Key, Texts, Value
from vocabulary import Channel, Identity, Kind, Lifecycle, Market, Media, Team

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


def _as_code(code: object) -> object:
    """Let a number in a mapping stand for how it is written in the file.

    Example:
        >>> _as_code(6)
        '6'
    """
    is_number = isinstance(code, int | float) and not isinstance(code, bool)
    return str(code) if is_number else code


def _as_given(given: object) -> object:
    """Read a plain value as one that holds for every row."""
    return given if isinstance(given, dict | Property) else {"constant": given}


Code = Annotated[str, BeforeValidator(_as_code)]


class FileFormat(Value):
    """How the file is written; what is not said is found out."""

    encoding: str | None = None
    delimiter: Annotated[str, StringConstraints(pattern=r"^[,;\t|]$")] | None = None

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, encoding: str | None) -> str | None:
        """Refuse an encoding nobody knows, or that turns bytes into something else than text."""
        if encoding is not None:
            try:
                b"a".decode(encoding)
            except UnicodeError:
                pass  # known, and needs more bytes for a letter
            except LookupError as error:
                raise ValueError(f"there is no text encoding “{encoding}”") from error
        return encoding


class Property(Value):
    """A property of the response: read from a column, or one value for every row."""

    column: str | None = None
    constant: Code | None = None
    values: dict[str, str] | None = None  # as written in the file: what it means
    blank: tuple[Code, ...] = ()  # an empty cell always is
    otherwise: Code | None = None  # where the cell is blank, or not among the values

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        """Refuse a property with two sources, or with none."""
        if (self.column is None) == (self.constant is None):
            raise ValueError('give a plain value, or { column = "..." }')
        return self


Given = Annotated[Property, BeforeValidator(_as_given)]


class Scale(Value):
    """How scales are written in the file; a question may say otherwise of itself."""

    low: int | None = None
    high: int | None = None
    reversed: bool = False  # the lowest number is the best answer
    points: dict[str, int] | None = None  # where the file has words: the point of each
    blank: tuple[Code, ...] = ()  # an empty cell always is
    not_met: tuple[Code, ...] = ()


class Asked(Scale):
    """A question that stands in one column."""

    column: str
    text: Texts = Field(default_factory=dict)


class TouchpointPart(Asked):
    """A touchpoint that was rated; its name is needed where the journey does not have it yet."""

    key: Key
    name: Texts = Field(default_factory=dict)
    channel: Channel = Channel.OFFLINE
    media: Media = Media.OWNED
    team: Team = Team.SERVICE


class StagePart(Value):
    """A stage of the journey, with its own overall question."""

    key: Key
    name: Texts = Field(default_factory=dict)
    goal: Texts = Field(default_factory=dict)
    leads_from: Lifecycle | None = None
    leads_to: Lifecycle | None = None
    overall: Asked | None = None
    touchpoints: tuple[TouchpointPart, ...] = ()


class QuestionPart(Asked):
    """Any other question: a scale of its own kind, a choice or a comment."""

    key: Key
    kind: Kind
    stage: Key | None = None
    options: dict[str, Key] = Field(default_factory=dict)  # as written in the file: the option
    option_texts: dict[Key, Texts] = Field(default_factory=dict)
    separator: str = ";"  # between the options of a multiple choice

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        """Refuse kinds that stages hold, and choices with nothing to choose."""
        if self.kind in {Kind.RATING, Kind.MET}:
            raise ValueError("touchpoints, and whether they were met, belong under a stage")
        if self.kind in {Kind.SINGLE, Kind.MULTIPLE} and not self.options:
            raise ValueError('a choice needs options = { "as in the file" = "key" }')
        return self


class JourneyPart(Value):
    """The journey the answers belong to; the rest is needed only where it does not exist yet."""

    key: Slug
    name: Texts = Field(default_factory=dict)
    market: Market | None = None
    template: str | None = None


class SurveyPart(Value):
    """The survey the answers go under: every wave of it is a version of one survey."""

    key: Slug
    title: Texts
    identity: Identity = Identity.PSEUDONYMOUS
    languages: tuple[str, ...] = Field(default=("nl", "en"), min_length=1)  # of the texts here


class RespondentPart(Value):
    """What is known of who answered."""

    id: Given | None = None
    person: Given | None = None
    account: Given | None = None
    audience: Given
    market: Given | None = None
    channel: Given | None = None
    language: Given
    weight: Given | None = None
    attributes: dict[Key, Given] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tells_people_apart(self) -> Self:
        """Refuse one id, person or account for every row."""
        for name in ("id", "person", "account"):
            given = getattr(self, name)
            if given is not None and given.column is None:
                raise ValueError(f'{name} needs {{ column = "..." }}')
        return self


class TimePart(Value):
    """When it was answered: one column and its format, or parts of the date."""

    column: str | None = None
    format: str = "iso"
    zone: str | None = None
    year: Given | None = None
    month: Given | None = None
    day: Given | None = None

    @field_validator("zone")
    @classmethod
    def _exists(cls, zone: str | None) -> str | None:
        """Refuse a time zone nobody knows."""
        try:
            return zone and ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"there is no time zone “{zone}”") from error

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        """Refuse a moment given twice, or not at all."""
        any_part = self.year or self.month or self.day
        is_whole = self.year is not None and self.month is not None
        if (self.column is None and not is_whole) or (self.column is not None and any_part):
            raise ValueError("give a column with its format, or year and month (and day)")
        return self

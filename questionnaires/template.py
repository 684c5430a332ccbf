"""Ready journeys, kept as data in ``questionnaires/journeys``: stages and their touchpoints."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from questionnaires.value import Key, Texts, Value
from vocabulary import LANGUAGES, Channel, Lifecycle, Market, Media, Team

FOLDER = Path(__file__).parent / "journeys"


class UnknownTemplateError(KeyError):
    """There is no template with this key for this market."""


class TouchpointTemplate(Value):
    """One touchpoint; ``phrase`` is its name as it stands inside a question."""

    key: Key
    name: Texts
    phrase: Texts
    channel: Channel
    media: Media
    team: Team


class StageTemplate(Value):
    """One stage: what the company wants there, and the state people come from and go to."""

    key: Key
    name: Texts
    goal: Texts
    leads_from: Lifecycle
    leads_to: Lifecycle
    touchpoints: tuple[TouchpointTemplate, ...] = Field(min_length=1)


class JourneyTemplate(Value):
    """A whole journey, as the company may take it over."""

    key: Key
    market: Market
    name: Texts
    stages: tuple[StageTemplate, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """Refuse double keys and texts that are not there in every language."""
        stages = [stage.key for stage in self.stages]
        if len(set(stages)) < len(stages):
            raise ValueError("A stage's key is used twice.")
        for stage in self.stages:
            touchpoints = [touchpoint.key for touchpoint in stage.touchpoints]
            if len(set(touchpoints)) < len(touchpoints):
                raise ValueError(f"A touchpoint's key is used twice in “{stage.key}”.")
        if any(set(texts) != set(LANGUAGES) or not all(texts.values()) for texts in self.texts()):
            raise ValueError("A text is missing in one of the languages.")
        return self

    def texts(self) -> list[Texts]:
        """Every text of the template."""
        found = [self.name]
        for stage in self.stages:
            found += [stage.name, stage.goal]
            for touchpoint in stage.touchpoints:
                found += [touchpoint.name, touchpoint.phrase]
        return found

    def stage(self, key: str) -> StageTemplate:
        """The stage with this key.

        Raises:
            KeyError: there is none.
        """
        return {stage.key: stage for stage in self.stages}[key]


@cache
def templates() -> tuple[JourneyTemplate, ...]:
    """All templates, sorted by key and market.

    Example:
        >>> [(template.key, template.market.value) for template in templates()]
        [('cycle', 'b2b'), ('cycle', 'b2c'), ('funnel', 'b2b'), ('funnel', 'b2c')]
    """
    return tuple(
        JourneyTemplate.model_validate(tomllib.loads(path.read_text("utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    )


def template(key: str, market: Market) -> JourneyTemplate:
    """The template with this key, in the variant for this market.

    Raises:
        UnknownTemplateError: there is none.
    """
    for found in templates():
        if (found.key, found.market) == (key, market):
            return found
    raise UnknownTemplateError(f"{key} ({market})")


def phrase_of(key: str, name: Texts, market: Market) -> Texts | None:
    """How a touchpoint is named inside a sentence, if a template knows it by this very name.

    Example:
        >>> phrase_of("invoice", {"nl": "Factuur", "en": "Invoice"}, Market.B2B)["en"]
        'the invoice'
    """
    for found in templates():
        if found.market is not market:
            continue
        for stage in found.stages:
            for touchpoint in stage.touchpoints:
                if touchpoint.key == key and touchpoint.name == name:
                    return touchpoint.phrase
    return None

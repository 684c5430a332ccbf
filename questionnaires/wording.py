"""The words of the ready questionnaires: read from data, put in the form that suits the reader.

Dutch says "u" to a business contact and "je" to a consumer; the data holds one sentence for both.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from questionnaires.value import Texts
from vocabulary import LANGUAGES, Audience, Market

FILE = Path(__file__).parent / "wording.toml"


@cache
def _words() -> dict[str, Any]:
    """Everything the file says."""
    return tomllib.loads(FILE.read_text("utf-8"))


@dataclass(frozen=True)
class Wording:
    """How one audience in one market is spoken to, in some languages."""

    audience: Audience
    market: Market
    languages: tuple[str, ...]

    def say(self, name: str, **parts: Texts) -> Texts:
        """A sentence that every questionnaire may hold, with parts filled in.

        Example:
            >>> wording = Wording(Audience.CUSTOMER, Market.B2C, ("nl",))
            >>> wording.say("rating", touchpoint={"nl": "de bezorging"})
            {'nl': 'Hoe tevreden ben je over de bezorging?'}
        """
        return self._written(self._own(_words()[name]), parts, is_sentence=True)

    def of_stage(self, stage: str, name: str) -> Texts | None:
        """A sentence of a stage of ours (its title, its effort question), if it has one."""
        found = self._of_stage(stage, name)
        return self._written(found, {}, is_sentence=True) if found else None

    def about(self, stage: str, name: Texts) -> Texts:
        """What the questions of a stage are about; a stage of the company's own goes by name."""
        found = self._of_stage(stage, "about")
        if found:
            return self._written(found, {}, is_sentence=False)
        by_name = _words()["stage_by_name"]["customer"]
        return self._written(by_name, {"stage": name}, is_sentence=False)

    def asks_nps(self, stage: str) -> bool:
        """Whether the stage is about loyalty."""
        return bool(_words()["stages"].get(stage, {}).get("asks_nps"))

    def ends(self, scale: str) -> tuple[Texts, Texts]:
        """What the lowest and the highest point of a scale mean."""
        low, high = _words()["ends"][scale]
        return self._written(low, {}, is_sentence=True), self._written(high, {}, is_sentence=True)

    def reasons(self) -> dict[str, Texts]:
        """Why people leave, by key."""
        reasons: dict[str, Texts] = _words()["reasons"]
        return {key: self._written(texts, {}, is_sentence=True) for key, texts in reasons.items()}

    def _of_stage(self, stage: str, name: str) -> Texts | None:
        """The audience's unfinished words in a stage."""
        by_audience = _words()["stages"].get(stage, {}).get(name)
        return self._own(by_audience) if by_audience else None

    def _own(self, by_audience: dict[str, Texts]) -> Texts:
        """The audience's words, else the customer's."""
        return by_audience.get(self.audience, by_audience[Audience.CUSTOMER])

    def _written(self, texts: Texts, parts: dict[str, Texts], *, is_sentence: bool) -> Texts:
        """The texts in the languages wanted, filled in; a sentence begins with a capital."""
        written: Texts = {}
        for language in self.languages:
            if language not in LANGUAGES:
                continue  # left open, so that publishing asks for it
            filling = dict(_words()["address"][self.market].get(language, {}))
            filling |= {name: part.get(language, "") for name, part in parts.items()}
            text = texts[language].format_map(filling)
            written[language] = text[:1].upper() + text[1:] if is_sentence else text
        return written

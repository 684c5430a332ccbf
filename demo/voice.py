"""How a comment comes about: a line that fits, sometimes two, and the small habits of writers."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from demo.corpus import GENERAL, Line, Mood, Phase, corpus
from vocabulary import Market

PHASE_PULL: Final = 0.8
"""How often someone to whom the story happened tells it, 0-1."""

OTHER_SIDE: Final = {
    ("nl", Mood.POSITIVE): ("Pluspunt: ", "Wel goed: ", "Positief: ", "Verder: ", "Goed is wel: "),
    ("nl", Mood.NEGATIVE): ("Minpunt: ", "Wel jammer: ", "Minder: ", "Alleen: ", "Puntje: "),
    ("en", Mood.POSITIVE): ("On the plus side: ", "Good: ", "Plus: "),
    ("en", Mood.NEGATIVE): ("Downside: ", "Less good: ", "Only thing: ", "Minus: "),
}
SMALL_START: Final = frozenset(
    (Path(__file__).parent / "small_words.txt").read_text(encoding="utf-8").split()
)
"""First words that may lose their capital: no names, no abbreviations, no “I”."""

TYPO_LENGTH: Final = 7


@dataclass(frozen=True)
class Speaker:
    """Who writes: which phases of the story they know of, and which happened to them."""

    language: str
    market: Market
    told: frozenset[Phase]
    lived: frozenset[Phase]


class Voice:
    """Writes comments; the line least often used goes first, so that no two read alike."""

    def __init__(self, random: Random) -> None:
        """Start with every line unused."""
        self._random = random
        self._uses: Counter[Line] = Counter()

    def comment(self, speaker: Speaker, subjects: list[tuple[str, Mood]]) -> str:
        """Write one comment.

        Args:
            speaker: who writes.
            subjects: what it is about, the main thing first: names of files of the corpus, each
                with a mood. Only the first two count.
        """
        name, mood = subjects[0]
        text = self._line(speaker, name, mood).text
        if len(subjects) > 1:
            text = self._join(speaker, text, mood, subjects[1])
        return self._habits(speaker, text, mood)

    def _line(self, speaker: Speaker, name: str, mood: Mood) -> Line:
        """A line that fits, the least used of them."""
        lines = corpus().get(name, ())
        fitting = [line for line in lines if _fits(line, speaker, mood)]
        if not fitting:
            fitting = [line for line in corpus()[GENERAL] if _fits(line, speaker, mood)]
        telling = [line for line in fitting if line.phase in speaker.lived]
        if telling and self._random.random() < PHASE_PULL:
            fitting = telling
        fewest = min(self._uses[line] for line in fitting)
        chosen = self._random.choice([line for line in fitting if self._uses[line] == fewest])
        self._uses[chosen] += 1
        return chosen

    def _join(self, speaker: Speaker, text: str, mood: Mood, other: tuple[str, Mood]) -> str:
        """Add a second thought, with a word between where it goes the other way."""
        second = self._line(speaker, *other).text
        if text.endswith(("!", "?", ".", "…")):
            first = text
        else:
            first = text + self._random.choice((".", ".", ".", "...", ";"))
        bridges = OTHER_SIDE.get((speaker.language, other[1]), ())
        if bridges and other[1] is not mood and self._random.random() < 0.6:  # noqa: PLR2004
            return f"{first} {self._random.choice(bridges)}{_small(second)}"
        return f"{first} {_small(second) if first.endswith(';') else second}"

    def _habits(self, speaker: Speaker, text: str, mood: Mood) -> str:
        """Small habits: no capital, a full stop, a typing error, a greeting."""
        draw = self._random.random
        if draw() < 0.22:  # noqa: PLR2004 -- shares of writers, chosen by eye
            text = _small(text)
        if draw() < 0.05:  # noqa: PLR2004
            text = self._typo(text)
        if text[-1].isalpha() and draw() < 0.3:  # noqa: PLR2004
            text += "!" if mood is Mood.POSITIVE and draw() < 0.35 else "."  # noqa: PLR2004
        if speaker.market is Market.B2B and len(text) > 60 and draw() < 0.03:  # noqa: PLR2004
            text += " Mvg" if speaker.language == "nl" else " Regards"
        return text

    def _typo(self, text: str) -> str:
        """Swap two letters inside one long word, as hurried fingers do."""
        words = text.split(" ")
        long = [i for i, word in enumerate(words) if len(word) >= TYPO_LENGTH and word.isalpha()]
        if not long:
            return text
        which = self._random.choice(long)
        word, at = words[which], self._random.randrange(2, TYPO_LENGTH - 2)
        words[which] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return " ".join(words)


def _fits(line: Line, speaker: Speaker, mood: Mood) -> bool:
    """Whether this speaker could say this line now."""
    return (
        line.language == speaker.language
        and line.mood is mood
        and line.market in {None, speaker.market}
        and (line.phase is None or line.phase in speaker.told)
    )


def _small(text: str) -> str:
    """The text without its first capital, where that cannot be a name."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first.lower() in SMALL_START else text

"""What a monthly summary says beside scores, pains and changes, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mail.summary_words import Names
from wording import finding as finding_words

Row = Mapping[str, Any]


class Told(NamedTuple):
    """A sentence, and the address of the page with its evidence."""

    sentence: str
    address: str


def further(content: Row, names: Names, addresses: Sequence[str]) -> list[Told]:
    """What became of improvements, and where people disagree or are silent, as the board says it.

    Args:
        content: what was composed; summaries of before this was told say nothing.
        names: what things are called.
        addresses: of the evidence, in the same order.
    """
    sentences = finding_words.say_all(content.get("further", []), names)
    return [Told(*each) for each in zip(sentences, addresses, strict=True)]

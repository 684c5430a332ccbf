"""Which touchpoints a comment names, and what it says of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from insights.comments.mention_stems import Found, Known, finder_of
from insights.sentiment.language import READ
from insights.sentiment.lexicon import lexicon_of
from insights.sentiment.question import QuestionKind, question_kind
from insights.sentiment.reading import UNSURE_BELOW, reader_of
from insights.sentiment.words import Word, plain, words
from vocabulary import SentimentLabel

if TYPE_CHECKING:
    from insights.sentiment.reader import Judgement, Reader

__all__ = ["Known", "Mention", "mentions"]

CLEAR = 0.2
"""Where one part of a comment is above this and another below its negative, it is mixed."""

SHORTEST_TELLING = 4
"""A part with fewer words and no opinion is an item of a list, and shares the next opinion."""

_ENDS = frozenset(".;!?…\n")
_PARTS = frozenset(",:()–")
_AND = frozenset({"en", "and", "und", "et", "&", "plus"})


class Mention(NamedTuple):
    """A touchpoint that a comment names, and what is said of it."""

    stage: str
    touchpoint: str
    polarity: float | None  # -1 to 1; none where nobody reads the language
    label: SentimentLabel
    words: str  # as they were written
    start: int  # where they stand in the comment as it is read


def mentions(
    text: str,
    language: str,
    known: Sequence[Known],
    question: str = "",
    readers: "Mapping[str, Reader] | None" = None,
) -> list[Mention]:
    """Find the touchpoints a comment names, each with what is said of it.

    Args:
        text: as it was written; what comes after 10,000 characters is left.
        language: the one it is written in.
        known: the touchpoints that can be named. The longest stem wins, and then who has fewer
            stems; a word belongs to one touchpoint of a stage.
        question: what was asked, in words, or a value of ``QuestionKind``.
        readers: an organisation's own, by language.

    Returns:
        At most one per touchpoint, in the order of the text. The polarity is that of the part of
        the sentence about the touchpoint, of the sentence where the part says nothing, and the
        mean where it is named more than once. Null and "unread" where nobody reads the language.

    References:
        M. Pontiki et al., "SemEval-2016 Task 5: Aspect Based Sentiment Analysis", 2016: the task.

    Example:
        >>> known = [Known("use", "food", ("eten",)), Known("use", "staff", ("bedien",))]
        >>> found = mentions("Het eten was heerlijk, maar de bediening was traag.", "nl", known)
        >>> [(one.touchpoint, one.label.value, one.words) for one in found]
        [('food', 'positive', 'eten'), ('staff', 'negative', 'bediening')]
    """
    said = plain(text)
    code = language.split("-", maxsplit=1)[0].lower()
    contrasts = lexicon_of(code).turns.contrasts if code in READ else frozenset()
    cut = words(said, code, contrasts)
    found = finder_of(tuple(known), code).find(cut)
    if not found:
        return []
    judged: dict[int, list[Judgement]] = {one.which: [] for one in found}
    reader = (readers or {}).get(code) or reader_of(code)
    if reader is not None:
        _judge(_Sense(said, cut, reader, _asked(question), contrasts), found, judged)
    made = []
    for which, first in {one.which: one for one in reversed(found)}.items():
        start, end = cut[first.at].start, cut[first.at + first.length - 1].end
        polarity, label = _together(judged[which])
        place = known[which]
        made.append(Mention(place.stage, place.touchpoint, polarity, label, said[start:end], start))
    return sorted(made, key=lambda one: one.start)


class _Sense(NamedTuple):
    """A comment with all that is needed to judge parts of it."""

    said: str
    cut: list[Word]
    reader: "Reader"
    asked: QuestionKind
    contrasts: frozenset[str]

    def judge(self, begin: int, end: int) -> "Judgement":
        """What the words from one to another say, without the signs and turns at their ends."""
        while begin < end - 1 and (self._is_edge(begin) or self.cut[begin].text in self.contrasts):
            begin += 1
        while end - 1 > begin and self.cut[end - 1].text in _PARTS:
            end -= 1
        part = self.said[self.cut[begin].start : self.cut[end - 1].end]
        return self.reader.judge(part, self.asked)

    def _is_edge(self, at: int) -> bool:
        """Whether a word only joins a part to the one before."""
        return self.cut[at].kind == "mark" or self.cut[at].text in _AND


def _judge(sense: _Sense, found: list[Found], judged: "dict[int, list[Judgement]]") -> None:
    """Judge each part of each sentence that names a touchpoint, for what it names."""
    by_place: dict[int, list[int]] = {}
    for one in found:
        by_place.setdefault(one.at, []).append(one.which)
    for begin, end in _sentences(sense.cut):
        if not any(at in by_place for at in range(begin, end)):
            continue
        groups = _groups(sense, begin, end, by_place)
        whole = None
        for start, stop in groups:
            named = [which for at in range(start, stop) for which in by_place.get(at, ())]
            if not named:
                continue
            said = sense.judge(start, stop)
            if len(groups) > 1 and max(said.chances, key=said.chances.__getitem__) == "neutral":
                whole = whole or sense.judge(begin, end)
                said = whole
            for which in dict.fromkeys(named):
                judged[which].append(said)


def _sentences(cut: list[Word]) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end."""
    begin = 0
    for at, word in enumerate(cut):
        if word.kind == "mark" and word.text[0] in _ENDS:
            yield begin, at + 1
            begin = at + 1
    if begin < len(cut):
        yield begin, len(cut)


def _groups(
    sense: _Sense, begin: int, end: int, by_place: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """Put the parts of a sentence together that share an opinion.

    A part with a touchpoint and an opinion stands by itself; a bare touchpoint waits for the next
    opinion, "the food, the wine and the staff were great"; an opinion without a touchpoint is
    about what was named before.
    """
    groups: list[list[int]] = []
    waiting: int | None = None
    for start, stop in _parts(sense, begin, end):
        is_named = any(at in by_place for at in range(start, stop))
        is_opinion = _is_opinion(sense, start, stop)
        if is_opinion and (is_named or waiting is not None):
            groups.append([start if waiting is None else waiting, stop])
            waiting = None
        elif is_named and stop - start >= SHORTEST_TELLING and waiting is None:
            groups.append([start, stop])
        elif is_named or waiting is not None or not groups:
            waiting = start if waiting is None else waiting
        else:
            groups[-1][1] = stop
    if waiting is not None and groups:
        groups[-1][1] = end
    elif waiting is not None:
        groups.append([waiting, end])
    return [(start, stop) for start, stop in groups]


def _parts(sense: _Sense, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence at commas, at contrasts and at "and"."""
    start = begin
    for at in range(begin + 1, end):
        word, before = sense.cut[at], sense.cut[at - 1]
        is_cut = before.kind == "mark" and before.text.strip()[:1] in {*_PARTS, "-"}
        if is_cut or word.text in _AND or word.text in sense.contrasts:
            yield start, at
            start = at
    yield start, end


def _is_opinion(sense: _Sense, start: int, stop: int) -> bool:
    """Whether a part holds a word or sign that the lexicon knows as praise or blame."""
    lexicon = lexicon_of(sense.reader.language)
    texts = [word.text for word in sense.cut[start:stop]]
    for at, word in enumerate(sense.cut[start:stop]):
        if word.kind in {"emoji", "smiley"}:
            return True
        if word.kind == "word":
            valence = lexicon.look_up(texts, at)
            if valence.own or abs(valence.library) >= 0.2:  # noqa: PLR2004 -- fainter is noise
                return True
    return False


def _together(said: "list[Judgement]") -> tuple[float | None, SentimentLabel]:
    """One polarity and label from all that is said of a touchpoint."""
    if not said:
        return None, SentimentLabel.UNREAD
    chances = {name: sum(one.chances[name] for one in said) / len(said) for name in said[0].chances}
    polarity = round(sum(one.polarity for one in said) / len(said), 4)
    if max(one.polarity for one in said) > CLEAR and min(one.polarity for one in said) < -CLEAR:
        return polarity, SentimentLabel.MIXED
    name = max(chances, key=lambda one: chances[one])
    is_sure = chances[name] >= UNSURE_BELOW
    return polarity, SentimentLabel(name) if is_sure else SentimentLabel.UNSURE


def _asked(question: str) -> QuestionKind:
    """The kind of question that was asked."""
    if question in set(QuestionKind):
        return QuestionKind(question)
    return question_kind(question) if question else QuestionKind.OPEN

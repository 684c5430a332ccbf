"""What kind of question a comment answers: "what can be better?" and "why?" differ."""

import re
from enum import StrEnum
from functools import lru_cache


class QuestionKind(StrEnum):
    """What is asked, as far as it says what to expect of the answer."""

    OPEN = "open"
    GOOD = "good"
    IMPROVE = "improve"
    WHY = "why"


_IMPROVE = re.compile(
    r"\b(improv\w*|better|differently|wrong|disappoint\w*|dislike\w*|bad|missing|missed|lacking"
    r"|verbeter\w*|beter\w*|(?<!iets )anders|tegen\w*|gemist|misten?|ontevreden"
    r"|minder goed|niet goed|slecht\w*|schlecht\w*"
    r"|verbesser\w*|besser\w*|gefehlt|(?:ge)?stoert|ameliorer|mieux|manque|decu\w*|deplu)\b"
)
_GOOD = re.compile(
    r"\b(good|well|best|like[ds]?|enjoy\w*|appreciate\w*|great|positive|pleas\w+"
    r"|goed|fijn|prettig|sterk\w*|waardeer\w*|tevreden over|beviel|bevalt|positief"
    r"|gut|gefallen|gefaellt|positiv\w*|bon|bien|plu|apprecie\w*|aime\w*)\b"
)
_NOT = re.compile(
    r"(?:\b(?:not|niet|nicht|pas|less|least|minder|minst|weniger|wenigsten|moins)|n't)\b"
)
_NOT_GOOD = re.compile(
    rf"{_NOT.pattern} (?:\w+ )?{_GOOD.pattern}|{_GOOD.pattern} (?:\w+ )?{_NOT.pattern}"
)
"""What was not liked, a word between them at most."""

_WHY = re.compile(
    r"\b(why|reason|explain|waarom|reden|toelicht\w*|licht .* toe|warum|wieso|grund"
    r"|pourquoi|raison\w*)\b"
)


_EITHER = re.compile(r"\b(wel (of|en) niet|al dan niet|or not|oder nicht|ou (non|pas))\b")
"""What asks for the reasons of either."""


@lru_cache(maxsize=1_000)
def question_kind(question: str) -> QuestionKind:
    """Which kind of question it is, by its words; "open" where they do not say.

    A question that asks for both, what is good and what could be better, is open.

    Example:
        >>> question_kind("Wat kunnen we beter doen?").value, question_kind("Why?").value
        ('improve', 'why')
        >>> question_kind("What was good, and what could be better?").value
        'open'
        >>> question_kind("Waardoor ben je wel of niet tevreden?").value
        'why'
    """
    from insights.sentiment.words import folded

    asked = " ".join(folded(word, "de") for word in question.split())
    if _EITHER.search(asked):
        return QuestionKind.WHY
    is_improve = bool(_IMPROVE.search(asked))
    rest = _IMPROVE.sub("", asked)
    if _NOT_GOOD.search(rest):
        is_improve, rest = True, _NOT_GOOD.sub("", rest)
    is_good = bool(_GOOD.search(rest))
    if is_good and (is_improve or _NOT.search(rest)):
        return QuestionKind.OPEN
    if is_improve:
        return QuestionKind.IMPROVE
    if is_good:
        return QuestionKind.GOOD
    return QuestionKind.WHY if _WHY.search(asked) else QuestionKind.OPEN

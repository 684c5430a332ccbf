"""What a comment is about: the touchpoint that stood out, in the mood of its rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.corpus import GENERAL, LEAVING, Mood, Phase
from demo.judging import Judgement
from demo.people import Person
from demo.plot import phases, touch
from demo.voice import Speaker, Voice
from vocabulary import Audience

Subject = tuple[str, Mood]

SAME_WORDS: Final[Mapping[str, str]] = {
    "advertisements": "advertising",
    "customer_case": "case_studies",
    "demo": "demo_request",
    "first_support_call": "support_call",
    "upgrade_price": "price",
}
"""Touchpoints that people talk about in the words of another."""

SAME_WORDS_IN_STAGE: Final[Mapping[tuple[str, str], str]] = {
    ("interest", "social_posts"): "social_media"
}
"""The same, where it holds in one stage only."""

SALIENCE: Final[Mapping[int, float]] = {1: 3.5, 2: 2.5, 3: 0.9, 4: 0.7, 5: 1.4}
"""How strongly each rating makes people write about a touchpoint."""

MOODS: Final[Mapping[int, Mapping[Mood, int]]] = {
    1: {Mood.NEGATIVE: 100},
    2: {Mood.NEGATIVE: 84, Mood.MIXED: 16},
    3: {Mood.NEGATIVE: 22, Mood.MIXED: 50, Mood.NEUTRAL: 28},
    4: {Mood.MIXED: 22, Mood.NEUTRAL: 20, Mood.POSITIVE: 58},
    5: {Mood.NEUTRAL: 5, Mood.POSITIVE: 95},
}
"""How people sound at each rating, of a hundred."""

STORY: Final[Mapping[Phase, frozenset[str]]] = {
    Phase.BROKEN: frozenset({"invoice"}),
    Phase.UNREPAIRED: frozenset({"purchase_process", "quotation"}),
    Phase.REPAIRED: frozenset({"purchase_process", "quotation"}),
}
"""Which touchpoints each phase of the story is about."""

COMMENTS: Final = 0.42  # of all who get that far
COMMENTS_WHEN_HURT: Final = 0.62
AT_LARGE: Final = 0.13
SAYS_MORE: Final = 0.3
ABOUT_LEAVING: Final = 0.6


@dataclass(frozen=True)
class Scene:
    """One person asked about one stage; ``months_ago`` is 1 in the last closed month."""

    stage: str
    audience: Audience
    person: Person
    judgement: Judgement
    months_ago: int


def remark(random: Random, voice: Voice, scene: Scene) -> str:
    """What somebody writes in answer to the open question; often nothing.

    Args:
        random: where chance comes from.
        voice: who finds the words.
        scene: who writes about what.
    """
    is_hurt = any(rating <= 2 for rating in scene.judgement.ratings.values())  # noqa: PLR2004
    if random.random() >= (COMMENTS_WHEN_HURT if is_hurt else COMMENTS):
        return ""
    told, lived = _phases(scene.judgement, scene.months_ago)
    speaker = Speaker(scene.person.language, scene.person.market, told, lived)
    return voice.comment(speaker, _subjects(random, scene))


def _phases(judgement: Judgement, months_ago: int) -> tuple[frozenset[Phase], frozenset[Phase]]:
    """What the person can know of the story, and what of it happened to them.

    Who was asked about the bill and has no complaint does not tell of wrong bills; who was not
    asked may have heard of them.
    """
    told, lived = set(phases(months_ago)), set()
    for phase in phases(months_ago):
        ratings = [judgement.ratings[key] for key in STORY[phase] if key in judgement.ratings]
        if phase is Phase.BROKEN and any(rating > 3 for rating in ratings):  # noqa: PLR2004
            told.discard(phase)
        elif ratings:
            lived.add(phase)
    return frozenset(told), frozenset(lived)


def _subjects(random: Random, scene: Scene) -> list[Subject]:
    """One or two things to write about, the main one first."""
    stage, judgement = scene.stage, scene.judgement
    overall = _mood(random, judgement.point(1, 5))
    if scene.audience is Audience.EX_CUSTOMER and random.random() < ABOUT_LEAVING:
        return [(LEAVING, overall)]
    rated = list(judgement.ratings)
    if not rated or random.random() < AT_LARGE:
        return [(GENERAL, overall)]
    weights = [SALIENCE[judgement.ratings[key]] * (0.1 + touch(key).impact) for key in rated]
    first = random.choices(rated, weights)[0]
    subjects = [(words(stage, first), _mood(random, judgement.ratings[first]))]
    others = [key for key in rated if key != first]
    if subjects[0][1] is Mood.NEUTRAL or random.random() >= SAYS_MORE:
        return subjects
    if others and random.random() < 0.75:  # noqa: PLR2004 -- a share, by eye
        second = random.choice(others)
        subjects.append((words(stage, second), _mood(random, judgement.ratings[second])))
    elif overall is subjects[0][1]:
        subjects.append((GENERAL, overall))
    return subjects


def words(stage: str, touchpoint: str) -> str:
    """The file of the corpus that speaks about a touchpoint."""
    return SAME_WORDS_IN_STAGE.get((stage, touchpoint)) or SAME_WORDS.get(touchpoint, touchpoint)


def _mood(random: Random, rating: int) -> Mood:
    """How somebody sounds who gives this rating."""
    shares = MOODS[rating]
    return random.choices(list(shares), list(shares.values()))[0]

"""Longer comments, put together from short ones; people write those too."""

from collections.abc import Sequence
from random import Random

from training.corpus import Comment

SHARE = 0.5
"""Composed comments for each one that was written."""

MOST = 7
"""Parts of a composed comment."""

CLEAR = 0.2
"""Mean polarity from which on the whole is praise or blame."""

TURN = 0.35
"""How often the next part is of any mood rather than of the first one's."""


def compose(comments: Sequence[Comment], seed: int = 7) -> list[Comment]:
    """Make longer comments.

    Args:
        comments: of one language.
        seed: the same seed makes the same comments.
    """
    random = Random(seed)
    by_industry: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.question in {"open", "why"} and len(comment.text.split()) >= 4:  # noqa: PLR2004 -- whole sentences
            by_industry.setdefault(comment.industry, []).append(comment)
    found = []
    for industry in sorted(by_industry):
        some = by_industry[industry]
        found += [_composed(random, some) for _ in range(int(SHARE * len(some)))]
    return found


def _composed(random: Random, some: Sequence[Comment]) -> Comment:
    """One longer comment."""
    parts = [random.choice(some)]
    for _ in range(random.randint(1, MOST - 1)):
        others = some
        if random.random() > TURN:
            others = [one for one in some if one.label == parts[0].label]
        parts.append(random.choice(others))
    text = " ".join(f"{part.text.rstrip(' .,')}." for part in parts)
    polarity = sum(part.polarity for part in parts) / len(parts)
    has_both = any(p.polarity > 0 for p in parts) and any(p.polarity < 0 for p in parts)
    label = "neutral"
    if abs(polarity) >= CLEAR:
        label = "positive" if polarity > 0 else "negative"
    elif has_both or any(part.label == "mixed" for part in parts):
        label = "mixed"
    touchpoints = tuple(dict.fromkeys(key for part in parts for key in part.touchpoints))
    return Comment(text, label, polarity, touchpoints, parts[0].stage, "open", parts[0].industry)

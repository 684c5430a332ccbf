"""The words of comments: themes no touchpoint stands for, words that came up, telling quotes.

What is remembered from page to page is keys and counts. What people wrote is looked up each time,
so that what was set aside is never quoted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from actions.stems import known_touchpoints, naming_of
from actions.summary_quote import SHORTEST, shortened
from models import Journey
from views.comment_texts import Key, Words, masked_texts
from vocabulary import Metric, State

if TYPE_CHECKING:
    import ibis

    from views.selection import Selection

MOST_COMMENTS = 5_000
"""Comments that are looked at, the newest first, so that no page takes long."""

MOST_COMPARED = 200
"""Comments about one touchpoint among which the telling ones are chosen, the newest first."""

MOST_THEMES, MOST_WORDS, MOST_QUOTED = 8, 10, 4
"""Themes of a language, words that changed in each direction, and touchpoints with quotes."""

ENOUGH_IN_A_MONTH = 30
"""Comments a month needs for its words to be compared."""

_HIDDEN = re.compile(r"\[[^\[\]\n]{1,30}\]|•+")

Row = dict[str, Any]


class Comment(NamedTuple):
    """One comment: who wrote it when, and its words without what stands for hidden ones."""

    key: Key
    respondent: int
    month: str
    text: str
    used: frozenset[str]


class Theme(NamedTuple):
    """Words that stand together, how many comments use one, and where to find an example."""

    words: tuple[str, ...]
    n: int
    example: Key | None


class Changed(NamedTuple):
    """A word, and in how many comments of each month; none for fewer than five persons."""

    word: str
    is_more: bool
    before: int | None
    after: int | None


class Spoken(NamedTuple):
    """What the comments in one language hold."""

    language: str
    themes: list[Theme]
    months: tuple[str, str] | None  # that were compared; none where too few wrote
    changes: list[Changed]


class Said(NamedTuple):
    """All that the page says in people's own words."""

    spoken: list[Spoken]
    quotes: list[tuple[Row, list[Words]]]
    examples: dict[Key, Words]  # short


def load(journey: Journey, chosen: "Selection", rows: list[Row]) -> Said:
    """Find the words of the comments of a selection.

    Args:
        journey: the one they are about.
        chosen: the facts and filters.
        rows: what is named, by ``views.mention``.
    """
    facts, filters = chosen.facts, chosen.filters
    known = tuple((row["stage"], row["touchpoint"]) for row in rows)
    spoken = facts.remember(
        ("spoken", filters, known), lambda: _spoken(journey.id, _selected(chosen))
    )
    first = _most_named(rows)
    places = tuple((row["stage"], row["touchpoint"]) for row in first)
    told = facts.remember(
        ("told", filters, places), lambda: [_telling(_selected(chosen), place) for place in places]
    )
    examples = {theme.example for one in spoken for theme in one.themes if theme.example}
    keys = examples | {key for some in told for key in some}
    found = {
        key: words._replace(text=shortened(words.text))
        for key, words in masked_texts(response for response, _question in keys).items()
        if key in keys
    }
    quotes = [
        (row, [found[key] for key in some if key in found])
        for row, some in zip(first, told, strict=True)
    ]
    return Said(spoken, [(row, some) for row, some in quotes if some], found)


def _selected(chosen: "Selection") -> "ibis.Table":
    """What may be told of the selection."""
    return chosen.facts.narrow(chosen.facts.table, chosen.filters)


def _most_named(rows: list[Row]) -> list[Row]:
    """The touchpoints most people name, and before them the first that no survey asks about."""
    shown = [row for row in rows if row["shown"]]
    first = [row for row in shown if not row["asked"]][:1]
    rest = sorted((row for row in shown if row not in first), key=lambda row: -row["persons"])
    return [*first, *rest][:MOST_QUOTED]


def _spoken(journey_id: int, table: "ibis.Table") -> list[Spoken]:
    """What the comments hold, language by language; those of fewer than five persons left out."""
    found = []
    for language, comments in _by_language(table).items():
        months = _last_months(comments)
        found.append(
            Spoken(
                language,
                _themes(journey_id, language, comments),
                months,
                _changes(language, comments, months) if months else [],
            )
        )
    return found


def _by_language(table: "ibis.Table") -> dict[str, list[Comment]]:
    """The newest comments by language, the most spoken first; only languages somebody reads."""
    from insights.cells import collect
    from insights.sentiment.language import READ
    from insights.sentiment.words import plain, words

    written = table.filter(
        table.metric == Metric.SENTIMENT.value, table.state == State.ANSWERED.value
    )
    newest = written.order_by([written.answered_at.desc(), written.response, written.question])
    names = ("response", "question", "respondent", "month")
    rows = collect(newest.limit(MOST_COMMENTS).select(*names)).to_dict("records")
    texts = masked_texts(row["response"] for row in rows)
    found: dict[str, list[Comment]] = {}
    for row in rows:
        key = row["response"], row["question"]
        if key not in texts or texts[key].language not in READ:
            continue
        language = texts[key].language
        text = _HIDDEN.sub(" ", texts[key].text)
        used = frozenset(word.text for word in words(plain(text), language))
        comment = Comment(key, row["respondent"], row["month"], text, used)
        found.setdefault(language, []).append(comment)
    enough = [item for item in found.items() if _are_enough(item[1])]
    return dict(sorted(enough, key=lambda item: -len(item[1])))


def _are_enough(comments: Sequence[Comment]) -> bool:
    """Whether at least five persons wrote them."""
    from insights.release.suppression import MINIMUM_PERSONS

    return len({comment.respondent for comment in comments}) >= MINIMUM_PERSONS


def _using(comments: Sequence[Comment], *words: str) -> list[Comment]:
    """The comments that use one of the words."""
    return [comment for comment in comments if not comment.used.isdisjoint(words)]


def _themes(journey_id: int, language: str, comments: Sequence[Comment]) -> list[Theme]:
    """Themes that no touchpoint stands for, of words that at least five persons use."""
    from insights.comments.theme_proposals import propose

    known = known_touchpoints(naming_of(journey_id), language)
    proposed = propose([one.text for one in comments], language, known, most=2 * MOST_THEMES)
    found = []
    for row in proposed.to_dict("records"):
        every = row["words"].split()
        words = tuple(word for word in every if _are_enough(_using(comments, word)))
        if words:
            example = comments[int(row["example_index"])]
            is_telling = not example.used.isdisjoint(words)
            n = len(_using(comments, *words))
            found.append(Theme(words, n, example.key if is_telling else None))
    return found[:MOST_THEMES]


def _last_months(comments: Sequence[Comment]) -> tuple[str, str] | None:
    """The last two months with enough comments."""
    counts = Counter(comment.month for comment in comments)
    months = sorted(month for month, n in counts.items() if n >= ENOUGH_IN_A_MONTH)
    return (months[-2], months[-1]) if len(months) > 1 else None


def _changes(language: str, comments: Sequence[Comment], months: tuple[str, str]) -> list[Changed]:
    """The words that became more or less between two months; those of few persons left out."""
    from insights.comments.word_changes import word_changes

    early, late = ([one for one in comments if one.month == month] for month in months)
    before_texts, after_texts = ([one.text for one in part] for part in (early, late))
    found: list[Changed] = []
    for row in word_changes(before_texts, after_texts, language).to_dict("records"):
        word = str(row["word"])
        parts = [_using(part, word) for part in (early, late)]
        before, after = (len(part) if _are_enough(part) else None for part in parts)
        is_more = row["z"] > 0
        same = [one for one in found if one.is_more == is_more]
        if (after if is_more else before) is not None and len(same) < MOST_WORDS:
            found.append(Changed(word, is_more, before, after))
    return found


def _telling(table: "ibis.Table", place: tuple[str, str]) -> list[Key]:
    """The comments that speak best for all that name a touchpoint, in the language of most."""
    from insights.cells import collect
    from insights.comments.telling_quotes import telling

    stage, touchpoint = place
    named = table.filter(
        table.metric == Metric.MENTION.value,
        table.state == State.ANSWERED.value,
        table.stage == stage,
        table.touchpoint == touchpoint,
    )
    newest = named.order_by([named.answered_at.desc(), named.response, named.question])
    names = ("response", "question", "cluster")
    rows = collect(newest.limit(MOST_COMPARED).select(*names)).to_dict("records")
    texts = masked_texts(row["response"] for row in rows)
    keyed = [((row["response"], row["question"]), row["cluster"]) for row in rows]
    long = [one for one in keyed if one[0] in texts and len(texts[one[0]].text) >= SHORTEST]
    if not long:
        return []
    language = Counter(texts[key].language for key, _cluster in long).most_common(1)[0][0]
    alike = [(key, cluster) for key, cluster in long if texts[key].language == language]
    said = [texts[key].text for key, _cluster in alike]
    best = telling(said, [cluster for _key, cluster in alike], language)
    return [alike[at][0] for at in best]

"""Finding the words that a summary quotes, masked and short."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.reading import reading
from extensions import db
from insights.masking.masking import masked
from models import Answer, Response

if TYPE_CHECKING:
    import ibis

    from insights.comments.quotes import Place

MOST = 2
"""A summary quotes so many people at most."""

SHORTEST, LONGEST = 20, 240
"""Letters: shorter ones say little, longer ones are cut after a word."""


def quotes(here: "ibis.Table", places: Sequence["Place"]) -> list[dict[str, Any]]:
    """Choose the quotes of a month: the most telling one of each place, of different people.

    Args:
        here: the facts of the journey and the month.
        places: what they are best about, in order.

    Returns:
        At most two: ``text`` (masked), ``language``, ``audience``, ``stage``, ``touchpoint``, and
        by which ``response`` and ``question`` the words are found again.
    """
    from insights.comments.quotes import quotable

    chosen: list[dict[str, Any]] = []
    heard: set[int] = set()
    for place in places:
        rows: list[dict[str, Any]] = quotable(here, place).to_dict("records")  # type: ignore[assignment]  # named columns
        words = _words({row["response"] for row in rows})
        for row in rows:
            text, language = words.get((row["response"], row["question"]), ("", ""))
            if row["cluster"] in heard or len(text) < SHORTEST:
                continue
            heard.add(row["cluster"])
            chosen.append(_quote(row, place, text, language))
            break
        if len(chosen) == MOST:
            break
    return chosen


def shortened(text: str) -> str:
    """A text that is not too long, cut after a whole word.

    Example:
        >>> shortened("kort en goed"), len(shortened("lang " * 100)) <= LONGEST + 1
        ('kort en goed', True)
    """
    plain = " ".join(text.split())
    if len(plain) <= LONGEST:
        return plain
    return plain[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def _quote(row: dict[str, Any], place: "Place", text: str, language: str) -> dict[str, Any]:
    """One quote as it is kept."""
    return {
        "text": shortened(masked(text)),
        "language": language,
        "audience": row["audience"],
        "stage": place.stage,
        "touchpoint": place.touchpoint,
        "response": row["response"],
        "question": row["question"],
    }


def _words(keys: set[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """What these responses wrote, and in which language, by response and question."""
    found = (
        select(Response.key, Answer.question, Answer.text, Response.language)
        .join(Answer, Answer.response_id == Response.id)
        .where(Response.key.in_(keys), Response.excluded_at.is_(None), Answer.text.is_not(None))
    )
    with reading():
        return {
            (key, question): ((text or "").strip(), language)
            for key, question, text, language in db.session.execute(found)
        }

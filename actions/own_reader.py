"""The readers that this organisation trained, and which versions read comments now."""

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from extensions import db
from models import Reader as Stored

if TYPE_CHECKING:
    from insights.sentiment.reader import Reader


def own_readers() -> "dict[str, Reader]":
    """The reader that was trained here last and taken, per language that has one."""
    taken = (
        select(Stored.id, Stored.language)
        .where(Stored.taken_at.is_not(None), Stored.retired_at.is_(None))
        .order_by(Stored.id)
    )
    newest = {language: number for number, language in db.session.execute(taken)}
    return {language: _made(number, language) for language, number in newest.items()}


def current_versions() -> list[str]:
    """The versions of the readers that would read comments now; those in two languages too."""
    from insights.sentiment.language import READ
    from insights.sentiment.reading import UNREAD_VERSION, reader_of

    own = own_readers()
    versions = {code: own.get(code) or reader_of(code) for code in READ}
    single = [reader.version for reader in versions.values() if reader]
    pairs = [f"{one}+{other}" for one in single for other in single if one != other]
    return [*single, *pairs, UNREAD_VERSION]


@lru_cache(maxsize=8)
def _made(number: int, language: str) -> "Reader":
    """A stored reader, made ready once per process; its row never changes."""
    from insights.sentiment.reader import READERS
    from insights.sentiment.weights import loads

    weights = db.session.execute(select(Stored.weights).where(Stored.id == number)).scalar_one()
    return READERS[language](loads(weights))

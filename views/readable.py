"""What of a request can be read at all; the rest is refused, before anything looks it up."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

ANSWERS = "answer"
"""The pages of respondents: they take NUL out of what is typed, and lose no answer for it."""

WRITING = {"POST", "PUT", "PATCH", "DELETE"}

LARGEST = 2**63 - 1  # that a database keeps


class NumberConverter(IntegerConverter):
    """A whole number that a row may have; a larger one leads nowhere."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002, ANN401 -- as in werkzeug
        """Set the largest number, unless a route sets its own."""
        super().__init__(map, **{"max": LARGEST} | options)


def init_app(app: Flask) -> None:
    """Let every route read numbers so, and no route be asked for the unreadable."""
    app.url_map.converters["int"] = NumberConverter
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """Refuse the character NUL: no text that anyone types holds it, and PostgreSQL stops at it."""
    if "\x00" in request.path:
        abort(404)
    if _holds_nul(request.args):
        abort(400)
    if request.blueprint == ANSWERS or request.method not in WRITING:
        return
    names = [
        text for field, file in request.files.items(multi=True) for text in (field, file.filename)
    ]
    if _holds_nul(request.form) or any("\x00" in (name or "") for name in names):
        abort(400)


def _holds_nul(given: MultiDict[str, str]) -> bool:
    """Whether a name or a value holds it."""
    return any("\x00" in text for pair in given.items(multi=True) for text in pair)

"""Where one can go within a journey: five groups, and the pages of the group where one is."""

from typing import NamedTuple

from flask import Flask, current_app, request
from flask_babel import lazy_gettext

from models import Journey
from views.frame import can

_GROUPS = (
    (
        lazy_gettext("At a glance"),
        (
            ("board.show", lazy_gettext("Board")),
            ("finding.show", lazy_gettext("Findings")),
            ("summary.show", lazy_gettext("Summary")),
        ),
    ),
    (
        lazy_gettext("Analysis"),
        (
            ("pain.show", lazy_gettext("What hurts")),
            ("compare.show", lazy_gettext("Compare")),
            ("flow.show", lazy_gettext("Flow")),
            ("company.show", lazy_gettext("Accounts")),
            ("gap.show", lazy_gettext("Inside and out")),
        ),
    ),
    (
        lazy_gettext("Comments"),
        (
            ("mention.show", lazy_gettext("Brought up")),
            ("label.show", lazy_gettext("Labels")),
            ("reading_quality.show", lazy_gettext("Reading")),
        ),
    ),
    (
        lazy_gettext("Improving"),
        (
            ("improvement.index", lazy_gettext("Improvements")),
            ("planning.show", lazy_gettext("Planning")),
        ),
    ),
    (
        lazy_gettext("Collecting"),
        (
            ("survey.index", lazy_gettext("Surveys")),
            ("response.index", lazy_gettext("Answers")),
            ("importing.index", lazy_gettext("Imports")),
            ("journey.map", lazy_gettext("Edit")),
        ),
    ),
)

_BELONGS_TO = {"touchpoint": "board", "mix": "planning", "outreach": "planning"}
"""Pages that have no place of their own, and whose they are; by blueprint."""


class Page(NamedTuple):
    """A page of a group; ``current`` is "page" on it, "true" below it, and empty elsewhere."""

    path: str
    name: str
    current: str


class Group(NamedTuple):
    """Pages that belong together; its own link leads to the first of them."""

    path: str
    name: str
    is_here: bool
    pages: list[Page]


def init_app(app: Flask) -> None:
    """Let the head of a journey's pages ask for them."""
    app.jinja_env.globals.update(journey_places=journey_places)


def journey_places(journey: Journey) -> list[Group]:
    """Where this colleague may go within a journey, as the rules of the routes say."""
    here = _BELONGS_TO.get(request.blueprint or "", request.blueprint)
    found = []
    for name, pages in _GROUPS:
        may = [
            _page(journey, endpoint, str(label), endpoint.split(".")[0] == here)
            for endpoint, label in pages
            if can(endpoint)
        ]
        if may:
            is_here = any(page.current for page in may)
            found.append(Group(may[0].path, str(name), is_here, may))
    return found


def _page(journey: Journey, endpoint: str, name: str, is_here: bool) -> Page:
    """A link, and whether the reader is there."""
    path = current_app.url_for(endpoint, journey_key=journey.key)
    current = "page" if request.path == path else "true" if is_here else ""
    return Page(path, name, current)

"""What the frame around every page shows: the organisation, the places to go, the way back."""

from typing import Any, NamedTuple

from flask import Flask, current_app, request
from flask_babel import get_locale, lazy_gettext
from flask_security import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from views import host
from views.words import role_meaning, role_name

_PLACES = (
    ("journey.index", lazy_gettext("Journeys")),
    ("job.index", lazy_gettext("Jobs")),
    ("team.index", lazy_gettext("Team")),
    ("organisation.show", lazy_gettext("Organisation")),
)


class Place(NamedTuple):
    """One entry of the main navigation."""

    path: str
    name: str
    is_here: bool


def init_app(app: Flask) -> None:
    """Let every template ask for these."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        can=can,
        csrf_field=csrf_field,
        current_organisation=host.current,
        get_locale=get_locale,
        here=here,
        places=places,
        role_meaning=role_meaning,
        role_name=role_name,
    )


def places() -> list[Place]:
    """Where this colleague may go, as the rules of the routes say."""
    found = []
    for endpoint, name in _PLACES:
        if can(endpoint):
            path = current_app.url_for(endpoint)
            found.append(Place(path, str(name), request.path.startswith(path)))
    return found


def can(endpoint: str) -> bool:
    """Whether this colleague's role may use a route; what does not exist, nobody may."""
    view: Any = current_app.view_functions.get(endpoint)
    return bool(view and current_user.is_authenticated and current_user.role in view.rule.roles)


def here() -> str:
    """The address of this page, to come back to; a page that was sent leads to the start."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def csrf_field() -> Markup:
    """The hidden field that proves that a form came from us."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

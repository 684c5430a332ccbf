"""Who may do what: every route carries exactly one of these rules.

A route without a rule is refused for everyone, and fails the tests.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask_security import current_user
from sqlalchemy import select

from extensions import db
from models import Journey, Membership
from views import host
from vocabulary import Role

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = frozenset(Role)


class Rule(NamedTuple):
    """Who may use a route."""

    is_public: bool
    roles: frozenset[Role]
    is_for_members: bool


def public(view: View) -> View:
    """Open to the world: respondents, the sign-in page, the health of the process."""
    return _marked(view, Rule(is_public=True, roles=frozenset(), is_for_members=False))


def colleagues(*roles: Role) -> Callable[[View], View]:
    """Colleagues who have one of these roles; none named means all. Administrators always."""
    rule = Rule(is_public=False, roles=_with_administrator(roles), is_for_members=False)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            require(rule)
            return view(*args, **kwargs)

        return _marked(guarded, rule)  # type: ignore[arg-type, return-value]  # same signature

    return guard


def members(*roles: Role) -> Callable[[View], View]:
    """As colleagues, and members of the journey named ``journey_key`` in the URL.

    The view is given ``journey`` in its place. A colleague who is no member gets 404, as if there
    were no such journey.
    """
    rule = Rule(is_public=False, roles=_with_administrator(roles), is_for_members=True)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, journey_key: str, **kwargs: Any) -> Any:  # noqa: ANN401
            require_colleague()
            journey = journey_of_member(journey_key)
            require(rule)
            return view(*args, journey=journey, **kwargs)

        return _marked(guarded, rule)  # type: ignore[arg-type, return-value]  # same signature

    return guard


def require(rule: Rule) -> None:
    """Refuse who is not signed in, or has another role."""
    require_colleague()
    if current_user.role not in rule.roles:
        abort(403)


def require_colleague() -> None:
    """Send a visitor who is not signed in to the sign-in page, a program away with 401."""
    if not current_user.is_authenticated:
        if not request.accept_mimetypes.accept_html:
            abort(401)
        if host.current() is None:
            abort(redirect(url_for("setup.show")))
        there = request.full_path.rstrip("?") if request.method == "GET" else "/"
        abort(redirect(url_for("sign_in.show", next=None if there == "/" else there)))


def journey_of_member(key: str) -> Journey:
    """The journey with this key, if the colleague is a member of it; else 404."""
    found = select(Journey).where(Journey.key == key)
    if current_user.role is not Role.ADMINISTRATOR:
        found = found.join(Membership, Membership.journey_id == Journey.id).where(
            Membership.user_id == current_user.id
        )
    journey = db.session.scalar(found)
    if journey is None:
        abort(404)
    return journey


def refuse_unruled() -> None:
    """Refuse a route that carries no rule, rather than leave it open by mistake."""
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "rule"):
        abort(403)


def _with_administrator(roles: tuple[Role, ...]) -> frozenset[Role]:
    """The roles meant, and the administrator."""
    return frozenset(roles) | {Role.ADMINISTRATOR} if roles else EVERYONE


def _marked(view: View, rule: Rule) -> View:
    """Hang the rule on the view, where the tests and ``refuse_unruled`` look."""
    view.rule = rule  # type: ignore[attr-defined]  # a mark on a function
    return view

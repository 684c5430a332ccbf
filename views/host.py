"""Who hosts this site."""

from flask import g
from sqlalchemy import select

from extensions import db
from models import Organisation


def current() -> Organisation | None:
    """The organisation, read at most once per request; none before it is set up.

    It is a copy for showing, which no commit makes the session read again and no change reaches.
    """
    if g.get("is_database_down"):
        return None
    if "organisation" not in g:
        row = db.session.execute(select(*Organisation.__table__.columns)).mappings().one_or_none()
        g.organisation = Organisation(**row) if row else None
    found: Organisation | None = g.organisation
    return found

"""Whole installations on migrated databases, and their backups, for tests of backing up."""

import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime

from flask_migrate import upgrade

from actions import archive
from actions.projection import project_finished
from app import create_app
from extensions import db
from tests.factories import make_organisation, make_user
from tests.facts.survey import answer, make_version
from tests.visitor import Visitor

KEY = "the old secret key, which passwords and links need"


@contextmanager
def house(url, home, secret_key="another key"):
    """An installation on a migrated database, as `flask serve` leaves it."""
    home.mkdir(exist_ok=True)
    app = create_app(
        {
            "TESTING": True,
            "HOME": home,
            "SQLALCHEMY_DATABASE_URI": url,
            "SECRET_KEY": secret_key,
            "SECURITY_PASSWORD_SALT": secret_key,
            "WTF_CSRF_ENABLED": False,
        }
    )
    app.test_client_class = Visitor
    with app.app_context():
        upgrade("migrations")
        yield app
        db.session.remove()
        db.engine.dispose()


def run(app, *arguments):
    db.session.commit()
    return app.test_cli_runner().invoke(args=["backup", *map(str, arguments)])


def fill():
    """A colleague, a survey, and answers whose facts are made."""
    make_organisation()
    make_user(email="ann@devries.example")
    version = make_version()
    for n in range(5):
        answer(version, person=f"person {n} ☂", account="acme")
    project_finished(datetime(2026, 11, 3, tzinfo=UTC))


def counts():
    """Rows and checksum of every table."""
    db.session.commit()
    with db.engine.connect() as connection:
        tables = archive.tables_of(connection)
        return {table.name: archive.count_rows(connection, table) for table in tables}


def rewrite(path, name, change):
    """Change one file of a backup, and write the others as they were."""
    with zipfile.ZipFile(path) as file:
        contents = {each: file.read(each) for each in file.namelist()}
    contents[name] = change(contents[name])
    with zipfile.ZipFile(path, "w") as file:
        for each, content in contents.items():
            file.writestr(each, content)

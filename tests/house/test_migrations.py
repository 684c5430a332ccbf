"""What the migrations make is what the models say, on both databases, there and back again."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app import create_app
from extensions import db
from models import Answer, Response
from tests.factories import make_organisation, make_user
from tests.facts.survey import answer, make_version


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request, tmp_path):
    """An app on a database without tables."""
    url = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    app = create_app({"TESTING": True, "HOME": tmp_path, "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def fill():
    make_organisation()
    make_user()
    version = make_version()
    for _ in range(20):
        answer(version)


def n_rows():
    count = db.session.query(Response).count(), db.session.query(Answer).count()
    db.session.rollback()
    return count


def checks():
    """The conditions of every table, as the database words them."""
    inspector = inspect(db.engine)
    return {
        (table, check["name"], check["sqltext"])
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_the_migrations_make_what_the_models_say(empty):
    upgrade("migrations")

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    migrated = checks()
    downgrade("migrations", revision="base")
    db.create_all()
    assert migrated == checks()


def test_every_migration_goes_there_and_back_with_rows_in_the_tables(empty):
    upgrade("migrations")
    fill()
    counts = n_rows()
    assert counts[0] == 20

    script = ScriptDirectory("migrations")
    for revision in script.walk_revisions():
        if revision.down_revision is None:
            break
        downgrade("migrations", revision="-1")
        upgrade("migrations", revision="+1")
        downgrade("migrations", revision="-1")
    upgrade("migrations")

    assert n_rows() == counts


def test_the_first_migration_leaves_nothing_behind_and_can_be_made_again(empty):
    upgrade("migrations")
    fill()
    db.session.remove()

    downgrade("migrations", revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]

    upgrade("migrations")
    fill()
    assert n_rows()[0] == 20


def test_a_migration_imports_none_of_our_code():
    for revision in ScriptDirectory("migrations").walk_revisions():
        text = Path(revision.path).read_text(encoding="utf-8")
        imports = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
        assert set(imports) <= {
            "import sqlalchemy as sa",
            "from alembic import op",
            "from sqlalchemy.dialects import postgresql",
        }

"""SQLite's log of writes keeps the order of answers no longer than a day."""

from datetime import timedelta

import pytest

from actions.projection import project_anonymous
from extensions import db, is_only_reading
from tests.factories import NOON
from tests.facts.survey import answer, make_version
from vocabulary import Identity

DAY = timedelta(days=1)


@pytest.fixture
def log(app):
    """The file beside the database that holds the latest writes."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite has this file")
    answer(make_version(identity=Identity.ANONYMOUS))
    db.session.commit()
    return app.config["HOME"] / "test.db-wal"


def size(file):
    """Of the log; SQLite takes it away when nobody is connected."""
    return file.stat().st_size if file.exists() else 0


def test_the_daily_projection_of_anonymous_answers_empties_the_log(log):
    assert size(log) > 0

    assert project_anonymous(NOON + DAY, seed=1) == 1

    assert size(log) == 0


def test_a_log_that_somebody_reads_is_left_to_the_next_day(log):
    token = is_only_reading.set(True)
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM response").scalar()
        is_only_reading.reset(token)

        assert project_anonymous(NOON + DAY, seed=1) == 1

    assert size(log) > 0
    project_anonymous(NOON + 2 * DAY, seed=1)
    assert size(log) == 0

from datetime import timedelta

import pytest

from actions.exclusion import UnknownResponseError, exclude_response, include_response
from actions.projection import project_finished
from extensions import db
from models import Response
from tests.factories import NOON
from tests.facts.rows import rows_of
from tests.importing import row, take_in, write


@pytest.fixture
def response(app, tmp_path):
    """One of two responses whose facts are in the table."""
    take_in(write(tmp_path, row(1), row(2)))
    project_finished(NOON)
    return db.session.query(Response).first()


def n_facts(app, key):
    return sum(fact["response"] == key for fact in rows_of(app.config["HOME"]))


def test_what_is_set_aside_is_kept_and_has_no_facts(app, response):
    assert exclude_response(response.key, NOON)
    project_finished(NOON)
    assert (response.excluded_at, n_facts(app, response.key)) == (NOON, 0)
    assert len(rows_of(app.config["HOME"])) == 5


def test_what_is_taken_back_counts_again(app, response):
    before = rows_of(app.config["HOME"])
    exclude_response(response.key, NOON)
    project_finished(NOON)
    assert include_response(response.key, NOON + timedelta(days=1))
    project_finished(NOON + timedelta(days=1))
    assert rows_of(app.config["HOME"]) == before


def test_doing_it_twice_changes_nothing(app, response):
    assert not include_response(response.key, NOON)
    exclude_response(response.key, NOON)
    assert not exclude_response(response.key, NOON + timedelta(days=1))
    assert response.excluded_at == NOON


def test_a_response_that_is_not_there_is_refused(app):
    with pytest.raises(UnknownResponseError):
        exclude_response("nobody", NOON)

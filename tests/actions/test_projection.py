"""Answers reach the fact table: each once, the right ones, whatever happens on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from actions import projection
from actions.projection import (
    compact_facts,
    project_anonymous,
    project_finished,
    project_partial,
)
from actions.retraction import forget_facts
from extensions import db
from facts import store
from insights.sentiment import read
from models import Projection, Response, Retraction
from tests.factories import NOON
from tests.facts.rows import items_of, rows_of
from tests.facts.survey import answer, begin, make_version, response_of, send_page
from vocabulary import Identity

DAY = timedelta(days=1)
PRIMA = read("Prima", "nl", "Why?")


@pytest.fixture
def home(app):
    return app.config["HOME"]


def test_a_finished_response_has_one_fact_per_asked_item(home):
    key = answer(make_version())

    assert project_finished(NOON) == 1

    assert items_of(home, key) == {
        "overall": ("answered", 4.0, 75.0),
        "met": ("answered", None, None),
        "rate_shop": ("answered", 2.0, 25.0),
        "rate_site": ("answered", 5.0, 100.0),
        "why": ("answered", PRIMA.polarity, pytest.approx(50 + 50 * PRIMA.polarity)),
        "again": ("answered", 7.0, 70.0),
        "size": ("answered", None, None),
    }
    assert response_of(key).projected_at == NOON


def test_projecting_again_adds_nothing(home):
    answer(make_version())
    project_finished(NOON)
    before = rows_of(home)

    assert project_finished(NOON) == 0

    assert rows_of(home) == before
    assert db.session.query(Projection).count() == 0


def test_a_partial_response_counts_a_day_after_its_last_page_as_far_as_it_went(home):
    sitting = begin(make_version())
    send_page(sitting, 1, {"overall": 2})
    send_page(sitting, 2, {"met": ["shop"], "rate_shop": 1})

    assert project_partial(NOON + DAY - timedelta(seconds=1)) == 0
    assert project_partial(NOON + DAY) == 1

    assert items_of(home, sitting.key) == {
        "overall": ("answered", 2.0, 25.0),
        "met": ("answered", None, None),
        "rate_shop": ("answered", 1.0, 0.0),
        "rate_site": ("not_met", None, None),
    }
    assert {row["partial"] for row in rows_of(home)} == {True}


def test_a_partial_response_finished_later_has_its_facts_replaced(home):
    sitting = begin(make_version())
    send_page(sitting, 1, {"overall": 2})
    project_partial(NOON + DAY)
    send_page(sitting, 2, {"met": []}, now=NOON + 2 * DAY)
    send_page(sitting, 3, {"why": "Slecht"}, now=NOON + 2 * DAY)

    project_finished(NOON + 2 * DAY)

    items = items_of(home, sitting.key)
    assert len(items) == len(rows_of(home)) == 7
    assert items["overall"] == ("answered", 2.0, 25.0)
    assert items["rate_shop"] == ("not_met", None, None)
    assert items["again"] == ("skipped", None, None)
    assert {row["partial"] for row in rows_of(home)} == {False}
    assert db.session.query(Retraction).count() == 0


def test_a_partial_response_that_ends_as_junk_loses_its_facts(home):
    sitting = begin(make_version())
    send_page(sitting, 1, {"overall": 2})
    project_partial(NOON + DAY)
    send_page(sitting, 3, {}, now=NOON + 2 * DAY, is_junk=True)

    project_partial(NOON + 2 * DAY)

    assert rows_of(home) == []


def test_anonymous_responses_wait_until_their_day_is_over_and_hold_no_one(home, app):
    version = make_version(identity=Identity.ANONYMOUS)
    answer(version, person="p1", account="a1")
    midnight = datetime(2026, 11, 3, 0, 0, tzinfo=app.config["TIME_ZONE"])

    assert project_finished(NOON + 9 * DAY) == 0
    assert project_anonymous(midnight - timedelta(seconds=1), seed=1) == 0
    assert project_anonymous(midnight + timedelta(minutes=30), seed=1) == 1

    row = rows_of(home)[0]
    assert (row["person"], row["account"]) == (None, None)
    assert row["answered_at"] == datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
    assert row["respondent"] == row["cluster"]
    assert response_of(row["response"]).projected_at == midnight


def test_an_anonymous_response_left_unfinished_waits_a_day_more(home):
    sitting = begin(make_version(identity=Identity.ANONYMOUS))
    send_page(sitting, 1, {"overall": 2})

    assert project_anonymous(NOON + DAY, seed=1) == 0
    assert project_anonymous(NOON + 2 * DAY, seed=1) == 1


def test_anonymous_batches_are_taken_up_in_an_order_of_chance(home, monkeypatch):
    version = make_version(identity=Identity.ANONYMOUS)
    for _ in range(30):
        answer(version)
    taken = []
    carry_out = projection._carry_out
    monkeypatch.setattr(
        projection,
        "_carry_out",
        lambda batch, *a, **k: (taken.append(batch.responses), carry_out(batch, *a, **k)),
    )

    project_anonymous(NOON + DAY, seed=3)

    assert len(taken[0]) == 30
    assert taken[0] != sorted(taken[0])


def test_excluded_responses_have_no_facts_and_have_them_again_once_included(home):
    version = make_version()
    junk, good = answer(version), answer(version)
    project_finished(NOON)
    response_of(junk).excluded_at = NOON
    forget_facts([junk])
    db.session.commit()

    project_finished(NOON)
    assert {row["response"] for row in rows_of(home)} == {good}

    response_of(junk).excluded_at = None
    db.session.commit()
    project_finished(NOON)
    assert {row["response"] for row in rows_of(home)} == {junk, good}


def test_a_response_that_was_deleted_leaves_no_facts(home):
    key = answer(make_version(), person="canary-person")
    project_finished(NOON)
    forget_facts([key])
    db.session.execute(delete(Response).where(Response.key == key))
    db.session.commit()

    project_finished(NOON)
    compact_facts()

    assert rows_of(home) == []
    files = [path for path in (home / "facts").rglob("*") if path.is_file()]
    assert not [path for path in files if b"canary-person" in path.read_bytes()]


def test_many_small_files_are_brought_together(home, monkeypatch):
    monkeypatch.setattr(store, "MANY_FILES", 3)
    version = make_version()
    for _ in range(5):
        answer(version)
        project_finished(NOON)

    assert len(store.open_table(home).file_uris()) <= 3
    assert len(rows_of(home)) == 35


def test_a_batch_costs_the_same_statements_however_many_responses(home, count_statements):
    version = make_version()
    answer(version)
    project_finished(NOON)
    costs = []
    for n in (1, 20):
        for _ in range(n):
            answer(version)
        count_statements.clear()
        project_finished(NOON)
        costs.append(len([s for s in count_statements if not s.startswith("BEGIN")]))

    assert costs[0] == costs[1] <= 17

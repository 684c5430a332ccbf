import csv
import tracemalloc

import pytest

from actions.exclusion import exclude_response
from actions.exporting import FIXED, export_rows
from actions.importing import undo_import
from actions.sentiment import score_comments
from extensions import db
from models import Import, Response
from tests.factories import NOON
from tests.importing import SHOP, row, shop, take_in, write


def export(journey=None):
    """The export as one dictionary per response."""
    header, *rows = export_rows(journey)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_header_is_stable(app, tmp_path):
    assert list(export_rows()) == [list(FIXED)]
    take_in(write(tmp_path, row(1, region="noord")))
    assert next(export_rows())[len(FIXED) :] == [
        "attribute.region",
        "till.buy_overall",
        "till.buy_till",
        "till.buy_staff",
        "till.why",
        "till.why.sentiment",
        "till.why.polarity",
        "till.recommend",
    ]


def test_each_response_is_a_row_with_all_it_said(app, tmp_path):
    take_in(write(tmp_path, row(1, region="noord", weight=2.5, till=9, staff="", why="Erg goed")))
    score_comments(NOON)
    (found,) = export()
    response = db.session.query(Response).one()
    assert found["response"] == response.key
    expected = {
        "survey": "till",
        "version": "1",
        "source": "Till survey",
        "audience": "customer",
        "market": "b2c",
        "channel": "",
        "language": "nl",
        "person": "",
        "account": "",
        "started_at": "2026-10-05T10:00:00Z",
        "answered_at": "2026-10-05T10:00:00Z",
        "finished_at": "2026-10-05T10:00:00Z",
        "weight": "2.5",
        "excluded": "",
        "attribute.region": "noord",
        "till.buy_overall": "4",
        "till.buy_till": "not_applicable",
        "till.buy_staff": "",
        "till.why": "Erg goed",
        "till.why.sentiment": "positive",
        "till.recommend": "8",
    }
    assert {name: found[name] for name in expected} == expected
    assert float(found["till.why.polarity"]) > 0


def test_answers_stand_beside_their_own_response(app, tmp_path):
    take_in(write(tmp_path, *(row(n, nps=n % 11, why=f"nr {n}") for n in range(300))))
    for found in export():
        assert int(found["till.recommend"]) == int(found["till.why"].split()[1]) % 11


def test_what_was_chosen_is_told_by_its_keys(app, tmp_path):
    options = {"rood": "red", "blauw": "blue"}
    chosen = {"key": "colours", "kind": "multiple", "column": "why", "options": options}
    take_in(write(tmp_path, row(1, why="blauw;rood")), shop(questions=[chosen]))
    assert export()[0]["till.colours"] == "blue;red"


def test_formulas_become_text_and_numbers_stay_numbers(app, tmp_path):
    formula = '"=HYPERLINK(""http://evil.example"")"'
    take_in(write(tmp_path, row(1, region="+1-2", why=formula)))
    (found,) = export()
    assert found["till.why"] == '\'=HYPERLINK("http://evil.example")'
    assert found["attribute.region"] == "'+1-2"
    assert found["till.buy_overall"] == "4"


def test_what_is_set_aside_is_marked_and_what_was_undone_is_gone(app, tmp_path):
    take_in(write(tmp_path, row(1)))
    undone = take_in(write(tmp_path, row(2)))
    first = db.session.query(Response).filter(Response.import_id != undone.id).one()
    exclude_response(first.key, NOON)
    undo_import(undone.id, NOON)
    assert [(found["response"], found["excluded"]) for found in export()] == [(first.key, "yes")]


@pytest.fixture
def two_journeys(app, tmp_path):
    take_in(write(tmp_path, row(1, why="ours")))
    theirs = {
        "journey": {"key": "theirs", "name": {"en": "Theirs"}, "market": "b2b"},
        "survey": {"key": "other", "title": {"nl": "Ander", "en": "Other"}},
        "source": "Other",
        "respondent": SHOP["respondent"] | {"attributes": {"area": {"column": "region"}}},
    }
    take_in(write(tmp_path, row(1, why="theirs", region="zuid")), shop(**theirs))


def test_one_journey_has_nothing_of_another(two_journeys):
    (found,) = export("shop")
    assert found["till.why"] == "ours"
    assert not any("other" in name or "area" in name for name in found)


def test_all_journeys_together_keep_their_columns_apart(two_journeys):
    assert sorted((found["till.why"], found["other.why"]) for found in export()) == [
        ("", "theirs"),
        ("ours", ""),
    ]


def test_an_export_can_be_imported_by_any_reader_of_csv(app, tmp_path):
    words = 'Zij zei: ""prima""\nen ging'
    take_in(write(tmp_path, row(1, why=f'"{words}"')))
    with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(export_rows())
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        (found,) = csv.DictReader(file)
    assert found["till.why"] == 'Zij zei: "prima"\nen ging'


def test_memory_does_not_grow_with_the_rows(app, tmp_path):
    def peak():
        tracemalloc.start()
        n_rows = sum(1 for _ in export_rows())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return n_rows, most

    take_in(write(tmp_path, *map(row, range(3_000))))
    peak()
    n_some, some = peak()
    take_in(write(tmp_path, *map(row, range(3_000, 12_000))))
    n_many, many = peak()
    assert (n_some, n_many) == (3_001, 12_001)
    assert many < 1.5 * some
    assert db.session.query(Import).count() == 2

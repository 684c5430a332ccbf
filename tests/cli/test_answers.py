import csv

import pytest

from extensions import db
from models import Import, Response
from tests.facts.rows import rows_of
from tests.importing import HEADER, ROOT, airport_file, row, take_in, write

MAPPING = """
source = "Till survey"
[journey]
key = "shop"
name = { nl = "Winkel", en = "Shop" }
market = "b2c"
[survey]
key = "till"
title = { nl = "Kassa", en = "Till" }
[time]
column = "date"
[respondent]
id = { column = "nr" }
audience = "customer"
language = "nl"
[[stages]]
key = "buy"
name = { nl = "Kopen", en = "Buying" }
overall = { column = "all" }
[[stages.touchpoints]]
key = "till"
name = { nl = "Kassa", en = "Till" }
column = "till"
"""


@pytest.fixture
def invoke(runner, tmp_path):
    """Runs flask answers; the shop's mapping stands beside its file."""
    (tmp_path / "shop.toml").write_text(MAPPING)

    def run(*words, exit_code=0):
        result = runner.invoke(args=["answers", *map(str, words)])
        assert result.exit_code == exit_code, result.output
        return result

    return run


def bring(invoke, path, *more, exit_code=0):
    mapping = path.parent / "shop.toml"
    return invoke("import", path, "--mapping", mapping, *more, exit_code=exit_code)


def test_an_import_says_what_it_did_and_brings_the_answers_to_the_facts(app, invoke, tmp_path):
    path = write(tmp_path, row(1), row(2), row(3, till=7))
    result = bring(invoke, path)
    assert result.stdout == "Import 1: 3 rows read, 2 imported, 0 known already, 1 refused.\n"
    assert len(rows_of(app.config["HOME"])) == 4
    assert bring(invoke, path).stdout == (
        "Import 2: 3 rows read, 0 imported, 2 known already, 1 refused.\n"
    )


def test_refused_rows_are_shown_and_listed_in_a_file(invoke, tmp_path):
    result = bring(invoke, write(tmp_path, row(1), row(2, till="=1+1")))
    said = "line 3, column “till”, value “=1+1”: this is not a whole number\n"
    assert said in result.stderr
    assert f"All refused cells are listed in {tmp_path / 'shop.csv.refused.csv'}." in result.stderr
    with (tmp_path / "shop.csv.refused.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "column", "value", "reason"],
            ["3", "till", "'=1+1", "this is not a whole number"],
        ]


def test_many_refused_rows_do_not_fill_the_screen(invoke, tmp_path):
    report = tmp_path / "report.csv"
    path = write(tmp_path, *(row(number, till=8) for number in range(50)))
    result = bring(invoke, path, "--report", report)
    assert result.stderr.count("column “till”") == 10
    assert "40 more; all refused cells are listed in" in result.stderr
    assert len(report.read_text().splitlines()) == 51


def test_without_bad_rows_there_is_no_report(invoke, tmp_path):
    bring(invoke, write(tmp_path, row(1)))
    assert not (tmp_path / "shop.csv.refused.csv").exists()


def test_a_strict_import_with_a_bad_row_imports_nothing(invoke, tmp_path):
    path = write(tmp_path, row(1), row(2, till=7))
    result = bring(invoke, path, "--strict", exit_code=1)
    assert "line 3, column “till”, value “7”" in result.stderr
    assert "Nothing was imported: 1 rows cannot go in, and --strict was asked." in result.stderr
    assert db.session.query(Response).count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Nothing was imported. line 1, column 1: the file is empty."),
        (b"nr,date\n1,2\n", "line 1: the header lacks “all”, “till”, which the mapping names."),
        (f"{HEADER}\n1,2\n".encode(), "line 2: this row has 2 cells where the header has 10."),
        (
            f"{HEADER}\n{row(1, why='é')}\n".encode() + b"\xff",
            "line 3, column 1: this is not UTF-8, though there are letters in UTF-8 elsewhere.",
        ),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_place(invoke, tmp_path, content, said):
    path = tmp_path / "shop.csv"
    path.write_bytes(content)
    result = bring(invoke, path, exit_code=1)
    assert said in result.stderr
    assert db.session.query(Import).count() == 0


def test_a_fault_of_the_mapping_is_told_by_its_key(invoke, tmp_path):
    path = write(tmp_path, row(1))
    (tmp_path / "shop.toml").write_text(MAPPING.replace('column = "date"', 'colum = "date"'))
    result = bring(invoke, path, exit_code=1)
    assert "The mapping cannot be used:\n" in result.stderr
    assert "  time.colum: there is no such key\n" in result.stderr


def test_a_guessed_encoding_is_said_aloud(invoke, tmp_path):
    path = write(tmp_path, row(1, why="één"), encoding="cp1252")
    assert "it is read as Windows-1252" in bring(invoke, path).stderr


def test_an_import_can_be_listed_and_undone(app, invoke, tmp_path):
    bring(invoke, write(tmp_path, row(1), row(2)))
    assert "shop  Till survey  shop.csv  2 of 2 rows  done\n" in invoke("list").stdout

    assert invoke("undo", 1).stdout == "Import 1 is undone: 2 responses removed.\n"

    assert invoke("list").stdout.endswith("undone\n")
    assert rows_of(app.config["HOME"]) == []
    assert db.session.query(Response).count() == 0
    assert "There is no import 2" in invoke("undo", 2, exit_code=1).stderr


def test_a_response_is_set_aside_and_taken_back(app, invoke, tmp_path):
    bring(invoke, write(tmp_path, row(1), row(2)))
    key = db.session.query(Response.key).limit(1).scalar()
    assert invoke("exclude", key).stdout == f"Response {key} is set aside.\n"
    assert len(rows_of(app.config["HOME"])) == 2
    assert invoke("exclude", key).stdout == f"Response {key} was set aside already.\n"
    assert invoke("include", key).stdout == f"Response {key} counts again.\n"
    assert len(rows_of(app.config["HOME"])) == 4
    assert "There is no response nobody." in invoke("exclude", "nobody", exit_code=1).stderr


def test_a_response_is_removed_by_its_key_with_its_facts(app, invoke, tmp_path):
    bring(invoke, write(tmp_path, row(1), row(2)))
    key = db.session.query(Response.key).limit(1).scalar()

    said = invoke("remove", key, "--yes").stdout

    assert said == f"Response {key} is removed, with its answers, comments and facts.\n"
    assert len(rows_of(app.config["HOME"])) == 2
    assert db.session.query(Response).filter_by(key=key).count() == 0
    assert f"There is no response {key}." in invoke("remove", key, "--yes", exit_code=1).stderr


def test_nothing_is_removed_before_someone_says_yes(invoke, tmp_path):
    bring(invoke, write(tmp_path, row(1)))
    key = db.session.query(Response.key).scalar()

    assert f"Remove response {key} for good?" in invoke("remove", key, exit_code=1).stdout
    assert db.session.query(Response).count() == 1


def test_all_answers_go_to_a_file_or_to_the_standard_output(invoke, tmp_path):
    take_in(write(tmp_path, row(1, why="één")))
    path = tmp_path / "all.csv"
    assert invoke("export", path, "--bom").stderr == "1 responses exported.\n"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfresponse,survey,")
    assert "één" in path.read_text("utf-8")

    lines = invoke("export", "-", "--journey", "shop").stdout.splitlines()

    assert lines == path.read_text("utf-8-sig").splitlines()
    assert "There is no journey “x”" in invoke("export", "-", "--journey", "x", exit_code=1).stderr


def test_the_airport_is_imported_by_the_mapping_that_comes_along(invoke):
    mapping = ROOT / "mappings" / "sfo" / "2014.toml"
    result = invoke("import", airport_file(2014), "--mapping", mapping, "--no-wait")
    assert (
        result.stdout == "Import 1: 2,818 rows read, 2,818 imported, 0 known already, 0 refused.\n"
    )

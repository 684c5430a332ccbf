"""`flask mentions find` adds what comments name to a CSV, and changes nothing else in it."""

import csv

import pytest

from cli.mentions import command

TOUCHPOINTS = """
[[touchpoints]]
key = "food"
name = { nl = "Eten", en = "Food" }

[[touchpoints]]
key = "lamp"
stems = ["lamp"]

[[touchpoints]]
key = "door"
stems = { nl = ["deur"], en = ["door"] }
"""


@pytest.fixture
def find(app, tmp_path, runner):
    """Run the command on a file with these contents; its result, and the rows it wrote."""

    def run(content, *more, touchpoints=TOUCHPOINTS, text="comment", delimiter=","):
        file, out = tmp_path / "in.csv", tmp_path / "out.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "touchpoints.toml").write_text(touchpoints, encoding="utf-8")
        given = ["--text", text, "--touchpoints", str(tmp_path / "touchpoints.toml")]
        args = ["find", str(file), *given, "--out", str(out), "--language", "nl", *more]
        result = runner.invoke(command, args)
        rows = []
        if out.exists():
            with out.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.reader(stream, delimiter=delimiter))
        return result, rows

    return run


def test_columns_are_added_and_rows_stay_as_they_were(find):
    result, rows = find('id,comment\n1,"Heerlijk eten, de deur klemt"\n2,Niets\n')

    assert result.exit_code == 0, result.output
    assert rows[0] == ["id", "comment", "mentions", "mention_food", "mention_lamp", "mention_door"]
    assert rows[1][:3] == ["1", "Heerlijk eten, de deur klemt", "food door"]
    assert float(rows[1][3]) > 0
    assert rows[1][4] == ""
    assert -1 <= float(rows[1][5]) <= 1
    assert rows[2] == ["2", "Niets", "", "", "", ""]
    assert "2 rows, 1 of them name one of 3 touchpoints; wrote" in result.output


def test_semicolons_a_mark_and_latin_letters_are_understood(find):
    _, marked = find("\ufeffid;comment\n1;Een lamp\n", delimiter=";")
    result, latin = find("id\tcomment\n1\tcafé met lamp\n".encode("latin-1"), delimiter="\t")

    assert marked[0][:3] == ["id", "comment", "mentions"]
    assert marked[1][2] == "lamp"
    assert latin[1][:3] == ["1", "café met lamp", "lamp"]
    assert "is not UTF-8, and is read as Latin-1" in result.stderr


def test_a_bad_row_is_named_by_its_line_and_passed_on(find):
    result, rows = find('id,comment\n1,"een\nlamp"\n2,lamp,te veel\n3,lamp\n')

    assert "Line 4: 3 fields where the header has 2." in result.stderr
    assert rows[2] == ["2", "lamp", "te veel", "", "", "", ""]
    assert rows[3][2] == "lamp"
    assert "3 rows, 2 of them name one of 3 touchpoints, 1 bad rows" in result.output


def test_the_language_is_found_out_row_by_row(find):
    said = "id,comment\n1,The door was broken and nobody came\n2,De deur was stuk en niemand kwam\n"

    _, rows = find(said, "--language", "auto")

    assert [row[2] for row in rows[1:]] == ["door", "door"]


def test_a_column_that_is_not_there_is_answered_with_those_that_are(find):
    result, rows = find("id,remark\n1,lamp\n")

    assert result.exit_code == 1
    assert "has no column “comment”. Its columns are: id, remark." in result.output
    assert rows == []


@pytest.mark.parametrize(
    ("touchpoints", "told"),
    [
        ("[[touchpoints]]\nkey =\nname = 1", "at line 2"),
        ("a = 1", "names no touchpoints: begin each with [[touchpoints]]"),
        ("[[touchpoints]]\nname = {nl = 'x'}", "touchpoint 1 needs a key"),
        ("[[touchpoints]]\nkey = '=1+1'", "touchpoint 1 needs a key"),
        ("[[touchpoints]]\nkey = 'a'\n[[touchpoints]]\nkey = 'a'", "names “a” twice"),
        ("[[touchpoints]]\nkey = 'a'\nstems = 'lamp'", "the stems of “a” look like"),
        ("[[touchpoints]]\nkey = 'a'\nname = 3", "the name of “a” looks like"),
    ],
)
def test_touchpoints_that_cannot_be_read_are_refused_with_what_to_do(find, touchpoints, told):
    result, rows = find("id,comment\n1,lamp\n", touchpoints=touchpoints)

    assert (result.exit_code, rows) == (1, [])
    assert told in result.output


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused(find, content):
    result, _ = find(content)

    assert result.exit_code == 1
    assert "has no header" in result.output


def test_the_file_that_is_read_is_not_written_over(find, tmp_path):
    result, _ = find("id,comment\n1,lamp\n", "--out", str(tmp_path / "in.csv"))

    assert result.exit_code == 1
    assert (tmp_path / "in.csv").read_text() == "id,comment\n1,lamp\n"


def test_a_file_that_is_not_there_is_said(find, tmp_path, runner, app):
    args = ["find", "nowhere.csv", "--text", "a", "--touchpoints", "b.toml", "--out", "c.csv"]

    assert "b.toml cannot be read: No such file" in runner.invoke(command, args).output

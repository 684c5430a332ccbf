"""Any file with comments can be read, and the readers held against its labels."""

import csv

import pytest

from tests.facts.survey import answer, make_version


@pytest.fixture
def run(runner):
    def run(*words):
        return runner.invoke(args=["sentiment", *map(str, words)])

    return run


def write(path, *rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_gets_language_polarity_label_confidence_and_evidence(run, tmp_path):
    file = write(
        tmp_path / "in.csv",
        ["id", "said"],
        ["1", "De monteur was vriendelijk en alles was snel geregeld"],
        ["2", "Nobody called me back and the bill was wrong again"],
        ["3", ""],
        ["4", "服务很好"],
    )

    told = run("score", file, "--text", "said", "--out", tmp_path / "out.csv")

    assert told.exit_code == 0
    assert "2 comments read, 2 not read, 0 bad rows." in told.output
    rows = rows_of(tmp_path / "out.csv")
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["language"] for row in rows] == ["nl", "en", "und", "und"]
    assert [row["label"] for row in rows] == ["positive", "negative", "unread", "unread"]
    assert float(rows[0]["polarity"]) > 0.5 > -0.5 > float(rows[1]["polarity"])
    assert "vriendelijk" in rows[0]["evidence"]
    assert rows[2]["polarity"] == rows[2]["confidence"] == ""


def test_the_question_is_a_column_or_the_question_itself(run, tmp_path):
    file = write(
        tmp_path / "in.csv",
        ["said", "asked"],
        ["parking", "What could be better?"],
        ["the staff", "What did we do well?"],
    )

    run("score", file, "--text", "said", "--question", "asked", "--out", tmp_path / "a.csv")
    run("score", file, "--text", "said", "--question", "What was good?", "--language", "en",
        "--out", tmp_path / "b.csv")  # fmt: skip

    assert [r["label"] for r in rows_of(tmp_path / "a.csv")] == ["negative", "positive"]
    assert [float(r["polarity"]) > 0 for r in rows_of(tmp_path / "b.csv")] == [True, True]


def test_bad_rows_are_named_kept_and_unread(run, tmp_path):
    (tmp_path / "in.csv").write_text("id,said\n1,Prima\n2\n3,Slecht,te veel\n4,Goed\n")

    told = run("score", tmp_path / "in.csv", "--text", "said", "--out", tmp_path / "out.csv")

    assert "2 comments read, 0 not read, 2 bad rows." in told.output
    assert "Line 3: 1 fields where the header has 2." in told.output
    assert "Line 4: 3 fields" in told.output
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 5


def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are(run, tmp_path):
    file = write(tmp_path / "in.csv", ["id", "said"], ["1", "x"])

    told = run("score", file, "--text", "comment", "--out", tmp_path / "out.csv")

    assert told.exit_code == 1
    assert "said" in told.output
    assert not (tmp_path / "out.csv").exists()


def test_evidence_is_never_a_formula(run, tmp_path):
    file = write(tmp_path / "in.csv", ["said"], ["=slecht()"], ["-goed"], ["@top"])

    run("score", file, "--text", "said", "--language", "nl", "--out", tmp_path / "out.csv")

    assert all(r["evidence"][:1] not in {"=", "+", "-", "@"} for r in rows_of(tmp_path / "out.csv"))


def test_columns_that_the_file_has_already_are_kept(run, tmp_path):
    file = write(tmp_path / "in.csv", ["label", "said"], ["mine", "Prima"])

    run("score", file, "--text", "said", "--language", "nl", "--out", tmp_path / "out.csv")

    (row,) = rows_of(tmp_path / "out.csv")
    assert (row["label"], row["read_label"]) == ("mine", "positive")


def test_readers_are_held_against_labels_by_language(run, tmp_path):
    said = [
        ("Heel vriendelijk geholpen door de medewerkers", "pos"),
        ("Verschrikkelijk slechte service, nooit meer terug", "neg"),
        ("The staff were lovely and very helpful", "positive"),
        ("Terrible service, the worst company I know", "-1"),
        ("Whatever this is", "banana"),
    ]
    file = write(tmp_path / "in.csv", ["text", "mood"], *said)

    told = run("evaluate", file, "--text", "text", "--label", "mood")

    assert told.exit_code == 0
    lines = {line.split()[0]: line.split() for line in told.output.splitlines() if line.strip()}
    assert lines["nl"][1:3] == ["2", "2"]
    assert lines["en"][1:3] == ["2", "2"]
    assert lines["all"][3] == "1.000"
    assert "'banana' (1)" in told.output


def test_without_any_label_the_evaluation_says_what_it_wants(run, tmp_path):
    file = write(tmp_path / "in.csv", ["text", "mood"], ["Prima", "?"])

    told = run("evaluate", file, "--text", "text", "--label", "mood")

    assert told.exit_code == 1
    assert "positive, neutral, negative or mixed" in told.output


def test_comments_are_read_again_on_the_spot_or_by_the_worker(run):
    answer(make_version(), {"why": "Prima"})

    assert "The worker reads the comments again" in run("rescore").output
    assert "Read 0 comments again; made 0 facts." in run("rescore", "--wait").output


def test_training_on_too_few_labels_says_how_many_are_needed(run):
    told = run("train", "--language", "nl")

    assert told.exit_code == 1
    assert "0 labels drawn by chance and 0 ratings" in told.output
    assert "50 of either are needed" in told.output
    assert "own reader reads from now on" in run("retire", "--language", "nl").output


def test_the_file_that_is_read_is_never_written_over(run, tmp_path):
    file = write(tmp_path / "in.csv", ["said"], ["Prima"])

    told = run("score", file, "--text", "said", "--out", file)

    assert told.exit_code == 1
    assert "name another one with --out" in told.output
    assert file.read_text() == "said\nPrima\n"

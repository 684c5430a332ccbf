"""What `flask analyse` cannot use, or cannot say, is told: no answer is lost in silence."""

import json

import numpy as np
import pytest

from tests.analysing import ROWS, analysing, of, table


@pytest.fixture
def analyse(runner, tmp_path):
    return analysing(runner, tmp_path)


def test_a_cell_that_is_no_point_is_refused_and_the_rest_of_its_row_counts(analyse):
    result, content = analyse()

    assert "Line 2, web, “x”: not a number." in result.stderr
    assert "web: 24 cells refused, not a number." in result.stderr
    assert content["refused"]["n"] == 24
    assert content["refused"]["cells"][1] == {
        "line": 7,
        "column": "web",
        "value": "x",
        "reason": "not a number",
    }
    assert content["whole"]["n"] == 120
    assert of(content, "web")["n"] == 96
    assert of(content, "desk")["n"] == 120


def test_every_refused_cell_goes_into_a_report_that_is_asked_for(analyse, tmp_path):
    report = tmp_path / "refused.csv"
    analyse(None, "--report", str(report))

    lines = report.read_text().splitlines()
    assert lines[:2] == ["line,column,value,reason", "2,web,x,not a number"]
    assert len(lines) == 25


def test_one_file_cannot_take_both_the_report_and_the_numbers(analyse, tmp_path):
    result, _ = analyse(None, "--report", str(tmp_path / "out.json"))

    assert result.exit_code == 1
    assert "--json and --report name the same file" in result.stderr


def test_a_row_without_an_overall_answer_drops_out(analyse):
    _result, content = analyse(table() + ",1,1,f1\n6,1,1,f1\n", "--not-met", "x")

    assert content["whole"]["n"] == 120
    assert (content["n_rows"], content["n_without_overall"]) == (122, 2)
    assert content["refused"]["cells"] == [
        {"line": 123, "column": "all", "value": "6", "reason": "not on its scale"}
    ]


def test_a_row_of_another_width_is_refused_whole(analyse):
    result, content = analyse(table() + "1,1\n", "--not-met", "x")

    assert "Line 122: 2 fields where the header has 4." in result.stderr
    assert (content["whole"]["n"], content["n_rows"]) == (120, 121)


def test_weights_count_and_bad_ones_are_refused_with_their_line(analyse):
    lines = table().splitlines()
    weight = ["w", *("2" if k % 2 else "1" for k in range(120))]
    weight[1:5] = ["-1", "inf", "much", ""]
    text = "\n".join(f"{line},{w}" for line, w in zip(lines, weight, strict=True)) + "\n"
    result, content = analyse(text, "--not-met", "x", "--weight", "w")

    assert content["whole"]["n"] == 116
    reasons = [(cell["line"], cell["value"]) for cell in content["refused"]["cells"]]
    assert reasons == [(2, "-1"), (3, "inf"), (4, "much"), (5, "")]
    assert "Line 2, w, “-1”: a weight below zero: the row is left out." in result.stderr
    y = np.array([25.0 * (all_ - 1) for all_, _, _ in ROWS[4:]])
    w = np.array([2.0 if k % 2 else 1.0 for _, _, k in ROWS[4:]])
    assert content["whole"]["mean"] == pytest.approx(np.average(y, weights=w))
    assert content["whole"]["n_eff"] == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_a_guard_is_told_in_plain_words_and_as_null(analyse):
    result, content = analyse(table(ROWS[:50]), "--not-met", "x")

    assert "Points lost cannot be said: needs 10 more answers." in result.stdout
    assert content["whole"]["reason"] == "too_few_answers"
    assert content["whole"]["total_pain"] is None
    row = of(content, "desk")
    assert (row["pain"], row["importance"], row["reason"]) == (None, None, "too_few_answers")
    assert row["why"] == "needs 10 more answers"
    assert row["shortfall"] > 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("all,desk\n3,3\n", "too_few_answers"),
        ("all,desk\n" + "3,3\n" * 100, "no_variation"),
        ("all,desk\n" + ",\n" * 100, "too_few_answers"),
        ("all,desk\n" + "".join(f"{1 + k % 5},\n" for k in range(100)), "too_few_low_ratings"),
        ("all,desk\n" + "".join(f"{1 + k % 5},5\n" for k in range(100)), "too_few_low_ratings"),
    ],
)
def test_answers_that_say_nothing_give_a_reason_and_no_number(analyse, text, reason):
    result, content = analyse(text, touchpoints=["desk"])

    assert (result.exit_code, content["whole"]["reason"]) == (0, reason)
    assert "NaN" not in json.dumps(content)
    assert of(content, "desk")["pain"] is None


def test_twins_cannot_be_told_apart_and_the_words_say_so(analyse):
    text = "all,one,two\n" + "".join(f"{1 + k % 5},{1 + k % 5},{1 + k % 5}\n" for k in range(100))
    _result, content = analyse(text, touchpoints=["one", "two"])

    assert [row["reason"] for row in content["touchpoints"]] == ["collinear", "collinear"]
    assert of(content, "one")["why"] == "cannot be told apart from another touchpoint"


def test_one_account_only_is_too_few(analyse):
    text = "\n".join(line.rsplit(",", 1)[0] + ",one" for line in table().splitlines()[1:])
    _result, content = analyse(
        f"all,desk,web,firm\n{text}\n", "--not-met", "x", "--account", "firm"
    )

    assert content["whole"]["reason"] == "too_few_accounts"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", (), "has no header"),
        ("all,desk,web,firm\n", (), "has a header and no rows"),
        (
            None,
            ("--account", "moon"),
            "has no column “moon”. Its columns are: all, desk, web, firm",
        ),
        (table(header="all,desk,web,desk"), (), "has 2 columns “desk”: rename them"),
        (None, ("--account", "desk"), "“desk” is named twice"),
        (None, ("--scale", "five"), "looks like 1-5 or 0-10"),
        (None, ("--target", "0"), "0<x<=100"),
        (None, ("--target", "nan"), "nan is no number: give one above 0, at most 100."),
    ],
)
def test_what_cannot_be_analysed_is_said_with_what_to_do(analyse, text, options, said):
    result, content = analyse(text, *options)

    assert result.exit_code != 0
    assert said in result.output.replace("\n", " ")
    assert content is None


def test_a_file_that_is_not_there_and_no_touchpoint_are_said(runner, tmp_path):
    missing = runner.invoke(
        args=["analyse", str(tmp_path / "no.csv"), "--overall", "a", "--touchpoint", "b"]
    )
    none = runner.invoke(args=["analyse", str(tmp_path / "no.csv"), "--overall", "a"])

    assert "cannot be read: No such file" in missing.output
    assert "--touchpoint COLUMN" in none.output


def test_rows_that_do_not_count_are_said_with_how_many(analyse):
    lines = table().splitlines()
    text = "\n".join(f"{line},{'w' if at == 0 else int(at > 3)}" for at, line in enumerate(lines))
    result, content = analyse(f"{text}\n,4,4,f1,1\n", "--not-met", "x", "--weight", "w")

    assert "One row has no overall answer and does not count." in result.stderr
    assert "3 rows weigh 0 and do not count." in result.stderr
    assert (content["n_rows"], content["whole"]["n"], content["n_weightless"]) == (121, 117, 3)


def test_a_result_that_cannot_be_written_is_said(runner, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(table())
    args = ["analyse", str(file), "--overall", "all", "--touchpoint", "desk"]

    result = runner.invoke(args=[*args, "--json", str(tmp_path / "no" / "out.json")])

    assert result.exit_code == 1
    assert "out.json cannot be written: No such file or directory." in result.output

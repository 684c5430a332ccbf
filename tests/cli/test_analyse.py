"""`flask analyse` prices the touchpoints of any CSV, and keeps nothing."""

import numpy as np
import pandas as pd
import pytest

from insights.file.pain import SEED
from insights.pain.pain import pain
from tests.analysing import ROWS, analysing, of, table


@pytest.fixture
def analyse(runner, tmp_path):
    return analysing(runner, tmp_path)


def test_it_says_what_hurts_with_numbers_and_never_a_cause(analyse):
    result, content = analyse(None, "--not-met", "x")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("all: 58 of 100, between ")
    assert lines[2].split("  ")[0] == "Touchpoint"
    assert lines[3].startswith("desk")
    assert "Most points go together with low ratings of desk: −" in result.stdout
    assert "An association, no proof of a cause." in result.stdout
    assert content["sentences"][-1] == "An association, no proof of a cause."


def test_the_json_is_what_the_insight_says_of_the_same_answers(analyse):
    _result, content = analyse(None, "--not-met", "x", "--account", "firm")
    frame = pd.DataFrame(
        {
            "y": [25.0 * (all_ - 1) for all_, _, _ in ROWS],
            "desk": [25.0 * (desk - 1) for _, desk, _ in ROWS],
            "web": [25.0 * (4 - k % 4) if k % 5 else np.nan for _, _, k in ROWS],
            "cluster": [k % 40 for _, _, k in ROWS],
        }
    )
    found = pain(frame, ["desk", "web"], seed=SEED)

    for row in found.touchpoints.to_dict("records"):
        told = of(content, row["touchpoint"])
        for name in ("n", "met", "reach", "score", "low", "high", "shortfall", "pain", "pain_high"):
            assert told[name] == pytest.approx(row[name], nan_ok=True)
    whole = content["whole"]
    assert (whole["n"], whole["accounts"], whole["method"]) == (120, 40, found.method)
    assert whole["mean"] == pytest.approx(found.mean)
    assert whole["total_pain"] == pytest.approx(found.total)
    assert whole["total_pain_low"] == pytest.approx(found.low)
    assert whole["total_pain_high"] == pytest.approx(found.high)
    assert whole["low"] < whole["mean"] < whole["high"]


def test_the_json_has_every_figure_of_a_touchpoint(analyse):
    _result, content = analyse(None, "--not-met", "x")

    assert {
        *("name", "n", "met", "reach", "score", "low", "high", "impact", "shortfall", "pain"),
        *("pain_low", "pain_high", "p_worst", "reward", "kind", "importance", "reason"),
    } <= set(of(content, "desk"))
    assert 0 < of(content, "desk")["importance"] <= content["whole"]["r2"] + 1e-9


def test_the_same_seed_gives_the_same_bytes_and_another_one_other_intervals(analyse, tmp_path):
    _result, first = analyse(None, "--not-met", "x")
    before = (tmp_path / "out.json").read_bytes()
    analyse(None, "--not-met", "x")
    _result, other = analyse(None, "--not-met", "x", "--seed", "2")

    assert (tmp_path / "out.json").read_bytes() != before
    assert of(other, "desk")["pain"] == of(first, "desk")["pain"]
    assert of(other, "desk")["pain_low"] != of(first, "desk")["pain_low"]
    analyse(None, "--not-met", "x")
    assert (tmp_path / "out.json").read_bytes() == before


def test_a_value_for_not_met_that_is_on_the_overall_scale_is_an_overall_answer(analyse):
    text = "all,desk\n" + "".join(f"{k % 11},{k % 6}\n" for k in range(200))
    options = ("--overall-scale", "0-10", "--not-met", "0")
    _result, content = analyse(text, *options, touchpoints=["desk"])

    assert content["whole"]["n"] == 200
    assert of(content, "desk")["n"] == 166
    assert content["refused"]["n"] == 0


def test_a_scale_may_run_backwards(analyse):
    turned = [(6 - all_, 6 - desk, k) for all_, desk, k in ROWS]
    options = ("--not-met", "x")
    _result, plain = analyse(None, *options, touchpoints=["desk"])
    _result, backwards = analyse(table(turned), *options, "--scale", "5-1", touchpoints=["desk"])

    assert backwards["touchpoints"] == plain["touchpoints"]
    assert backwards["whole"] == plain["whole"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_semicolons_decimal_commas_and_other_letters_are_read(analyse, encoding):
    text = table(header="all,dësk,web,firm").replace(",", ";").replace(";4;", ";4,0;")
    _result, content = analyse(text, "--not-met", "x", encoding=encoding, touchpoints=["dësk"])

    assert of(content, "dësk")["n"] == 120
    assert content["refused"]["n"] == 0


def test_columns_after_the_file_are_touchpoints_too(runner, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(table())
    args = [
        "analyse",
        str(file),
        "--overall",
        "all",
        "--not-met",
        "x",
        "--touchpoint",
        "desk",
        "web",
    ]

    assert "\nweb " in runner.invoke(args=args).stdout


def test_it_speaks_dutch_with_decimal_commas(analyse):
    result, _content = analyse(None, "--not-met", "x", "--language", "nl")

    assert "Contactpunt" in result.stdout
    assert "tussen −" in result.stdout


def test_no_database_is_touched(app, analyse, count_statements):
    analyse(None, "--not-met", "x")

    assert count_statements == []


def test_a_hundred_thousand_rows_take_seconds(runner, tmp_path):
    random = np.random.default_rng(1)
    ratings = random.integers(1, 6, size=(100_000, 12))
    overall = np.clip(np.rint(ratings.mean(axis=1) + random.normal(size=100_000) / 2), 1, 5)
    names = [f"t{place}" for place in range(12)]
    frame = pd.DataFrame(ratings, columns=names).assign(all=overall.astype(int))
    file = tmp_path / "many.csv"
    frame.to_csv(file, index=False)
    named = [part for name in names for part in ("--touchpoint", name)]

    result = runner.invoke(args=["analyse", str(file), "--overall", "all", *named])

    assert "from 100,000 answers" in result.stdout

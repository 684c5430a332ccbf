from pathlib import Path

import pytest

from questionnaires.interchange.toml import MappingError, load_mapping, parse_mapping
from tests.importing import SHOP, shop
from vocabulary import Kind

MAPPING = """
source = "Till survey"
wave = "2016"
[journey]
key = "shop"
[survey]
key = "till"
title = { en = "Till" }
[time]
year = 2016
month = 5
day = { column = "DAY" }
[respondent]
audience = "customer"
language = "nl"
[respondent.attributes]
area = { column = "AREA" }
[[stages]]
key = "buy"
overall = { column = "ALL" }
[[stages.touchpoints]]
key = "staff"
column = "STAFF"
"""


def problems(**changes):
    with pytest.raises(MappingError) as caught:
        shop(**changes)
    return caught.value.problems


def test_an_unknown_key_is_named_with_its_place():
    stage = SHOP["stages"][0] | {"colour": "red"}
    assert problems(stages=[stage]) == ["stages[buy].colour: there is no such key"]


def test_a_missing_key_is_named_with_its_place():
    assert problems(survey={"key": "till"}) == ["survey.title: this is needed"]


def test_all_problems_are_told_at_once():
    found = problems(source="", time={"column": "date", "zone": "Mars/Olympus"})
    assert found == [
        "source: String should have at least 1 character, not “”",
        "time.zone: there is no time zone “Mars/Olympus”, not “Mars/Olympus”",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": {"encoding": "klingon"}}, "there is no text encoding “klingon”"),
        ({"time": {"year": 2016}}, "give a column with its format, or year and month (and day)"),
        ({"scale": {"low": 5, "high": 5}}, "the scale of column “all” has no length"),
        ({"stages": SHOP["stages"] * 2}, "“buy” is used twice"),
        (
            {"survey": SHOP["survey"] | {"identity": "anonymous"}},
            "an anonymous survey keeps no id, person or account",
        ),
        ({"stages": [], "questions": []}, "no answers are mapped: give stages or questions"),
        (
            {"respondent": SHOP["respondent"] | {"person": "everyone"}},
            'person needs { column = "..." }',
        ),
        (
            {"questions": [{"key": "c", "kind": "single", "column": "why"}]},
            'a choice needs options = { "as in the file" = "key" }',
        ),
        (
            {"questions": [{"key": "n", "kind": "nps", "column": "nps", "low": 1}]},
            "the scale of column “nps” has 10 points, and nps has 11: take another kind",
        ),
        (
            {"questions": [{"key": "f", "kind": "smileys", "column": "nps", "high": 7}]},
            "the scale of column “nps” has 7 points, and smileys has 3 to 5: take another kind",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(changes, said):
    (problem,) = problems(**changes)
    assert said in problem


def test_a_mapping_can_build_on_the_one_beside_it(tmp_path):
    (tmp_path / "2016.toml").write_text(MAPPING)
    (tmp_path / "2017.toml").write_text(
        'like = "2016.toml"\nwave = "2017"\nabsent = ["AREA"]\n'
        '[time]\nyear = 2017\nday = false\n[columns]\nSTAFF = "Q7"\n'
    )
    mapping = load_mapping(tmp_path / "2017.toml")
    assert mapping.name == "Till survey 2017"
    assert mapping.time.year.constant == "2017"
    assert mapping.time.day is None
    assert mapping.respondent.attributes == {}
    assert set(mapping.columns()) == {"ALL", "Q7"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('like = "../2016.toml"', "like: name a file in the same folder"),
        ('like = "2015.toml"', "2015.toml: No such file or directory."),
        ("source = ", "2017.toml: Invalid value"),
        ('like = "2016.toml"\nabsent = ["SHOPS"]', "columns.SHOPS: nothing here reads this column"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, text, said):
    (tmp_path / "2016.toml").write_text(MAPPING)
    (tmp_path / "2017.toml").write_text(text)
    with pytest.raises(MappingError, match=said.replace("[", r"\[")):
        load_mapping(tmp_path / "2017.toml")


def test_the_scale_of_the_file_holds_for_stages_only():
    mapping = shop(scale={"low": 1, "high": 7, "not_met": [9], "blank": [0]})
    scales = {
        asked.column: mapping.scale_of(asked, kind)
        for asked, kind in mapping.asked()
        if kind is not Kind.COMMENT
    }
    assert (scales["till"].low, scales["till"].high, scales["till"].not_met) == (1, 7, ("9",))
    assert (scales["nps"].low, scales["nps"].high, scales["nps"].not_met) == (0, 10, ())


def test_a_mapping_says_which_place_reads_each_column():
    columns = parse_mapping(dict(SHOP)).columns()
    assert columns["staff"] == "stages[buy].touchpoints[staff]"
    assert columns["region"] == "respondent.attributes.region"


@pytest.mark.parametrize(
    "content", ["source = " + "[" * 20_000 + "]" * 20_000, ".".join(["a"] * 20_000) + " = 1"]
)
def test_brackets_and_tables_in_each_other_without_end_are_told_plainly(tmp_path, content):
    path = tmp_path / "deep.toml"
    path.write_text(content)
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    assert caught.value.problems == ["deep.toml: too many lists or tables are in each other."]


@pytest.mark.parametrize("path", [Path("/dev/zero"), Path("/dev/null"), Path("/")])
def test_a_mapping_that_is_no_file_is_told_plainly(path):
    with pytest.raises(MappingError) as caught:
        load_mapping(path)
    assert caught.value.problems == [f"{path.name} is not a file."]

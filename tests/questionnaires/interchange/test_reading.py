from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from questionnaires.interchange.reading import Refused, read_rows
from questionnaires.interchange.wide import open_wide
from questionnaires.value import NOT_APPLICABLE
from tests.factories import NOON
from tests.importing import SHOP, row, shop, without_id, write


def read(tmp_path, *rows, mapping=None, header=None, secret=b"secret"):
    mapping = mapping or shop()
    path = write(tmp_path, *rows, **({"header": header} if header else {}))
    file = open_wide(path, mapping.file, mapping.columns(), 1_000_000)
    zone = ZoneInfo("Europe/Amsterdam")
    return list(read_rows(file, mapping, zone=zone, now=NOON, secret=secret))


def answers(tmp_path, mapping=None, **cells):
    (found,) = read(tmp_path, row(1, **cells), mapping=mapping)
    assert not isinstance(found, Refused), found
    return found.answers


def refusals(tmp_path, *, mapping=None, **cells):
    (found,) = read(tmp_path, row(1, **cells), mapping=mapping)
    return [(refusal.column, refusal.value, refusal.reason) for refusal in found.refusals]


def test_a_row_becomes_a_response(tmp_path):
    (found,) = read(tmp_path, row(7, who="prospect", weight='"1,5"', region="noord", why="Prima"))
    assert found.answered_at == datetime(2026, 10, 5, 10, tzinfo=UTC)  # noon in Amsterdam
    assert found.known["audience"] == "prospect"
    assert found.known["weight"] == 1.5
    assert found.attributes == {"region": "noord"}
    assert found.answers == {
        "buy_overall": 4, "buy_till": 3, "buy_staff": 5, "why": "Prima", "recommend": 8,
    }  # fmt: skip


def test_blank_is_no_answer_and_not_met_is_one(tmp_path):
    found = answers(tmp_path, all="-", till="9", staff="", nps="9")
    assert found == {"buy_till": NOT_APPLICABLE, "recommend": 9}


def test_a_reversed_scale_is_turned(tmp_path):
    assert answers(tmp_path, shop(scale={"reversed": True}), till=1)["buy_till"] == 5


def test_words_can_be_points(tmp_path):
    mapping = shop(scale={"points": {"slecht": 1, "goed": 5}})
    found = answers(tmp_path, mapping, all="goed", till="slecht", staff="")
    assert (found["buy_overall"], found["buy_till"]) == (5, 1)


def test_choices_are_read_by_their_options(tmp_path):
    options = {"rood": "red", "blauw": "blue"}
    questions = [
        {"key": "one", "kind": "single", "column": "region", "options": options},
        {"key": "many", "kind": "multiple", "column": "why", "options": options},
    ]
    mapping = shop(questions=questions)
    found = answers(tmp_path, mapping, region="rood", why="blauw; rood;blauw")
    assert (found["one"], found["many"]) == ("red", ["blue", "red"])
    assert refusals(tmp_path, mapping=mapping, region="geel", why="rood;geel") == [
        ("region", "geel", "the mapping has no such option"),
        ("why", "rood;geel", "the mapping has no such option"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"till": "6"}, "this is off the scale, which goes from 1 to 5"),
        ({"till": "3.5"}, "this is not a whole number"),
        ({"till": "goed"}, "this is not a whole number"),
        ({"nps": "11"}, "this is off the scale, which goes from 0 to 10"),
        ({"who": "klant"}, "this is none of prospect, customer, ex_customer"),
        ({"weight": "0"}, "a weight is more than 0 and at most 1,000,000"),
        ({"weight": "nan"}, "a weight is more than 0 and at most 1,000,000"),
        ({"weight": "veel"}, "this is not a number"),
        ({"date": "2026-02-30"}, "this is no date written as iso"),
        ({"date": "5/10/2026"}, "this is no date written as iso"),
        ({"date": "2026-11-03"}, "this lies in the future"),
        ({"date": ""}, "this is blank"),
        ({"date": "1812-01-01"}, "this lies before 1900"),
        ({"nr": ""}, "this row has no id"),
        ({"region": "x" * 201}, "this is longer than 200 characters"),
        ({"region": "a\x1bb"}, "this holds control characters"),
        ({"why": "x" * 4_001}, "this is longer than 4,000 characters"),
        ({"why": "a\x07b"}, "this holds control characters"),
    ],
)
def test_a_bad_cell_is_refused_with_its_reason(tmp_path, cells, reason):
    ((column, value),) = cells.items()
    assert refusals(tmp_path, **cells) == [(column, value, reason)]


def test_every_bad_cell_of_a_row_is_told(tmp_path):
    found = refusals(tmp_path, till="x", date="gisteren", weight="-1")
    assert [column for column, _value, _reason in found] == ["weight", "till", "date"]


def test_a_refusal_names_the_line_in_the_file(tmp_path):
    _good, bad = read(tmp_path, row(1, why='"two\nlines"'), row(2, till=8))
    assert [refusal.line for refusal in bad.refusals] == [4]


def test_an_id_that_comes_twice_is_refused_the_second_time(tmp_path):
    _first, second = read(tmp_path, row(1), row(1, till=4))
    assert [refusal[1:] for refusal in second.refusals] == [
        ("nr", "1", "this id came before, on line 2")
    ]


def test_a_date_in_parts_is_put_together(tmp_path):
    time = {"year": 2024, "month": {"column": "region"}, "day": {"column": "why"}}
    respondent = SHOP["respondent"] | {"attributes": {}}
    mapping = shop(time=time, questions=[], respondent=respondent)
    (found,) = read(tmp_path, row(1, region=2, why=29), mapping=mapping)
    assert found.answered_at == datetime(2024, 2, 29, 11, tzinfo=UTC)
    assert refusals(tmp_path, mapping=mapping, region=2, why=30) == [
        ("region, why", "2024-2-30", "there is no such day")
    ]
    assert refusals(tmp_path, mapping=mapping, region="", why=3) == [
        ("region", "", "this is blank")
    ]


def test_a_moment_with_an_hour_keeps_it(tmp_path):
    mapping = shop(time={"column": "date", "format": "%d-%m-%Y %H:%M", "zone": "UTC"})
    (found,) = read(tmp_path, row(1, date="01-10-2026 23:30"), mapping=mapping)
    assert found.answered_at == datetime(2026, 10, 1, 23, 30, tzinfo=UTC)


def test_a_value_the_mapping_does_not_know_is_refused(tmp_path):
    who = {"column": "who", "values": {"k": "customer"}}
    mapping = shop(respondent=SHOP["respondent"] | {"audience": who})
    assert refusals(tmp_path, mapping=mapping, who="x") == [
        ("who", "x", "the mapping does not say what this value means")
    ]


def test_the_same_row_has_the_same_key_whatever_else_is_in_the_file(tmp_path):
    first = read(tmp_path, row(1), row(2))
    second = read(tmp_path, row(3), row(2, till=1))
    assert first[1].key == second[1].key
    assert len({found.key for found in (*first, *second)}) == 3


def test_without_an_id_equal_rows_are_told_apart_by_how_often_they_came(tmp_path):
    rows = [row(1), row(1), row(2)]
    first = [found.key for found in read(tmp_path, *rows, mapping=without_id())]
    again = [found.key for found in read(tmp_path, *rows, row(1), mapping=without_id())]
    assert again[:3] == first
    assert len(set(again)) == 4


def test_keys_cannot_be_told_without_the_secret(tmp_path):
    one, other = (read(tmp_path, row(1), secret=secret)[0].key for secret in (b"a", b"b"))
    assert one != other


def test_keys_of_another_wave_are_others(tmp_path):
    keys = {read(tmp_path, row(1), mapping=shop(wave=wave))[0].key for wave in ("2016", "2017")}
    assert len(keys) == 2

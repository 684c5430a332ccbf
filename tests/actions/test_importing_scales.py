"""Scales of every kind and length, imported."""

import json

import pytest

from actions.projection import project_finished
from extensions import db
from models import Version
from questionnaires.value import Questionnaire
from tests.factories import NOON
from tests.facts.rows import rows_of
from tests.importing import SHOP, row, shop, take_in, write

SCALES = [
    {"key": "stars", "kind": "stars", "column": "nps", "high": 10},
    {"key": "again", "kind": "yes_no", "column": "why", "points": {"j": 1, "n": 0}},
    {"key": "twice", "kind": "yes_no", "column": "region", "points": {"j": 1, "n": 0}}
    | {"reversed": True},
]


def scales():
    """The shop's mapping with scales of other lengths: seven points, ten stars, yes and no."""
    stage = SHOP["stages"][0]
    overall = stage["overall"] | {"low": 1, "high": 7}
    till = stage["touchpoints"][0] | {"low": 1, "high": 3, "reversed": True}
    respondent = SHOP["respondent"] | {"attributes": {}}
    stages = [stage | {"overall": overall, "touchpoints": [till]}]
    return shop(stages=stages, questions=SCALES, respondent=respondent)


def test_scales_of_every_length_survive_an_import_and_have_their_score(app, tmp_path):
    given = {"all": 6, "till": 1, "nps": 7, "why": "j", "region": "j"}
    take_in(write(tmp_path, row(1, **given)), scales())
    project_finished(NOON)

    (version,) = db.session.query(Version)
    asked = {one.key: one for one in Questionnaire.model_validate(version.content).questions()}
    assert {key: one.points for key, one in asked.items()} == {
        "buy_overall": 7,
        "buy_till": 3,
        "stars": 10,
        "again": 2,
        "twice": 2,
    }
    found = {
        fact["question"]: (fact["value"], fact["score"]) for fact in rows_of(app.config["HOME"])
    }
    assert found["buy_overall"] == (6, pytest.approx(100 * 5 / 6))
    assert found["buy_till"] == (3, 100)  # 1 was best in the file
    assert found["stars"] == (7, pytest.approx(100 * 6 / 9))
    assert (found["again"], found["twice"]) == ((1, 100), (1, 0))  # yes stays yes


def test_a_version_stored_before_questions_could_be_reversed_is_found_again(app, tmp_path):
    take_in(write(tmp_path, row(1)))
    (version,) = db.session.query(Version)
    content = json.loads(json.dumps(version.content))
    for page in content["pages"]:
        for question in page["questions"]:
            del question["is_reversed"]
    version.content = content
    db.session.commit()

    take_in(write(tmp_path, row(2)))
    assert db.session.query(Version).count() == 1

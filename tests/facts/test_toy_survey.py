"""The toy survey, answered and projected, has the pain its reference has."""

import csv
from pathlib import Path

import pytest

from actions.projection import project_finished, rebuild_facts
from actions.response import Record, record_many
from extensions import db
from facts.engine import open_facts
from insights.pain.pain import pain
from insights.pain.rows import pain_rows
from questionnaires.value import Condition, Option, Page, Question, Questionnaire
from tests.factories import NOON
from tests.facts.survey import begin, make_version, text
from vocabulary import Audience, Kind

TRUTH = Path(__file__).parents[1] / "truth"
TOUCHPOINTS = ("tp1", "tp2", "tp3", "tp4", "tp5")


def read(name):
    with (TRUTH / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def toy_questionnaire():
    overall = Question(
        key="csat5", kind=Kind.SATISFACTION, text=text("All in all?"), stage="toy", is_overall=True
    )
    met = Question(
        key="met",
        kind=Kind.MET,
        text=text("Which?"),
        stage="toy",
        options=tuple(Option(key=key, text=text(key)) for key in TOUCHPOINTS),
    )
    ratings = tuple(
        Question(
            key=f"rate_{key}",
            kind=Kind.RATING,
            text=text(key),
            stage="toy",
            touchpoint=key,
            show_if=Condition(question="met", includes=key),
        )
        for key in TOUCHPOINTS
    )
    nps = Question(key="nps", kind=Kind.NPS, text=text("Recommend?"), stage="toy")
    ces = Question(key="ces7", kind=Kind.EFFORT, text=text("Easy?"), stage="toy")
    page = Page(key="page", questions=(overall, met, *ratings, nps, ces))
    return Questionnaire(languages=("nl", "en"), title=text("Toy"), pages=(page,))


def answers_of(row):
    met = [key for key in TOUCHPOINTS if row[key]]
    ratings = {f"rate_{key}": int(row[key]) for key in met}
    points = {key: int(row[key]) for key in ("csat5", "nps", "ces7")}
    return points | ratings | {"met": met}


@pytest.fixture
def home(app):
    version = make_version(toy_questionnaire())
    records = [
        Record(
            begin(
                version,
                account=row["account"],
                audience=Audience(row["audience"].replace("-", "_")),
            ),
            answers_of(row),
            NOON,
        )
        for row in read("toy_survey")
    ]
    assert record_many(records) == 420
    db.session.commit()
    project_finished(NOON)
    return app.config["HOME"]


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_the_toy_survey_sent_through_answers_and_facts_has_its_pain(home, is_rebuilt):
    if is_rebuilt:
        rebuild_facts(NOON)
    rows = pain_rows(open_facts(home).table, "toy")

    found = pain(rows.frame, rows.touchpoints, bootstrap=200)

    by_touchpoint = found.touchpoints.set_index("touchpoint")
    expected = read("toy_pain_expected")
    assert found.n == 420
    for row in expected:
        touchpoint = by_touchpoint.loc[row["tp"]]
        assert touchpoint["n"] == int(row["n_met"])
        assert touchpoint["reach"] == pytest.approx(float(row["reach"]), rel=1e-9)
        assert touchpoint["impact"] == pytest.approx(float(row["b_ols"]), rel=1e-8)
        assert touchpoint["pain"] == pytest.approx(float(row["pain_nnls"]), rel=1e-8)
    assert found.mean == pytest.approx(float(expected[0]["stage_mean"]), rel=1e-9)
    assert found.total == pytest.approx(float(expected[0]["total_nnls"]), rel=1e-9)

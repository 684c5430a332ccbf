"""`flask analyse` on surveys that nobody here wrote, against statsmodels and scipy."""

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import nnls

from tests import database
from tests.importing import DATA, airport_file

AIRPORT = {
    2015: ["Q7ART", "Q7FOOD", "Q7STORE", "Q7SIGN", "Q7WALKWAYS", "Q7SCREENS", "Q7WIFI", "Q7ROADS"],
    2017: ["Q7FOOD", "Q7SIGN", "Q7WIFI", "Q7PARK", "Q7AIRTRAIN", "Q7RENTAL", "Q14PASSTHRU"],
}


def ratings_file(name):
    path = DATA / "ratings" / name
    if not path.exists():
        database.miss(f"the ratings are not at {path}")
    return path


@pytest.fixture
def analyse(runner, tmp_path):
    """Analyses a file; what the JSON holds."""

    def run(file, overall, touchpoints, *options):
        named = [part for name in touchpoints for part in ("--touchpoint", name)]
        out = tmp_path / "out.json"
        args = ["analyse", str(file), "--overall", overall, *named, *options, "--json", str(out)]
        result = runner.invoke(args=args)
        assert result.exit_code == 0, result.output
        return json.loads(out.read_text())

    return run


def read(file, columns, low, high, weight=None):
    """The columns as 0-100, by pandas; whatever is off the scale is no rating."""
    raw = pd.read_csv(file, encoding="latin-1", dtype=str)
    numbers = raw[columns].apply(pd.to_numeric, errors="coerce")
    scores = (numbers.where((numbers >= low) & (numbers <= high)) - low) / (high - low) * 100
    counts = pd.to_numeric(raw[weight]) if weight else pd.Series(1.0, index=raw.index)
    kept = scores[columns[0]].notna()
    return scores[kept], counts[kept].to_numpy()


def by_hand(scores, overall, touchpoints, weight, target=75.0):
    """Slopes by least squares of the whole design, none of a shortfall negative."""
    root = np.sqrt(weight)
    held, falls = [np.ones(len(scores))], []
    for name in touchpoints:
        met = scores[name].notna()
        rating = scores[name].fillna(target).to_numpy()
        if 0.02 <= met.mean() <= 0.98:
            held.append(met.to_numpy(dtype=float))
        held.append(np.maximum(rating - target, 0))
        falls.append(np.maximum(target - rating, 0))
    x, d, y = np.column_stack(held), np.column_stack(falls), scores[overall].to_numpy()
    both = [(column * root) for column in (*d.T, y)]
    left = [sm.OLS(column, x * root[:, None]).fit().resid for column in both]
    slopes, _norm = nnls(-np.column_stack(left[:-1]), left[-1], maxiter=10_000)
    shares = np.average(d, axis=0, weights=weight)
    rest = left[-1] + np.column_stack(left[:-1]) @ slopes
    r2 = 1 - rest @ rest / (weight @ (y - np.average(y, weights=weight)) ** 2)
    return slopes, slopes * shares, r2


def check(content, scores, overall, touchpoints, weight):
    rows = {row["name"]: row for row in content["touchpoints"]}
    slopes, pains, r2 = by_hand(scores, overall, touchpoints, weight)
    for name, slope, points in zip(touchpoints, slopes, pains, strict=True):
        row, given = rows[name], scores[name].notna().to_numpy()
        assert row["reason"] is None
        assert row["impact"] == pytest.approx(slope, abs=1e-9)
        assert row["pain"] == pytest.approx(points, abs=1e-9)
        assert row["n"] == given.sum()
        assert row["reach"] == pytest.approx(weight[given].sum() / weight.sum(), abs=1e-9)
        mean = np.average(scores[name][given], weights=weight[given])
        assert row["score"] == pytest.approx(mean, abs=1e-9)
        assert row["pain_low"] <= row["pain"] <= row["pain_high"]
    whole = content["whole"]
    assert whole["n"] == len(scores)
    assert whole["mean"] == pytest.approx(np.average(scores[overall], weights=weight), abs=1e-9)
    assert whole["total_pain"] == pytest.approx(pains.sum(), abs=1e-9)
    assert whole["r2"] == pytest.approx(r2, abs=1e-9)


@pytest.mark.parametrize("year", AIRPORT)
def test_pain_of_the_airport_is_that_of_another_computation(analyse, year):
    file, names = airport_file(year), AIRPORT[year]
    options = ("--not-met", "6", "--not-met", "0", "--not-met", "Blank")
    content = analyse(file, "Q7ALL", names, *options)
    scores, weight = read(file, ["Q7ALL", *names], 1, 5)

    check(content, scores, "Q7ALL", names, weight)


def test_weighted_pain_of_the_airport_is_that_of_another_computation(analyse):
    file, names = airport_file(2017), AIRPORT[2017]
    options = ("--not-met", "6", "--not-met", "0", "--not-met", "Blank", "--weight", "WEIGHT")
    content = analyse(file, "Q7ALL", names, *options)
    scores, weight = read(file, ["Q7ALL", *names], 1, 5, weight="WEIGHT")

    check(content, scores, "Q7ALL", names, weight)
    assert content["whole"]["n_eff"] == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
    fitted = sm.WLS(scores["Q7ALL"], np.ones(len(scores)), weights=weight).fit(cov_type="HC3")
    assert content["whole"]["low"] == pytest.approx(fitted.conf_int().iloc[0, 0], abs=0.01)


def test_importance_of_complete_answers_adds_up_to_what_least_squares_explain(analyse):
    file = ratings_file("mobi.csv")
    names = ["PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERV1"]
    content = analyse(file, "CUSA1", names, "--scale", "1-10")
    scores, _weight = read(file, ["CUSA1", *names], 1, 10)
    columns = [part for name in names for part in parts(scores[name])]
    whole = sm.OLS(scores["CUSA1"], sm.add_constant(np.column_stack(columns))).fit().rsquared

    shares = [row["importance"] for row in content["touchpoints"]]
    assert sum(shares) == pytest.approx(whole, abs=1e-9)
    assert min(shares) > 0


def parts(score):
    """Shortfall and reward of a touchpoint that everybody rates."""
    return np.maximum(75 - score, 0), np.maximum(score - 75, 0)


def test_seventeen_thousand_passengers_and_fourteen_services(analyse, tmp_path):
    file = ratings_file("airline_passenger_dev.csv")
    raw = pd.read_csv(file)
    names = list(raw.columns[8:22])
    numbered = raw.assign(content=(raw["satisfaction"] == "satisfied").astype(int))
    numbered.to_csv(tmp_path / "airline.csv", index=False)
    options = ("--overall-scale", "0-1", "--not-met", "0")
    content = analyse(tmp_path / "airline.csv", "content", names, *options)
    scores = numbered[names].where(numbered[names] > 0).sub(1).mul(25)
    scores["content"] = 100.0 * numbered["content"]

    check(content, scores, "content", names, np.ones(len(scores)))
    assert sum(row["importance"] for row in content["touchpoints"]) <= 1

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from actions.importing import undo_import
from actions.projection import project_finished
from extensions import db
from facts import store
from models import Journey, Response, Stage, Survey, Touchpoint, Version
from questionnaires.interchange.toml import load_mapping
from tests.factories import NOON
from tests.importing import ROOT, airport_file, take_in

YEARS = (2013, 2014, 2015, 2016, 2017)

COLUMNS = {  # by hand, apart from the mappings: touchpoint -> column in 2013, column from 2014 on
    "getting_there": ("Q13_RATEGETTO", "Q13GETRATE"),
    "getting_there.roads": ("Q7J_ROAD", "Q7ROADS"),
    "getting_there.parking": ("Q7K_PARK", "Q7PARK"),
    "getting_there.long_term_parking": ("Q7M_LTPARK", "Q7LTPARKING"),
    "getting_there.rental_car": ("Q7N_RENTAL", "Q7RENTAL"),
    "getting_there.air_train": ("Q7L_AIRTRAIN", "Q7AIRTRAIN"),
    "airport": ("Q7O_WHOLE", "Q7ALL"),
    "airport.security": ("Q14B_SECURITY", "Q14PASSTHRU"),
    "airport.finding_the_way": ("Q14A_FIND", "Q14FIND"),
    "airport.signs": ("Q7D_SIGNS", "Q7SIGN"),
    "airport.walkways": ("Q7E_WALK", "Q7WALKWAYS"),
    "airport.screens": ("Q7F_SCREENS", "Q7SCREENS"),
    "airport.information_arrivals": ("Q7G_INFOARR", "Q7INFODOWN"),
    "airport.information_departures": ("Q7H_INFODEP", "Q7INFOUP"),
    "airport.food": ("Q7B_FOOD", "Q7FOOD"),
    "airport.shops": ("Q7C_SHOPS", "Q7STORE"),
    "airport.art": ("Q7A_ART", "Q7ART"),
    "airport.wifi": ("Q7I_WIFI", "Q7WIFI"),
    "cleanliness": ("Q9F_CLNWHOLE", "Q9ALL"),
    "cleanliness.boarding_areas": ("Q9A_CLNBOARD", "Q9BOARDING"),
    "cleanliness.air_train": ("Q9B_CLNAIRTRAIN", "Q9AIRTRAIN"),
    "cleanliness.rental_car": ("Q9C_CLNRENT", "Q9RENTAL"),
    "cleanliness.food": ("Q9D_CLNFOOD", "Q9FOOD"),
    "cleanliness.restrooms": ("Q9E_CLNBATH", "Q9RESTROOM"),
}


def mapping(year):
    return load_mapping(ROOT / "mappings" / "sfo" / f"{year}.toml")


def facts(app):
    return store.open_table(app.config["HOME"]).to_pyarrow_table().to_pandas()


@pytest.fixture
def imported(app):
    """Imports waves and gives their facts."""
    app.config["TIME_ZONE"] = ZoneInfo("Europe/Amsterdam")

    def take(*years):
        for year in years:
            run = take_in(airport_file(year), mapping(year))
            assert run.n_refused == run.n_known == 0
        project_finished(NOON)
        return facts(app)

    return take


def raw(year):
    return pd.read_csv(airport_file(year), encoding="latin-1", dtype=str)


def test_five_waves_give_the_numbers_an_independent_count_gives(imported):
    found = imported(*YEARS)
    ours = found[(found.state == "answered") & (found.metric != "nps")].copy()
    ours["item"] = ours.stage.str.cat(ours.touchpoint, sep=".").fillna(ours.stage)
    ours = ours.groupby(["month", "item"]).value
    ours = pd.DataFrame({"n": ours.count(), "mean": ours.mean()})
    assert len(ours) == len(YEARS) * len(COLUMNS)
    for year in YEARS:
        table = raw(year)
        for item, (of_2013, later) in COLUMNS.items():
            points = pd.to_numeric(table[of_2013 if year == 2013 else later], errors="coerce")
            rated = points[points.between(1, 5)]
            one = ours.loc[f"{year}-05", item]
            assert (one.n, one["mean"]) == (len(rated), pytest.approx(rated.mean(), abs=1e-12))
    assert found.groupby("month").version.unique().map(list).to_dict() == {
        f"{year}-05": [number] for number, year in enumerate(YEARS, start=1)
    }


def test_waves_are_versions_of_one_survey_of_one_journey(app):
    take_in(airport_file(2017), mapping(2017))
    take_in(airport_file(2013), mapping(2013))
    assert db.session.query(Journey).one().key == "sfo-airport"
    assert db.session.query(Survey).one().key == "sfo-customer-survey"
    assert db.session.query(Version).count() == 2
    assert db.session.query(Stage).count() == 3
    assert db.session.query(Touchpoint).count() == len(COLUMNS) - 3


def test_never_used_is_not_met_and_a_blank_is_skipped(imported):
    found, table = imported(2016), raw(2016)
    parking = found[found.touchpoint == "parking"]
    assert parking.groupby("state").size().to_dict() == {
        "answered": int(table.Q7PARK.isin(list("12345")).sum()),
        "not_met": int((table.Q7PARK == "6").sum()),
        "skipped": int((table.Q7PARK == "0").sum()),
    }


def test_weights_languages_and_nps_come_along(imported):
    found, table = imported(2017), raw(2017)
    wave = found.drop_duplicates("response")
    assert wave.weight.sum() == pytest.approx(table.WEIGHT.astype(float).sum(), rel=1e-9)
    spoken = table.LANG.map({"1": "en", "2": "es", "3": "zh", "4": "ja"}).value_counts().to_dict()
    assert wave.language.value_counts().to_dict() == spoken
    nps = found[(found.metric == "nps") & (found.state == "answered")]
    told = pd.to_numeric(table.NETPRO)
    assert nps.value.value_counts().to_dict() == told[told <= 10].value_counts().to_dict()


def test_the_same_wave_twice_changes_nothing_and_can_be_undone(app):
    first = take_in(airport_file(2017), mapping(2017))
    again = take_in(airport_file(2017), mapping(2017))
    assert (first.n_imported, again.n_imported, again.n_known) == (2831, 0, 2831)

    undo_import(first.id, NOON)
    third = take_in(airport_file(2017), mapping(2017))

    assert (third.n_imported, third.n_known) == (2831, 0)
    assert db.session.query(Response).count() == 2831

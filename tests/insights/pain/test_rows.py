import numpy as np
import pandas as pd
import pytest

from insights.pain.pain import pain
from insights.pain.rows import pain_rows
from tests.insights.facts_factory import make_fact, make_facts, make_response
from tests.insights.reference import TOUCHPOINTS, toy_answers, truth


def test_the_toy_survey_as_facts_gives_the_same_pain():
    facts = []
    for number, row in toy_answers().iterrows():
        met = {name: 1 + row[name] / 25 for name in TOUCHPOINTS if row[name] == row[name]}
        facts += make_response(number, 1 + row["y"] / 25, met, account=row["cluster"])
    rows = pain_rows(make_facts(facts), "order")
    found = pain(rows.frame, rows.touchpoints, unrated=rows.unrated)
    table = found.touchpoints.set_index("touchpoint")

    expected = truth("toy_pain_expected").set_index("tp")["pain_nnls"].to_dict()
    assert table["pain"].to_dict() == pytest.approx(expected, rel=1e-8)
    assert found.accounts == 89


def test_responses_become_rows_and_touchpoints_columns():
    facts = make_response(1, 5, {"web": 4, "shop": "met_unrated"})
    facts += make_response(2, 1, {"shop": 1, "web": "not_met"}, account="acme")
    facts += make_response(3, None, {"shop": 5, "web": "met_unrated"})
    facts += make_response(4, 3, {"web": "skipped"}) + make_response(5, 2, {"x": 5}, stage="use")
    frame, touchpoints, unrated, *_ = pain_rows(make_facts(facts), "order")

    assert touchpoints == ["shop", "web"]
    assert unrated == {"shop": 1}
    assert frame["y"].tolist() == [100, 0, 50]
    assert frame["respondent"].tolist() == [1, 2, 4]
    assert frame.loc[1, "cluster"] != 2
    nan = pytest.approx(np.nan, nan_ok=True)
    assert frame["shop"].tolist() == [nan, 0, nan]
    assert frame["web"].tolist() == [75, nan, nan]


def test_sentiment_of_a_touchpoint_is_no_rating_of_it():
    said = make_fact(1, metric="sentiment", value=-1, touchpoint="shop")

    assert pain_rows(make_facts([*make_response(1, 5), said]), "order").touchpoints == []


def test_a_stage_without_answers_has_no_rows_and_a_reason():
    frame, touchpoints, unrated, *_ = pain_rows(make_facts([]), "order")

    assert frame.empty
    assert (touchpoints, unrated) == ([], {})
    assert pain(frame, touchpoints).reason.value == "too_few_answers"
    assert isinstance(frame, pd.DataFrame)

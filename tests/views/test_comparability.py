import pandas as pd
import pytest
from flask import render_template
from flask_babel import force_locale

from charts.board import Named
from insights.scales.comparability import Why
from views.comparability import uncompared

STAGES = (Named("buy", "Buying"), Named("use", "Using"))


@pytest.fixture(autouse=True)
def _english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def rows(reason, metric="stars"):
    return pd.DataFrame(
        [
            {"stage": "buy", "metric": "satisfaction", "is_comparable": True, "reason": None},
            {"stage": "use", "metric": metric, "is_comparable": False, "reason": reason},
        ]
    )


@pytest.mark.parametrize("reason", [why for why in Why if why is not Why.NO_ANSWERS])
def test_every_reason_is_said_with_the_stage_it_is_about(reason):
    (sentence,) = uncompared(rows(reason), STAGES)

    assert sentence.startswith("Using: ")
    assert sentence.endswith(".")
    assert sentence in render_template("board/_comparability.html", uncompared=[sentence])


def test_a_stage_that_was_not_asked_about_or_is_retired_is_not_mentioned():
    assert uncompared(rows(Why.NO_ANSWERS), STAGES) == []
    assert uncompared(rows(Why.OTHER_KIND), STAGES[:1]) == []
    assert render_template("board/_comparability.html", uncompared=[]).strip() == ""

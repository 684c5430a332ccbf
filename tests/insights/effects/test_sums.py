"""What the engine adds up for an effect."""

import pandas as pd
import pytest

from insights.cells import rated
from insights.comparing.changes import Period
from insights.effects import sums as effect_sums
from insights.effects.effects import effect
from tests.insights.effects.test_effects import LAST, PLAN, story
from tests.insights.facts_factory import make_facts


def test_very_many_clusters_are_left_out_in_groups_which_says_as_much(monkeypatch):
    facts = make_facts(story(0.5, persons=60))
    exact = effect(facts, PLAN, LAST)
    monkeypatch.setattr(effect_sums, "MANY_CLUSTERS", 100)
    monkeypatch.setattr(effect_sums, "GROUPS", 400)
    grouped = effect(facts, PLAN, LAST)

    assert grouped.case.compared.change == pytest.approx(exact.case.compared.change)
    assert grouped.case.compared.error == pytest.approx(exact.case.compared.error, rel=0.1)


def test_the_engine_adds_up_as_pandas_does():
    facts = story(0.5)
    sums = effect_sums.rating_sums(rated(make_facts(facts)), Period("2026-01", "2026-03"))
    frame = pd.DataFrame(facts)
    frame = frame[frame["month"].between("2026-01", "2026-03")]
    keys = ["cluster", "touchpoint", "month"]
    by_hand = frame.groupby(keys)["score"].agg(["size", "sum"])
    by_engine = sums.ratings.set_index(keys).sort_index()

    assert by_engine["n"].tolist() == by_hand["size"].tolist()
    assert by_engine["total"].tolist() == pytest.approx(by_hand["sum"].tolist())
    assert set(sums.persons["persons"]) == {12}

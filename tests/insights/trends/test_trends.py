import pandas as pd

from insights.trends.asked import Asked
from insights.trends.trends import since_change, stage_trends, touchpoint_trends, trend_line
from tests.insights.facts_factory import make_facts, make_response


def month_of(month, start, value, **given):
    return [
        fact
        for n in range(6)
        for fact in make_response(start + n, value, {"shop": value}, month=month, **given)
    ]


def test_each_month_has_its_score_and_an_empty_month_no_row():
    facts = month_of("2026-01", 0, 5) + month_of("2026-03", 10, 1)
    trend = stage_trends(make_facts(facts))

    assert trend["month"].tolist() == ["2026-01", "2026-03"]
    assert trend["score"].tolist() == [100.0, 0.0]
    assert not trend["is_break"].any()


def test_the_month_of_a_new_version_is_a_break_and_the_first_version_is_none():
    facts = month_of("2026-01", 0, 5, version=3)
    facts += month_of("2026-02", 10, 4, version=4) + month_of("2026-03", 20, 3, version=4)

    assert stage_trends(make_facts(facts))["is_break"].tolist() == [False, True, False]
    assert touchpoint_trends(make_facts(facts))["is_break"].tolist() == [False, True, False]


def test_another_survey_is_no_break():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, survey="s2")

    assert not stage_trends(make_facts(facts))["is_break"].any()


def test_a_month_of_four_persons_is_hidden():
    facts = [f for n in range(4) for f in make_response(n, 5, {"shop": 5})]
    trend = touchpoint_trends(make_facts(facts)).iloc[0]

    assert (trend["touchpoint"], bool(trend["shown"])) == ("shop", False)


def test_no_facts_have_no_trend():
    assert stage_trends(make_facts([])).empty
    assert touchpoint_trends(make_facts([])).empty


def trend_of(*months, breaks=()):
    rows = [
        {"month": month, "score": score, "is_break": month in breaks, "changed": ""}
        for month, score in months
    ]
    return pd.DataFrame(rows)


def test_a_line_stops_at_a_month_without_answers():
    line = trend_line(trend_of(("2025-11", 60.0), ("2025-12", 61.0), ("2026-03", 70.0)))

    months = line.months
    assert months["month"].tolist() == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    assert months["score"].isna().tolist() == [False, False, True, True, False]
    assert months["is_break"].tolist() == [False] * 5
    assert not line.are_waves


def test_a_line_stops_at_a_hidden_month_too():
    line = trend_line(trend_of(("2026-01", 60.0), ("2026-02", None), ("2026-03", 70.0)))

    assert line.are_waves  # no two neighbours are left to draw a line between
    line = trend_line(
        trend_of(("2025-12", 60.0), ("2026-01", 60.0), ("2026-02", None), ("2026-03", 70.0))
    )
    assert line.months["score"].isna().tolist() == [False, False, True, False]


def test_yearly_waves_stay_one_line_and_are_told_as_waves():
    line = trend_line(trend_of(("2023-06", 60.0), ("2024-06", 65.0), ("2025-06", 70.0)))

    assert line.months["month"].tolist() == ["2023-06", "2024-06", "2025-06"]
    assert line.are_waves


def test_what_began_in_a_hidden_month_begins_in_the_next_wave():
    rows = (("2023-06", 60.0), ("2024-05", None), ("2024-06", 65.0), ("2025-06", 70.0))

    months = trend_line(trend_of(*rows, breaks=["2024-05"])).months

    assert months["month"].tolist() == ["2023-06", "2024-06", "2025-06"]
    assert months["is_break"].tolist() == [False, True, False]


def test_one_month_and_none_are_no_waves():
    assert not trend_line(trend_of(("2026-01", 60.0))).are_waves
    assert trend_line(trend_of(("2026-01", None))).months.empty


STAGE = Asked({"en": "All in all?"}, ("satisfaction", (1, 5)), {}, frozenset({"shop"}))
SHOP = Asked({"en": "And the shop?"}, ("rating", (1, 5)), {}, frozenset({"shop"}))


def told(facts, asked):
    """What changed, by month, for the stage and for its shop."""
    versions = {}
    for (survey, version), (stage, shop) in asked.items():
        versions[survey, version, "order", None] = stage
        versions[survey, version, "order", "shop"] = shop
    table = make_facts(facts)
    found = (stage_trends(table, versions), touchpoint_trends(table, versions))
    assert all((trend["is_break"] == (trend["changed"] != "")).all() for trend in found)
    return [trend.set_index("month")["changed"].to_dict() for trend in found]


def test_a_new_version_that_asks_the_same_is_no_break():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, version=2)

    stage, shop = told(facts, {("s1", 1): (STAGE, SHOP), ("s1", 2): (STAGE, SHOP)})
    assert stage == shop == {"2026-01": "", "2026-02": ""}


def test_a_break_is_where_that_question_changed_and_says_in_what():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, version=2)
    reworded = SHOP._replace(wording={"en": "The shop?"}, scale=("rating", (1, 7)))

    stage, shop = told(facts, {("s1", 1): (STAGE, SHOP), ("s1", 2): (STAGE, reworded)})
    assert stage == {"2026-01": "", "2026-02": ""}
    assert shop == {"2026-01": "", "2026-02": "wording scale"}


def test_other_touchpoints_beside_it_are_a_break_of_all_in_the_stage():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, version=2)
    more = frozenset({"shop", "till"})
    asked = {("s1", 1): (STAGE, SHOP)}
    asked["s1", 2] = (STAGE._replace(touchpoints=more), SHOP._replace(touchpoints=more))

    stage, shop = told(facts, asked)
    assert stage["2026-02"] == shop["2026-02"] == "touchpoints"


def test_a_version_nobody_knows_is_a_break_without_a_name():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, version=2)

    stage, _shop = told(facts, {("s1", 1): (STAGE, SHOP)})
    assert stage["2026-02"] == "version"


def test_a_survey_that_joins_in_other_words_is_no_break_but_on_another_scale_it_is_one():
    facts = month_of("2026-01", 0, 5) + month_of("2026-02", 10, 4, survey="s2")
    facts += month_of("2026-03", 20, 4, survey="s3")
    asked = {("s1", 1): (STAGE, SHOP)}
    asked["s2", 1] = (STAGE._replace(wording={"en": "Looking back?"}), SHOP)
    asked["s3", 1] = (STAGE._replace(scale=("stars", (1, 10))), SHOP)

    stage, shop = told(facts, asked)
    assert stage == {"2026-01": "", "2026-02": "", "2026-03": "scale"}
    assert set(shop.values()) == {""}


def test_changes_of_a_hidden_month_are_told_with_the_next_wave():
    trend = trend_of(("2023-06", 60.0), ("2024-05", None), ("2024-06", 65.0))
    trend = trend.assign(changed=["", "scale", "wording"], is_break=[False, True, True])

    assert trend_line(trend).months["changed"].tolist() == ["", "wording scale"]


def test_only_months_since_the_last_break_compare_with_the_newest():
    trend = trend_of(("2026-03", 65.0), ("2026-01", 60.0), ("2026-02", None), breaks=["2026-02"])

    assert since_change(trend)["month"].tolist() == ["2026-03"]

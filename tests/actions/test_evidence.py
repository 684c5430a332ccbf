"""What findings are drawn from, as it was known at the end of a month."""

from datetime import UTC, datetime

import pytest

from actions.estimate import Colleague, close_round, open_round, save_sheet
from actions.evidence import are_readings_poor, gather, page_of, read_known
from actions.summary import year_up_to
from facts.engine import open_facts
from insights.findings.findings import Finding, Subject
from insights.months import end_of
from tests.improvements import STARTED, announce, tell_of_invoice
from tests.views.test_reading_quality import contradicting, tell_of

SEPTEMBER = datetime(2026, 9, 2, 9, tzinfo=UTC)
SUMMER = datetime(2026, 6, 2, 9, tzinfo=UTC)


def estimated(journey, points, closed_at, colleagues=6):
    """Let colleagues say what customers give the delivery."""
    asked = open_round(journey, SUMMER)
    for number in range(colleagues):
        key = f"{asked.token}-{number}"
        save_sheet(asked.token, key, Colleague(None, None), {"retention/delivery": points}, SUMMER)
    close_round(journey, closed_at)


def known_of(app, journey, month):
    zone = app.config["TIME_ZONE"]
    return read_known(journey, zone, end_of(month, zone))


def gathered(app, journey, month):
    facts = open_facts(app.config["HOME"])
    known = known_of(app, journey, month)
    return gather(known, facts, year_up_to(journey.key, month), month, {})


def test_a_month_knows_only_what_was_known_when_it_ended(app):
    journey = tell_of_invoice(persons=1)
    announce(app, journey, title="Announced")
    announce(app, journey, SEPTEMBER, title="Noted late", is_late=True)
    estimated(journey, 5, SUMMER)
    estimated(journey, 2, SEPTEMBER)

    august, september = (known_of(app, journey, f"2026-{month}") for month in ("08", "09"))

    assert [one.title for one in august.improvements] == ["Announced"]
    assert {one.title for one in september.improvements} == {"Announced", "Noted late"}
    assert [sheet for _team, sheet in august.sheets] == [{"retention/delivery": 5}] * 6
    assert [sheet for _team, sheet in september.sheets] == [{"retention/delivery": 2}] * 6
    assert len(read_known(journey, app.config["TIME_ZONE"]).improvements) == 2


def test_a_verdict_and_a_gap_are_those_of_the_month(app):
    journey = tell_of_invoice()
    announce(app, journey)
    estimated(journey, 5, SUMMER)

    april, september = (gathered(app, journey, f"2026-{month}") for month in ("04", "09"))

    (early,), (late,) = april.verdicts, september.verdicts
    assert (early["verdict"], early["last"], late["verdict"], late["last"]) == (
        *("too_early", "2026-04"),
        *("helped", "2026-09"),
    )
    assert late["n"] > early["n"]
    assert april.gaps == []
    (gap,) = [row for row in september.gaps if row["shown"]]
    assert (gap["touchpoint"], gap["inside"], gap["is_clear"]) == ("delivery", 100.0, True)


def test_nothing_is_said_of_estimates_of_fewer_than_five_colleagues(app):
    journey = tell_of_invoice(persons=1)
    estimated(journey, 5, SUMMER, colleagues=4)

    assert [row for row in gathered(app, journey, "2026-09").gaps if row["shown"]] == []


def test_an_improvement_that_has_not_started_has_no_last_month(app):
    journey = tell_of_invoice(persons=1)
    announce(app, journey)

    (verdict,) = gathered(app, journey, "2026-02").verdicts

    assert (verdict["verdict"], verdict["last"]) == ("too_early", None)
    assert end_of("2026-02", app.config["TIME_ZONE"]) < STARTED


def test_where_comments_are_not_read_well_no_clash_is_claimed(app):
    journey, _keys = tell_of(contradicting)

    assert are_readings_poor(open_facts(app.config["HOME"]), journey.key) is True
    assert gathered(app, journey, "2026-11").clashes == []


@pytest.mark.parametrize(
    ("finding", "endpoint", "parts"),
    [
        (Finding(Subject.HELPED, "use", number=3), "improvement.show", {"number": 3}),
        (Finding(Subject.GAP, "use", "invoice"), "gap.show", {}),
        (Finding(Subject.CLASH, "use"), "reading_quality.show", {"_anchor": "clashes"}),
        (Finding(Subject.SILENT, title="buyer"), "company.show", {}),
        (Finding(Subject.FELL, "use", "invoice"), "compare.show", {}),
        (
            Finding(Subject.HURTS, "use", "invoice"),
            "touchpoint.show",
            {"stage": "use", "touchpoint": "invoice"},
        ),
        (Finding(Subject.WEAKEST_STAGE, "use"), "board.show", {}),
    ],
)
def test_each_finding_has_a_page(finding, endpoint, parts):
    assert page_of(finding.plain(), "home", {}) == (endpoint, {"journey_key": "home"} | parts)


@pytest.mark.parametrize("subject", ["fell", "rose", "nothing_changed", "not_comparable"])
def test_a_change_leads_to_the_two_months_it_is_between(subject):
    kept = {"month": "2026-10", "before": "2026-09"}

    endpoint, parts = page_of(Finding(Subject(subject), "use").plain(), "home", kept)

    assert endpoint == "compare.show"
    months = {name: parts[name] for name in ("a_from", "a_to", "b_from", "b_to")}
    assert parts["by"] == "period"
    assert list(months.values()) == ["2026-09", "2026-09", "2026-10", "2026-10"]

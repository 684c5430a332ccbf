"""Everything worth saying of a journey, in order."""

import pandas as pd

from insights.findings.findings import Finding, Subject
from insights.findings.headline import Headline
from insights.findings.journey_findings import (
    Evidence,
    further_findings,
    journey_findings,
    some_of_each,
)

NUMBERS = {"change": 4.0, "low": 1.0, "high": 7.0, "n": 90, "smallest": 3.0}
GAP = {"stage": "use", "outside": 41.0, "inside": 80.0, "gap": 39.0, "low": 30.0, "high": 48.0}


def verdict(number, word):
    return {"number": number, "title": f"Plan {number}", "stage": "use", "verdict": word} | NUMBERS


def gap(touchpoint, **given):
    return GAP | {"touchpoint": touchpoint, "n": 80, "shown": True, "is_clear": True} | given


def clash(touchpoint, n, of, **given):
    return {"stage": "use", "touchpoint": touchpoint, "n": n, "of": of, "shown": True} | given


def silent(part, share, low, **given):
    numbers = {"share": share, "low": low, "high": 0.9, "accounts": 40, "shown": True}
    return numbers | {"part": part} | given


def subjects(found):
    return [one.subject.value for one in found]


def test_verdicts_come_first_then_gaps_clashes_and_who_is_silent():
    found = further_findings(
        Evidence(
            verdicts=[verdict(1, "too_early"), verdict(2, "hurt"), verdict(3, "helped")],
            gaps=[gap("invoice"), gap("app", is_clear=False), gap("call", gap=-20.0)],
            clashes=[clash("invoice", 6, 60), clash(None, 9, 100)],
            silence=[silent("user", 0.6, 0.4), silent("buyer", 0.8, 0.6)],
        )
    )

    assert subjects(found) == [
        *("helped", "made_worse", "too_early"),
        *("gap", "clash", "clash", "silent"),
    ]
    assert [one.number for one in found[:3]] == [3, 2, 1]
    assert (found[3].score, found[3].other, found[3].change) == (41.0, 80.0, 39.0)
    assert (found[4].touchpoint, found[4].n, found[4].share) == (None, 9, 0.09)
    assert found[4].low < 0.09 < found[4].high
    assert (found[6].title, found[6].n) == ("buyer", 40)


def test_what_fewer_than_five_stand_behind_is_not_told():
    hidden = {"shown": False}

    found = further_findings(
        Evidence(
            gaps=[gap("invoice", **hidden)],
            clashes=[clash("invoice", None, None, **hidden)],
            silence=[silent("buyer", None, None, **hidden)],
        )
    )

    assert found == ()


def test_what_is_further_stands_at_the_end_of_all_findings():
    evidence = Evidence(clashes=[clash("invoice", 6, 60)])

    assert subjects(journey_findings(evidence)) == ["no_answers", "clash"]


def test_every_kind_gets_a_word_before_any_gets_a_second():
    told = [
        Finding(Subject.HELPED, number=1),
        Finding(Subject.NO_EFFECT, number=2),
        Finding(Subject.TOO_EARLY, number=3),
        Finding(Subject.GAP, touchpoint="a"),
        Finding(Subject.GAP, touchpoint="b"),
        Finding(Subject.CLASH),
        Finding(Subject.SILENT),
    ]

    assert some_of_each(told, 5) == (told[0], told[1], told[3], told[5], told[6])
    assert some_of_each(told, 99) == tuple(told)
    assert some_of_each([], 5) == ()


def test_changes_of_earlier_months_follow_those_of_the_last_with_their_month():
    row = {"stage": "use", "score_after": 33.0, "low": -46.0, "high": -36.0, "n_after": 40}
    earlier = pd.DataFrame(
        [
            row | {"touchpoint": "shop", "change": -12.0, "month": "2026-05", "is_proven": True},
            row | {"touchpoint": "invoice", "change": -41.0, "month": "2026-03", "is_proven": True},
            row | {"touchpoint": "app", "change": -50.0, "month": "2026-02", "is_proven": False},
        ]
    )
    weakest = Headline("use", 61.0, 59.0, 63.0, 90, False, True)
    names = ["stage", "touchpoint", "change", "p", "smallest", "is_proven"]
    nothing = pd.DataFrame(columns=names).astype({"is_proven": bool})

    found = journey_findings(Evidence(weakest, nothing, earlier=earlier))

    assert subjects(found) == ["weakest_stage", "not_comparable", "fell", "fell"]
    assert [(one.touchpoint, one.month) for one in found[2:]] == [
        ("invoice", "2026-03"),
        ("shop", "2026-05"),
    ]

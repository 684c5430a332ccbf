from insights.comparing.changes import changes
from insights.findings.findings import Subject, findings
from insights.findings.headline import headline
from insights.scores import stage_scores
from tests.insights.comparing.test_changes import OCTOBER, SEPTEMBER, month_of
from tests.insights.facts_factory import make_facts


def tell(facts):
    table = make_facts(facts)
    this_month = table.filter(table.month == OCTOBER.last)
    found = changes(table, SEPTEMBER, OCTOBER)
    return findings(headline(stage_scores(this_month), {}), found)


def test_what_fell_comes_before_what_rose():
    facts = month_of(SEPTEMBER, 0, [2, 3] * 30) + month_of(OCTOBER, 100, [4, 5] * 30)
    facts += month_of(SEPTEMBER, 300, [4, 5] * 30, stage="use")
    facts += month_of(OCTOBER, 400, [3, 4] * 30, stage="use")
    told = tell(facts)

    assert [finding.subject for finding in told] == [
        Subject.WEAKEST_STAGE,
        Subject.FELL,
        Subject.FELL,
        Subject.ROSE,
        Subject.ROSE,
    ]
    assert (told[0].stage, told[0].score, told[0].n) == ("use", 62.5, 60)
    assert {(finding.stage, finding.touchpoint) for finding in told[1:3]} == {
        ("use", "shop"),
        ("use", None),
    }
    assert told[1].change == -25
    assert told[1].low < -25 < told[1].high < 0


def test_a_month_without_proof_says_so_and_how_much_would_have_been_seen():
    facts = month_of(SEPTEMBER, 0, [1, 3, 5] * 20) + month_of(OCTOBER, 100, [1, 3, 5] * 20)
    told = tell(facts)

    assert [finding.subject for finding in told] == [Subject.WEAKEST_STAGE, Subject.NOTHING_CHANGED]
    assert told[1].touchpoint is None
    assert 15 < told[1].smallest < 30


def test_a_first_month_is_not_comparable_and_an_empty_one_has_no_answers():
    first = tell(month_of(OCTOBER, 0, [1, 3, 5] * 20))
    empty = tell([])

    assert [finding.subject for finding in first] == [Subject.WEAKEST_STAGE, Subject.NOT_COMPARABLE]
    assert [finding.subject for finding in empty] == [Subject.NO_ANSWERS]

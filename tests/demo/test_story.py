from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from statistics import mean

import pytest

from demo.answering import touchpoints
from demo.company import questionnaires
from demo.plot import BROKE, REPAIRED
from demo.story import tell
from questionnaires.logic import is_shown
from questionnaires.value import NOT_APPLICABLE
from vocabulary import Audience, Kind, Market

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def asked():
    return questionnaires()


@pytest.fixture(scope="module")
def sittings(asked):
    return list(tell(7, NOW, asked))


@pytest.fixture(scope="module")
def comments(sittings):
    return [sitting.answers["comment"] for sitting in sittings if "comment" in sitting.answers]


def share(sittings, is_so):
    return sum(map(is_so, sittings)) / len(sittings)


def months_ago(sitting):
    at = sitting.answered_at
    return (NOW.year - at.year) * 12 + NOW.month - at.month


def level(sittings, stage, touchpoint, months):
    """The mean rating by customers in some months, counted back from now."""
    ratings = [
        sitting.answers.get(f"rate_{touchpoint}")
        for sitting in sittings
        if sitting.stage == stage
        and sitting.audience is Audience.CUSTOMER
        and months_ago(sitting) in months
    ]
    return mean(rating for rating in ratings if isinstance(rating, int))


def test_the_same_seed_and_moment_tell_the_same_story(asked):
    assert list(tell(3, NOW, asked, 300)) == list(tell(3, NOW, asked, 300))
    assert list(tell(3, NOW, asked, 300)) != list(tell(4, NOW, asked, 300))


def test_six_thousand_sittings_fill_twenty_four_closed_months_in_order(sittings):
    moments = [sitting.answered_at for sitting in sittings]

    assert len(sittings) == 6_000
    assert moments == sorted(moments)
    assert {months_ago(sitting) for sitting in sittings} == set(range(1, 25))
    assert all(sitting.started_at < sitting.answered_at for sitting in sittings)


def test_everyone_is_there(sittings, asked):
    assert {(s.journey, s.stage, s.audience) for s in sittings} == set(asked)
    assert {sitting.audience for sitting in sittings} == set(Audience)
    assert 0.4 < share(sittings, lambda s: s.market is Market.B2B) < 0.55
    assert 0.72 < share(sittings, lambda s: s.language == "nl") < 0.78
    assert 0.08 < share(sittings, lambda s: not s.is_finished) < 0.12


def test_a_firm_is_named_exactly_where_a_firm_answers(sittings):
    assert all((s.account is not None) == (s.market is Market.B2B) for s in sittings)


def test_a_partial_sitting_answers_only_the_pages_that_were_sent(sittings, asked):
    for sitting in sittings:
        pages = asked[sitting.journey, sitting.stage, sitting.audience].pages
        sent = {question.key for page in pages[: sitting.n_pages] for question in page.questions}
        assert set(sitting.answers) <= sent
        assert sitting.is_finished == (sitting.n_pages == len(pages))


def test_answers_are_what_the_questionnaire_would_take(sittings, asked):
    for sitting in sittings:
        questionnaire = asked[sitting.journey, sitting.stage, sitting.audience]
        for key, answer in sitting.answers.items():
            question = questionnaire.question(key)
            assert is_shown(question, sitting.answers)
            options = [option.key for option in question.options]
            if answer == NOT_APPLICABLE:
                assert question.may_not_apply
            elif question.ends:
                assert question.ends[0] <= answer <= question.ends[1]
            elif question.takes_several:
                assert set(answer) <= set(options)
            elif question.kind is Kind.SINGLE:
                assert answer in options
            else:
                assert answer.strip()
                assert len(answer) < 2_000
        assert isinstance(sitting.answers["overall"], int)


@pytest.mark.parametrize("stage", ["retention", "repeat_purchase"])
def test_bills_broke_in_their_month_and_stayed_broken(sittings, stage):
    assert level(sittings, stage, "invoice", range(BROKE + 1, 25)) > 3.9
    assert level(sittings, stage, "invoice", range(BROKE + 1, BROKE + 3)) > 3.6
    assert level(sittings, stage, "invoice", range(BROKE - 1, BROKE + 1)) < 2.9
    assert level(sittings, stage, "invoice", range(1, BROKE + 1)) < 2.7


@pytest.mark.parametrize(
    ("stage", "touchpoint"), [("decision", "purchase_process"), ("activate", "quotation")]
)
def test_ordering_was_repaired_in_its_month(sittings, stage, touchpoint):
    assert level(sittings, stage, touchpoint, range(REPAIRED + 1, 25)) < 3.0
    assert level(sittings, stage, touchpoint, range(REPAIRED + 1, REPAIRED + 3)) < 3.2
    assert level(sittings, stage, touchpoint, range(REPAIRED - 1, REPAIRED + 1)) > 3.9
    assert level(sittings, stage, touchpoint, range(1, REPAIRED + 1)) > 4.1


@pytest.mark.parametrize(
    ("stage", "loved"), [("decision", "customer_service"), ("activate", "account_manager")]
)
def test_one_touchpoint_of_each_journey_is_loved_more_than_any_beside_it(
    sittings, asked, stage, loved
):
    survey = next(key for key in asked if key[1] == stage)
    overall = {
        touchpoint: level(sittings, stage, touchpoint, range(1, 25))
        for touchpoint in touchpoints(asked[survey])
    }

    assert max(overall, key=overall.__getitem__) == loved
    assert overall[loved] > 4.4


def test_the_stage_suffers_when_its_bills_break(sittings):
    scores = defaultdict(list)
    for sitting in sittings:
        if sitting.stage == "retention":
            scores[months_ago(sitting) <= BROKE].append(sitting.answers["overall"])

    assert mean(scores[False]) - mean(scores[True]) > 0.4


def test_people_of_one_firm_judge_alike(sittings):
    alike, by_firm = defaultdict(list), defaultdict(list)
    for sitting in sittings:
        if sitting.account:
            when = (sitting.stage, months_ago(sitting) <= REPAIRED, months_ago(sitting) <= BROKE)
            alike[when, sitting.audience].append(sitting.answers["overall"])
            by_firm[sitting.account].append((when, sitting.audience, sitting.answers["overall"]))
    usual = {situation: mean(scores) for situation, scores in alike.items()}
    own = [
        [score - usual[when, audience] for when, audience, score in firm]
        for firm in by_firm.values()
    ]
    apart = mean(deviation**2 for firm in own for deviation in firm)
    within = mean((a - b) ** 2 / 2 for firm in own for a, b in pairwise(firm))

    assert 0.7 < within / apart < 0.92


def test_four_or_five_of_ten_write_a_comment(sittings, comments):
    assert 0.4 < len(comments) / len(sittings) < 0.5


def test_comments_do_not_read_as_copies(comments):
    count = Counter(comments)

    assert len(count) > 0.7 * len(comments)
    assert max(count.values()) <= 12
    assert max(times for text, times in count.items() if len(text) > 30) <= 8


def test_nobody_writes_of_the_new_billing_system_before_it_came(sittings):
    told = [
        months_ago(sitting)
        for sitting in sittings
        if "factuursysteem" in str(sitting.answers.get("comment"))
        or "billing system" in str(sitting.answers.get("comment"))
    ]

    assert len(told) > 5
    assert max(told) <= BROKE


def test_questionnaires_of_another_company_are_refused(asked):
    other = {("elsewhere", stage, audience): q for (_, stage, audience), q in asked.items()}

    with pytest.raises(ValueError, match="No questionnaire belongs to a stage"):
        next(tell(7, NOW, other))

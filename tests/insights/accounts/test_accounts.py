"""All that a page says of accounts, from facts."""

import pandas as pd

from insights.accounts.accounts import Crm, company_numbers
from insights.accounts.people import heard_people
from tests.insights.facts_factory import make_fact, make_facts

KNOWN = Crm(
    pd.DataFrame({"account": [f"a{i}" for i in range(12)], "revenue": [100.0] * 10 + [50.0, None]}),
    pd.DataFrame(
        {
            "person": ["code 0", "code 1", "code elsewhere"],
            "account": ["a0", "a1", "a11"],
            "part": ["decision_maker", "buyer", "decision_maker"],
        }
    ),
    {"p 1": "code 1"},
)


def tell(count=10, *, role="user", **given):
    """Two people per account answer; everybody's role stands in their link."""
    rows = [
        make_fact(
            number,
            value=1 + number % 5,
            person="code 0" if number == 0 else f"p {number}",
            account=f"a{number // 2}",
            attributes=[("role", role)] if role else [],
            **given,
        )
        for number in range(count)
    ]
    return make_facts(rows)


def test_the_crm_goes_before_the_link_and_codes_meet_names():
    codes = {"p 1": "code 1"}

    found = heard_people(tell(4), {"code 0": "decision_maker", "code 1": "buyer"}, codes)

    parts = dict(zip(found["respondent"].rank().astype(int), found["part"], strict=True))
    assert sorted(parts.values()) == ["buyer", "decision_maker", "user", "user"]
    assert set(found["person"]) == {"code 0", "code 1", "p 2", "p 3"}


def test_a_role_that_is_no_part_is_not_known():
    assert heard_people(tell(4, role="janitor"), {})["part"].isna().all()


def test_what_is_known_and_heard_is_counted():
    facts = tell(20)

    found = company_numbers(facts, facts, KNOWN)

    assert (found.n_accounts, found.n_persons, found.n_known, found.n_known_heard) == (
        10,
        20,
        12,
        10,
    )
    assert found.has_parts
    assert found.n_lone == 0
    # One decision maker was heard, in a0: who knows that is told nothing of the others.
    assert found.silent == tuple(f"a{i}" for i in range(1, 10))
    assert not found.silence.set_index("part").loc["decision_maker", "shown"]
    # a11 did not answer, so that its decision maker is not among those who could have been heard.
    assert found.parts.set_index("part").loc["decision_maker", "known"] == 1


def test_who_is_silent_does_not_depend_on_what_is_filtered():
    facts = tell(20)
    nobody = facts.filter(facts.account == "a0")

    found = company_numbers(nobody, facts, KNOWN)

    assert found.n_accounts == 10
    assert not found.ways["shown"].any()


def test_fewer_than_five_persons_of_accounts_are_not_told_of():
    facts = tell(4)

    found = company_numbers(facts, facts, KNOWN)

    assert (found.is_anybody, found.n_accounts, found.n_persons) == (True, None, None)
    for frame in (found.ways, found.agreement, found.silence, found.contrast):
        assert not frame["shown"].astype(bool).any()


def test_a_journey_of_consumers_has_nobody():
    facts = make_facts([make_fact(number) for number in range(20)])

    found = company_numbers(facts, facts, KNOWN)

    assert (found.is_anybody, found.n_accounts, found.has_parts) == (False, None, False)
    assert found.n_lone == 20
    assert found.silent == ()


def test_every_account_is_found_once_however_often_its_people_answered():
    rows = [
        make_fact(number, person=f"p {number % 10}", account=f"a{number % 5}", stage=stage)
        for stage in ("order", "use")
        for number in range(30)
    ]
    facts = make_facts(rows)

    found = company_numbers(facts, facts, KNOWN)

    assert (found.n_accounts, found.n_persons) == (5, 10)
    plain = found.ways[found.ways["way"] == "answers"]
    assert plain[["stage", "persons", "n", "accounts"]].to_numpy().tolist() == [
        ["order", 10, 30, 5],
        ["use", 10, 30, 5],
    ]

"""B2B in the open: all that a page says about accounts, for one selection."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import pandas as pd

from insights.accounts.agreement import agreement
from insights.accounts.parts import parts_heard
from insights.accounts.people import heard_people, lone_people
from insights.accounts.silence import WITHOUT, contrast, silence, silent_accounts
from insights.accounts.ways import account_ways
from insights.release.suppression import MINIMUM_PERSONS
from vocabulary import Part


@dataclass(frozen=True, eq=False)
class CompanyNumbers:
    """What can be said of the accounts of a journey.

    Attributes:
        is_anybody: whether anybody answered for an account.
        n_accounts: accounts that answered; None where fewer than five persons of accounts did.
        n_persons: their persons who answered.
        n_known: accounts that a CRM knows.
        n_known_heard: those of them that answered.
        n_lone: answers by people of no account; None where they may be fewer than five people.
        has_parts: whether the part of anybody who answered is known.
        ways: as ``ways.account_ways``.
        agreement: as ``agreement.agreement``.
        parts: as ``parts.parts_heard``.
        silence: as ``silence.silence``.
        contrast: as ``silence.contrast``, of decision makers.
        silent: keys of the accounts in which no decision maker was heard, by revenue, the largest
            first; for colleagues who see each response only.
    """

    is_anybody: bool
    n_accounts: int | None
    n_persons: int | None
    n_known: int
    n_known_heard: int
    n_lone: int | None
    has_parts: bool
    ways: pd.DataFrame
    agreement: pd.DataFrame
    parts: pd.DataFrame
    silence: pd.DataFrame
    contrast: pd.DataFrame
    silent: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Crm:
    """What a CRM knows.

    Attributes:
        accounts: ``account`` (key) and ``revenue`` (of a year, or null).
        persons: ``person`` (code), ``account`` and ``part`` (or null).
        codes: the code of each person whom the facts name by another key.
    """

    accounts: pd.DataFrame
    persons: pd.DataFrame
    codes: Mapping[str, str] = field(default_factory=dict)


def company_numbers(chosen: ibis.Table, whole: ibis.Table, crm: Crm) -> CompanyNumbers:
    """Compute what the page of accounts shows.

    Args:
        chosen: the facts of one journey, as filtered; scores and disagreement are about them.
        whole: the facts of the same period, by no property of people: who was heard is counted
            in them, for under "role = user" no decision maker was heard anywhere.
        crm: what is known of accounts and persons beside their answers.

    Returns:
        The numbers, suppressed; empty frames where nobody of an account answered.

    References:
        docs/metrics.md, "Accounts, counted three ways", "Disagreement inside an account" and "Who
        in the decision was heard".

    Example:
        >>> texts = dict.fromkeys(["stage", "account", "person", "state"], "string")
        >>> types = texts | {"respondent": "int64", "score": "float64", "is_overall": "boolean",
        ...                  "attributes": "map<string, string>"}
        >>> nobody = ibis.memtable([], schema=types)
        >>> known = pd.DataFrame({"account": ["a"], "revenue": [1000.0]})
        >>> nothing = pd.DataFrame({"person": [], "account": [], "part": []})
        >>> found = company_numbers(nobody, nobody, Crm(known, nothing))
        >>> found.n_accounts, found.n_known, found.ways.empty
        (None, 1, True)
    """
    heard, alone = _heard(chosen, crm), lone_people(chosen)
    all_heard, all_alone = heard, alone
    if whole is not chosen:
        all_heard, all_alone = _heard(whole, crm), lone_people(whole)
    revenues = _revenues(crm)
    n_alone = int(all_alone.groupby("stage")["clusters"].sum().max()) if len(all_alone) else 0
    states = silent_accounts(all_heard, Part.DECISION_MAKER)
    parts = _parts(crm, all_heard)
    n_persons = all_heard["respondent"].nunique()
    is_shown = n_persons >= MINIMUM_PERSONS
    silent = states[states == WITHOUT].index
    return CompanyNumbers(
        is_anybody=n_persons > 0,
        n_accounts=len(states) if is_shown else None,
        n_persons=n_persons if is_shown else None,
        n_known=len(revenues),
        n_known_heard=int(revenues.index.isin(states.index).sum()),
        n_lone=None
        if 0 < n_alone < MINIMUM_PERSONS
        else int((alone["size"] * alone["clusters"]).sum()),
        has_parts=bool(all_heard["part"].notna().any()),
        ways=account_ways(heard, alone, revenues),
        agreement=agreement(heard),
        parts=parts_heard(all_heard, n_alone, parts),
        silence=silence(all_heard, parts, revenues),
        contrast=contrast(all_heard, all_alone, states),
        silent=tuple(revenues.reindex(silent).sort_values(ascending=False, kind="stable").index),
    )


def account_silence(table: ibis.Table, crm: Crm) -> pd.DataFrame:
    """Count the accounts in which nobody of a part was heard, and nothing else.

    Args:
        table: the facts of one journey and period, by no property of people.
        crm: what is known of accounts and persons beside their answers.

    Returns:
        As ``CompanyNumbers.silence``.

    References:
        docs/metrics.md, "Who in the decision was heard".

    Example:
        >>> texts = dict.fromkeys(["stage", "account", "person", "state"], "string")
        >>> types = texts | {"respondent": "int64", "score": "float64", "is_overall": "boolean",
        ...                  "attributes": "map<string, string>"}
        >>> nothing = pd.DataFrame({"person": [], "account": [], "part": []})
        >>> known = Crm(pd.DataFrame({"account": ["a"], "revenue": [1000.0]}), nothing)
        >>> bool(account_silence(ibis.memtable([], schema=types), known)["shown"].any())
        False
    """
    heard = _heard(table, crm)
    return silence(heard, _parts(crm, heard), _revenues(crm))


def _heard(table: ibis.Table, crm: Crm) -> pd.DataFrame:
    """Who was heard, and which part each of them plays."""
    known = crm.persons.dropna(subset=["part"])
    by_person = dict(zip(known["person"], known["part"], strict=True))
    return heard_people(table, by_person, crm.codes)


def _parts(crm: Crm, heard: pd.DataFrame) -> pd.DataFrame:
    """Whose part is known in the accounts that were heard."""
    known = crm.persons.dropna(subset=["part"])
    return known[known["account"].isin(heard["account"].unique())]


def _revenues(crm: Crm) -> pd.Series:
    """The revenue of each account, by its key."""
    return crm.accounts.set_index("account")["revenue"].astype(float)

"""Finding numbers that lead to a person: accounts, telephones, cards, citizens."""

import re
from itertools import pairwise

from insights.masking.spans import joined, replaced

_LONG = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 "
    "DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 "
    "IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 "
    "MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 "
    "TN24 TR26 UA29 VA22 VG24 XK20 "
)
_LENGTHS = {each[:2]: int(each[2:]) for each in _LONG.split()}
"""How long an IBAN is in each country."""
_IBAN_START = re.compile(r"(?<!\w)([A-Z]{2}) ?\d{2}(?=[ .-]?[A-Z0-9])", re.IGNORECASE | re.ASCII)
_IBAN_PART = re.compile(r"[ .-]?[A-Z0-9]", re.IGNORECASE | re.ASCII)
_CHECKED_BY, _FEWEST_DIGITS = 97, 7

_NUMBER = re.compile(
    r"(?<![\w€$£])(?<!\d,)(?:\+|\(\+?)?\d(?:[ \t\u00a0\u2009\u202f().\-–/]{0,3}\d){6,18}(?!\w)"
)
_STUCK = re.compile(r"(?<!\d)(?<!\d[.,])\d{9,19}(?!\d)")
"""So many digits are no measure, even where a letter touches them."""

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[5-9]|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])\.[0-5]\d"
_WHEN = (
    rf"(?:{_DAY}[ ./-]{_MONTH}[ ./-]{_YEAR}|{_MONTH}[ ./-]{_DAY}[ ./-]{_YEAR}"
    rf"|{_YEAR}[ ./-]{_MONTH}[ ./-]{_DAY}|{_DAY}-{_MONTH}-\d\d(?= {_CLOCK})"
    rf"|{_DAY}/{_MONTH}(?:/\d\d)?(?: (?:[01]\d|2[0-4])[0-5]\d)?|{_YEAR}|{_CLOCK})"
)
_TIMES = re.compile(rf"{_WHEN}(?:[ \-–/]{{1,3}}{_WHEN}){{0,8}}(?P<hour>[ \-–]{{1,3}}[0-2]?\d)?")
_MARKS = re.compile(r"\d{1,2} ?/ ?(?:5|10|20|100)(?: +\d{1,2} ?/ ?(?:5|10|20|100))*")
_WATCH = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d[-–](?:[01]\d|2[0-4])[0-5]\d")
_PRICES = re.compile(r"[1-9]\d{0,3}\.\d\d ?[-–/] ?[1-9]\d{0,3}\.\d\d")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
_MONEY_BEFORE = re.compile(r"(?:€|£|\$|eur|euro|gbp|usd)[ \u00a0]?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"(?:,(?:\d\d|-+))?[ \u00a0]?(?:€|£|\$|eur|gbp|usd|dollar|pond|pound)", re.IGNORECASE
)
_KINDS = (_MARKS, _WATCH, _PRICES)
_FEWEST_MARKS, _AT_MOST, _AT_MOST_IN_A_LIST = 3, 10, 99


def number_spans(text: str) -> list[tuple[int, int]]:
    """Find IBANs, and numbers of seven digits or more.

    Telephone numbers, cards and citizens' numbers all have that many digits, however they are
    written. Dates, times, years, marks and amounts of money stay. An IBAN needs the length that
    its country gives it and right check digits; with a wrong one it goes as a long number.

    Args:
        text: what somebody wrote.

    Returns:
        Where each starts and ends.

    References:
        ISO 13616 (IBAN), ISO 7064 (its check digits), ITU-T E.164 (at most 15 digits), ISO 7812
        (cards, at most 19).

    Example:
        >>> text = "Bel 06-12 34 56 78 op 12-03-2026 14:30, rekening NL91 ABNA 0417 1643 00 van mij"
        >>> [text[start:end] for start, end in number_spans(text)]
        ['06-12 34 56 78', 'NL91 ABNA 0417 1643 00']
    """
    if not re.search(r"\d", text):
        return []
    ibans = [span for start in _IBAN_START.finditer(text) if (span := _iban_span(text, start))]
    rest = replaced(text, joined(ibans))
    found = [each.span() for each in _NUMBER.finditer(rest) if not _is_innocent(rest, each)]
    return joined([*ibans, *found, *(each.span() for each in _STUCK.finditer(rest))])


def _iban_span(text: str, start: re.Match[str]) -> tuple[int, int] | None:
    """An IBAN that starts here, as long as its country says; what follows is of the sentence."""
    place, end = start.start(), start.end()
    n_left = _LENGTHS.get(start.group(1).upper(), 0) - 4
    for _ in range(n_left):
        part = _IBAN_PART.match(text, end)
        if not part:
            return None
        end = part.end()
    plain = re.sub(r"[ .-]", "", text[place:end]).upper()
    is_whole = n_left > 0 and not text[end : end + 1].isalnum()
    return (place, end) if is_whole and _is_iban(plain) else None


def _is_iban(plain: str) -> bool:
    """Whether the check digits are right, and enough of it is digits to be no sentence.

    Example:
        >>> _is_iban("NL91ABNA0417164300"), _is_iban("NL92ABNA0417164300")
        (True, False)
    """
    digits = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
    n_digits = sum(each.isdigit() for each in plain)
    return n_digits >= _FEWEST_DIGITS and int(digits) % _CHECKED_BY == 1


def _is_innocent(text: str, found: re.Match[str]) -> bool:
    """Whether a long number is dates, times, marks, a count or money."""
    run, after = found.group().lstrip("("), text[found.end() : found.end() + 12]
    times = _TIMES.fullmatch(run)
    if times and (not times["hour"] or after.startswith(":")):
        return True
    if any(kind.fullmatch(run) for kind in _KINDS) or _is_count(run):
        return True
    before = text[max(0, found.start() - 6) : found.start()]
    is_money = bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after))
    return is_money and bool(_AMOUNT.fullmatch(run))


def _is_count(run: str) -> bool:
    """Whether these are marks in a row, or somebody counts.

    Example:
        >>> _is_count("8 7 9 10 8 7"), _is_count("9 10 11 12"), _is_count("06 12 34 56 78")
        (True, True, False)
    """
    parts = re.split(r"[ \-–/]{1,3}", run)
    if not all(part.isdecimal() and part.isascii() and str(int(part)) == part for part in parts):
        return False
    numbers = [int(part) for part in parts]
    counts = all(later == one + 1 for one, later in pairwise(numbers))
    most = _AT_MOST_IN_A_LIST if set(run) <= set("0123456789/") else _AT_MOST
    return len(numbers) >= _FEWEST_MARKS and (counts or max(numbers) <= most)

"""Finding number plates."""

import re
from collections.abc import Iterator

_SHAPES = (
    "LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD"
    " DDDLLD DLLLDDD"
)
_SIDECODES = frozenset(_SHAPES.split())
"""Letters and digits of the Dutch sidecodes 1 to 14, and of the Belgian plate."""
_DASHED = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}|\d{1,3})(?:-(?:[A-Z]{1,3}|\d{1,3})){2}(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
_WHEN = re.compile(
    r"jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec|(?:ma|di|wo|do|vr|za|zo)-",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"(?:artikel|model|type|product|code|item|part|onderdeel)\w{0,6}[ :.#]{1,3}$", re.IGNORECASE
)
_AFTER_WORD = re.compile(
    r"(?<!\w)(?:kenteken(?:plaat|nummer)?s?|nummerplaat|plaat|kennzeichen|plaque)[\s:(.,]{1,3}"
    r"(?:(?:is|was|van|met|de|mijn|onze|auto|nummer) ){0,3}(?P<plate>[A-Z\d][A-Z\d -]{4,10})",
    re.IGNORECASE | re.ASCII,
)
_BRITISH = re.compile(
    r"(?<!\w)(?:reg(?:istration)?|(?:number|licen[cs]e) ?plate|plate)(?: (?:number|no|plate|mark))?"
    r"[\s:(.,]{1,3}(?:(?:is|was|of) )?"
    r"(?P<plate>[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?!\w)",
    re.IGNORECASE | re.ASCII,
)


def plate_spans(text: str) -> list[tuple[int, int]]:
    """Find Dutch number plates with dashes, and Dutch and British ones after a word that says so.

    Args:
        text: what somebody wrote.

    Returns:
        Where each starts and ends.

    References:
        RDW, sidecodes 1 to 14; DVLA, INF104 (vehicle registration numbers).

    Example:
        >>> text = "De 12-KBX-4 en kenteken gz914t, reg AB12 CDE; actie tot 12-JAN-4"
        >>> [text[start:end] for start, end in plate_spans(text)]
        ['12-KBX-4', 'gz914t', 'AB12 CDE']
    """
    if not re.search(r"\d", text):
        return []
    found = [
        each.span()
        for each in _DASHED.finditer(text)
        if _is_plate(text, each.start(), each.group())
    ]
    found += _after_word(text)
    return found + [each.span("plate") for each in _BRITISH.finditer(text)]


def _is_plate(text: str, start: int, given: str) -> bool:
    """Whether letters and digits stand as on a plate, and it is no date and no product."""
    if _shape(given) not in _SIDECODES or _WHEN.search(given):
        return False
    if given.islower() and any(vowel in given for vowel in "aeiou"):
        return False
    return not _PRODUCT.search(text[max(0, start - 16) : start])


def _after_word(text: str) -> Iterator[tuple[int, int]]:
    """The plates that the word "kenteken" announces, with blanks or without."""
    for found in _AFTER_WORD.finditer(text):
        start, given = found.start("plate"), found["plate"]
        for end in range(len(given), 5, -1):
            is_whole = (
                given[end - 1].isalnum() and not text[start + end : start + end + 1].isalnum()
            )
            if is_whole and _shape(given[:end]) in _SIDECODES:
                yield start, start + end
                break


def _shape(given: str) -> str:
    """Which signs are letters and which are digits.

    Example:
        >>> _shape("12-KBX-4")
        'DDLLLD'
    """
    return "".join("D" if each.isdigit() else "L" for each in given if each.isalnum())

"""Finding dates of birth."""

import re

_CUE = (
    r"(?P<word>geboortedat(?:um|a)|geboortedag|date of birth|birth ?date|birthday|verjaardag"
    r"|d\.? ?o\.? ?b\b\.?|geburtsdatum|date de naissance)|geboren(?: op)?|geb\.|born|née?(?= le)"
)
_MONTHS = (
    r"(?:jan(?:uar[iy]|uary|vier)?|feb(?:ruar[iy]|ruary)?|février|maart|mrt|mar(?:ch|s)?|märz"
    r"|apr(?:il)?|avril|mei|may|mai|jun[iey]?|juin|jul[iy]?|juillet|aug(?:ust(?:us)?)?|août"
    r"|sept?(?:ember|embre)?|o[kc]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|décembre)"
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th|e|er)?\.?(?: (?:of|de))? {_MONTHS}(?:\.?,? '?\d{{2,4}})?"
    rf"|{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{1,2} ?[-./] ?\d{1,2} ?[-./] ?(?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2} \d{1,2} \d{4}"
)
_BIRTH = re.compile(
    rf"(?<!\w)(?:{_CUE})(?P<gap>[^\d!?\n•]{{0,30}}?)(?P<date>{_DATE})(?!\w)", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?<![\w.-])(?P<date>{_DATE})(?= geboren(?!\w))", re.IGNORECASE)
_NEAR = 16


def birth_spans(text: str) -> list[tuple[int, int]]:
    """Find dates of birth: dates that "geboren", "born", "DOB" or the like announces.

    A year alone stays, and so does a date that stands in another sentence.

    Args:
        text: what somebody wrote.

    Returns:
        Where each date starts and ends.

    References:
        Regulation (EU) 2016/679, article 4(1).

    Example:
        >>> text = "Geboren op 12-03-1980, klant sinds 1-1-2010; born 12th March 1980, or in 1981"
        >>> [text[start:end] for start, end in birth_spans(text)]
        ['12-03-1980', '12th March 1980']
    """
    if not re.search(r"\d", text):
        return []
    found = [each.span("date") for each in _BIRTH.finditer(text) if _is_announced(each)]
    return found + [each.span("date") for each in _BEFORE.finditer(text)]


def _is_announced(found: re.Match[str]) -> bool:
    """Whether the date belongs to the word: near it, and in the same sentence."""
    return ". " not in found["gap"].lstrip(". ") and bool(
        found["word"] or len(found["gap"]) <= _NEAR
    )

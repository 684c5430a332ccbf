"""Finding numbers that are too short to be hidden for their length: of a customer, an order."""

import re

_DENIED = (
    r"huis|kamer|lijn|vlucht|trein|bus|rij|stoel|model|artikel|product|type|perron|pagina|kanaal"
    r"|versie|rug|tafel|maat|spoor|bel|telefoon|gsm|fax|nood|service|internet|alarm"
)
_SUBJECTS = (
    r"customer|client|order|policy|account|booking|reservation|case|ticket|invoice|member(?:ship)?"
    r"|claim|tracking|reference|patient|hospital|nhs|card|loyalty|complaint|contract|enquiry"
    r"|inquiry|incident|confirmation|employee|staff|permit|job|repair|passport|licen[cs]e|insurance"
    r"|student|parcel|delivery|transaction|payment|return|badge|library|purchase order"
)
_CUE = re.compile(
    rf"(?<![\w-])(?:(?P<strong>(?!(?:{_DENIED})s?-?n)[^\W\d_]{{2,30}}-?(?:nummer|nr|kenmerk)"
    r"|kenmerk|(?:boekings|reserverings|klant|bevestigings|order)code|referentie|dossier|pnr"
    rf"|(?:{_SUBJECTS})(?: ref)? ?(?:numbers?|no|num|nr|id|ref(?:erence)?|code|card)"
    r"|ref(?:erence)?|sort code|library card|numéro de \w{2,20})"
    r"|(?P<weak>klant|lid|patiënt|contract|schade|debiteur|order|bestelling|boeking|reservering|polis|factuur|nota|zaak|ticket"
    r"|melding|zending|offerte|abonnement|booking|policy|invoice|claim|case|account|reservation"
    r"|badge|permit))(?!\w)",
    re.IGNORECASE,
)
_LINK = (
    r"(?:(?: [^\W\d_]{1,15}){0,4}(?::| is| was))?[\s:=#(.,'’]{0,3}"
    r"(?:(?:is|was|nr|no|number|nummer|met|onder|with|van mij|trouwens|ook|dus"
    r"|(?:van|voor|for|of) (?:\w{1,15} ){1,2}\w{1,15})(?!\w)[\s:=#(.'’]{1,3}){0,3}"
)
_CODE = re.compile(
    rf"(?P<link>{_LINK})(?P<code>(?:(?-i:[A-Z]{{1,4}}) (?=\d{{3}}))?(?=[A-Z\d./-]{{0,20}}\d)"
    r"[A-Z\d]{1,20}(?:[-/.][A-Z\d]{1,12}){0,4})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_LETTERS = re.compile(r"[ :=#(]{1,3}(?:is |was )?(?P<code>[A-Z]{5,8})(?!\w)")
_SAYS_NUMBER = re.compile(r"(?:nummer|nr|number|no|num|id|code)$", re.IGNORECASE)
_SAYS_NUMBER_AFTER = re.compile(r"#|\bn(?:umme)?r|\bno\b|\bnumber", re.IGNORECASE)
_COUNTED = re.compile(
    r"[ \u00a0]?(?:%|€|x\b|keer|maal|uur|min|dag|week|weken|maand|jaar|euro|stuks|items?\b|pizza"
    r"|times?\b|hour|minute|day|month|year|pounds?\b|people|free\b)|,\d",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d))?|\d{1,2}\.\d\d(?:-\d{1,2}\.\d\d)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
)
_FEW, _SOME, _MANY = 2, 3, 5


def reference_spans(text: str) -> list[tuple[int, int]]:
    """Find the numbers and codes that follow a word such as "klantnummer" or "booking reference".

    After a word that says "number" three signs are enough, two of them digits. After "order" or
    "polis" alone it takes five digits, or letters and digits mixed, or a # before it. Years, dates
    and what counts something stay, and so do numbers of rooms, lines, flights and articles.

    Args:
        text: what somebody wrote.

    Returns:
        Where each number starts and ends.

    References:
        Regulation (EU) 2016/679, article 4(1): an identification number identifies.

    Example:
        >>> text = "Klantnummer is 48213, order AB7719; mijn klantnummer 3 keer gezegd, kamer 412"
        >>> [text[start:end] for start, end in reference_spans(text)]
        ['48213', 'AB7719']
    """
    if not re.search(r"\d|[A-Z]{5}", text):
        return []
    found = []
    for cue in _CUE.finditer(text):
        code = _CODE.match(text, cue.end())
        if code and _identifies(cue, code) and not _COUNTED.match(text, code.end()):
            found.append(code.span("code"))
            continue
        letters = _LETTERS.match(text, cue.end())
        is_code = cue.group().lower().endswith(("code", "ref", "reference", "pnr"))
        if letters and is_code and (not cue.group().isupper() or cue.group() == "PNR"):
            found.append(letters.span("code"))
    return found


def _identifies(cue: re.Match[str], found: re.Match[str]) -> bool:
    """Whether this looks like a number of somebody, for the word before it."""
    code: str = found["code"]
    n_digits = sum(each.isdigit() for each in code)
    n_signs = sum(each.isalnum() for each in code)
    says_number = _SAYS_NUMBER.search(cue.group()) or _SAYS_NUMBER_AFTER.search(found["link"])
    if not says_number and _WHEN.fullmatch(code):
        return False
    if says_number or cue["strong"]:
        is_booking = code.isupper() and n_signs >= _MANY
        return (n_digits >= _FEW and n_signs >= _SOME) or is_booking
    return n_digits >= _MANY or (n_digits >= _SOME and n_signs > n_digits)

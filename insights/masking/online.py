"""Finding e-mail addresses, handles, and links that lead to a person."""

import re

_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"“”'‘’]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?<![\w.])[\w.+-]{2,64} (?:at|apenstaartje|apestaartje) [\w-]{2,63}"
    r"(?: (?:dot|punt) [\w-]{2,63})?"
    r" (?:dot|punt) (?:nl|be|com|net|org|eu|de|fr|uk)(?!\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w@./])@(?!(?:home|work|school|thuis|kantoor|the|de|het)(?![\w.]))[A-Za-z_]\w{1,40}(?:\.\w{1,40}){0,3}"
)
_LINK = re.compile(
    r"(?<![\w@.-])(?:(?:https?://|www\.)[^\s<>\"“”]{4,2000}"
    r"|(?:[\w-]{1,40}\.){1,3}[a-z]{2,6}/[^\s<>\"“”]{2,2000})",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"^(?:https?://)?(?:\w{1,6}\.)?(?:facebook|instagram|linkedin|twitter|tiktok|snapchat|pinterest"
    r"|strava|x|t)\.(?:com|me|net)/\w",
    re.IGNORECASE,
)
_ABOUT_SOMEONE = re.compile(
    r"[?&;](?:\w*(?:user|uid|mail|name|naam|klant|cust|account|token|session|order|bestel|code|ref"
    r"|key|postcode|phone|tel|birth|client|member|lid)\w*|id)=[^&\s]"
    r"|/(?:users?|profiel|profiles?|members?|klant(?:en)?|account|u|people|track(?:ing)?|orders?)"
    r"/[^/?\s]{2}"
    r"|\d{6}|//[^/\s]{1,80}@",
    re.IGNORECASE,
)
_LAST = ".,;:!?)]}'’•"
"""What ends a sentence rather than a link."""


def online_spans(text: str) -> list[tuple[int, int]]:
    """Find e-mail addresses, handles such as @jan, and links that hold data of a person.

    A link goes whole when it leads to somebody's page, or when it carries a name, an address, a
    number or a token. Links to a shop or a page of help stay.

    Args:
        text: what somebody wrote.

    Returns:
        Where each starts and ends.

    References:
        RFC 5321 (64 characters before the @), RFC 3986 (what a link consists of).

    Example:
        >>> text = "Mail jan@voorbeeld.nl of @jan, zie www.voorbeeld.nl/hulp en x.com/jan."
        >>> [text[start:end] for start, end in online_spans(text)]
        ['jan@voorbeeld.nl', '@jan', 'x.com/jan']
    """
    found = []
    lowered = text.lower()
    if "@" in text or "at)" in lowered or "at]" in lowered:
        found += [each.span() for each in _EMAIL.finditer(text)]
        found += [_without_end(text, *each.span()) for each in _HANDLE.finditer(text)]
    if " dot " in lowered or " punt " in lowered:
        found += [each.span() for each in _SPELLED.finditer(text)]
    if "/" in text or "www." in lowered:
        links = [_without_end(text, *each.span()) for each in _LINK.finditer(text)]
        found += [(start, end) for start, end in links if _leads_to_someone(text[start:end])]
    return found


def _leads_to_someone(link: str) -> bool:
    """Whether a link tells of a person."""
    return bool(_SOCIAL.search(link) or _ABOUT_SOMEONE.search(link))


def _without_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the full stop to the sentence."""
    return start, start + len(text[start:end].rstrip(_LAST))

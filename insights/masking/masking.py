"""Hiding what would tell who someone is in the words they wrote: names, addresses, numbers."""

import re
from unicodedata import normalize

from insights.masking.addresses import address_spans
from insights.masking.births import birth_spans
from insights.masking.names import name_spans
from insights.masking.numbers import number_spans
from insights.masking.online import online_spans
from insights.masking.plates import plate_spans
from insights.masking.references import reference_spans
from insights.masking.spans import joined, replaced

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs without width, by which a number or a name would be cut in two."""

VERSION = "1"
"""Changes when something else is hidden: what was masked before is then masked again."""

MASK = "•••"
"""What stands in the place of what was hidden."""

_RULES = (
    online_spans,
    number_spans,
    reference_spans,
    plate_spans,
    birth_spans,
    address_spans,
    name_spans,
)
_MOST_ROUNDS = 8


def masked(text: str) -> str:
    """Hide what leads to a person: who they are, where they live, how they are reached.

    Hidden are e-mail addresses, handles and links to somebody's page; numbers of seven digits or
    more, among them telephone numbers, IBANs, cards and citizens' numbers; shorter numbers of a
    customer or an order where a word says so; number plates; dates of birth; addresses with a
    number; and names that a title, an introduction, a signature or a trade announces. Dates,
    times, amounts, places and names of products stay. A name that nothing announces stays too.

    Args:
        text: what somebody wrote.

    Returns:
        The text with a mask in the place of each; signs without width are taken out.

    References:
        Regulation (EU) 2016/679, article 4(1): what is personal data. How much is found:
        tests/insights/test_masking_figures.py.

    Example:
        >>> masked("Bel 06-12 34 56 78 of mail jan@voorbeeld.nl, ik betaal € 1.250,00")
        'Bel ••• of mail •••, ik betaal € 1.250,00'
        >>> masked("Meneer de Vries was op Kerkstraat 12. Ik ben tevreden! Groetjes, Wilma")
        'Meneer ••• was op •••. Ik ben tevreden! Groetjes, •••'
    """
    plain = _UNSEEN.sub("", normalize("NFC", text))
    return replaced(plain, personal(plain), MASK)


def personal(text: str) -> list[tuple[int, int]]:
    """Find the places in a text that lead to a person.

    What was found is blotted out and the rest read again, so that masking a masked text changes
    nothing.

    Args:
        text: what somebody wrote.

    Returns:
        Where each starts and ends, in order; none overlaps another.

    References:
        Regulation (EU) 2016/679, article 4(1).

    Example:
        >>> personal("Mail jan@voorbeeld.nl")
        [(5, 21)]
    """
    shown, found = text, list[tuple[int, int]]()
    for _ in range(_MOST_ROUNDS):
        new = joined([span for rule in _RULES for span in rule(shown)])
        if not new:
            break
        found += new
        shown = replaced(shown, new)
    return joined(found)

"""Cells of a CSV that a spreadsheet shows and never runs."""

import re
import unicodedata

_SIGNS = ("=", "+", "-", "@")
_BREAKS = frozenset("\t\r\n")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_NUL = str.maketrans("", "", "\0")


def safe_cell(value: object) -> str:
    """Write a value so that a spreadsheet takes it for text where it would run it as a formula.

    Numbers stay numbers. Full-width and other compatible forms of the signs count too, also behind
    spaces; NUL characters, which hide what follows, are left out.

    Example:
        >>> safe_cell("=1+1"), safe_cell(-3), safe_cell(None)
        ("'=1+1", '-3', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    if value.isalnum() and value.isascii():
        return value
    text = value.translate(_NUL)
    said = text.lstrip()
    before = text[: len(text) - len(said)]
    is_formula = unicodedata.normalize("NFKC", said[:1]).startswith(_SIGNS)
    is_formula = is_formula or not _BREAKS.isdisjoint(before)
    if is_formula and not _NUMBER.fullmatch(text):
        return "'" + text
    return text

"""Where to go next, as a request may ask for it: within this house only."""

from urllib.parse import urlsplit


def local_path(asked: str, otherwise: str = "/") -> str:
    r"""A path on this server, or the other one where the asked one leads elsewhere.

    Browsers read a backslash as a slash and skip control characters, so both are refused.

    Example:
        >>> local_path("/journeys?x=1")
        '/journeys?x=1'
        >>> local_path("//evil.example"), local_path("/\\evil.example"), local_path("https://e.x")
        ('/', '/', '/')
    """
    if not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return otherwise
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in asked):  # noqa: PLR2004 -- ASCII
        return otherwise
    try:
        parts = urlsplit(asked)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else asked

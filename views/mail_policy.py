"""How a mail is shown in a page: as a document of its own, in which nothing can run.

Mail carries its styles inside its elements, which the policy of our pages forbids. Rather than
allow all styles there, this policy names the hash of each one the mail holds: what a text might
have smuggled in has no hash here and stays without effect.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from html import unescape

_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')
_ELEMENT = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def policy_of(html: str) -> str:
    """The content security policy of one mail.

    Args:
        html: the mail, as our own templates rendered it.
    """
    elements = _hashes(_ELEMENT.findall(html)) or "'none'"
    attributes = _hashes(unescape(style) for style in _ATTRIBUTE.findall(html))
    return (
        "default-src 'none'; img-src data:; "
        f"style-src-elem {elements}; "
        f"style-src-attr 'unsafe-hashes' {attributes}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def _hashes(styles: Iterable[str]) -> str:
    """The sources that allow exactly these styles."""
    digests = {hashlib.sha256(style.encode()).digest() for style in styles}
    return " ".join(sorted(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests))

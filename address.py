"""Addresses that leave the house: in mail, on paper, behind a copied link.

They are built from the configured base URL and from nothing that a request says about itself, so
a forged Host header cannot lead a reader elsewhere.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def public_url(endpoint: str, **values: Any) -> str:  # noqa: ANN401 -- as flask.url_for
    """The full address of an endpoint, inside a request or outside one.

    Args:
        endpoint: as for ``flask.url_for``.
        **values: the parts of its path; what is left over goes into the query, ``_anchor`` behind
            it.
    """
    base = urlsplit(current_app.config["BASE_URL"])
    adapter = current_app.url_map.bind(
        base.netloc, script_name=base.path or "/", url_scheme=base.scheme
    )
    anchor = values.pop("_anchor", None)
    address = adapter.build(endpoint, values, force_external=True)
    return f"{address}#{anchor}" if anchor else address

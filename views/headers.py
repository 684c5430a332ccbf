"""What every response says about itself: where scripts may come from, how long to keep it."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Give every response its headers and every static file a version in its address."""
    app.after_request(add_headers)
    app.url_defaults(add_version)


def add_headers(response: Response) -> Response:
    """Say how a browser must treat this response.

    A view may have said more exactly what its page may load. Nothing is kept by browsers or
    proxies but static files, whose address changes with them.
    """
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if current_app.config["BASE_URL"].startswith("https:"):
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint == "static" and response.status_code < 400:  # noqa: PLR2004 -- no error
        kept = f"public, max-age={YEAR}, immutable" if "v" in request.args else "no-cache"
        response.headers["Cache-Control"] = kept
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put the version of a static file into its address."""
    if endpoint == "static" and "v" not in values:
        path = Path(current_app.static_folder or "") / values["filename"]
        if path.is_file():
            values["v"] = _version(path, path.stat().st_mtime_ns)


@cache
def _version(path: Path, _changed_at: int) -> str:
    """A short hash of the file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]

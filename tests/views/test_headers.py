"""What every response says about itself."""

import pytest

from tests.factories import make_organisation


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/", "/static/app.css", "/setup"])
def test_every_response_carries_the_strict_headers(client, app, path):
    make_organisation()
    app.config["BASE_URL"] = "https://survey.example.org"

    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(
        policy.split("; ")
    )
    assert {"base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_encryption_browsers_are_not_told_to_insist_on_it(client):
    assert "Strict-Transport-Security" not in client.get("/setup").headers


def test_pages_are_never_kept_and_versioned_files_for_a_year(client):
    make_organisation()

    page = client.get("/sign-in")
    address = page.text.split('href="/static/tokens.css')[1].split('"')[0]

    assert page.headers["Cache-Control"] == "no-store"
    kept = client.get("/static/tokens.css" + address)
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/tokens.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/none.css?v=1").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(client):
    make_organisation()

    cookie = client.get("/sign-in").headers.get("Set-Cookie", "")
    assert cookie == "" or "HttpOnly" in cookie

    client.application.config["WTF_CSRF_ENABLED"] = True
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie

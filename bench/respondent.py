"""A respondent with a small HTTP client: answers a survey over and over, and takes the time."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="_token"\s+value="([^"]+)"')
ACTION = re.compile(rb'id="answers"\s+method="post"\s+action="([^"]+)"')
FIELD = re.compile(
    rb'<(?:input\s+type="(?:radio|checkbox)"|textarea\s+id="[^"]+")\s+name="([a-z0-9_]+)"(?:\s+(?:id="[^"]*"\s+)?value="([^"]*)")?'
)
RECEIPT = re.compile(rb'<code class="receipt__code">([^<]+)<')
COMMENT = "Het wachten aan de telefoon duurde lang, maar daarna was het snel geregeld."


@dataclass
class Tally:
    """What one respondent did."""

    receipts: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)  # one per page
    errors: list[str] = field(default_factory=list)


def answer_until(port: int, survey_key: str, deadline: float) -> Tally:
    """Answer the survey from start to receipt until the time is up."""
    tally = Tally()
    browser = _Browser(port, tally)
    while time.monotonic() < deadline:
        try:
            page = browser.get(f"/s/{survey_key}")
            while form := ACTION.search(page):
                page = browser.post(form[1].decode(), answers_to(page))
            tally.receipts.append(RECEIPT.search(page)[1].decode())  # type: ignore[index]  # or error
        except (OSError, http.client.HTTPException, TypeError) as error:
            tally.errors.append(repr(error))
        browser.cookie = ""
    return tally


def answers_to(page: bytes) -> bytes:
    """An answer to each question of a page."""
    given = {"_token": TOKEN.search(page)[1]}  # type: ignore[index]  # a page without is an error
    for name, value in FIELD.findall(page):
        given.setdefault(name.decode(), value or COMMENT.encode())
    return urlencode(given).encode()


class _Browser:
    """Keeps its connection if the server does, keeps one cookie, follows redirects."""

    def __init__(self, port: int, tally: Tally) -> None:
        """Open it, with nothing kept yet."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.tally = tally
        self.cookie = ""

    def get(self, path: str) -> bytes:
        """Fetch a page."""
        return self._send("GET", path, None)

    def post(self, path: str, body: bytes) -> bytes:
        """Send a form."""
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: bytes | None) -> bytes:
        """Send a request, take the time of its answer, and follow where it leads."""
        headers = {"Accept-Language": "nl"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        page = response.read()
        self.tally.seconds.append(time.monotonic() - began)
        cookie = response.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.partition(";")[0]
        if response.status == http.client.SEE_OTHER:
            return self.get(response.getheader("Location") or "")
        if response.status != http.client.OK:
            raise http.client.HTTPException(f"{method} {path}: {response.status}")
        return page

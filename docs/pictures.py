"""Makes the README's pictures from the demonstration: `make pictures`.

Plants the demonstration in a folder that is thrown away, serves it, and looks at a survey on a
phone, the board and the monthly summary with headless Chromium.
"""

import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import ROOT, Server, serving
from insights.months import last_closed, months_before

TIME_ZONE = ZoneInfo("Europe/Amsterdam")
MONTHS_BROKEN = 8
"""For how long the invoice has been wrong in the demonstration's story."""

PLACE = ROOT / "docs" / "pictures"


def main() -> None:
    """Make all pictures anew."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("The pictures need Chromium: install it (Debian: apt-get install chromium).")
    PLACE.mkdir(exist_ok=True)
    with planted() as (server, email, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        picture_survey(browser, server)
        picture_pages(browser, server, email, password)
        picture_mail(browser, server)
        browser.close()
    sys.stdout.write(
        f"Made {', '.join(sorted(path.name for path in PLACE.glob('*.png')))} in {PLACE}.\n"
    )


@contextmanager
def planted() -> Iterator[tuple[Server, str, str]]:
    """The demonstration, served; and how to sign in."""
    with TemporaryDirectory() as home:
        environ = os.environ | {"OUTSIDEIN_HOME": home}
        flask = [sys.executable, "-m", "flask"]
        subprocess.run(  # noqa: S603 -- our own command
            [*flask, "db", "upgrade"], cwd=ROOT, env=environ, check=True
        )
        told = subprocess.run(  # noqa: S603 -- our own command
            [*flask, "demo", "plant"], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE
        )
        found = re.search(r"Sign in as (\S+) with (\S+)", told.stdout.decode())
        if not found:
            sys.exit("The demonstration did not say how to sign in.")
        with serving(Path(home)) as server:
            yield server, found[1], found[2]


def picture_survey(browser: Browser, server: Server) -> None:
    """A respondent on a phone, rating what they met."""
    page = browser.new_context(
        viewport={"width": 390, "height": 780}, device_scale_factor=2, locale="nl-NL"
    ).new_page()
    page.goto(f"http://127.0.0.1:{server.port}/s/household-retention-customer")
    page.locator("input[name=overall][value='2']").check(force=True)
    _go_on(page)
    for touchpoint in ("invoice", "app"):
        page.locator(f"input[name=met][value={touchpoint}]").check(force=True)
    _go_on(page)
    page.locator("input[name=rate_invoice][value='1']").check(force=True)
    _take(page, "survey")


def _go_on(page: Page) -> None:
    """Send the page; an unseen button before it answers the Enter key."""
    page.get_by_role("button", name="Volgende").last.click()
    page.wait_for_load_state()


def picture_pages(browser: Browser, server: Server, email: str, password: str) -> None:
    """The board and the summary, as an analyst sees them."""
    address = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(viewport={"width": 1280, "height": 1150})
    context.add_cookies([{"name": "language", "value": "en", "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r".*/(journeys)?$"))
    page.goto(f"{address}/journeys/household/")
    _take(page, "board")


def picture_mail(browser: Browser, server: Server) -> None:
    """The summary of the month in which the invoice broke, as a phone's mail reader shows it."""
    out = server.home / "mails"
    broke = months_before(last_closed(datetime.now(UTC), TIME_ZONE), MONTHS_BROKEN - 1)
    subprocess.run(  # noqa: S603 -- our own command
        [
            *(sys.executable, "-m", "flask", "summary", "send", "--journey", "household"),
            *("--month", broke, "--out", str(out)),
        ],
        cwd=ROOT,
        env=os.environ | {"OUTSIDEIN_HOME": str(server.home)},
        check=True,
    )
    message = message_from_bytes(next(out.glob("*.eml")).read_bytes(), policy=default)
    page = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2
    ).new_page()
    page.set_content(_with_pictures(message))
    _take(page, "mail")


def _with_pictures(message: EmailMessage) -> str:
    """The mail's page, its inline pictures put in place."""
    html = ""
    pictures = {}
    for part in message.walk():
        if part.get_content_type() == "text/html":
            html = part.get_content()
        elif part.get_content_maintype() == "image":
            content = b64encode(part.get_content()).decode()
            source = f"data:{part.get_content_type()};base64,{content}"
            pictures["cid:" + part["Content-ID"].strip("<>")] = source
    for name, source in pictures.items():
        html = html.replace(name, source)
    return html


def _take(page: Page, name: str) -> None:
    """Take a picture of what the window shows."""
    page.wait_for_timeout(800)
    page.screenshot(path=PLACE / f"{name}.png")


if __name__ == "__main__":
    main()

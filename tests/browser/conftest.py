"""A real browser and a real server, for what only they can show."""

import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from extensions import db
from tests.database import miss

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if not CHROMIUM:
        miss("no chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The app behind a server on loopback; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app.config.update(WTF_CSRF_ENABLED=True, BASE_URL=f"http://127.0.0.1:{server.server_port}")
    db.session.commit()
    yield app.config["BASE_URL"]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator:
    """Open a page of the site: ``open_page(path, width=390, scheme="dark", script=True)``.

    The first call opens a window, later ones go on in it.
    """
    window: list[Page] = []
    problems: list[str] = []

    def note(message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    def open_page(path="/", *, width=390, scheme="light", script=True, locale="en-GB"):
        if not window:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                java_script_enabled=script,
                locale=locale,
            )
            window.append(context.new_page())
            window[0].on("console", note)
        window[0].goto(site + path)
        return window[0]

    yield open_page
    for page in window:
        page.context.close()
    assert problems == []


@pytest.fixture(scope="session")
def faults():
    """What is wrong with a page for people who cannot see, hear or point well, and for phones."""
    axe = Axe()

    def faults(page: Page) -> list[str]:
        found = [
            f"{fault['id']}: {node['html'][:120]}"
            for fault in axe.run(page).response["violations"]
            for node in fault["nodes"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return found + ([f"{wide} px too wide"] if wide > 0 else [])

    return faults

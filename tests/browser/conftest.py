"""One portal with its demo, and one browser, for all tests of this folder.

The demo is loaded once and taken away again at the end, without a transaction: the server answers from its own threads.
"""

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.portal import Portal, load

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
HEIGHT = 900
NOWHERE = "/health/"
PATIENCE_MS = 20_000
"""Two cores may be busy with other tests."""
EXPECTED = re.compile(r"status of (404|422)[^/]*\(http://[^/]+/(?!static/)")
"""A page that is not found, and one that says what is wrong with a form, are failures to the console alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.prove)


@pytest.fixture(scope="package")
def db(django_db_setup) -> None:
    """Stands in for the fixture of this name, whose transaction no other thread could look into."""


@pytest.fixture(scope="package")
def portal(db, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        try:
            yield Portal(server.url, *load())
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def browser(portal) -> Iterator[Browser]:
    """Started after the database is filled: while it runs, Django takes this thread for an asynchronous one."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Tabs:
    """Opens tabs, each with cookies of its own, and hears what the browser complains of.

    Complaints are what it writes on its console: scripts that fail, files that are missing, and whatever the content
    security policy stopped.
    """

    def __init__(self, browser: Browser, portal: Portal):
        self.browser, self.portal = browser, portal
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self, *, session: str = "", language: str = "en", width: int = 1280, javascript: bool = True, **more
    ) -> Page:
        """`more`: what else `Browser.new_context` takes."""
        options = {"base_url": self.portal.url, "viewport": {"width": width, "height": HEIGHT}, **more}
        context = self.browser.new_context(java_script_enabled=javascript, **options)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        give_cookies(context, options["base_url"], session, language)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        complaint = f"{message.text} ({message.location['url']})"
        if message.type in ("error", "warning") and not EXPECTED.search(complaint):
            self.complaints.append(complaint)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


class SameTab:
    """One tab with JavaScript and one without, which stay open and have no cookies but those of the test at hand.

    A new tab takes processes of its own, and longer than most pages.
    """

    def __init__(self, tabs: Tabs):
        self.tabs = tabs
        self.pages: dict[bool, Page] = {}

    def __call__(self, *, session: str = "", language: str = "en", width: int = 1280, javascript: bool = True) -> Page:
        if javascript not in self.pages:
            self.pages[javascript] = self.tabs(javascript=javascript)
        page = self.pages[javascript]
        page.context.clear_cookies()
        give_cookies(page.context, self.tabs.portal.url, session, language)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        return page

    def leave(self) -> list[str]:
        """Go where no script runs, before the cookies change. What the browser complained of until then."""
        for page in self.pages.values():
            if not page.url.endswith(NOWHERE):
                page.goto(NOWHERE)
        complaints = self.tabs.complaints.copy()
        self.tabs.complaints.clear()
        return complaints


def give_cookies(context: BrowserContext, url: str, session: str, language: str) -> None:
    cookies = {settings.LANGUAGE_COOKIE_NAME: language, settings.SESSION_COOKIE_NAME: session}
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items() if value])


@pytest.fixture
def tab(browser, portal) -> Iterator[Tabs]:
    """`tab(session=..., language=..., width=..., javascript=...)` opens a page. No tab may complain of anything."""
    tabs = Tabs(browser, portal)
    yield tabs
    tabs.close()
    assert tabs.complaints == []


@pytest.fixture(scope="package")
def kept_open(browser, portal) -> Iterator[SameTab]:
    tabs = Tabs(browser, portal)
    yield SameTab(tabs)
    tabs.close()


@pytest.fixture
def same_tab(kept_open) -> Iterator[SameTab]:
    """As `tab`, for a test that looks at a page: it finds the tab of the test before."""
    yield kept_open
    assert kept_open.leave() == []

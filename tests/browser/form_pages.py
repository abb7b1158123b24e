"""Pages that only a form leads to."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable

from playwright.sync_api import Page

from learning_portal.common.mail.kinds import MAIL_FAILING
from learning_portal.common.mail.stopping import Subscriber, token_for
from tests.browser.sessions import READER

ADDRESSES = itertools.count()


def submit_nothing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Who has tried it?").or_(
        page.locator(".lp-sheet button[type=submit]")
    ).first.click()


def sign_in_halfway(page: Page) -> None:
    page.goto("/sign-in/")
    # Each time another: three codes a minute are all that one address gets.
    page.locator("input[name=email]").fill(f"reader{next(ADDRESSES)}@portal.example")
    page.locator("main form button[type=submit]").first.click()


def stop_mail(page: Page) -> None:
    page.goto(f"/mail/stop/{token_for(Subscriber.of(None, READER), [MAIL_FAILING.name])}/")
    page.locator("main form button[type=submit]").click()


TOLD = {
    "title": "The tablets had no signal",
    "wrong": "On 14 March Mrs Eleri Probert rang us: half of the villages have no signal.",
    "differently": "Ride along on the longest round first.",
}


def begin_story(page: Page, voice: str = "confidential") -> None:
    """Page 1 of telling: to page 2, or to the receipt."""
    page.goto("/tell/lessons/")
    page.locator(f"input[name=voice][value={voice}]").check()
    page.locator("main form button[type=submit]").click()


def write_story(page: Page, voice: str = "confidential") -> None:
    """Pages 1 and 2: to page 3."""
    begin_story(page, voice)
    for name, text in TOLD.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("select[name=topic]").select_option(index=1)
    page.locator("input[name=outcome][value=failed]").check()
    page.locator("button[name=then][value=check]").click()


def send_story(page: Page) -> None:
    """All three pages: to the confirmation."""
    write_story(page)
    page.locator("input[name=audience][value=members]").check()
    page.locator("main form button.lp-button--large").click()


def after_sending(name: str) -> Callable[[Page], None]:
    def go_on(page: Page) -> None:
        send_story(page)
        page.goto(page.url.replace("/sent/", f"/{name}/"))

    return go_on


def hand_on(page: Page) -> None:
    """A draft under its author's name, with a link that is open and an address to mail one to."""
    write_story(page, "named")
    page.goto(page.url.replace("/check/", "/hand/"))
    page.locator("input[name=kind][value=colleague]").check()
    page.locator("button[name=do][value=make]").click()
    page.locator("main p a[href$='/hand/']").click()


def ask_leaver(page: Page) -> None:
    hand_on(page)
    page.locator("input[name=address]").fill("consultant@company.example")
    page.locator("input[name=ends_on]").fill((datetime.date.today() + datetime.timedelta(days=10)).isoformat())
    page.locator("button[name=do][value=ask]").click()


STEPS: dict[str, Callable[[Page], None]] = {
    "plan with errors": submit_nothing,
    "sign-in code": sign_in_halfway,
    "mail stopped": stop_mail,
    "tell: words": begin_story,
    "tell: receipt": lambda page: begin_story(page, "anonymous"),
    "tell: check": write_story,
    "tell: sent": send_story,
    "tell: status": after_sending("status"),
    "tell: more": after_sending("more"),
    "tell: hand": after_sending("hand"),
    "tell: hand a draft": hand_on,
    "tell: mail a link": ask_leaver,
    "tell: look": after_sending("look"),
}
"""The way to each, from a new tab."""

"""Whoever holds a role and does nothing for 30 minutes: told two minutes before, and signed out. Clocks jump."""

import time
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from learning_portal.common import staff_sessions

WARNING = "You will be signed out in two minutes because nothing happened here for a while."
OVER = "You have been signed out. Copy what you wrote before you leave this page."


class Clocks:
    """The server's and the browser's, which jump together. Timers of the page are due at once, and late by a jump."""

    def __init__(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        self.page, self.ahead = page, 0
        page.clock.install()
        monkeypatch.setattr(staff_sessions, "time", SimpleNamespace(time=lambda: time.time() + self.ahead))

    def jump(self, minutes: float) -> None:
        self.ahead += int(minutes * 60)
        self.page.clock.fast_forward(int(minutes * 60_000))


@pytest.fixture
def opened(tab, portal, monkeypatch):
    def open_as(name: str) -> tuple[Page, Clocks]:
        page = tab(session=portal.sessions[name])
        clocks = Clocks(page, monkeypatch)
        page.goto("/moderation/people/")
        expect(page.locator("h1")).to_have_text("Who moderates")
        return page, clocks

    return open_as


def stay(page: Page):
    return page.get_by_role("button", name="Stay signed in")


def test_it_is_said_two_minutes_before_and_one_stays(opened):
    page, clocks = opened("awake")
    clocks.jump(27.5)
    expect(stay(page)).to_be_hidden()
    expect(page.get_by_text(WARNING)).to_have_count(0)
    clocks.jump(0.75)
    expect(page.get_by_role("status").filter(has_text=WARNING)).to_be_in_viewport()
    stay(page).click()
    expect(page.get_by_text(WARNING)).to_have_count(0)
    expect(stay(page)).to_be_hidden()
    clocks.jump(27.5)
    expect(page.get_by_text(OVER)).to_have_count(0)
    page.reload()
    expect(page.locator("h1")).to_have_text("Who moderates")


def test_who_does_nothing_is_signed_out(opened):
    page, clocks = opened("idle")
    clocks.jump(28.25)
    expect(page.get_by_role("status").filter(has_text=WARNING)).to_be_visible()
    clocks.jump(2)
    expect(page.get_by_role("status").filter(has_text=OVER)).to_be_visible()
    expect(stay(page)).to_be_hidden()
    page.reload()
    assert page.url.endswith("/sign-in/?next=/moderation/people/")
    expect(page.locator("main")).to_contain_text("You were signed out because nothing happened for 30 minutes.")


def test_a_reader_s_session_does_not_run_out_while_they_read(tab, portal, monkeypatch):
    page = tab(session=portal.sessions["reader"])
    clocks = Clocks(page, monkeypatch)
    page.goto("/")
    clocks.jump(45)
    expect(stay(page)).to_be_hidden()
    page.reload()
    expect(page.get_by_role("link", name="Your account").first).to_be_visible()

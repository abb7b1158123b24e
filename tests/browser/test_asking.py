"""From a plan to a request to meet somebody: four pages and five clicks, with JavaScript and without.

The page that says that the request is sent is what the four lead to.
"""

import re

import pytest
from django.core import mail
from playwright.sync_api import Locator, expect

from tests.browser.demo_stories import PLAN
from tests.browser.sessions import BY_CODE
from tests.browser.walk import Walk

SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
PAGES, CLICKS = 4, 5
READERS = {True: "reader", False: "convenor"}
"""Another each time: nobody may ask the same person twice."""
STORY = re.compile(r"/stories/\w{13}/")


def fill_in(walk: Walk, name: str = "") -> None:
    """From the home page through the answer and its first story to a request that is filled in."""
    walk.page.goto("/")
    walk.write("text", PLAN)
    walk.click(".lp-sheet button[type=submit]")
    expect(walk.page.locator("h1")).to_have_text("Five questions to take to your meeting")
    walk.click(".lp-questions__from a")
    expect(walk.page).to_have_url(STORY)
    walk.click(walk.page.get_by_role("button", name="Ask to meet"))
    expect(walk.page.locator("h1")).to_contain_text("Ask to meet")
    if name:
        walk.write("name", name)
    walk.write("question_1", "How did you get officers to use it?")
    walk.click("input[name=format]")


def press_the_button(walk: Walk) -> None:
    walk.click("main form button[type=submit]")


def type_the_code(walk: Walk, address: str) -> None:
    """On the page after the one on which the address was typed."""
    expect(walk.page.locator("input[name=code]")).to_be_visible()
    sent = next(message for message in reversed(mail.outbox) if message.to == [address])
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", sent.body, re.MULTILINE)
    walk.write("code", code)
    press_the_button(walk)


def title_of(walk: Walk) -> Locator:
    return walk.page.locator(".govuk-panel__title")


@SCRIPTS
def test_a_reader_who_is_signed_in(tab, portal, javascript):
    walk = Walk(tab(session=portal.sessions[READERS[javascript]], javascript=javascript))
    fill_in(walk)
    assert walk.pages == PAGES
    press_the_button(walk)
    expect(title_of(walk)).to_have_text("Your request is sent")
    assert (walk.pages, walk.clicks) == (PAGES + 1, CLICKS)


@SCRIPTS
def test_a_visitor_with_an_account_types_a_code_as_well(tab, javascript):
    """Three pages and three clicks more: the address, the code, and the button that sends what was typed before."""
    address = BY_CODE[javascript]
    walk = Walk(tab(javascript=javascript))
    fill_in(walk, name="Ann Example")
    press_the_button(walk)
    expect(walk.page.locator("h1")).to_have_text("Sign in")
    walk.write("email", address)
    press_the_button(walk)
    type_the_code(walk, address)
    expect(walk.page.locator("h1")).to_have_text("Send your request")
    assert walk.pages == PAGES + 3
    press_the_button(walk)
    expect(title_of(walk)).to_have_text("Your request is sent")
    assert (walk.pages, walk.clicks) == (PAGES + 3 + 1, CLICKS + 3)


@SCRIPTS
def test_a_visitor_without_an_account_makes_one_on_the_way(tab, javascript):
    """One page and one click more than that. What they typed on the first page is sent all the same."""
    address = f"ann.example.{'first' if javascript else 'second'}@company.example"
    walk = Walk(tab(javascript=javascript))
    fill_in(walk, name="Ann Example")
    press_the_button(walk)
    walk.click(walk.page.get_by_role("link", name="I do not have an account yet"))
    expect(walk.page.locator("h1")).to_have_text("Make an account")
    walk.write("email", address)
    press_the_button(walk)
    type_the_code(walk, address)
    expect(walk.page.locator("h1")).to_have_text("Send your request")
    assert walk.pages == PAGES + 4
    press_the_button(walk)
    expect(title_of(walk)).to_have_text("Your request is with our matching desk")
    assert (walk.pages, walk.clicks) == (PAGES + 4 + 1, CLICKS + 4)


def test_a_page_too_many_and_a_click_too_many_are_counted(tab):
    walk = Walk(tab())
    walk.page.goto("/")
    walk.page.goto("/about/")
    walk.click("h1")
    assert (walk.pages, walk.clicks) == (2, 1)

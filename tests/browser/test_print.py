"""On paper: a story is one sheet, and an answer leaves out what only works on a screen."""

import re

from playwright.sync_api import Page, expect

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def sheets(page: Page) -> int:
    """How many A4 pages the browser prints."""
    return len(PAGE.findall(page.pdf(format="A4", print_background=False)))


def test_every_story_is_one_sheet(tab, portal):
    page = tab()
    longer = {}
    for title, path in portal.printed.items():
        page.goto(path)
        if (number := sheets(page)) != 1:
            longer[title] = number
    assert len(portal.printed) > 50
    assert longer == {}


def test_a_story_with_its_likeness_is_still_one_sheet(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.goto(portal.paths["lessons"])
    expect(page.get_by_text("Why it is like you")).to_be_visible()
    assert sheets(page) == 1


def test_a_sheet_says_what_it_is_and_leaves_out_the_menu(tab, portal):
    page = tab(session=portal.sessions["reader"])
    page.emulate_media(media="print")
    page.goto(portal.paths["restricted story"])
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("Example story, invented to show how the portal works")).to_be_visible()
    expect(page.get_by_text("Please do not forward this story")).to_be_visible()
    for hidden in ("nav", ".lp-footer__links", ".govuk-back-link", ".lp-language", ".govuk-phase-banner"):
        assert not any(part.is_visible() for part in page.locator(hidden).all()), hidden


def test_the_answer_to_a_plan_prints(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.emulate_media(media="print")
    page.goto(portal.paths["plan"])
    expect(page.locator(".lp-questions")).to_be_visible()
    for hidden in (".lp-actions", "#dial", "nav", ".govuk-details__summary"):
        assert not any(part.is_visible() for part in page.locator(hidden).all()), hidden
    assert sheets(page) <= 4


def test_two_sheets_are_counted_as_two(tab, portal):
    page = tab()
    page.goto(portal.paths["topics"])
    assert sheets(page) > 1

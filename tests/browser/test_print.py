"""On paper: a story is one sheet, and an answer leaves out what only works on a screen."""

import datetime
import re

from playwright.sync_api import Page, expect

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def sheets(page: Page) -> int:
    """How many A4 pages the browser prints."""
    return len(PAGE.findall(page.pdf(format="A4", print_background=False)))


TURN = datetime.date.today().toordinal()
SIZE = "getComputedStyle(document.querySelector('.lp-story__body .govuk-body')).fontSize"


def points(page: Page) -> float:
    """How large the text of a story is on paper."""
    return round(float(page.evaluate(SIZE).removesuffix("px")) * 0.75, 1)


def test_every_story_is_one_sheet_and_legible(tab, portal):
    """With the reader's likeness on it; in nine points, and not much less for the few that need it."""
    page = tab(session=portal.sessions["visitor"])
    page.emulate_media(media="print")
    number, size = {}, {}
    for title, path in portal.printed.items():
        page.goto(path)
        number[title], size[title] = sheets(page), points(page)
    assert len(portal.printed) > 50
    assert {title: sheets for title, sheets in number.items() if sheets != 1} == {}
    assert set(size.values()) == {9.0, 8.3}
    assert list(size.values()).count(8.3) < len(size) / 4


def test_a_story_is_one_sheet_in_welsh_too(tab, portal):
    """Its labels are longer. A third of the stories, another third each day."""
    page = tab(session=portal.sessions["visitor"], language="cy")
    page.emulate_media(media="print")
    longer = {}
    for title, path in list(portal.printed.items())[TURN % 3 :: 3]:
        page.goto(path)
        if (number := sheets(page)) != 1:
            longer[title] = number
    assert longer == {}


def test_a_sheet_says_why_it_is_like_its_reader(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.emulate_media(media="print")
    for name in ("lessons", "summary"):
        page.goto(portal.paths[name])
        expect(page.get_by_text("How like your place it is")).to_be_visible()
        expect(page.get_by_text(re.compile(r"^(L|Unl)ike you:$")).first).to_be_visible()


def test_a_sheet_says_where_it_came_from_and_when(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.goto(portal.paths["lessons"])
    assert not page.locator(".lp-printed").is_visible()
    page.emulate_media(media="print")
    expect(page.locator(".lp-printed")).to_contain_text(f"{portal.url}{portal.paths['lessons']} · Printed ")


def test_a_list_is_as_wide_as_the_sheet(tab):
    page = tab()
    page.emulate_media(media="print")
    page.goto("/stories/?q=tablets")
    cards = [card.bounding_box() for card in page.locator(".lp-story-card").all()]
    frame = page.locator("main .govuk-width-container").last.bounding_box()
    assert max(card["x"] + card["width"] for card in cards) > frame["x"] + frame["width"] * 0.95
    assert min(card["x"] for card in cards) < frame["x"] + frame["width"] * 0.05
    for hidden in (".lp-search", ".lp-sort", ".lp-filters", ".lp-filters__toggle"):
        assert not page.locator(hidden).first.is_visible(), hidden


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
    expect(page.locator(".lp-questions").first).to_be_visible()
    for hidden in (".lp-actions", "#dial", "nav", ".govuk-details__summary"):
        assert not any(part.is_visible() for part in page.locator(hidden).all()), hidden
    assert sheets(page) <= 4


def test_the_answer_prints_every_attempt_that_its_heading_counts(tab, portal):
    """On the screen the last five are folded, under words that are not printed."""
    page = tab(session=portal.sessions["visitor"])
    page.emulate_media(media="print")
    page.goto(portal.paths["plan"])
    shown = re.search(r"\d+", page.locator("#closest").inner_text())
    cards = page.locator("[aria-labelledby=closest] .lp-story-card")
    assert page.locator(".lp-more").count() == 1
    assert cards.count() == int(shown[0])
    hidden = cards.evaluate_all("all => all.filter(one => !one.checkVisibility()).length")
    assert hidden == 0


def test_two_sheets_are_counted_as_two(tab, portal):
    page = tab()
    page.goto(portal.paths["topics"])
    assert sheets(page) > 1

"""From a plan to a useful story: three pages, three clicks, with JavaScript and without, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_stories import PLAN
from tests.browser.keyboard import tab_to
from tests.browser.walk import Walk

USEFUL = re.compile(r"tablet|handset|notebook|phone|device|mobile", re.IGNORECASE)
"""What a story that helps with this plan speaks of."""
FIRST_STORY = ".lp-questions__from a, .lp-story-card__title a"
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


def submit(page: Page) -> str:
    return ".lp-sheet button[type=submit]"


def is_useful(page: Page) -> bool:
    return bool(USEFUL.search(page.locator("article.lp-story").inner_text()))


@SCRIPTS
def test_three_pages_and_three_clicks(tab, javascript):
    page = tab(javascript=javascript)
    walk = Walk(page)
    page.goto("/")
    page.locator("#id_text").fill(PLAN)
    walk.click(submit(page))
    expect(page.locator("h1")).to_have_text("Five questions to take to your meeting")
    assert page.locator(".lp-questions > li").count() == 5
    walk.click(FIRST_STORY)
    expect(page.locator(".lp-wrong")).to_be_visible()
    assert is_useful(page)
    assert walk.pages <= 3
    assert walk.clicks <= 3


@SCRIPTS
def test_back_from_a_story_is_the_same_answer(tab, portal, javascript):
    page = tab(session=portal.sessions["visitor"], javascript=javascript)
    page.goto(f"{portal.paths['plan']}&dial=100&sector=prefer")
    before = page.locator(".lp-story-card__title").all_inner_texts()
    page.locator(FIRST_STORY).first.click()
    page.get_by_role("link", name="Back to your plan").click()
    assert page.locator(".lp-story-card__title").all_inner_texts() == before


def test_the_first_lesson_is_on_screen_without_scrolling_far(tab):
    """On a phone, what the plan's first question cost somebody is read within two screens."""
    page = tab(width=375)
    page.goto("/")
    page.locator("#id_text").fill(PLAN)
    page.locator(submit(page)).first.click()
    assert page.locator(".lp-questions__question").first.bounding_box()["y"] < 900


def test_by_keyboard_alone(tab):
    page = tab()
    page.goto("/")
    expect(page.locator("#id_organisation")).to_have_role("combobox")
    tab_to(page, "#id_text", most=16)
    page.keyboard.type(PLAN)
    tab_to(page, "#id_organisation", most=3)
    page.keyboard.type("Dyffryn Brith County Council")
    page.keyboard.press("Escape")
    tab_to(page, submit(page), most=8)
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/**")
    tab_to(page, FIRST_STORY, most=20)
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/**")
    assert is_useful(page)
    expect(page.locator("#like-you")).to_have_text("Why it is like you")


def test_the_skip_link_leads_past_the_menu(tab):
    page = tab()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(".govuk-skip-link").is_visible()
    page.keyboard.press("Enter")
    tab_to(page, "#id_text", most=3)


@SCRIPTS
def test_a_mistake_loses_nothing_and_leads_to_its_field(tab, javascript):
    page = tab(javascript=javascript)
    page.goto("/")
    page.locator("#id_text").fill(PLAN)
    page.locator("#id_organisation").fill("Ministry of Silly Walks")
    page.locator(submit(page)).first.click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("We do not know that organisation")
    assert page.title().startswith("Error: ")
    assert page.locator("#id_text").input_value() == PLAN
    assert page.locator("#id_organisation").input_value() == "Ministry of Silly Walks"
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_organisation" or not javascript


# --- What the answer offers -----------------------------------------------------------------------------------------


@SCRIPTS
def test_the_dial_and_the_sector_change_the_answer(tab, portal, javascript):
    page = tab(session=portal.sessions["visitor"], javascript=javascript)
    page.goto(portal.paths["plan"])
    page.locator("details", has=page.locator("#dial")).locator("summary").first.click()
    page.locator("#dial").select_option("100")
    page.locator("#sector-only").check()
    page.get_by_role("button", name="Look again").click()
    assert "dial=100" in page.url
    assert "sector=only" in page.url
    page.wait_for_load_state()  # before that there is nothing to go back from
    page.go_back()
    assert "dial=100" not in page.url
    expect(page.locator("blockquote.lp-plan-words")).to_contain_text(PLAN)


def test_copied_as_text(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(portal.paths["plan"])
    button = page.get_by_role("button", name="Copy as text")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    button.click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert button.bounding_box() == before
    copied = page.evaluate("navigator.clipboard.readText()")
    assert PLAN in copied
    assert f"{portal.url}/stories/" in copied
    assert "1. " in copied


def test_without_javascript_the_text_is_a_page(tab, portal):
    page = tab(session=portal.sessions["visitor"], javascript=False)
    page.goto(portal.paths["plan"])
    page.get_by_role("link", name="View as plain text").click()
    assert PLAN in page.locator("body").inner_text()


@pytest.mark.parametrize("name", ["plan", "lessons"])
def test_what_prints_well_has_a_button_for_it(tab, portal, name):
    page = tab(session=portal.sessions["visitor"])
    page.goto(portal.paths[name])
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.evaluate("window.printed")


def test_the_link_of_a_story_is_copied(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{portal.paths['lessons']}#who-to-ask")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{portal.url}{portal.paths['lessons']}"


@pytest.mark.parametrize("name", ["plan", "lessons"])
def test_without_javascript_no_button_stands_idle(tab, portal, name):
    page = tab(session=portal.sessions["visitor"], javascript=False)
    page.goto(portal.paths[name])
    for words in ("Print or save as PDF", "Copy link", "Copy as text"):
        assert not page.get_by_role("button", name=words).is_visible()


def test_a_card_leads_to_whom_to_ask(tab, portal):
    page = tab(session=portal.sessions["visitor"])
    page.goto(portal.paths["plan"])
    page.locator(".lp-story-card__reach a").first.click()
    page.wait_for_url("**#who-to-ask")
    expect(page.get_by_role("heading", name="Who to ask")).to_be_in_viewport()


@SCRIPTS
def test_a_colleague_opens_the_plan(tab, portal, javascript):
    page = tab(session=portal.sessions["visitor"], javascript=javascript)
    page.goto(portal.paths["plan"])
    page.get_by_role("button", name="Share with a colleague").click()
    address = page.locator("#address").input_value()
    colleague = tab(javascript=javascript)
    colleague.goto(address)
    expect(colleague.locator("blockquote.lp-plan-words")).to_contain_text(PLAN)


# --- Topics ---------------------------------------------------------------------------------------------------------


def test_on_a_phone_all_topics_but_the_first_are_folded_and_a_link_opens_them(tab):
    page = tab(width=375)
    page.goto("/topics/")
    assert page.locator("#topics-problem a").first.is_visible()
    expect(page.locator("#topics-method")).to_be_hidden()
    page.get_by_role("link", name="Method").click()
    expect(page.locator("#topics-method a").first).to_be_in_viewport()
    page.locator("button[aria-controls=topics-method]").click()
    expect(page.locator("#topics-method")).to_be_hidden()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (1280, False), (375, False)])
def test_elsewhere_all_topics_show(tab, width, javascript):
    page = tab(width=width, javascript=javascript)
    page.goto("/topics/")
    for group in ("problem", "service", "users", "constraint", "method"):
        assert page.locator(f"#topics-{group} a").first.is_visible(), group
        assert not page.locator(f"button[aria-controls=topics-{group}]").is_visible()


# --- Language -------------------------------------------------------------------------------------------------------


def test_figures_have_separators_in_welsh_too(tab):
    """Chromium knows no Welsh, and would count down from 1000."""
    page = tab(language="cy")
    page.goto("/")
    message = page.locator(".govuk-character-count__status")
    expect(message.first).to_contain_text("1,000")
    page.locator("#id_text").fill("a" * 2_500)
    expect(message.first).to_contain_text("1,500")


@SCRIPTS
def test_the_language_changes_and_page_and_plan_stay(tab, portal, javascript):
    page = tab(session=portal.sessions["visitor"], javascript=javascript)
    page.goto(portal.paths["plan"])
    before = page.url
    page.get_by_role("button", name="Cymraeg").click()
    assert page.url == before
    assert page.locator("html").get_attribute("lang") == "cy"
    expect(page.locator("blockquote.lp-plan-words")).to_contain_text(PLAN)
    page.get_by_role("button", name="English").click()
    assert page.url == before
    expect(page.locator("h1")).to_have_text("Five questions to take to your meeting")

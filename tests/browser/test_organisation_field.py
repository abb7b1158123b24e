"""Where do you work? Suggestions by keyboard and by mouse; without JavaScript the typed name is found by the server."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_stories import PLAN

FULL = "Dyffryn Brith County Council"


def home(tab, *, javascript: bool = True, language: str = "en") -> Page:
    page = tab(javascript=javascript, language=language)
    page.goto("/")
    if javascript:  # the script arrives after the page
        expect(page.locator("#id_organisation")).to_have_role("combobox")
    page.locator("#id_text").fill(PLAN)
    return page


def answer(page: Page) -> str:
    page.locator(".lp-sheet button[type=submit]").first.click()
    page.wait_for_url("**/plan/**")
    return page.locator("blockquote.lp-plan-words").inner_text()


def options(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


def test_by_keyboard(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").press_sequentially("dyffryn br")
    expect(options(page).first).to_contain_text(FULL)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#id_organisation").input_value() == FULL
    assert FULL in answer(page)


def test_what_is_typed_before_the_script_arrives_stays(tab):
    """On a slow line somebody types first, and goes on typing while the list is put in the place of the field."""
    page = tab()
    held = []
    page.route("**/organisation*.js", lambda route: held.append(route))
    with page.expect_request("**/organisation*.js"):
        page.goto("/")
    field = page.locator("#id_organisation")
    field.press_sequentially("dyffr")
    held[0].continue_()
    expect(field).to_have_role("combobox")
    page.keyboard.type("yn br")
    expect(field).to_have_value("dyffryn br")
    expect(options(page).first).to_contain_text(FULL)


def test_by_mouse(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").press_sequentially("DBCC")
    options(page).first.click()
    assert page.locator("#id_organisation").input_value() == FULL
    assert FULL in answer(page)


def test_by_its_other_names_and_without_accents(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").press_sequentially("ynys mon")
    expect(options(page).first).to_contain_text("Isle of Anglesey")


def test_a_screen_reader_is_told(same_tab):
    page = home(same_tab)
    field = page.locator("#id_organisation")
    assert field.get_attribute("role") == "combobox"
    described = field.get_attribute("aria-describedby")
    hint = page.locator(f"#{described}").inner_text()
    assert "For example, Powys, or BCUHB." in hint
    assert "up and down arrows" in hint
    field.press_sequentially("dyffryn")
    expect(page.locator("[aria-live=polite]").filter(has_text="found").first).to_be_attached()


def test_nothing_found_is_said(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").press_sequentially("zyzzyva")
    expect(page.get_by_text("No organisation found").first).to_be_visible()


def test_what_was_typed_need_not_be_chosen(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").press_sequentially("DBCC")
    page.keyboard.press("Escape")
    assert FULL in answer(page)


@pytest.mark.parametrize("typed", ["DBCC", "dyffryn brith", "Cyngor Sir Dyffryn Brith", "X-W01"])
def test_without_javascript_the_name_is_found(same_tab, typed):
    page = home(same_tab, javascript=False)
    page.locator("#id_organisation").fill(typed)
    assert FULL in answer(page)


def test_it_is_remembered_and_may_be_taken_away(same_tab):
    page = home(same_tab)
    page.locator("#id_organisation").fill("DBCC")
    page.keyboard.press("Escape")
    answer(page)
    page.goto("/")
    expect(page.locator("#id_organisation")).to_have_role("combobox")
    assert page.locator("#id_organisation").input_value() == FULL
    page.locator("#id_text").fill(PLAN)
    page.locator("#id_organisation").fill("")
    assert FULL not in answer(page)


def test_it_speaks_welsh(same_tab):
    page = home(same_tab, language="cy")
    page.locator("#id_organisation").press_sequentially("dyffryn br")
    expect(options(page).first).to_contain_text("Cyngor Sir Dyffryn Brith")

"""Filters, live and by button: results, counts, chips and address always say the same."""

import re

import pytest
from playwright.sync_api import Page, expect

PHONE = 375


def stories(tab, *, path: str = "/stories/", **options) -> Page:
    page = tab(**options)
    page.goto(path)
    return page


def number(page: Page) -> int:
    return int(re.search(r"\d+", page.locator(".lp-browse__bar h2").inner_text())[0])


def choice(page: Page, name: str, value: str):
    return page.locator(f"input[name={name}][value='{value}']")


def count_beside(page: Page, name: str, value: str) -> int:
    label = page.locator(f"label[for='{choice(page, name, value).get_attribute('id')}']")
    return int(re.search(r"\((\d+)", label.inner_text())[1])


def unfold(page: Page, name: str) -> None:
    """Open a group of choices, and what it lies in."""
    for fold in page.locator("details.lp-facet", has=page.locator(f"input[name={name}]")).all():
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()


def choose(page: Page, name: str, value: str) -> None:
    unfold(page, name)
    choice(page, name, value).check()


# --- Live -----------------------------------------------------------------------------------------------------------


def test_a_choice_changes_results_chips_and_address_at_once(same_tab):
    page = stories(same_tab)
    everything, failed = number(page), count_beside(page, "outcome", "failed")
    assert 0 < failed < everything
    choose(page, "outcome", "failed")
    page.wait_for_url("**outcome=failed**")
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert number(page) == failed
    assert page.locator(".lp-story-card").count() == min(failed, 20)
    page.reload()
    assert number(page) == failed
    assert choice(page, "outcome", "failed").is_checked()


def test_the_counts_beside_the_other_choices_follow(same_tab):
    page = stories(same_tab)
    before = count_beside(page, "sector", "1")
    choose(page, "outcome", "failed")
    page.wait_for_url("**outcome=failed**")
    expect(page.locator(".lp-chip")).to_have_count(1)
    after = count_beside(page, "sector", "1")
    assert after < before
    choose(page, "sector", "1")
    page.wait_for_url("**sector=1**")
    expect(page.locator(".lp-chip")).to_have_count(2)
    assert number(page) == after


def test_several_choices_one_after_the_other(same_tab):
    page = stories(same_tab)
    for chips, (name, value) in enumerate([("outcome", "failed"), ("outcome", "mixed"), ("nation", "1")], start=1):
        choose(page, name, value)
        expect(page.locator(".lp-chip")).to_have_count(chips)
    for filtered in ("outcome=failed", "outcome=mixed", "nation=1"):
        assert filtered in page.url


def test_the_keyboard_stays_where_it_is(same_tab):
    page = stories(same_tab)
    box = choice(page, "outcome", "failed")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert page.evaluate("document.activeElement.value") == "failed"


def test_a_group_that_was_opened_stays_open(same_tab):
    page = stories(same_tab)
    unfold(page, "nation")
    choose(page, "outcome", "failed")
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert choice(page, "nation", "1").is_visible()


def test_the_new_number_is_announced(same_tab):
    """A live region must be there before its words change: one that arrives with them is often not read out."""
    page = stories(same_tab)
    page.evaluate("document.querySelector('[role=status]').dataset.mark = 'here before'")
    choose(page, "outcome", "failed")
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert str(number(page)) in page.locator("[data-mark]").inner_text()


def test_back_takes_the_last_choice_away(same_tab):
    page = stories(same_tab)
    everything = number(page)
    choose(page, "outcome", "failed")
    page.wait_for_url("**outcome=failed**")
    expect(page.locator(".lp-chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".lp-chip")).to_have_count(0)
    assert number(page) == everything
    assert not choice(page, "outcome", "failed").is_checked()


def test_back_from_a_story_shows_the_whole_page_again(same_tab):
    """Not the part of it that was fetched last under this address."""
    page = stories(same_tab)
    choose(page, "outcome", "failed")
    page.wait_for_url("**outcome=failed**")
    expect(page.locator(".lp-chip")).to_have_count(1)
    shown = number(page)
    page.locator(".lp-story-card__title a").first.click()
    page.wait_for_url(re.compile(r"/stories/\w{13}/"))
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Stories")
    expect(page.locator("header")).to_be_visible()
    assert number(page) == shown


def test_a_chip_takes_its_choice_away(same_tab):
    page = stories(same_tab, path="/stories/?outcome=failed&outcome=mixed")
    page.locator(".lp-chip").first.click()
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert page.url.endswith("?outcome=mixed")


def test_searching_keeps_the_filters(same_tab):
    page = stories(same_tab, path="/stories/?kind=lessons")
    page.locator("#id_q").fill("tablets")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tablets**")
    assert "kind=lessons" in page.url
    expect(page.locator("mark").first).to_be_visible()


def test_what_stands_behind_show_more_stays_open(same_tab):
    page = stories(same_tab)
    unfold(page, "problem")
    page.locator("#more-problem > summary").click()
    rare = page.locator("#more-problem input").last
    choose(page, "outcome", "failed")
    expect(page.locator(".lp-chip")).to_have_count(1)
    assert page.locator("#more-problem input").last.is_visible()
    page.reload()
    assert not rare.is_visible()


def test_no_group_is_cut_off_or_scrolls_by_itself(same_tab):
    page = stories(same_tab)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    inside = "part => part.scrollHeight > part.clientHeight + 1"
    assert page.evaluate(f"[...document.querySelectorAll('.lp-facet__choices')].filter({inside}).length") == 0


def test_a_wide_screen_has_nothing_to_unfold_and_no_button_that_does_nothing(same_tab):
    page = stories(same_tab)
    expect(page.locator(".lp-filters__foot")).to_be_hidden()  # choices apply at once
    assert choice(page, "outcome", "failed").is_visible()
    assert not page.get_by_role("button", name="Show filters").is_visible()


def test_nothing_found_leaves_no_empty_box(same_tab):
    page = stories(same_tab, path="/stories/?q=zyzzyva")
    assert not page.locator(".lp-filters").is_visible()
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert not page.get_by_role("button", name="Show filters").is_visible()


def test_nothing_found_while_typing_leaves_no_empty_box(same_tab):
    page = stories(same_tab)
    page.locator("#id_q").fill("zyzzyva")
    page.keyboard.press("Enter")
    expect(page.locator(".lp-filters")).to_be_hidden()


def test_something_found_brings_the_filters_back(same_tab):
    page = stories(same_tab, path="/stories/?q=zyzzyva")
    page.locator("#id_q").fill("tablets")
    page.keyboard.press("Enter")
    expect(page.locator(".lp-filters")).to_be_visible()


# --- On a phone -----------------------------------------------------------------------------------------------------


def test_on_a_phone_results_come_first_and_filters_are_folded(same_tab):
    page = stories(same_tab, width=PHONE)
    assert not choice(page, "outcome", "failed").is_visible()
    assert page.locator(".lp-story-card").first.bounding_box()["y"] < 900


def test_on_a_phone_a_choice_shows_its_effect_and_leads_to_it(same_tab):
    page = stories(same_tab, width=PHONE)
    toggle = page.locator(".lp-filters__toggle")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(toggle).to_have_text("Hide filters")
    failed = count_beside(page, "outcome", "failed")
    choose(page, "outcome", "failed")
    button = page.get_by_role("button", name=f"Show {failed} stories")
    expect(button).to_be_in_viewport()
    button.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    assert not choice(page, "outcome", "failed").is_visible()
    assert page.evaluate("document.activeElement.id") == "number"
    expect(page.locator("#number")).to_be_in_viewport()
    assert number(page) == failed


def test_on_a_phone_it_works_by_keyboard(same_tab):
    page = stories(same_tab, width=PHONE)
    page.locator(".lp-filters__toggle").focus()
    page.keyboard.press("Enter")
    choice(page, "outcome", "failed").focus()
    page.keyboard.press("Space")
    expect(page.locator(".lp-chip")).to_have_count(1)
    page.locator("#apply").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "number"


def test_turning_the_phone_shows_what_was_folded(same_tab):
    page = stories(same_tab, width=PHONE)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(choice(page, "outcome", "failed")).to_be_visible()
    page.set_viewport_size({"width": PHONE, "height": 900})
    expect(choice(page, "outcome", "failed")).to_be_hidden()


def test_on_a_phone_without_javascript_a_link_unfolds(same_tab):
    page = stories(same_tab, width=PHONE, javascript=False)
    page.get_by_role("link", name="Show filters").click()
    failed = count_beside(page, "outcome", "failed")
    choose(page, "outcome", "failed")
    page.get_by_role("button", name="Apply filters").click()
    assert not choice(page, "outcome", "failed").is_visible()
    assert number(page) == failed
    page.get_by_role("link", name="Show filters").click()
    page.get_by_role("link", name="Hide filters").click()
    assert not choice(page, "outcome", "failed").is_visible()


# --- By button ------------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(same_tab) -> Page:
    return stories(same_tab, javascript=False)


def test_without_javascript_the_button_applies(plain):
    failed = count_beside(plain, "outcome", "failed")
    choose(plain, "outcome", "failed")
    choose(plain, "nation", "1")
    plain.get_by_role("button", name="Apply filters").click()
    assert "outcome=failed" in plain.url
    assert plain.locator(".lp-chip").count() == 2
    assert 0 < number(plain) <= failed
    plain.wait_for_load_state()
    plain.go_back()
    assert plain.locator(".lp-chip").count() == 0


def test_without_javascript_search_works(plain):
    plain.locator("#id_q").fill("tablets")
    plain.locator(".lp-search button").click()
    assert "q=tablets" in plain.url
    assert plain.locator("mark").count() > 0

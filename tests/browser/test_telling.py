"""From "here is what went wrong for us" to a story that is sent in: three pages, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.form_pages import TOLD, begin_story, write_story
from tests.browser.keyboard import choose, press, tab_to, write

SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
STATUS = "form [role=status]"


def as_reader(tab, portal, **more) -> Page:
    return tab(session=portal.sessions["reader"], **more)


@SCRIPTS
def test_three_pages_and_seven_answers(tab, portal, javascript):
    page = as_reader(tab, portal, javascript=javascript)
    arrived: list[str] = []
    page.on("framenavigated", lambda frame: arrived.append(re.sub(r"/tell/\w{13}/", "/", frame.url)))
    write_story(page)  # voice, title, what went wrong, what else, topic, outcome: six
    expect(page.locator("h1")).to_have_text("Check and send")
    page.locator("input[name=audience][value=members]").check()  # and the seventh
    page.locator("main form button.lp-button--large").click()
    expect(page.locator("h1")).to_have_text("Your story is with the moderators")
    expect(page.locator(".govuk-panel__body")).to_contain_text("Reference")
    asked = [url.removeprefix(portal.url) for url in arrived]
    assert asked == ["/tell/lessons/", "/words/", "/check/", "/sent/"]


def test_by_keyboard_alone(tab, portal):
    """From the choice of a record to its reference: Tab, Space, arrows, Enter and letters."""
    page = as_reader(tab, portal)
    page.goto("/tell/")
    press(page, "a[href$='/tell/lessons/'], button[value=lessons]")
    expect(page.locator("h1")).to_have_text("Keep my name?")
    choose(page, "voice", "confidential")
    press(page, "main form button[type=submit]")
    expect(page.locator("h1")).to_have_text("What happened")
    for name, text in TOLD.items():
        write(page, name, text)
    tab_to(page, "select[name=topic]")
    page.keyboard.press("ArrowDown")
    choose(page, "outcome", "failed")
    press(page, "button[name=then][value=check]")
    expect(page.locator("h1")).to_have_text("Check and send")
    marks = page.locator(".lp-marks > li")
    before = marks.count()
    press(page, "button[name=keep]", "Space")
    expect(marks).to_have_count(before - 1)
    choose(page, "audience", "members")
    press(page, "main form button.lp-button--large")
    expect(page.locator("h1")).to_have_text("Your story is with the moderators")


@SCRIPTS
def test_a_marked_word_is_kept_at_one_click(tab, portal, javascript):
    page = as_reader(tab, portal, javascript=javascript)
    write_story(page)
    marks = page.locator(".lp-marks > li")
    before = marks.count()
    assert before >= 2
    page.locator("button[name=keep]").first.click()
    expect(marks).to_have_count(before - 1)


@SCRIPTS
def test_the_receipt_opens_the_story_in_another_browser(tab, portal, javascript):
    page = as_reader(tab, portal, javascript=javascript)
    begin_story(page, "anonymous")
    receipt = page.locator(".lp-receipt").inner_text()
    other = tab(javascript=javascript)
    other.goto("/tell/receipt/")
    other.locator("input[name=receipt]").fill(receipt.upper().replace("-", " "))
    other.locator("main form button[type=submit]").click()
    expect(other.locator("h1")).to_have_text("What happened")


def test_it_saves_while_one_writes_and_says_so_once(tab, portal):
    page = as_reader(tab, portal)
    begin_story(page)
    page.locator("[name=title]").fill(TOLD["title"])
    expect(page.locator(STATUS)).to_have_text("Saved")
    expect(page.locator(".lp-autosave")).to_contain_text("Saved at ")
    page.goto(page.url)
    expect(page.locator("[name=title]")).to_have_value(TOLD["title"])


def test_while_a_save_fails_the_words_stay_and_it_is_said(tab, portal):
    page = as_reader(tab, portal)
    begin_story(page)
    page.locator("[name=title]").fill("First")
    expect(page.locator(STATUS)).to_have_text("Saved")
    page.context.set_offline(True)
    page.locator("[name=title]").fill(TOLD["title"])
    expect(page.locator(STATUS)).to_have_text(re.compile(r"Not saved since \d\d:\d\d"))
    expect(page.locator("[name=title]")).to_have_value(TOLD["title"])
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_have_text("Saved")
    tab.complaints.clear()  # the browser's own, that there is no network


def test_what_is_typed_before_the_script_arrives_is_saved_too(tab, portal):
    page = as_reader(tab, portal)
    held = []
    page.route("**/autosave*.js", lambda route: held.append(route))
    with page.expect_request("**/autosave*.js"):
        begin_story(page)
    page.locator("[name=title]").fill(TOLD["title"])
    held[0].continue_()
    expect(page.locator(STATUS)).to_have_text("Saved")


def test_two_tabs_lose_nothing(tab, portal):
    first = as_reader(tab, portal)
    begin_story(first)
    second = first.context.new_page()
    second.goto(first.url)
    first.locator("[name=title]").fill("In the first tab")
    expect(first.locator(STATUS)).to_have_text("Saved")
    second.locator("[name=title]").fill("In the second tab")
    expect(second.locator(STATUS)).to_contain_text("Both versions are kept")
    second.locator(".lp-autosave a").click()
    expect(second.locator("main")).to_contain_text("In the first tab")
    expect(second.locator("main")).to_contain_text("In the second tab")
    second.locator("button[name=version][value=second]").click()
    expect(second.locator("[name=title]")).to_have_value("In the second tab")
    tab.complaints.clear()  # 409 is a failure to the console alone


def test_a_link_that_was_handed_on_fills_the_receipt_in(tab, portal):
    page = as_reader(tab, portal)
    write_story(page)
    page.goto(page.url.replace("/check/", "/hand/"))
    page.locator("input[name=kind][value=colleague]").check()
    page.locator("button[name=do][value=make]").click()
    address = page.locator("#address").input_value()
    asked: list[str] = []
    other = tab()
    other.on("request", lambda request: asked.append(request.url))
    other.goto(address)
    other.locator("main form button[type=submit]").click()
    expect(other.locator("h1")).to_have_text(TOLD["title"])
    secret = address.split("#")[1]
    assert not [url for url in asked if secret in url.split("#")[0]]
    assert "#" not in other.url

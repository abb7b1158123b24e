"""Every page, wide and narrow, in both languages: accessible, never wider than a phone, and quiet on the console."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Error, Page

from tests.browser.portal import PAGES

AXE = Path(settings.BASE_DIR, "static/node_modules/axe-core/axe.min.js")
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_WORDS = ["cat.language", "cat.name-role-value", "cat.text-alternatives"]
RULES = {"en": GUIDELINES, "cy": IN_WORDS}
"""Welsh has the structure and the colours of English: what its words can break is checked, which takes a quarter of the
time."""
DESKTOP, PHONE, NARROWEST = 1280, 375, 320
WIDTHS = {"en": (DESKTOP, PHONE), "cy": (PHONE,)}
"""Welsh has longer words: it is looked at where there is least room."""

TURN = datetime.date.today().toordinal()
IN_LANGUAGES = [*((name, "en") for name in PAGES), *((name, "cy") for name in list(PAGES)[TURN % 3 :: 3])]
"""Every page in English, and a third of them in Welsh, another third each day."""

RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"
"""It describes no place where a rule holds: there are thousands."""

every_page = pytest.mark.parametrize("name", PAGES)


def violations(page: Page, language: str = "en") -> list[str]:
    """What axe-core finds against the guidelines, with the first places of each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES[language])
    return [f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes'][:3]]}" for rule in found]


def unfold(page: Page) -> None:
    """Open whatever is folded away, the menu too, so that it is looked at."""
    menu = page.locator(".govuk-js-service-navigation-toggle")
    if menu.is_visible() and menu.get_attribute("aria-expanded") == "false":
        menu.click()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def too_wide(page: Page) -> list[str]:
    """What reaches past the right edge, if the page can be scrolled sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')]
          .filter(part => part.getBoundingClientRect().right > window.innerWidth + 1)
          .slice(0, 5).map(part => `${part.tagName} ${part.id} ${part.className}`)"""
    )


@pytest.mark.parametrize(("name", "language"), IN_LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(same_tab, portal, name, language):
    page = same_tab(session=portal.session_for(name), language=language)
    portal.open(page, name)
    for width in WIDTHS[language]:
        page.set_viewport_size({"width": width, "height": 900})
        unfold(page)
        assert violations(page, language) == [], f"at {width} pixels"
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert too_wide(page) == []


def test_axe_finds_what_is_wrong(same_tab, portal):
    page = same_tab()
    portal.open(page, "about")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/img/favicon.svg\">')"
    )
    assert [found.split(":")[0] for found in violations(page)] == ["image-alt"]


WIDER_TEXT = """
document.querySelectorAll('body *').forEach(part => {
  part.style.setProperty('line-height', '1.5', 'important')
  part.style.setProperty('letter-spacing', '0.12em', 'important')
  part.style.setProperty('word-spacing', '0.16em', 'important')
})
"""


@pytest.mark.parametrize("name", ["home", "stories", "plan", "lessons", "organisation", "topics", "how"])
def test_wider_spacing_of_text_cuts_nothing_off(same_tab, portal, name):
    """WCAG 1.4.12, on a phone."""
    page = same_tab(session=portal.session_for(name), width=NARROWEST)
    portal.open(page, name)
    page.evaluate(WIDER_TEXT)
    assert too_wide(page) == []


def test_what_is_too_wide_is_named(same_tab, portal):
    page = same_tab(width=NARROWEST)
    portal.open(page, "about")
    page.evaluate("document.querySelector('h1').style.width = '900px'")
    assert too_wide(page)[0].startswith("H1")


@every_page
def test_without_javascript_it_shows_its_heading(same_tab, portal, name):
    page = same_tab(session=portal.session_for(name), javascript=False)
    portal.open(page, name)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()


def test_an_inline_script_is_stopped_and_heard(same_tab, portal):
    """That the policy holds, and that the quiet of all other tests means something."""
    page = same_tab()
    portal.open(page, "home")
    with pytest.raises(Error):
        page.add_script_tag(content="window.broken = true")
    assert page.evaluate("window.broken") is None
    assert any("Content Security Policy" in complaint for complaint in same_tab.leave())


def test_the_same_tab_does_not_know_who_was_there_before(same_tab, portal):
    mine = [
        same_tab(session=session).goto("/").text().count("Your account") for session in (portal.sessions["reader"], "")
    ]
    assert mine[0] > 0
    assert mine[1] == 0

"""At 400 % of a window of 1280 by 1024 pixels: no sideways scroll, and what has the focus is in sight (WCAG 1.4.10 and
2.4.11).

Zoom is fewer and larger CSS pixels: 320 by 256 of them, four dots wide each.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import too_wide

ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
MOST = 250
"""Presses of Tab on one page."""

FOCUS = """() => {
  const part = document.activeElement
  if (!part || part === document.body) return null
  const seen = part.matches('input[type=radio], input[type=checkbox]') ? part.parentElement : part
  const boxes = [...part.getClientRects()].filter(box => box.width && box.height)
  const points = boxes.flatMap(box => [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y =>
    [box.left + box.width * x, box.top + box.height * y])))
  const inside = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
  const covered = inside.map(([x, y]) => document.elementFromPoint(x, y))
    .filter(top => top && !seen.contains(top) && !top.contains(part))
    .map(top => {
      for (let one = top; one; one = one.parentElement) {
        if (['sticky', 'fixed'].includes(getComputedStyle(one).position) && !one.contains(part)) return one.className
      }
      return null
    }).filter(Boolean)
  return {
    name: part.outerHTML.slice(0, 120),
    first: !part.dataset.zoomSeen && (part.dataset.zoomSeen = '1'),
    inSight: inside.length > 0,
    covered: covered.length * 2 > inside.length ? [...new Set(covered)] : [],
  }
}"""
"""What has the focus, whether it is on the screen, and which bar that stays in place lies on more than half of it."""


def out_of_sight(page: Page) -> list[str]:
    """What is not to be seen when it has the focus, of all that Tab leads to."""
    lost: list[str] = []
    for stop in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None or not found["first"]:
            assert stop > 3, "Tab leads nowhere"
            return lost
        if not found["inSight"]:
            lost.append(f"{found['name']} is off the screen")
        elif found["covered"]:
            lost.append(f"{found['name']} lies under {found['covered']}")
    raise AssertionError(f"More than {MOST} stops")


PAGES = (
    *("home", "plan", "stories", "lessons", "keep my name", "tell: words", "tell: check"),
    *("work list", "item", "who moderates"),
)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_too_wide_and_the_focus_is_always_in_sight(tab, portal, name):
    page = tab(session=portal.session_for(name), **ZOOMED)
    portal.open(page, name)
    assert too_wide(page) == []
    assert out_of_sight(page) == []


def test_the_open_filters_hide_nothing(tab, portal):
    """Their button stays at the foot of the screen."""
    page = tab(**ZOOMED)
    portal.open(page, "stories")
    page.locator(".lp-filters__toggle").first.click()
    assert too_wide(page) == []
    assert out_of_sight(page) == []


def test_that_a_save_failed_hides_nothing(tab, portal):
    page = tab(session=portal.sessions["reader"], **ZOOMED)
    portal.open(page, "tell: words")
    page.locator("form [role=status]").wait_for(state="attached")  # it saves from now on
    page.context.set_offline(True)
    page.locator("[name=title]").fill("The tablets had no signal")
    page.locator(".lp-autosave--failed").wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    assert out_of_sight(page) == []
    page.context.set_offline(False)
    page.get_by_text("Saved at ").wait_for()
    tab.complaints.clear()  # the browser's own, that there is no network


def test_that_a_session_ends_hides_nothing(tab, portal):
    page = tab(session=portal.sessions["team"], **ZOOMED)
    page.clock.install()
    portal.open(page, "who moderates")
    page.clock.fast_forward("28:15")
    page.get_by_role("button", name="Stay signed in").wait_for()
    assert too_wide(page) == []
    assert out_of_sight(page) == []


@pytest.mark.parametrize("height", ["100%", "70px"])
def test_what_a_bar_hides_is_named(tab, portal, height):
    page = tab(**ZOOMED)
    portal.open(page, "about")
    page.evaluate(
        """height => {
          const bar = document.createElement('div')
          bar.className = 'bar'
          Object.assign(bar.style, {position: 'fixed', inset: 'auto 0 0 0', height})
          document.body.append(bar)
        }""",
        height,
    )
    assert any("lies under ['bar']" in found for found in out_of_sight(page))

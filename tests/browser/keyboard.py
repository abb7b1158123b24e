"""Walking through a page by keyboard alone."""

from playwright.sync_api import Page

MARKED = """() => {
  const part = document.activeElement
  const seen = [part, part.parentElement, part.nextElementSibling].filter(Boolean)
  return seen.some(one => ['', '::before', '::after'].some(pseudo => {
    const style = getComputedStyle(one, pseudo || null)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  }))
}"""
"""Whether somebody who looks can see where the keyboard is."""


def tab_to(page: Page, selector: str, most: int = 80) -> int:
    """Press Tab until the selector has the focus; how often. The focus can be seen at every stop."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        assert page.evaluate(MARKED), page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return presses
    found = page.evaluate("document.activeElement.outerHTML")[:200]
    raise AssertionError(f"{most} presses of Tab do not lead to {selector} but to {found}")


def choose(page: Page, name: str, value: str) -> None:
    """One of a group of radios: Tab to the group, Space, and arrows to the one that is meant."""
    tab_to(page, f"input[name={name}]")
    page.keyboard.press("Space")
    for _press in range(page.locator(f"input[name={name}]").count()):
        if page.evaluate("value => document.activeElement.checked && document.activeElement.value === value", value):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow leads to {name}={value}")


def write(page: Page, name: str, text: str) -> None:
    tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)

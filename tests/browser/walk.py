"""Somebody goes through the portal, and each page and each click of theirs is counted."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page


class Walk:
    """Counts what a journey costs. A page that the server only leads on from is none: nobody sees it."""

    def __init__(self, page: Page):
        self.page, self.pages, self.clicks = page, 0, 0
        page.on("framenavigated", self._arrived)

    def _arrived(self, frame: Frame) -> None:
        self.pages += frame.parent_frame is None

    def click(self, part: str | Locator) -> None:
        """Press a link or a button, or choose one of several."""
        self.clicks += 1
        (self.page.locator(part) if isinstance(part, str) else part).first.click()

    def write(self, name: str, text: str) -> None:
        """Type into a field. To get there is no click of its own: the Tab key leads from each field to the next."""
        self.page.locator(f"[name={name}]").fill(text)

"""The portal with its demo, as a browser finds it: where each page is, and with whose session it is opened."""

from __future__ import annotations

import dataclasses
import io

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from stories.choices import Audience
from stories.models import Story
from tests.browser import (
    accounts,
    cards,
    coffee,
    demo_stories,
    fixed_pages,
    introductions,
    meetings,
    own_networks,
    roles,
    sessions,
    waiting,
)
from tests.browser.form_pages import STEPS

PARTS = (accounts, cards, coffee, demo_stories, fixed_pages, introductions, meetings, own_networks, waiting)
"""Each says who opens its pages, and puts into the demo what they show."""
HOLDERS = {name: holder for part in PARTS for holder, names in part.OPENED_BY.items() for name in names}
"""Who opens a page, by its name."""
PAGES = (*HOLDERS, *STEPS)


@dataclasses.dataclass(frozen=True)
class Portal:
    """A running portal."""

    url: str
    paths: dict[str, str]
    sessions: dict[str, str]
    """The session of a visitor who has typed two plans, of a reader who is signed in, and of who holds a role."""
    printed: dict[str, str]
    """The path of every public story, by its title."""

    def session_for(self, name: str) -> str:
        """Whose session a page is looked at with: of a new visitor where a form leads to it."""
        if name.startswith("tell: "):
            return self.sessions["reader"]
        return self.sessions[HOLDERS[name]] if name in HOLDERS else ""

    def open(self, page: Page, name: str) -> None:
        """Show a page in a tab, by its name."""
        if name in STEPS:
            STEPS[name](page)
        else:
            page.goto(self.paths[name])


def load() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Fill the database with the demo. Paths by name, sessions, and the paths of all public stories by title."""
    for command in ("load_topics", "load_register", "load_demo", "tick"):
        call_command(command, stdout=io.StringIO())
    visitor = Client()
    paths = {**fixed_pages.PATHS, **demo_stories.fill(visitor)}
    for part in (waiting, coffee, meetings, accounts, cards, introductions, own_networks):
        paths |= part.fill()
    return paths, signed_in(visitor), printed()


def signed_in(visitor: Client) -> dict[str, str]:
    """The sessions by what their holders are. Some hold a role and do nothing."""
    idle = {name: sessions.session_of(sessions.TEAM) for name in roles.IDLE}
    seen = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    return {**sessions.fill(), **idle, "newcomer": roles.newcomer(), "visitor": seen}


def printed() -> dict[str, str]:
    public = Story.objects.filter(audience=Audience.PUBLIC).published().select_related("published_version")
    return {story.content.title: story.get_absolute_url() for story in public}

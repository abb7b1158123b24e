"""A story as a card shows it."""

import dataclasses

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from networks.choices import Rurality

from .models import Story, StoryContact
from .similarity import Explanation
from .text import about_twenty_words


@dataclasses.dataclass
class Card:
    """One story in a list, with why it is like the reader where that is known, and the words that were searched for."""

    story: Story
    explanation: Explanation | None = None
    snippet: SafeString | str = ""
    contact: StoryContact | None = None
    """Whom to ask, where somebody is named."""
    reach: bool = False
    """Whether it says how to reach an author who keeps their name to themselves: in the answer to a plan."""
    dated: bool = False
    """Whether it says when it was published: in lists of the newest."""
    of_another: bool = False
    """Whether it is compared with another place than the reader's."""
    plan: str = ""
    """The key of the plan in whose answer the card stands: the story is then compared with that plan."""

    @property
    def url(self) -> str:
        return self.story.get_absolute_url() + (f"?plan={self.plan}" if self.plan else "")

    @cached_property
    def wrong(self) -> str:
        return about_twenty_words(self.story.content.went_wrong)

    @property
    def place(self) -> str:
        """Where and when, on one line: "Upland Council · Sparse and rural · 2022". Of an unnamed story the band, which
        says all that may be said of its place, and no date."""
        story = self.story
        if not story.is_named:
            return story.place
        parts = [story.place]
        if story.organisation and story.organisation.rurality is not None:
            parts.append(str(Rurality(story.organisation.rurality).label))
        if story.year:
            parts.append(str(story.year))
        if self.dated and story.published_on:
            parts.append(_("Published %(date)s") % {"date": date_format(story.published_on)})
        return " · ".join(parts)

    @property
    def is_written_to(self) -> bool:
        """Whether its author is reached by writing alone, as its page says."""
        return self.reach and not self.story.is_named

    @property
    def like(self) -> str:
        return self.explanation.card_like if self.explanation else ""

    @property
    def unlike(self) -> str:
        return self.explanation.card_unlike if self.explanation else ""

"""A story as a card shows it."""

import dataclasses

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    def reach(self) -> str:
        """How to reach someone about it, in a few words."""
        if self.contact:
            card = self.contact.contact
            return _("Ask %(name)s, %(role)s") % {"name": card.name, "role": card.role}
        return ""

    @property
    def like(self) -> str:
        return self.explanation.card_like if self.explanation else ""

    @property
    def unlike(self) -> str:
        return self.explanation.card_unlike if self.explanation else ""

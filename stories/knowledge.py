"""What is known of people about some topics: who says so, who told a named story of it, who is named as its contact.

One statement, written as text, in which what the reader may open stands once: as four querysets it took twice as long,
most of it to write SQL and to read stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from networks.meeting import Knows
from networks.models import Contact

from .access import Reader
from .choices import Voice
from .models import AuthorLink, Story, StoryContact
from .search.predicate import run, statement, written

Known = Mapping[int, Mapping[int, Knows]]
"""The best evidence of each topic, by key of card and of topic."""

STATEMENT = """
WITH about (story, topic) AS ({about})
SELECT contact_id, topic_id, {says_so} FROM {can_help_with} WHERE topic_id IN ({topics})
UNION ALL
SELECT card.id, about.topic, {contributed} FROM about
JOIN {author_link} AS told ON told.story_id = about.story
JOIN {card} AS card ON card.user_id = told.user_id
UNION ALL
SELECT named.contact_id, about.topic, {contact} FROM about
JOIN {story_contact} AS named ON named.story_id = about.story
"""
"""(card, topic, tenths) of every piece of evidence."""


def knowledge(user: Reader, topics: Collection[int]) -> Known:
    """What is known of each card's person about these topics. Only from published stories that this reader may open
    and that name people; of whatever card, so that it must be asked which of them may be shown."""
    stories = Story.objects.visible_to(user).published().filter(voice=Voice.NAMED, topics__in=topics)
    about = statement(stories.values("pk", "topics"))
    if about is None:
        return {}
    written_out = STATEMENT.format(
        about=about[0],
        topics=written(topics),
        says_so=int(Knows.SAYS_SO),
        contributed=int(Knows.CONTRIBUTED),
        contact=int(Knows.CONTACT),
        can_help_with=Contact.can_help_with.through._meta.db_table,
        author_link=AuthorLink._meta.db_table,
        card=Contact._meta.db_table,
        story_contact=StoryContact._meta.db_table,
    )
    return _best(run(stories, written_out, about[1]))


TENTHS = {how.value: how for how in Knows}


def _best(pieces: Iterable[tuple[int, int, int]]) -> Known:
    """The best evidence of each topic, whatever came first."""
    found: dict[int, dict[int, Knows]] = defaultdict(dict)
    for card, topic, tenths in pieces:
        if tenths > found[card].get(topic, 0):
            found[card][topic] = TENTHS[tenths]
    return found

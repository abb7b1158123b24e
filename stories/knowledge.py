"""What is known of people about some topics: who says so, who told a named story of it, who is named as its contact.

One statement, written as text, in which what the reader may open stands once: as four querysets it took twice as long,
most of it to write SQL and to read stories. It also adds up and ranks, for of thousands who know something only those
of whom most is known are ever looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from operator import itemgetter

from networks.meeting import Knows
from networks.models import Contact

from .access import Reader
from .choices import Voice
from .models import AuthorLink, Story, StoryContact
from .search.predicate import run, statement, written

Known = Mapping[int, Knows]
"""The best evidence of each topic, by its key."""

STATEMENT = """
WITH about (story, topic) AS ({about}), evidence (card, topic, tenths) AS (
SELECT contact_id, topic_id, {says_so} FROM {can_help_with} WHERE topic_id IN ({topics})
UNION ALL
SELECT card.id, about.topic, {contributed} FROM about
JOIN {author_link} AS told ON told.story_id = about.story
JOIN {card} AS card ON card.user_id = told.user_id
UNION ALL
SELECT named.contact_id, about.topic, {contact} FROM about
JOIN {story_contact} AS named ON named.story_id = about.story
)
SELECT card, topic, MAX(tenths), SUM(MAX(tenths)) OVER (PARTITION BY card) AS worth FROM evidence GROUP BY card, topic
ORDER BY worth DESC, card, topic
"""
"""(card, topic, tenths, tenths of all its topics together) of the best evidence."""


def knowledge(user: Reader, topics: Collection[int]) -> Iterator[tuple[int, Known]]:
    """What is known of each card's person about these topics, most first. Only from published stories that this reader
    may open and that name people; of whatever card, so that it must be asked which of them may be shown."""
    stories = Story.objects.visible_to(user).published().filter(voice=Voice.NAMED, topics__in=topics)
    about = statement(stories.values("pk", "topics"))
    if about is None:
        return
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
    rows = run(stories, written_out, about[1])
    for card, best in itertools.groupby(rows, key=itemgetter(0)):
        yield card, {topic: TENTHS[tenths] for _card, topic, tenths, _worth in best}


TENTHS = {how.value: how for how in Knows}

"""What there is beside a story's words, asked in one statement: its page then reads only what is there.

Most stories have no reply, no update and no collection, and to find that out from each table by itself took a third of
the page's time. Nothing here is shown: each part is read by whoever shows it, with its own rules.
"""

from typing import NamedTuple

from learning_portal.common.counts import FEWEST

from .choices import IN_USE
from .models import CollectionStory, ProgressUpdate, Reply, Reuse, Story, StoryAction, StoryContact
from .search.predicate import run

STATEMENT = f"""
SELECT
    EXISTS (SELECT 1 FROM {StoryContact._meta.db_table} WHERE story_id = %s),
    EXISTS (SELECT 1 FROM {ProgressUpdate._meta.db_table} WHERE story_id = %s),
    EXISTS (SELECT 1 FROM {Reply._meta.db_table} WHERE story_id = %s AND shown),
    EXISTS (SELECT 1 FROM {CollectionStory._meta.db_table} WHERE story_id = %s),
    (SELECT COUNT(*) FROM {StoryAction._meta.db_table} WHERE story_id = %s) >= {FEWEST},
    (SELECT COUNT(*) >= {FEWEST} OR MAX(CASE WHEN may_be_named THEN 1 ELSE 0 END) = 1
     FROM {Reuse._meta.db_table} WHERE story_id = %s AND how IN ({", ".join(f"'{how}'" for how in IN_USE)}))
"""
"""Of actions and uses below five nothing is told, and nothing read: that a page took longer would tell it too."""


class Surroundings(NamedTuple):
    """Whether there is anything to read of each."""

    contacts: bool
    updates: bool
    replies: bool
    collections: bool
    actions: bool
    uses: bool


def surroundings_of(story: Story) -> Surroundings:
    """Of a story that this reader may see."""
    [found] = run(StoryContact.objects.all(), STATEMENT, [story.pk] * len(Surroundings._fields))
    return Surroundings(*map(bool, found))

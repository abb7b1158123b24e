"""The questions to take into a meeting: each cost somebody a story. Those about the plan that was asked come first."""

import dataclasses
from collections.abc import Sequence

from django.utils.translation import get_language

from .models import Story
from .text import first_sentence

MOST = 5
CONSIDERED = 8
"""How many stories are read for their questions: more than are asked, so that one's own language comes first."""
CLOSE_TEXT = 0.34
"""The text score from which a story's question is about the plan though they share no topic."""
NEARLY = 0.6
"""Of the best text score, the share from which the question of a story that shares a topic is about the plan. Both were
judged on the plans of `tests/benchmarks`: see docs/search.md."""


@dataclasses.dataclass(frozen=True)
class AskBefore:
    """A question to take into the meeting, and the story that it cost."""

    words: str
    story: Story
    is_change: bool = False
    """Whether the words are what others would do differently, for want of a question of theirs."""


def ask_before(stories: Sequence[Story], most: int = MOST) -> list[AskBefore]:
    """At most `most` questions of these stories, which stand the closest first. Stories that name the question they
    missed come before those of which only what they would do differently is known; and of either those in the reader's
    language, since a question is read out."""
    found = [asked for story in stories if (asked := question_of(story))]
    language = get_language()
    return sorted(found, key=lambda asked: (asked.is_change, asked.story.language != language))[:most]


def question_of(story: Story) -> AskBefore | None:
    """What this story would ask: the page puts a change as a question."""
    if question := getattr(story.content, "question", ""):
        return AskBefore(question, story)
    change = would_change(story)
    return AskBefore(change, story, is_change=True) if change else None


def would_change(story: Story) -> str:
    """The first sentence of what they would do differently, or of what to adapt."""
    content = story.content
    return first_sentence(getattr(content, "differently", "") or getattr(content, "adapt", ""))

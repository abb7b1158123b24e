"""The card of a story, of which twenty stand on a page."""

from django import template
from django.utils.safestring import SafeString

from learning_portal.common import card_html

from ..cards import Card
from ..choices import Outcome

register = template.Library()


@register.simple_tag
def story_card(card: Card, *, level: int = 3, points: bool = False) -> SafeString:
    """With its heading of this level, and with the points behind its likeness."""
    story = card.story
    content = story.content
    return card_html.StoryCard(
        url=card.url,
        title=content.title,
        lang=story.language,
        place=card.place,
        summary=content.summary,
        snippet=card.snippet,
        wrong=card.wrong,
        outcome=story.outcome,
        outcome_label=Outcome(story.outcome).label,
        example=story.is_example,
        like=card.like,
        unlike=card.unlike,
        it=card.of_another,
        contact=card.contact.contact if card.contact else None,
        unnamed=card.is_written_to,
        level=level,
        explained=card.explanation,
        points=points,
    ).html()

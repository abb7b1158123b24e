"""The card of a story, of which twenty stand on a page."""

from typing import Any

from django import template

from ..cards import Card
from ..choices import Outcome

register = template.Library()


@register.inclusion_tag("_components/story_card.html")
def story_card(card: Card, *, level: int = 3, points: bool = False) -> dict[str, Any]:
    """With its heading of this level, and with the points behind its likeness. Handed over by an include, one by one,
    these values took a quarter of the card's time."""
    story = card.story
    content = story.content
    return {
        "url": card.url,
        "title": content.title,
        "lang": story.language,
        "place": card.place,
        "summary": content.summary,
        "snippet": card.snippet,
        "wrong": card.wrong,
        "outcome": story.outcome,
        "outcome_label": Outcome(story.outcome).label,
        "example": story.is_example,
        "like": card.like,
        "unlike": card.unlike,
        "it": card.of_another,
        "contact": card.contact.contact if card.contact else None,
        "level": level,
        "explained": card.explanation,
        "points": points,
    }

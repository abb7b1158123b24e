"""The card of a story and its parts for the templates of the components, which pass on what they are given."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from .. import card_html

register = template.Library()

register.simple_tag(card_html.outcome_tag)
register.simple_tag(card_html.example_mark)
register.simple_tag(card_html.language_mark)
register.simple_tag(card_html.likeness)
register.simple_tag(card_html.points_fold)


@register.simple_tag
def story_card_html(**shown: Any) -> SafeString:
    """With what the README of the components says."""
    return card_html.StoryCard(**shown).html()

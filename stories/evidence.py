"""What stories that everybody may read show that people know about: for coffee rounds, which a floor below makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth.models import AnonymousUser

from networks.evidence import Evidence
from networks.meeting import Knows
from networks.models import Contact

from .choices import Voice
from .models import AuthorLink, Story, StoryContact
from .models.story import StoryTopic


def shown_to_all(users: Collection[int]) -> Evidence:
    """Of those of these users who have a card. Nobody learns from it of a story that they may not open."""
    stories = Story.objects.visible_to(AnonymousUser()).published().filter(voice=Voice.NAMED)
    cards = _cards_of(users)
    named = StoryContact.objects.filter(story__in=stories, contact__in=cards).values_list("contact", "story")
    contact = [(cards[card], story) for card, story in named]
    told = AuthorLink.objects.filter(story__in=stories, user__in=set(cards.values()))
    contributed = list(told.values_list("user", "story"))
    topics = _topics_of({story for _user, story in (*contact, *contributed)})
    found: dict[int, dict[int, Knows]] = defaultdict(dict)
    for how, links in ((Knows.CONTRIBUTED, contributed), (Knows.CONTACT, contact)):  # the better evidence last
        for user, story in links:
            found[user].update(dict.fromkeys(topics[story], how))
    return found


def _cards_of(users: Collection[int]) -> dict[int, int]:
    """Whose card it is, by card: theirs of now and those of earlier jobs, since what somebody knows moves with them."""
    found = dict(Contact.objects.there().filter(user__in=users).values_list("pk", "user"))
    newest = found
    while newest:
        earlier = Contact.objects.filter(moved_to__in=newest).values_list("pk", "moved_to")
        newest = {card: found[after] for card, after in earlier if card not in found}
        found = found | newest
    return found


def _topics_of(stories: Iterable[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for story, topic in StoryTopic.objects.filter(content_object__in=stories).values_list("content_object", "tag"):
        found[story].append(topic)
    return found

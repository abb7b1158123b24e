"""What is known of people's topics, from stories and from what they say themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from networks import meeting
from networks.evidence import Evidence
from networks.models import Contact

from .access import Reader
from .choices import Voice
from .models import AuthorLink, Story, StoryContact
from .models.story import StoryTopic

Pairs = Iterable[tuple[int, int]]
Known = dict[int, Mapping[int, meeting.Knows]]
"""The best evidence of each topic, by key of card or of user and of topic."""


def knowledge(user: Reader, topics: Collection[int]) -> Known:
    """What is known of each card's person about these topics, by key: who says so, who told a named story of it, and
    who is named as its contact. Only from published stories that this reader may open and that name people."""
    about = _naming(user).filter(Exists(StoryTopic.objects.filter(content_object=OuterRef("pk"), tag__in=topics)))
    says_so = Contact.can_help_with.through.objects.filter(topic__in=topics).values_list("contact", "topic")
    named = list(StoryContact.objects.filter(story__in=about).values_list("contact", "story"))
    told = _told(about)
    links = StoryTopic.objects.filter(tag__in=topics)
    of_story = _topics_of({story for _card, story in [*named, *told]}, links)
    return _evidence(says_so, _by_topic(told, of_story), _by_topic(named, of_story))


def shown_to_all(users: Collection[int]) -> Evidence:
    """What stories that everybody may read show that these users know about, if they have a card: for coffee rounds,
    which a floor below makes. Nobody learns from it of a story that they may not open."""
    stories, cards = _naming(AnonymousUser()), _cards_of(users)
    named = StoryContact.objects.filter(story__in=stories, contact__in=cards).values_list("contact", "story")
    contact = [(cards[card], story) for card, story in named]
    told = AuthorLink.objects.filter(story__in=stories, user__in=set(cards.values()))
    contributed = list(told.values_list("user", "story"))
    of_story = _topics_of({story for _user, story in (*contact, *contributed)}, StoryTopic.objects.all())
    return _evidence((), _by_topic(contributed, of_story), _by_topic(contact, of_story))


def _naming(user: Reader) -> QuerySet[Story]:
    return Story.objects.visible_to(user).published().filter(voice=Voice.NAMED)


def _cards_of(users: Collection[int]) -> dict[int, int]:
    """Whose card it is, by card: theirs of now and those of earlier jobs, since what somebody knows moves with them."""
    found = dict(Contact.objects.there().filter(user__in=users).values_list("pk", "user"))
    newest = found
    while newest:
        earlier = Contact.objects.filter(moved_to__in=newest).values_list("pk", "moved_to")
        newest = {card: found[after] for card, after in earlier if card not in found}
        found = found | newest
    return found


def _told(about: QuerySet[Story]) -> list[tuple[int, int]]:
    """(card, story) of who told a story under their name and has a card."""
    card = Subquery(Contact.objects.filter(user=OuterRef("user")).values("pk"))
    links = AuthorLink.objects.filter(story__in=about).annotate(card=card)
    return list(links.exclude(card=None).values_list("card", "story"))


def _topics_of(stories: Collection[int], links: QuerySet[StoryTopic]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for story, topic in links.filter(content_object__in=stories).values_list("content_object", "tag"):
        found[story].append(topic)
    return found


def _by_topic(links: Pairs, of_story: Mapping[int, list[int]]) -> list[tuple[int, int]]:
    return [(card, topic) for card, story in links for topic in of_story.get(story, ())]


def _evidence(says_so: Pairs, contributed: Pairs, contact: Pairs) -> Known:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, pairs in (("says_so", says_so), ("contributed", contributed), ("contact", contact)):
        for card, topic in pairs:
            found[card][name].append(topic)
    return {card: meeting.evidence(**by_name) for card, by_name in found.items()}

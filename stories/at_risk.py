"""Knowledge at risk: published stories that nobody reachable can be asked about. For the programme team."""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from networks.meeting import PROMPT_DAYS
from networks.models import Affiliation, Contact, Membership
from networks.succession import HAS_REACH

from .choices import Origin, Voice
from .models import Story, StoryContact


def reachable(today: datetime.date) -> QuerySet[Contact]:
    """Cards whose person is there, and whom a mail finds or somebody confirmed within six months."""
    recent = today - datetime.timedelta(days=PROMPT_DAYS)
    return Contact.objects.living(today).filter(HAS_REACH | Q(verified_on__gt=recent))


def at_risk(stories: QuerySet[Story], today: datetime.date) -> QuerySet[Story]:
    """Of these, the named ones without a contact who can be reached. Imports never had one: they are not counted."""
    asked = StoryContact.objects.filter(story=OuterRef("pk"), contact__in=reachable(today))
    return stories.filter(voice=Voice.NAMED).exclude(origin=Origin.IMPORTED).exclude(Exists(asked))


@dataclasses.dataclass(frozen=True)
class Risk:
    """One story, why nobody can be asked, and what to do."""

    story: Story
    why: str
    deputy: Contact | None
    """Who comes after the one who cannot be reached, if the reader may see their card."""
    convenors: list[User]
    """Of networks, who work where the story comes from."""


def risks_of(keys: list[int], reader: User, today: datetime.date) -> list[Risk]:
    """The stories of these keys, which have passed `visible_to`: as many queries for one as for twenty."""
    stories = Story.objects.cards_of(keys)
    links = StoryContact.objects.filter(story__in=keys).select_related("contact__deputy").order_by("-pk")
    contacts = {link.story_id: link.contact for link in links}
    deputies = [contact.deputy_id for contact in contacts.values() if contact.deputy_id]
    seen = Contact.objects.visible_to(reader).living(today).in_bulk(deputies)
    convenors = _convenors_at({story.organisation_id for story in stories})
    return [
        Risk(
            story,
            _why(contacts.get(story.pk)),
            seen.get(contacts[story.pk].deputy_id) if story.pk in contacts else None,
            convenors[story.organisation_id],
        )
        for story in stories
    ]


def _why(contact: Contact | None) -> str:
    if contact is None:
        return _("Nobody was named.")
    if not contact.is_there:
        return _("%(name)s has left.") % {"name": contact.name}
    return _("%(name)s has not said for a long time that they are still there.") % {"name": contact.name}


def _convenors_at(organisations: Iterable[int | None]) -> dict[int | None, list[User]]:
    convenors = Membership.objects.current().filter(is_convenor=True)
    works = Affiliation.objects.verified().filter(organisation__in=organisations, user__in=convenors.values("user"))
    found: dict[int | None, list[User]] = defaultdict(list)
    for affiliation in works.select_related("user").order_by("user__name", "user__pk"):
        found[affiliation.organisation_id].append(affiliation.user)
    return found

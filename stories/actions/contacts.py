"""Stories of somebody who left are asked about elsewhere: of whoever comes after them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from networks.models import Contact
from networks.succession import archive, heir

from ..models import StoryContact


def hand_over_contacts() -> int:
    """Give the stories of cards that are down to the cards that came after; how many. For every tick: idempotent, and
    what has nobody to go to stays where it is, on the list of knowledge at risk."""
    gone = Contact.objects.exclude(archived_on=None).exclude(deputy=None)
    with_stories = gone.filter(Exists(StoryContact.objects.filter(contact=OuterRef("pk"))))
    return sum(hand_over(contact=contact) for contact in with_stories.select_related("deputy").order_by("pk"))


@transaction.atomic
def hand_over(*, contact: Contact) -> int:
    """The stories of one card that is down; how many. Of two at once one finds none."""
    after = heir(contact)
    if after is None:
        return 0
    theirs = StoryContact.objects.filter(contact=contact)
    had_already = StoryContact.objects.filter(contact=after).values("story")
    number = theirs.exclude(story__in=list(had_already.values_list("story", flat=True))).update(contact=after)
    return number + theirs.delete()[0]


@transaction.atomic
def let_go(*, contact: Contact) -> None:
    """Before a card is erased with its person's account, and those of their earlier jobs with it: their stories go to
    whoever comes after."""
    for earlier in Contact.objects.filter(moved_to=contact):
        let_go(contact=earlier)
    archive(contact=contact)
    contact.refresh_from_db()
    hand_over(contact=contact)
    contact.delete()

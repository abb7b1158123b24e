"""Ask the leads of projects to tell: once, with one reminder, and then nobody asks again."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import answered, post
from learning_portal.common.mail.compose import BOTH, Scalar
from learning_portal.common.models import User
from networks.choices import Nation

from ..choices import ReceiptKind, Status
from ..mails import PROJECT_INVITED
from ..models import AuthorLink, Draft, InvitedProject, Story
from ..weeks import monday_of
from .keep import erase_story
from .refused import Refused
from .tell import hand

REMIND_AFTER = datetime.timedelta(days=14)
SILENT_AFTER = datetime.timedelta(days=28)
"""After the reminder."""
A_TICK = 200
"""Mails, or drafts erased, at one tick: others wait for the database too."""

# --- Ask, remind, be silent: jobs of the tick -----------------------------------------------------------------------


def invite_leads(*, today: datetime.date | None = None) -> int:
    """Ask the leads who were not asked yet, once each; how many."""
    today = today or timezone.localdate()
    waiting = InvitedProject.objects.waiting_for_lead().filter(invited_on=None)
    return sum(_ask(one, today, invited_on=None) for one in _some(waiting))


def remind_leads(*, today: datetime.date | None = None) -> int:
    """Remind those who did not answer, once; how many."""
    today = today or timezone.localdate()
    waiting = InvitedProject.objects.waiting_for_lead().filter(invited_on__lte=today - REMIND_AFTER, reminded_on=None)
    return sum(_ask(one, today, reminded_on=None) for one in _some(waiting))


def _some(waiting: QuerySet[InvitedProject]) -> list[InvitedProject]:
    return list(waiting.select_related("organisation").order_by("pk")[:A_TICK])


@transaction.atomic
def _ask(invited: InvitedProject, today: datetime.date, **untouched: None) -> bool:
    """Compare-and-set: of two ticks at once, one asks."""
    marked = InvitedProject.objects.filter(pk=invited.pk, lead=invited.lead, **untouched)
    if not marked.update(**dict.fromkeys(untouched, today)):
        return False
    context: dict[str, Scalar] = {"key": invited.pk, "project": invited.name, "again": "reminded_on" in untouched}
    post(
        to=invited.lead,
        kind=PROJECT_INVITED.name,
        context=context,
        language=_language(invited),
        thread=invited.thread,
    )
    return True


def _language(invited: InvitedProject) -> str:
    """Theirs, if they have an account. Else nobody has asked them: in Wales they get both."""
    is_known = User.objects.filter(email=invited.lead.lower()).exists()
    return BOTH if invited.organisation.nation == Nation.WALES and not is_known else ""


def forget_silent_leads(*, today: datetime.date | None = None) -> int:
    """Erase the address and the draft of those who stayed silent four weeks after the reminder; how many."""
    today = today or timezone.localdate()
    silent = InvitedProject.objects.waiting_for_lead().filter(reminded_on__lte=today - SILENT_AFTER)
    return sum(_close(one) for one in _some(silent))


# --- The lead answers -----------------------------------------------------------------------------------------------


def invited_as(user: User, key: int) -> InvitedProject | None:
    """The project of this key, if it waits for this person: by an address that a code has proved to be theirs."""
    if not user.has_proved_address:
        return None
    waiting = InvitedProject.objects.waiting_for_lead().filter(pk=key, lead=user.email, story__status=Status.DRAFT)
    return waiting.select_related("organisation", "story").first()


@transaction.atomic
def accept(*, by: User, invited: InvitedProject) -> tuple[Story, str]:
    """Take the draft over: `by` is its author from now on, and their address is forgotten here. The story and a
    receipt. Raises Refused if it does not wait for them (any more)."""
    story = _theirs(by, invited).story
    if story is None or not _forget(invited):
        raise Refused(_gone())
    AuthorLink.objects.create(story=story, user=by)
    Draft.objects.filter(story=story).update(week=monday_of(timezone.localdate()))
    return story, hand(story=story, kind=ReceiptKind.AUTHOR)


@transaction.atomic
def decline(*, by: User, invited: InvitedProject) -> None:
    """Rather not: the draft and the address are erased, and nobody asks again. Raises Refused like `accept`."""
    if not _close(_theirs(by, invited)):
        raise Refused(_gone())


def decline_all(*, by: User) -> None:
    """What leaving comes to: nobody asks this person any more."""
    for invited in InvitedProject.objects.filter(lead=by.email):
        _close(invited)


def _theirs(by: User, invited: InvitedProject) -> InvitedProject:
    found = invited_as(by, invited.pk)
    if found is None:
        raise Refused(_gone())
    return found


def _gone() -> str:
    return _("This invitation is no longer here.")


def _forget(invited: InvitedProject) -> bool:
    """Erase the address, and every mail about it. Compare-and-set: one of two answers counts."""
    waiting = InvitedProject.objects.waiting_for_lead().filter(pk=invited.pk, lead=invited.lead)
    if not waiting.update(lead="", reminded_on=None, invited_on=monday_of(invited.invited_on or timezone.localdate())):
        return False
    answered(thread=invited.thread)
    return True


@transaction.atomic
def _close(invited: InvitedProject) -> bool:
    if not _forget(invited):
        return False
    # Nobody but its lead writes in it, so it is a draft: what was sent in is never erased here.
    drafts = Story.objects.filter(
        status=Status.DRAFT, pk__in=InvitedProject.objects.filter(pk=invited.pk).values("story")
    )
    for story in drafts:
        erase_story(story=story)
    return True

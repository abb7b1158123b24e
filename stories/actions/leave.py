"""Somebody deletes their account. What they told stays as they chose; what ties it to them goes."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from learning_portal.common.models import Message, ModeratorInvitation, Role, User
from networks.event_actions import leave_events
from networks.models import Contact, Membership, Network

from ..access import authored_by
from ..choices import Status
from ..models import LeavingRequest, Story
from .contacts import let_go
from .invite import decline_all
from .keep import erase_requests, erase_story, scrub
from .refused import Refused

SETTLED = (Status.PUBLISHED, Status.WITHDRAWN, Status.RETIRED, Status.HIDDEN)


def unsent(user: User) -> int:
    """How many drafts would go with the account: nobody else has seen them."""
    return Story.objects.filter(authored_by(user), status=Status.DRAFT).count()


def unsettled(user: User) -> int:
    """How many of this person's stories are on their way and would need a receipt to be answered for."""
    return Story.objects.filter(authored_by(user)).exclude(status__in=(*SETTLED, Status.DRAFT)).count()


def keeps_from_leaving(user: User) -> list[str]:
    """Why this person has to hand something over first, in words; empty if they may go."""
    reasons = []
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.filter(is_superuser=True).exists():
        reasons.append(_("You are the last who can give others their rights."))
    for role in Role:
        if user.has_role(role) and not others.filter(groups__name=role).exists():
            reasons.append(_("Nobody else has this role: %(role)s.") % {"role": role.label})
    convened = Membership.objects.current().filter(is_convenor=True, network__state=Network.State.ACTIVE)
    for membership in convened.filter(user=user).select_related("network"):
        if not convened.filter(network=membership.network).exclude(user=user).exists():
            reasons.append(_("You are the only convenor of %(network)s.") % {"network": membership.network.name})
    return reasons


@transaction.atomic
def delete_account(*, by: User) -> None:
    """Erase a person: account, card, jobs, memberships, mail, plans, drafts, and that they wrote what they wrote.

    Raises Refused while nobody else could do what only they can: of two last holders at once, one may go.
    """
    list(Group.objects.select_for_update().order_by("pk"))
    if reasons := keeps_from_leaving(by):
        raise Refused(" ".join(reasons))
    for story in Story.objects.filter(authored_by(by), status=Status.DRAFT):
        erase_story(story=story)
    decline_all(by=by)
    erase_requests(LeavingRequest.objects.filter(address=by.email))
    leave_events(by=by)
    for contact in Contact.objects.filter(user=by):
        let_go(contact=contact)
    ModeratorInvitation.objects.filter(address=by.email).delete()
    Message.objects.filter(user=None, address=by.email).delete()
    _end_sessions(by)
    by.delete()
    transaction.on_commit(scrub)


def _end_sessions(user: User) -> None:
    """In all browsers, with the plans that stand in them."""
    theirs = [
        session.pk for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()

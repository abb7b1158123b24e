"""The programme team asks people to moderate, and ends their role. The role itself comes when they say yes."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import answered, post, record
from learning_portal.common.models import ModeratorInvitation, Role, User
from learning_portal.common.team import is_team

from ..mails import MODERATOR_INVITED
from .refused import Refused

# --- Ask, and take it back ------------------------------------------------------------------------------------------


@transaction.atomic
def invite_moderator(*, by: User, address: str, language: str = "") -> ModeratorInvitation:
    """Ask whoever has this address to moderate: by mail, once. Raises Refused for anybody but the programme team, for
    who moderates already and for who was asked already."""
    _check(by)
    address = address.strip().lower()
    if User.objects.filter(email=address, is_active=True, groups__name=Role.MODERATOR).exists():
        raise Refused(_("They moderate already"))
    try:
        with transaction.atomic():
            invitation = ModeratorInvitation.objects.create(address=address, by=by.email)
    except IntegrityError:
        raise Refused(_("They are invited already")) from None
    post(
        to=address,
        kind=MODERATOR_INVITED.name,
        context={"path": _way_in(address)},
        language=language,
        thread=invitation.pk,
    )
    # Without the address, which is forgotten if they would rather not.
    record(by=by.email, verb="invited a moderator", subject=Role.MODERATOR)
    return invitation


def _way_in(address: str) -> str:
    """Where the mail leads: whoever has no account makes one on the way."""
    here = reverse("stories:moderator-invited")
    known = User.objects.filter(email=address).exists()
    return here if known else f"{reverse('account_signup')}?{urlencode({'next': here}, safe='/')}"


@transaction.atomic
def take_back(*, by: User, address: str) -> None:
    """Do not ask after all. Raises Refused like `invite_moderator`, and if nobody is asked there (any more)."""
    _check(by)
    if not _forget(address):
        raise Refused(_gone())
    record(by=by.email, verb="took an invitation back", subject=Role.MODERATOR)


def erase_old_invitations(*, today: datetime.date | None = None) -> int:
    """Forget who did not answer in time; how many. For every tick."""
    today = today or timezone.localdate()
    silent = list(ModeratorInvitation.objects.filter(expires_on__lt=today).values_list("address", flat=True))
    return sum(bool(_forget(address)) for address in silent)


def _check(by: User) -> None:
    if not is_team(by):
        raise Refused(_("Only the programme team does this."))


@transaction.atomic
def _forget(address: str) -> str:
    """Erase an invitation and every mail about it; who asked, or nothing if it is gone: of two answers one counts."""
    found = ModeratorInvitation.objects.select_for_update().filter(address=address).first()
    if found is None or not ModeratorInvitation.objects.filter(pk=found.pk).delete()[0]:
        return ""
    answered(thread=found.pk)
    return found.by


def _gone() -> str:
    return _("This invitation is no longer here.")


# --- Answer ---------------------------------------------------------------------------------------------------------


def invitation_of(user: User) -> ModeratorInvitation | None:
    """That waits for this person: by an address that a code has proved to be theirs."""
    if not user.has_proved_address:
        return None
    in_time = ModeratorInvitation.objects.filter(expires_on__gte=timezone.localdate())
    return in_time.filter(address=user.email).first()


@transaction.atomic
def accept(*, by: User) -> None:
    """Moderate from now on; a second factor is asked for at the next page. Raises Refused if nobody asks (any more)."""
    asked_by = _answer(by)
    by.groups.add(Group.objects.get_or_create(name=Role.MODERATOR)[0])
    record(by=by.email, verb="took a role", subject=f"{by.email}, {Role.MODERATOR}", detail=f"invited by {asked_by}")


def decline(*, by: User) -> None:
    """Rather not: the invitation is erased. Raises Refused like `accept`."""
    _answer(by)


def _answer(by: User) -> str:
    """Erase the invitation of this person; who asked."""
    found = invitation_of(by)
    asked_by = _forget(found.address) if found else ""
    if not asked_by:
        raise Refused(_gone())
    return asked_by


# --- End ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def end_role(*, by: User, person: User) -> None:
    """Somebody moderates no more, from the next request; what is handed to them goes on at the next tick. Raises
    Refused for anybody but the programme team, and for who is no moderator."""
    _check(by)
    held = User.groups.through.objects.filter(user=person, group__name=Role.MODERATOR)
    if not held.delete()[0]:
        raise Refused(_("They do not moderate any more."))
    record(by=by.email, verb="ended a role", subject=f"{person.email}, {Role.MODERATOR}")

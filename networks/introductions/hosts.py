"""Who may be asked by whom. What is worked out here is asked again under a lock before anything is sent."""

from __future__ import annotations

import dataclasses
import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_portal.common.models import User

from ..domains import bodies_of, proved_domain
from ..meeting import cap
from ..models import Affiliation, Block, Contact, Introduction, Organisation

State = Introduction.State
AGAIN_AFTER = datetime.timedelta(days=91)
"""After "not now" somebody may try again."""
MOST_A_DAY = 5


class Why(models.TextChoices):
    """Why somebody cannot be asked. What a host decided about this asker reads like a full diary."""

    BUSY = "busy", _("They cannot take another request at present.")
    SELF = "self", _("This is your own card.")
    OWN = "own", _("They work where you work: you need no introduction.")
    OPEN = "open", _("You have asked them already, and it is still open.")
    LATER = "later", _("They answered you a short while ago. Try again later.")
    OFTEN = "often", _("You have sent five requests today. Try again tomorrow.")


class NotAsked(Exception):
    """It was not sent, and nothing was kept."""

    def __init__(self, why: Why):
        super().__init__(why)
        self.why = why


@dataclasses.dataclass(frozen=True)
class Place:
    """Where somebody works, as far as their affiliation or their proved address shows."""

    bodies: tuple[Organisation, ...]

    @property
    def is_listed(self) -> bool:
        """Whether it is a public body of the register, so that they may reach a host."""
        return bool(self.bodies)

    @property
    def organisation(self) -> Organisation | None:
        """The one that it is; None where several share an address."""
        return self.bodies[0] if len(self.bodies) == 1 else None


def place_of(user: User) -> Place:
    """By their verified affiliations; else by the domain of their proved address."""
    held = (
        Affiliation.objects.verified().filter(user=user).select_related("organisation").order_by("-verified_on", "pk")
    )
    if found := [affiliation.organisation for affiliation in held]:
        return Place(tuple(found[:1]))
    return Place(tuple(bodies_of(proved_domain(user))))


def works_at(user: User, organisation_id: int) -> bool:
    """Whether they are known to work there."""
    return Affiliation.objects.verified().filter(user=user, organisation=organisation_id).exists()


def is_reachable(host: Contact) -> bool:
    """Whether mail can go to whom the card is of, or to their team."""
    return bool(host.user_id and host.user and host.user.is_active) or bool(host.team_mailbox)


def has_room(host: Contact, today: datetime.date, but: int = 0) -> bool:
    """Whether one more request keeps them within their limit. `but`: an introduction that is not counted."""
    loads = Introduction.objects.exclude(pk=but).filter(host=host).loads(today)
    return loads.get(host.pk, 0) < cap(host.monthly_limit)


def is_open_between(asker: User, host: Contact, but: int = 0) -> bool:
    """Whether they have asked this card already, and it is still open: one at a time."""
    between = Introduction.objects.exclude(pk=but).filter(asker=asker, host=host)
    return between.filter(state__in=[State.ASKED, State.ACCEPTED]).exists()


def is_there(host: Contact, today: datetime.date) -> bool:
    """Whether their card is living, they can be reached and have not paused it."""
    living = Contact.objects.living(today).filter(pk=host.pk).exists()
    return living and is_reachable(host) and not host.is_paused(today)


def why_not(*, asker: User, host: Contact, today: datetime.date, but: int = 0) -> Why | None:
    """Why this person cannot ask that one now; None if they can."""
    if host.user_id == asker.pk:
        return Why.SELF
    if works_at(asker, host.organisation_id) or host.organisation == place_of(asker).organisation:
        return Why.OWN
    between = Introduction.objects.exclude(pk=but).filter(asker=asker, host=host)
    if is_open_between(asker, host, but):
        return Why.OPEN
    if not is_there(host, today) or Block.objects.filter(contact=host, user=asker).exists():
        return Why.BUSY
    refused = between.filter(state=State.NOT_NOW, ended_on__gt=today - AGAIN_AFTER) | between.filter(
        state=State.DECLINED
    )
    if refused.exists():
        return Why.LATER
    return None if has_room(host, today, but) else Why.BUSY


def asked_today(asker: User, today: datetime.date) -> int:
    return Introduction.objects.filter(asker=asker, sent_on=today).count()

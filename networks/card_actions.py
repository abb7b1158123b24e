"""Verbs of a card's own person. A card is made when its owner saves it, and not before."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning_portal.common.models import User

from .choices import CardAudience, Language
from .models import Affiliation, Contact, Organisation, Preferences, Topic
from .succession import archive, confirm, forget_prompt
from .work_actions import NotTheirs

KEPT = ("audience", "formats", "working_days", "languages", "monthly_limit", "paused_until")
"""What somebody takes along to a new place of work, besides their topics."""


class NoCard(Exception):
    """They have none, or it is down."""


def card_of(user: User) -> Contact | None:
    """One's own card, also while it is down."""
    return Contact.objects.filter(user=user).select_related("organisation", "deputy").first()


def workplaces(user: User) -> list[Organisation]:
    """Where somebody may have a card."""
    works = Affiliation.objects.verified().filter(user=user).select_related("organisation").order_by("pk")
    return [affiliation.organisation for affiliation in works]


@transaction.atomic
def save_who(
    *,
    by: User,
    organisation: Organisation,
    name: str,
    role: str,
    team_mailbox: str = "",
    deputy: Contact | None = None,
    audience: str = "",
) -> Contact:
    """Make a card, put it up again, or change whose it is. At another organisation it is a new card: the old one stays
    as it was there, is handed over, and says where its person went. Raises NotTheirs where they do not work."""
    list(User.objects.select_for_update().filter(pk=by.pk))  # of two first saves at once, the second finds a card
    if organisation not in workplaces(by):
        raise NotTheirs
    card, today = card_of(by), timezone.localdate()
    told: dict[str, Any] = {"name": name, "role": role, "team_mailbox": team_mailbox, "deputy": deputy}
    told |= {"audience": audience} if audience else {}
    if card is not None and card.organisation_id == organisation.pk:
        Contact.objects.filter(pk=card.pk).update(**told, archived_on=None, moved_to=None, verified_on=today)
        forget_prompt(card)
        return Contact.objects.get(pk=card.pk)
    return _new(by, organisation, card, {**told, "verified_on": today})


def _new(user: User, organisation: Organisation, old: Contact | None, told: dict[str, Any]) -> Contact:
    if old is None:
        liked = Preferences.objects.filter(user=user).first()
        spoken = Language.WELSH if user.language == "cy" else Language.ENGLISH
        kept: dict[str, Any] = {"formats": liked.formats if liked else "", "languages": spoken.value}
        knows, wants = (liked.knows.all(), liked.wants.all()) if liked else ([], [])
    else:
        archive(contact=old)
        Contact.objects.filter(pk=old.pk).update(user=None)
        kept = {name: getattr(old, name) for name in KEPT}
        knows, wants = old.can_help_with.all(), old.wants_to_learn.all()
    new = Contact.objects.create(
        user=user, organisation=organisation, **{"audience": CardAudience.MEMBERS, **kept, **told}
    )
    new.can_help_with.set(knows)
    new.wants_to_learn.set(wants)
    if old is not None:
        Contact.objects.filter(pk=old.pk).update(moved_to=new)
    return new


@transaction.atomic
def save_section(
    *,
    by: User,
    can_help_with: Iterable[Topic] | None = None,
    wants_to_learn: Iterable[Topic] | None = None,
    **values: Any,
) -> Contact:
    """Change a part of one's card, which confirms all of it. Raises NoCard."""
    card = card_of(by)
    if card is None or not card.is_there or not confirm(contact=card):
        raise NoCard
    if values:
        Contact.objects.filter(pk=card.pk).update(**values)
    if can_help_with is not None:
        card.can_help_with.set(can_help_with)
    if wants_to_learn is not None:
        card.wants_to_learn.set(wants_to_learn)
    return card


@transaction.atomic
def take_down(*, by: User) -> bool:
    """Their card is down, and whoever comes after is asked instead; False if it was down."""
    card = card_of(by)
    return card is not None and archive(contact=card)

"""Verbs for cards whose person stays, moves on or hands over. None of them names a story: each story asks its contact's
card who comes after (`heir`)."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from learning_portal.common.actions import answered
from learning_portal.common.mail.compose import BOTH
from learning_portal.common.models import User

from .choices import CardAudience, Nation
from .models import CardPrompt, Contact, LeftReport

LONGEST_CHAIN = 12
"""Cards that handed over to each other one after the other."""


@transaction.atomic
def confirm(*, contact: Contact, today: datetime.date | None = None) -> bool:
    """Whoever may say so says that the card is right; False if it was taken down meanwhile."""
    today = today or timezone.localdate()
    if not Contact.objects.there().filter(pk=contact.pk).update(verified_on=today):
        return False
    forget_prompt(contact)
    LeftReport.objects.filter(contact=contact, state=LeftReport.State.ASKED).update(state=LeftReport.State.STILL_HERE)
    return True


@transaction.atomic
def archive(*, contact: Contact, to: Contact | None = None, today: datetime.date | None = None) -> bool:
    """Take a card down and say who comes after: this card, else the deputy, else the team by its mailbox. Nothing of
    it is lost: whoever leaves keeps it. False if it was down already."""
    today = today or timezone.localdate()
    after = to or _deputy_of(contact) or team_card(contact, today)
    if not Contact.objects.there().filter(pk=contact.pk).update(archived_on=today, deputy=after):
        return False
    forget_prompt(contact)
    LeftReport.objects.filter(contact=contact, state=LeftReport.State.ASKED).update(state=LeftReport.State.LEFT)
    return True


def _deputy_of(contact: Contact) -> Contact | None:
    return Contact.objects.there().filter(pk=contact.deputy_id).first() if contact.deputy_id else None


def team_card(contact: Contact, today: datetime.date) -> Contact | None:
    """The card of the team whose mailbox stands on this one, made if there is none; None without a mailbox, and for
    what is such a card itself."""
    if not contact.team_mailbox or contact.user_id is None:
        return None
    found = Contact.objects.there().filter(
        user=None, organisation=contact.organisation_id, team_mailbox=contact.team_mailbox
    )
    return found.order_by("pk").first() or _new_team_card(contact, today)


def _new_team_card(contact: Contact, today: datetime.date) -> Contact:
    """Members of the networks of nobody see nothing: then verified public servants do."""
    in_networks = contact.audience == CardAudience.NETWORKS
    with override(contact.user.language if contact.user else "en"):
        words = {"name": _("Team at %(place)s") % {"place": contact.organisation.name}, "role": _("Team mailbox")}
    team = Contact.objects.create(
        name=words["name"][:120],
        role=words["role"],
        organisation=contact.organisation,
        audience=CardAudience.MEMBERS if in_networks else contact.audience,
        team_mailbox=contact.team_mailbox,
        formats=contact.formats,
        languages=contact.languages,
        verified_on=today,
    )
    team.can_help_with.set(contact.can_help_with.all())
    return team


def heir(contact: Contact) -> Contact | None:
    """Who is asked instead of somebody who left: the first card in the line of those that came after that is still
    there; None if the line ends or turns back on itself."""
    seen = {contact.pk}
    following = contact.deputy
    while following is not None and following.pk not in seen and len(seen) < LONGEST_CHAIN:
        if following.is_there:
            return following
        seen.add(following.pk)
        following = following.deputy
    return None


def forget_prompt(contact: Contact) -> None:
    """It was answered, by whatever way: no mail asks any more, and no link does anything."""
    for prompt in CardPrompt.objects.filter(contact=contact):
        answered(thread=prompt.thread)
        prompt.delete()


def reached_at(contact: Contact) -> User | str | None:
    """Where a mail about this card goes: to its person, else to the team's mailbox; None if there is neither."""
    if contact.user is not None and contact.user.is_active:
        return contact.user
    return contact.team_mailbox or None


def language_of(to: User | str, contact: Contact) -> str:
    """In which language to write: a person said which; a mailbox in Wales did not."""
    if isinstance(to, User):
        return to.language
    return BOTH if contact.organisation.nation == Nation.WALES else "en"


HAS_REACH = Q(user__is_active=True) | ~Q(team_mailbox="")
"""Cards about which somebody can be mailed."""

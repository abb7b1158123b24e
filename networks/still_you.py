"""Is this still you? Asked by mail at six months, and answered on a page with one button, without signing in."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from learning_portal.common.actions import answered, post
from learning_portal.common.mail.compose import Scalar
from learning_portal.common.one_button import Purpose
from learning_portal.common.public_ids import random_key

from .mail_kinds import STILL_YOU
from .meeting import HIDE_DAYS, PROMPT_DAYS
from .models import CardPrompt, Contact
from .models.succession import MOST_PROMPTS
from .succession import HAS_REACH, archive, confirm, language_of, reached_at, team_card

LINK = Purpose("still you", 90)
REMINDED_AFTER = datetime.timedelta(days=28)
AGAIN_AFTER = datetime.timedelta(days=PROMPT_DAYS)
A_TICK = 200
"""Mails at one tick: others wait for the database too."""
MOST_COLLEAGUES = 12

STILL, MOVED, TEAM = "still", "moved", "team"
"""The answers, besides the public id of the card to which it is passed."""


# --- Asking ---------------------------------------------------------------------------------------------------------


def ask_still_you(*, today: datetime.date | None = None) -> int:
    """Ask about the cards that nobody has confirmed for six months, once and again four weeks later, each half-year
    anew until they are hidden; how many mails were queued. For every tick."""
    today = today or timezone.localdate()
    prompts = CardPrompt.objects.filter(contact=OuterRef("pk"))
    waits = prompts.filter(
        Q(times__lt=MOST_PROMPTS, asked_on__gt=today - REMINDED_AFTER)
        | Q(times=MOST_PROMPTS, asked_on__gt=today - AGAIN_AFTER)
    )
    due = _unconfirmed(today).filter(HAS_REACH).exclude(Exists(waits))
    found = due.select_related("user", "organisation").order_by("pk")[:A_TICK]
    return sum(_ask(contact, today) for contact in list(found))


def _unconfirmed(today: datetime.date):
    asked = Q(verified_on__lte=today - AGAIN_AFTER, verified_on__gt=today - datetime.timedelta(days=HIDE_DAYS))
    return Contact.objects.there().filter(Q(verified_on=None) | asked)


@transaction.atomic
def _ask(contact: Contact, today: datetime.date) -> bool:
    """Mark it, then mail it. Compare-and-set: of two ticks at once, one does."""
    to = reached_at(contact)
    thread = _marked(contact, today)
    if to is None or thread is None:
        return False
    context: dict[str, Scalar] = {
        "token": LINK.token_for(contact.pk, thread),
        "name": contact.name,
        "place": contact.organisation.name,
        "own": int(to == contact.user),
    }
    sent = post(to=to, kind=STILL_YOU.name, context=context, language=language_of(to, contact), thread=thread)
    return sent is not None


def _marked(contact: Contact, today: datetime.date) -> int | None:
    """The thread of the mail that goes now; None if another process has it."""
    before = CardPrompt.objects.filter(contact=contact).first()
    if before is None:
        return _begun(contact, today)
    untouched = CardPrompt.objects.filter(pk=before.pk, thread=before.thread, times=before.times)
    if before.times < MOST_PROMPTS:
        return before.thread if untouched.update(times=before.times + 1, asked_on=today) else None
    anew = random_key()
    if not untouched.update(thread=anew, times=1, asked_on=today):
        return None
    answered(thread=before.thread)
    return anew


def _begun(contact: Contact, today: datetime.date) -> int | None:
    try:
        with transaction.atomic():
            return CardPrompt.objects.create(contact=contact, asked_on=today).thread
    except IntegrityError:
        return None


# --- Answering ------------------------------------------------------------------------------------------------------


def colleagues_of(contact: Contact, today: datetime.date) -> list[Contact]:
    """To whom it may be passed: living cards there that the card's own person may see, the deputy first."""
    visible = Contact.objects.visible_to(contact.user or AnonymousUser()).living(today)
    there = visible.filter(organisation=contact.organisation_id).exclude(pk=contact.pk)
    found = {other.pk: other for other in there.order_by("name", "pk")[:MOST_COLLEAGUES]}
    if contact.deputy_id and contact.deputy_id not in found and (deputy := there.filter(pk=contact.deputy_id).first()):
        found[deputy.pk] = deputy
    return sorted(found.values(), key=lambda other: other.pk != contact.deputy_id)


def prompt_for(key: int, thread: int) -> CardPrompt | None:
    """What a link asks, until it is answered."""
    waiting = CardPrompt.objects.filter(contact=key, thread=thread, contact__archived_on=None, contact__moved_to=None)
    return waiting.select_related("contact__organisation", "contact__user").first()


@transaction.atomic
def answer(*, prompt: CardPrompt, said: str, to: Contact | None = None) -> bool:
    """Still me, I have moved, or passed to a colleague or the team; False if it was answered before.

    Whoever moved keeps their card with all that they know: it is down until they say where they work now.
    """
    if not CardPrompt.objects.filter(pk=prompt.pk, thread=prompt.thread).delete()[0]:
        return False
    answered(thread=prompt.thread)
    contact, today = prompt.contact, timezone.localdate()
    if said == STILL:
        return confirm(contact=contact, today=today)
    return archive(contact=contact, to=team_card(contact, today) if said == TEAM else to, today=today)

"""Readers say that a story helped, and its author hears of it: monthly, and in counts of five and more."""

from __future__ import annotations

import collections
import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from learning_portal.common.actions import post
from learning_portal.common.counts import FEWEST, rounded
from learning_portal.common.mail.kinds import MESSAGE_WAITING
from learning_portal.common.mail.stopping import Subscriber
from learning_portal.common.models import MailStop, User

from ..access import authored_by
from ..choices import Audience, HelpedKind, Status
from ..mails import STORY_HELPED
from ..models import AuthorLink, Helped, Story
from .refused import Refused

LAST_DAY = 7
"""Authors hear in the first days of a month, all at once: nobody can press a button and watch whom a mail reaches."""
FRIDAY = 4

Counts = collections.Counter
"""By `HelpedKind`."""


def _seal(story: int, user: User) -> str:
    return salted_hmac("stories.helped", f"{story}|{user.pk}", algorithm="sha256").hexdigest()


def said_by(user: User, story: Story) -> set[str]:
    """What this reader has said of this story: `HelpedKind`s."""
    return set(Helped.objects.filter(story=story, seal=_seal(story.pk, user)).values_list("kind", flat=True))


@transaction.atomic
def say_helped(*, by: User, story: Story, kind: str) -> None:
    """Say once that a story helped; twice is once. Raises Refused for one's own, and one that `by` may not read."""
    shown = Story.objects.visible_to(by).published().exclude(authored_by(by))
    if not shown.filter(pk=story.pk).exists():
        raise Refused(_("You cannot say this of this story."))
    Helped.objects.get_or_create(story=story, kind=HelpedKind(kind), seal=_seal(story.pk, by))


def told_of(story: Story) -> dict[str, int]:
    """What the author of a story has been told so far, by `HelpedKind`, in steps of five; for their own pages, also
    those behind a receipt."""
    told = Helped.objects.filter(story=story).exclude(told_in=None).values_list("kind", flat=True)
    counts = {kind: rounded(number) for kind, number in collections.Counter(told).items()}
    return {kind: number for kind, number in counts.items() if number}


def tell_helped(*, today: datetime.date | None = None) -> int:
    """Tell authors what their stories did for others, once a month; of how many stories. For every tick.

    A named author hears of each story. That of a confidential one gets what any member gets who has a message. That of
    an anonymous one is never mailed and finds the count behind the receipt.
    """
    today = today or timezone.localdate()
    month = today.replace(day=1)
    if today.day > LAST_DAY or today.weekday() > FRIDAY or Helped.objects.filter(told_in=month).exists():
        return 0
    return _tell(month)


@transaction.atomic
def _tell(month: datetime.date) -> int:
    news = _news(month)
    links = AuthorLink.objects.filter(story__in=news).select_related("user", "story__published_version")
    messages = {}
    for link in links:
        if link.story.is_named:
            post(to=link.user, kind=STORY_HELPED.name, context=_context(link.story, news[link.story_id]))
        elif not _has_stopped(link.user):
            messages[link.user_id] = link.user
    for user in messages.values():
        post(to=user, kind=MESSAGE_WAITING.name)
    return len(news)


def _news(month: datetime.date) -> dict[int, Counts]:
    """What is told of each story this month, by its key. It is marked as told: of two ticks at once, one tells it."""
    untold = Helped.objects.filter(told_in=None, story__status=Status.PUBLISHED)
    enough = untold.values("story", "kind").annotate(number=Count("pk")).filter(number__gte=FEWEST)
    news: dict[int, Counts] = collections.defaultdict(collections.Counter)
    for story, kind in list(enough.order_by("story").values_list("story", "kind")):
        number = rounded(Helped.objects.filter(story=story, kind=kind, told_in=None).update(told_in=month))
        if number:
            news[story][kind] = number
    return dict(news)


def _context(story: Story, counts: Counts) -> dict[str, str | int]:
    title = story.content.title[:120] if story.audience == Audience.PUBLIC else ""
    return {"title": title, "change": counts[HelpedKind.CHANGE], "thanks": counts[HelpedKind.THANKS]}


def _has_stopped(user: User) -> bool:
    """A message that waits cannot be stopped; this sort of news can."""
    return MailStop.objects.of(Subscriber(user.pk)).filter(kind=STORY_HELPED.name).exists()

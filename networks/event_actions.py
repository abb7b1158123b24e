"""Verbs about events: keyword-only, `by=`, in a transaction.

Whoever comes or goes does so while the row of the event is locked: of two who ask for the last place one gets it, and
a place that falls free is given once, to whoever has waited longest.
"""

import datetime
import hashlib
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from learning_portal.common.actions import post
from learning_portal.common.mail.kinds import Kind
from learning_portal.common.models import User

from .mail_kinds import EVENT_CANCELLED, EVENT_MOVED, EVENT_PLACE, shortened
from .models import Affiliation, Attendance, CalendarFeed, Event, Membership

KEPT_FOR = datetime.timedelta(days=365)
"""How long it is known who came to an event."""


class NotTheirs(Exception):
    """They may not do this with this event."""


class TooLate(Exception):
    """It has begun, or was cancelled."""


class TooFew(Exception):
    """More people are going than there would be places. `going` says how many."""

    def __init__(self, going: int):
        super().__init__(f"{going} are going")
        self.going = going


def may_join(user: User, event: Event) -> bool:
    """Members of its network; verified public servants, if it is for all."""
    if event.network_id:
        return Membership.objects.current().filter(network=event.network_id, user=user).exists()
    return Affiliation.objects.verified().filter(user=user).exists()


@transaction.atomic
def create_event(*, by: User, **facts: Any) -> Event:
    """Announce an event. Raises NotTheirs for a network that they do not convene."""
    event = Event.objects.create(by=by, **facts)
    _check_runs(by, event)
    return event


@transaction.atomic
def edit_event(*, by: User, event: Event, **facts: Any) -> Event:
    """Change what an event says. Whoever comes is told at once if it moves; more places are given to those who wait.
    Raises NotTheirs, TooLate and TooFew."""
    _check_runs(by, event)
    event = _open(event)
    going, places = Attendance.objects.filter(event=event).going().count(), facts["places"]
    if places is not None and places < going:
        raise TooFew(going)
    moved = event.moved_by(facts)
    Event.objects.filter(pk=event.pk).update(**facts, changed_at=timezone.now())
    event.refresh_from_db()
    if moved:
        _tell(event, EVENT_MOVED)
    _fill(event)
    return event


@transaction.atomic
def cancel_event(*, by: User, event: Event) -> None:
    """It does not take place; those who were coming or waiting are told at once. Raises NotTheirs and TooLate."""
    _check_runs(by, event)
    event = _open(event)
    Event.objects.filter(pk=event.pk).update(cancelled_on=timezone.localdate(), changed_at=timezone.now())
    _tell(event, EVENT_CANCELLED)


@transaction.atomic
def join(*, by: User, event: Event) -> str:
    """Ask for a place: going if there is one, else last on the waiting list; twice is once. Raises NotTheirs and
    TooLate."""
    event = _open(event)
    if not may_join(by, event):
        raise NotTheirs
    asked = Attendance.objects.filter(event=event)
    if not asked.expected().filter(user=by).exists():
        turn = (asked.aggregate(last=Max("turn"))["last"] or 0) + 1
        asked.update_or_create(event=event, user=by, defaults={"turn": turn, "state": Attendance.State.WAITING})
        _fill(event, but=by)
    return asked.get(user=by).state


@transaction.atomic
def go_back(*, by: User, event: Event) -> bool:
    """Not coming, or not waiting any more; False if they were not. Raises TooLate."""
    event = _open(event)
    theirs = Attendance.objects.filter(event=event, user=by).expected()
    if not theirs.update(state=Attendance.State.BACK):
        return False
    _fill(event)
    return True


@transaction.atomic
def note_who_came(*, by: User, event: Event, came: Collection[int]) -> None:
    """Which of those who were going were there, by their attendance's key. Raises NotTheirs; TooLate before it has
    begun, or where there is nobody to ask about any more."""
    _check_runs(by, event)
    if event.is_cancelled or not event.has_started(timezone.now()):
        raise TooLate
    going = Attendance.objects.filter(event=event).going()
    going.filter(pk__in=came).update(came=True)
    going.exclude(pk__in=came).update(came=False)


@transaction.atomic
def leave_events(*, by: User) -> None:
    """They come to nothing any more, and others get their places: before an account is deleted."""
    theirs = Attendance.objects.filter(user=by).expected()
    for event in Event.objects.filter(pk__in=theirs.values("event")).standing().coming(timezone.now()):
        if event.may_be_joined(timezone.now()):
            go_back(by=by, event=event)


@transaction.atomic
def make_feed(*, by: User) -> str:
    """A new address for their calendar, and the end of the one before. The token is told once."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=by, defaults={"sha256": _hash(token)})
    return token


@transaction.atomic
def stop_feed(*, by: User) -> None:
    CalendarFeed.objects.filter(user=by).delete()


def reader_of_feed(token: str) -> User | None:
    """Whose calendar this address is; None if it never was one, is one no more, or their account is closed."""
    feed = CalendarFeed.objects.filter(sha256=_hash(token), user__is_active=True).select_related("user").first()
    return feed.user if feed else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# --- For the tick ---------------------------------------------------------------------------------------------------


def free_places(*, now: datetime.datetime | None = None) -> int:
    """Who left the network, or the service, comes no more, and others get their places; how many left."""
    coming = Event.objects.standing().filter(starts_at__gt=now or timezone.now())
    expected = Attendance.objects.filter(event__in=coming).expected()
    lost = expected.exclude(pk__in=expected.entitled().values("pk"))
    return sum(_freed(event) for event in Event.objects.filter(pk__in=lost.values("event")))


@transaction.atomic
def _freed(event: Event) -> int:
    event = Event.objects.select_for_update().get(pk=event.pk)
    expected = Attendance.objects.filter(event=event).expected()
    lost = list(expected.exclude(pk__in=expected.entitled().values("pk")).values_list("pk", flat=True))
    number = expected.filter(pk__in=lost).update(state=Attendance.State.BACK)
    _fill(event)
    return number


def forget_attendance(*, now: datetime.datetime | None = None) -> int:
    """Erase who came to what a year after it ended; how many rows."""
    return Attendance.objects.filter(event__ends_at__lte=(now or timezone.now()) - KEPT_FOR).delete()[0]


# --- Within ---------------------------------------------------------------------------------------------------------


def _check_runs(by: User, event: Event) -> None:
    if not Event.objects.run_by(by).filter(pk=event.pk).exists():
        raise NotTheirs


def _open(event: Event) -> Event:
    """The event with its row locked. Raises TooLate if it has begun or was cancelled."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not event.may_be_joined(timezone.now()):
        raise TooLate
    return event


def _fill(event: Event, but: User | None = None) -> None:
    """Give what places there are to those who have waited longest, and tell them, `but` whoever asks just now."""
    asked = Attendance.objects.filter(event=event)
    waiting = asked.waiting().entitled().select_related("user")
    if event.places is not None:
        waiting = waiting[: max(0, event.places - asked.going().count())]
    for one in waiting:
        given = asked.filter(pk=one.pk, state=Attendance.State.WAITING).update(state=Attendance.State.GOING)
        if given and one.user != but:
            post(to=one.user, kind=EVENT_PLACE.name, context=_facts(event))


def _tell(event: Event, kind: Kind) -> None:
    """All who come or wait. It answers their having joined, so it does not wait for a weekly mail: that could leave
    after the day itself."""
    for one in Attendance.objects.filter(event=event).expected().entitled().select_related("user"):
        post(to=one.user, kind=kind.name, context=_facts(event), many=True)


def _facts(event: Event) -> Mapping[str, str | int]:
    """For a mail, which others may read: which event of a network it is stands on its page alone."""
    starts = timezone.localtime(event.starts_at)
    last = "" if event.is_one_day else timezone.localdate(event.ends_at).isoformat()
    return {
        "title": "" if event.network_id else shortened(event.title),
        "day": starts.date().isoformat(),
        "time": f"{starts:%H:%M}",
        "last": last,
        "key": event.pk,
    }

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, exactly, one_of
from learning_portal.common.models import User
from learning_portal.common.public_ids import encode, random_key
from learning_portal.common.team import is_team

from ..choices import EventKind
from .affiliation import Affiliation
from .network import Membership, Network
from .organisation import Organisation

LONGEST_DESCRIPTION = 2_000
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]


class EventQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> "EventQuerySet":
        """The one door to events: those for all, and those of networks that this reader belongs to now."""
        if not (user.is_authenticated and user.is_active):
            return self.filter(network=None)
        return self.filter(Q(network=None) | Q(network__in=_memberships(user).values("network")))

    def run_by(self, user: User | AnonymousUser) -> "EventQuerySet":
        """Those that this person organises: their network's as its convenor, those for all in the programme team."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        theirs = Q(network__in=_memberships(user).filter(is_convenor=True).values("network"))
        return self.filter(theirs | Q(network=None) if is_team(user) else theirs)

    def standing(self) -> "EventQuerySet":
        return self.filter(cancelled_on=None)

    def coming(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that have not ended, the next one first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that took place, the last one first."""
        return self.standing().filter(ends_at__lte=now).order_by("-starts_at", "pk")

    def begun_by(self, day: datetime.date) -> "EventQuerySet":
        """Those that stand, of this day and of days before it, the latest first."""
        return self.standing().filter(starts_at__date__lte=day).order_by("-starts_at", "pk")

    def for_cards(self) -> "EventQuerySet":
        return self.select_related("network", "organisation")


def _memberships(user: User):
    return Membership.objects.current().filter(user=user)


class Event(models.Model):
    """A meeting to which people may come: of a network, or for all."""

    Kind = EventKind

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+", null=True, blank=True)
    """None: for all."""
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=LONGEST_DESCRIPTION, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    kind = models.CharField(max_length=9, choices=EventKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    """Where one takes part online: for those who are going, and for those who run it."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    """Who receives the others."""
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    """Calendars compare it."""

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["network", "starts_at"], name="event_of_network")]
        constraints = [
            one_of("event", "kind", EventKind),
            models.CheckConstraint(name="event_language_known", condition=Q(language__in=["en", "cy"])),
            models.CheckConstraint(name="event_titled", condition=~Q(title="")),
            models.CheckConstraint(name="event_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="event_has_places", condition=Q(places=None) | Q(places__gte=1)),
            *bounded_text("event", {"title": 120, "description": LONGEST_DESCRIPTION, "place": 200, "link": 300}),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("stories:event-detail", args=[self.pk])

    @property
    def public_id(self) -> str:
        return encode(self.pk)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_on is not None

    @property
    def is_one_day(self) -> bool:
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    def has_started(self, now: datetime.datetime) -> bool:
        return self.starts_at <= now

    def has_ended(self, now: datetime.datetime) -> bool:
        return self.ends_at <= now

    def may_be_joined(self, now: datetime.datetime) -> bool:
        """Whether people still come and go."""
        return not self.is_cancelled and not self.has_started(now)

    def moved_by(self, facts: Mapping[str, object]) -> bool:
        """Whether these facts would bring people to another place or at another time."""
        return any(facts[name] != getattr(self, name) for name in ("starts_at", "ends_at", "place", "link"))


class AttendanceState(models.TextChoices):
    GOING = "going", _("Going")
    WAITING = "waiting", _("On the waiting list")
    BACK = "back", _("Not going any more")


class AttendanceQuerySet(models.QuerySet):
    def going(self) -> "AttendanceQuerySet":
        return self.filter(state=AttendanceState.GOING)

    def waiting(self) -> "AttendanceQuerySet":
        """In the order in which they asked."""
        return self.filter(state=AttendanceState.WAITING).order_by("turn")

    def expected(self) -> "AttendanceQuerySet":
        """Those going and those who wait."""
        return self.filter(state__in=[AttendanceState.GOING, AttendanceState.WAITING])

    def entitled(self) -> "AttendanceQuerySet":
        """Of those who may still come: members of the event's network now, or of one for all verified people."""
        member = Membership.objects.current().filter(network=OuterRef("event__network"), user=OuterRef("user"))
        works = Affiliation.objects.verified().filter(user=OuterRef("user"))
        rule = Q(Exists(member)) | Q(Exists(works), event__network=None)
        return self.filter(rule, user__is_active=True)

    def present(self) -> "AttendanceQuerySet":
        """Those who went, as far as anybody knows: nobody has said that they did not come."""
        return self.going().exclude(came=False)


class Attendance(models.Model):
    """That somebody is going to an event, waits for a place, or has taken it back."""

    State = AttendanceState

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=AttendanceState, default=AttendanceState.WAITING)
    turn = models.PositiveIntegerField()
    """The order of asking, counted for each event: no time is kept."""
    came = models.BooleanField(null=True, blank=True)
    """None: nobody has said."""

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["turn", "pk"]
        constraints = [
            models.UniqueConstraint("event", "user", name="attendance_once"),
            models.UniqueConstraint("event", "turn", name="attendance_in_turn"),
            models.CheckConstraint(name="attendance_came_who_was_going", condition=Q(came=None) | Q(state="going")),
            one_of("attendance", "state", AttendanceState),
        ]

    def __str__(self) -> str:
        return self.state

    @property
    def public_id(self) -> str:
        return encode(self.pk)


class CalendarFeed(models.Model):
    """The address from which somebody's calendar program fetches what they are going to. Only its hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("sha256", name="calendarfeed_once"),
            models.CheckConstraint(name="calendarfeed_hashed", condition=exactly("sha256", 64)),
            *bounded_text("calendarfeed", {"sha256": 64}),
        ]

    def __str__(self) -> str:
        return str(self.user)

"""A request to meet, and what became of it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import encode, random_key

from ..choices import MeetingFormat, Weekday
from ..meeting import LOAD_DAYS
from .contact import Contact
from .organisation import Organisation
from .topic import Topic

MOST_QUESTIONS = 3
LONGEST_QUESTION = 250
LONGEST_PLAN = 2000
LONGEST_WORDS = 600
LONGEST_PLACE = 200
MOST_MEETINGS = 3
KEPT = datetime.timedelta(days=365)
"""How long an introduction is kept once it has ended."""


class State(models.TextChoices):
    ASKED = "asked", _("Waits for an answer")
    AT_DESK = "at_desk", _("The matching desk is looking for somebody")
    ACCEPTED = "accepted", _("Agreed")
    NOT_NOW = "not_now", _("Not now")
    DECLINED = "declined", _("They cannot help")
    MET = "met", _("You met")
    NOT_MET = "not_met", _("You did not meet")
    UNHEARD = "unheard", _("We did not hear whether you met")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CALLED_OFF = "off", _("Called off by the person asked")
    NOBODY = "nobody", _("We found nobody")


OPEN = (State.ASKED, State.AT_DESK, State.ACCEPTED)
"""Somebody has something to do."""
LOADS = (State.ASKED, State.ACCEPTED, State.MET, State.NOT_MET, State.UNHEARD)
"""Pending, or once accepted: what counts in a host's 90 days."""


class Holder(models.TextChoices):
    """As what the card that is asked now came to be asked."""

    HOST = "host", _("The person asked")
    DEPUTY = "deputy", _("Their deputy")
    TEAM = "team", _("Their team’s mailbox")
    CONVENOR = "convenor", _("The convenor of a network that you share")
    COLLEAGUE = "colleague", _("A colleague whom they named")
    DESK = "desk", _("Somebody whom the matching desk found")


class Result(models.TextChoices):
    """What the asker says of it afterwards."""

    USING = "using", _("We are using it")
    ADAPTING = "adapting", _("We are adapting it")
    HELPED = "helped", _("It helped us think")
    NOT_FOR_US = "not_for_us", _("It is not for us")


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def open(self) -> IntroductionQuerySet:
        return self.filter(state__in=OPEN)

    def loading(self, today: datetime.date) -> IntroductionQuerySet:
        """Pending or accepted, and put to the host of now within 90 days."""
        since = today - datetime.timedelta(days=LOAD_DAYS)
        return self.filter(state__in=LOADS, asked_on__gt=since).exclude(host=None)

    def loads(self, today: datetime.date) -> dict[int, int]:
        """The load of each host who has one, by the key of their card. A visit that several share counts once, and so
        do the meetings of a mentoring."""
        counted = self.loading(today).order_by().values("host")
        return dict(counted.annotate(load=Count(Coalesce("visit", F("pk")), distinct=True)).values_list("host", "load"))

    def over(self, today: datetime.date) -> IntroductionQuerySet:
        """Those whose time to be kept is over."""
        return self.filter(ended_on__lte=today - KEPT)


class Introduction(models.Model):
    """That somebody asks to meet, from the question to what came of it. Personal: erased a year after it ended."""

    State = State
    Holder = Holder
    Result = Result

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    """Where the asker is known to work."""
    host = models.ForeignKey(Contact, models.CASCADE, related_name="+", null=True, blank=True)
    """Whose card is asked now; nobody's while it lies at the matching desk."""
    holder = models.CharField(max_length=9, choices=Holder, default=Holder.HOST)
    questions = models.TextField(max_length=MOST_QUESTIONS * (LONGEST_QUESTION + 1))
    """One to three, one a line."""
    plan = models.TextField(max_length=LONGEST_PLAN, blank=True)
    """What the asker plans, in their words."""
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    format = models.CharField(max_length=12, choices=MeetingFormat)
    days = models.CharField(max_length=9, blank=True)
    """Of `Weekday`, separated by |; nothing: any."""
    may_pass_to = models.CharField(max_length=20, blank=True)
    """Who else may see it: deputy, team, convenor, separated by |."""
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    sent_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    """When it was put to the host of now, from which their 90 days count."""
    due_on = models.DateField(null=True, blank=True)
    """By when the host should answer; nothing until the mail to them has left."""
    answered_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    """What the host says with their answer."""
    meets_at = models.DateTimeField(null=True, blank=True)
    """When the host proposes to meet."""
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    visit = models.BigIntegerField(null=True, blank=True)
    """A random number that all who come to one visit share."""
    is_mentoring = models.BooleanField(default=False)
    meetings = models.PositiveSmallIntegerField(default=0)
    """How often they met, of a mentoring up to three times."""
    followed_up_on = models.DateField(null=True, blank=True)
    """When both were asked what came of it."""
    result = models.CharField(max_length=10, choices=Result, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    thread = models.BigIntegerField(default=random_key)
    """Of the mails that wait for an answer now; another for each host."""

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "pk"]
        indexes = [
            models.Index("host", "state", "asked_on", name="introduction_load"),
            models.Index("state", "due_on", name="introduction_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                "asker", "host", condition=Q(state__in=["asked", "accepted"]), name="introduction_one_open"
            ),
            one_of("introduction", "state", State),
            one_of("introduction", "holder", Holder),
            one_of("introduction", "format", MeetingFormat),
            models.CheckConstraint(
                name="introduction_result_known", condition=Q(result="") | Q(result__in=Result.values)
            ),
            models.CheckConstraint(name="introduction_asks_something", condition=~Q(questions="")),
            models.CheckConstraint(
                name="introduction_somebody_is_asked",
                condition=Q(state__in=["asked", "accepted"], host__isnull=False, asked_on__isnull=False)
                | Q(state="at_desk", host=None, asked_on=None)
                | ~Q(state__in=["asked", "accepted", "at_desk"]),
            ),
            models.CheckConstraint(name="introduction_due_is_asked", condition=Q(due_on=None) | Q(state="asked")),
            models.CheckConstraint(
                name="introduction_meets_once_agreed",
                condition=Q(meets_at=None, visit=None, followed_up_on=None)
                | Q(state__in=["accepted", "met", "not_met", "unheard", "withdrawn", "off"]),
            ),
            models.CheckConstraint(
                name="introduction_ended_is_dated",
                condition=Q(state__in=["asked", "at_desk", "accepted"], ended_on=None)
                | ~Q(state__in=["asked", "at_desk", "accepted"]) & Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_meetings_few",
                condition=Q(meetings__lte=1) | Q(is_mentoring=True, meetings__lte=MOST_MEETINGS),
            ),
            *bounded_text(
                "introduction",
                {
                    "questions": MOST_QUESTIONS * (LONGEST_QUESTION + 1),
                    "plan": LONGEST_PLAN,
                    "days": 9,
                    "may_pass_to": 20,
                    "words": LONGEST_WORDS,
                    "place": LONGEST_PLACE,
                },
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} – {self.host_id}"

    @property
    def public_id(self) -> str:
        return encode(self.pk)

    @property
    def question_list(self) -> list[str]:
        return self.questions.splitlines()

    @property
    def weekday_labels(self) -> list[str]:
        return [str(day.label) for day in Weekday if day in self.days.split("|")]

    @property
    def format_label(self) -> str:
        return str(MeetingFormat(self.format).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_past(self) -> bool:
        """Whether the hour of the meeting has come."""
        return bool(self.meets_at and self.meets_at < timezone.now())

    @property
    def together(self) -> int:
        """How many come to the one visit."""
        return Introduction.objects.filter(visit=self.visit, state=self.state).count() if self.visit else 1

    def may_go_to(self, whom: str) -> bool:
        """Whether the asker lets these see it: deputy, team or convenor."""
        return whom in self.may_pass_to.split("|")


class Verb(models.TextChoices):
    ASKED = "asked"
    TEAM_ASKED = "team_asked"
    UNANSWERED = "unanswered"
    AWAY = "away"
    REDIRECTED = "redirected"
    ACCEPTED = "accepted"
    MOVED = "moved"
    CALLED_OFF = "called_off"
    NOT_NOW = "not_now"
    DECLINED = "declined"
    TO_DESK = "to_desk"
    WITHDRAWN = "withdrawn"
    NOBODY = "nobody"
    MET = "met"
    NOT_MET = "not_met"
    UNHEARD = "unheard"


class IntroductionStep(models.Model):
    """Who was asked when, and what came of it. Rows are only added; they go with their introduction."""

    Verb = Verb

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    """Their order: days are too coarse for it."""
    verb = models.CharField(max_length=10, choices=Verb)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", null=True, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["introduction", "number"]
        constraints = [
            models.UniqueConstraint("introduction", "number", name="introductionstep_number_once"),
            models.UniqueConstraint(
                "introduction",
                "contact",
                "verb",
                condition=Q(verb__in=["asked", "team_asked"]),
                name="introductionstep_asks_once",
            ),
            one_of("introductionstep", "verb", Verb),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.verb}"

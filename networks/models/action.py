import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import encode, random_key

from .event import Event
from .network import Network

LONGEST_ACTION = 300
MONTHS = (1, 3, 6)
"""After so many months we ask what became of it."""


class ActionState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")
    DECLINED = "declined", _("Declined")


class LearningStage(models.TextChoices):
    """What became of it: the four steps from having found something to its having helped."""

    PASSED_ON = "passed", _("I passed it on")
    LEARNING = "learning", _("I am learning more about it")
    DOING = "doing", _("I am doing it")
    HELPED = "helped", _("It helped")


IN_THE_THIRD_PERSON = {
    LearningStage.PASSED_ON: _("Passed it on"),
    LearningStage.LEARNING: _("Learning more about it"),
    LearningStage.DOING: _("Doing it"),
    LearningStage.HELPED: _("It helped them"),
}
"""As a heading above numbers of people."""
APPLIED = frozenset({LearningStage.DOING, LearningStage.HELPED})
"""Answers after which somebody uses what they learnt."""


class ActionQuerySet(models.QuerySet):
    def open(self) -> "ActionQuerySet":
        return self.filter(state=ActionState.OPEN)

    def kept(self) -> "ActionQuerySet":
        """Those that somebody stands by, or has done."""
        return self.filter(state__in=[ActionState.OPEN, ActionState.DONE])

    def recorded(self) -> "ActionQuerySet":
        return self.filter(is_recorded=True)


class Action(models.Model):
    """What somebody said they would do, by when. One's own is for oneself; one that a convenor recorded at a network's
    meeting is seen by the convenors too, and its owner may decline it."""

    State = ActionState

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_ACTION)
    due_on = models.DateField()
    network = models.ForeignKey(Network, models.CASCADE, related_name="+", null=True, blank=True)
    event = models.ForeignKey(Event, models.SET_NULL, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    is_recorded = models.BooleanField(default=False)
    """A convenor wrote it down for its owner."""
    made_on = models.DateField(default=timezone.localdate)
    reminded_on = models.DateField(null=True, blank=True)
    thread = models.BigIntegerField(default=random_key, editable=False)
    """Of its reminders."""

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event", "owner", condition=Q(event__isnull=False, is_recorded=False), name="action_one_at_an_event"
            ),
            models.CheckConstraint(name="action_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="action_recorded_of_a_network", condition=Q(is_recorded=False) | Q(network__isnull=False)
            ),
            models.CheckConstraint(
                name="action_declined_was_recorded", condition=~Q(state="declined") | Q(is_recorded=True)
            ),
            one_of("action", "state", ActionState),
            *bounded_text("action", {"text": LONGEST_ACTION}),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        return encode(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    def is_late(self, today: datetime.date) -> bool:
        return self.is_open and self.due_on < today


class FollowUpQuerySet(models.QuerySet):
    def answered(self) -> "FollowUpQuerySet":
        return self.exclude(answer="")


class ActionFollowUp(models.Model):
    """What became of an action after so many months: that its owner was asked, and what they answered."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    action = models.ForeignKey(Action, models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    answer = models.CharField(max_length=8, choices=LearningStage, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint("action", "months", name="actionfollowup_once"),
            models.CheckConstraint(name="actionfollowup_months_known", condition=Q(months__in=MONTHS)),
            models.CheckConstraint(
                name="actionfollowup_answered_on_a_day",
                condition=Q(answer="", answered_on=None)
                | Q(answer__in=LearningStage.values, answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.months}"

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import random_key

from .network import Network

DAYS_OPEN = 28


def last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=DAYS_OPEN)


class QuestionQuerySet(models.QuerySet):
    def open(self, today: datetime.date) -> "QuestionQuerySet":
        return self.filter(is_counted=False, closes_on__gte=today)

    def to_count(self, today: datetime.date) -> "QuestionQuerySet":
        return self.filter(is_counted=False, closes_on__lt=today)


class Question(models.Model):
    """A network asks its members how they like to learn and share."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="en")
    asked_on = models.DateField(default=timezone.localdate)
    closes_on = models.DateField(default=last_day)
    is_counted = models.BooleanField(default=False)
    """It is closed: each choice keeps its number, and who answered what is erased."""

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "pk"]
        constraints = [
            *bounded_text("question", {"text": 200, "language": 2}),
            models.CheckConstraint(name="question_asks_something", condition=~Q(text="")),
            models.CheckConstraint(name="question_closes_later", condition=Q(closes_on__gt=F("asked_on"))),
        ]

    def __str__(self) -> str:
        return self.text

    def is_open(self, today: datetime.date) -> bool:
        return not self.is_counted and self.closes_on >= today


class QuestionChoice(models.Model):
    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)
    votes = models.PositiveIntegerField(default=0)
    """Counted when the question closes."""

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            *bounded_text("questionchoice", {"label": 80}),
            models.UniqueConstraint("question", "number", name="questionchoice_number_once"),
            models.CheckConstraint(name="questionchoice_says_something", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return self.label


class Answer(models.Model):
    """What somebody chose, until the question closes."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.ForeignKey(QuestionChoice, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("question", "user", name="answer_once")]

    def __str__(self) -> str:
        return str(self.question_id)

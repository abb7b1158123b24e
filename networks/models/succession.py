import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import encode, random_key

from .contact import Contact

DAYS_TO_ANSWER = 28
"""After that a question about somebody who may have left is for the programme team to settle."""
DAYS_KEPT = 90
MOST_PROMPTS = 2


class CardPrompt(models.Model):
    """That we ask whether a card is still right, until it is answered. Its links hold `thread`: an answer erases the
    row, so that a link which is pressed again finds nothing to answer."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+", primary_key=True)
    thread = models.BigIntegerField(default=random_key)
    asked_on = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    """Mails of this half-year."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="cardprompt_times_sane", condition=Q(times__range=(1, MOST_PROMPTS)))
        ]

    def __str__(self) -> str:
        return str(self.contact_id)


class State(models.TextChoices):
    ASKED = "asked"
    LEFT = "left"
    STILL_HERE = "here"


class LeftReportQuerySet(models.QuerySet):
    def waiting(self) -> "LeftReportQuerySet":
        return self.filter(state=State.ASKED, contact__archived_on=None, contact__moved_to=None)

    def for_team(self, today: datetime.date) -> "LeftReportQuerySet":
        """Those that nobody could be asked about, or that nobody answered in time."""
        last = today - datetime.timedelta(days=DAYS_TO_ANSWER)
        return self.waiting().filter(Q(is_mailed=False) | Q(on__lte=last))

    def over(self, today: datetime.date) -> "LeftReportQuerySet":
        return self.filter(on__lt=today - datetime.timedelta(days=DAYS_KEPT))


class LeftReport(models.Model):
    """Somebody says that a person has left. It changes nothing before whoever works there, or the programme team, says
    so too."""

    State = State

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=5, choices=State, default=State.ASKED)
    is_mailed = models.BooleanField(default=False)
    """Whether there was anybody to ask."""

    objects = LeftReportQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint("contact", condition=Q(state="asked"), name="leftreport_one_waits"),
            one_of("leftreport", "state", State),
            *bounded_text("leftreport", {"words": 200}),
        ]

    def __str__(self) -> str:
        return str(self.contact_id)

    @property
    def public_id(self) -> str:
        return encode(self.pk)

"""What readers and organisations say of a story that is shown."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import random_key

from ..choices import ReportReason, Verb
from .decision import Decision
from .story import Story

LONGEST_REPORT = 1000
LONGEST_ANSWER = 600
LONGEST_REPLY = 1200


class StoryReport(models.Model):
    """That somebody finds a story wrong, unfair or too telling. Who they are is not asked, and neither day nor time is
    kept: whoever reports a story may well be in it. An address for the answer goes with the answer."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=ReportReason)
    words = models.TextField()
    address = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    """In which the answer is mailed."""
    week = models.DateField()
    """The Monday."""
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_week = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            one_of("storyreport", "reason", ReportReason),
            models.CheckConstraint(name="storyreport_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="storyreport_answered_keeps_no_address",
                condition=Q(answered_week=None, answer="") | Q(answered_week__isnull=False, address="") & ~Q(answer=""),
            ),
            *bounded_text(
                "storyreport", {"words": LONGEST_REPORT, "address": 254, "language": 2, "answer": LONGEST_ANSWER}
            ),
        ]

    def __str__(self) -> str:
        return str(self.story_id)


class ReplyQuerySet(models.QuerySet):
    def with_change(self):
        """Adds `changed_on`: when the words that it answers gave way to others, None while they stand."""
        later = Decision.objects.filter(
            story=OuterRef("story"), verb=Verb.PUBLISHED, version__gt=OuterRef("version")
        ).order_by("number")
        return self.annotate(changed_on=Subquery(later.values("on")[:1]))


class Reply(models.Model):
    """An organisation's answer to a named story, shown below it with its date once a moderator lets it stand."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    organisation = models.ForeignKey("networks.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=120, blank=True)
    """Of whoever speaks for it: "Director of Housing"."""
    text = models.TextField()
    on = models.DateField()
    shown = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    """The number of the version that it answers: a reply stays when its story is changed, and says so."""

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "story", "organisation", condition=Q(shown=False), name="reply_waits_once_an_organisation"
            ),
            models.CheckConstraint(name="reply_says_something", condition=~Q(text="")),
            *bounded_text("reply", {"role": 120, "text": LONGEST_REPLY}),
        ]

    def __str__(self) -> str:
        return str(self.story_id)

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import encode, random_key

from ..weeks import monday_of
from .story import Story

LONGEST = 1000


class StoryQuestionQuerySet(models.QuerySet["StoryQuestion"]):
    def released(self, today: datetime.date) -> "StoryQuestionQuerySet":
        """Those whose answer its asker may see: all of a week come on the Monday after, so that nobody learns from an
        answer on which day an author was here."""
        return self.filter(answered_week__lt=monday_of(today))

    def silent(self, before: datetime.date) -> "StoryQuestionQuerySet":
        """Those of which nothing was heard since."""
        return self.filter(Q(answered_week=None, week__lt=before) | Q(answered_week__lt=before))


class StoryQuestion(models.Model):
    """What a reader asks the author of a story without a name, who may answer once. By the week, like all that stands
    beside such a story."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST)
    week = models.DateField()
    answer = models.CharField(max_length=LONGEST, blank=True)
    answered_week = models.DateField(null=True, blank=True)
    author_told = models.BooleanField(default=False)
    """Whether the tick has passed it on; of an anonymous story too, where there is nobody to tell."""
    asker_told = models.BooleanField(default=False)

    objects = StoryQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            models.UniqueConstraint("story", "asker", "week", name="storyquestion_once_a_week"),
            models.CheckConstraint(name="storyquestion_asks_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="storyquestion_answered_in_a_week",
                condition=Q(answer="", answered_week=None) | ~Q(answer="") & Q(answered_week__isnull=False),
            ),
            *bounded_text("storyquestion", {"text": LONGEST, "answer": LONGEST}),
        ]

    def __str__(self) -> str:
        return str(self.story_id)

    @property
    def public_id(self) -> str:
        return encode(self.pk)

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import random_key

from .story import Story

LONGEST_INTRODUCTION = 2000


class CollectionQuerySet(models.QuerySet):
    def showing(self, stories: "models.QuerySet[Story]"):
        """The collections that hold any of these stories. One that holds none is not there for this reader: its name
        alone could tell of what they may not see."""
        return self.filter(Exists(CollectionStory.objects.filter(collection=OuterRef("pk"), story__in=stories)))


class Collection(models.Model):
    """Stories that the programme team has put together, with an introduction in both languages."""

    slug = models.SlugField(max_length=60, unique=True)
    title_en = models.CharField(max_length=120)
    title_cy = models.CharField(max_length=120)
    introduction_en = models.TextField()
    introduction_cy = models.TextField()

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["title_en", "pk"]
        constraints = [
            models.CheckConstraint(
                name="collection_introduced_in_both_languages",
                condition=~Q(title_en="") & ~Q(title_cy="") & ~Q(introduction_en="") & ~Q(introduction_cy=""),
            ),
            *bounded_text(
                "collection",
                {
                    "slug": 60,
                    "title_en": 120,
                    "title_cy": 120,
                    "introduction_en": LONGEST_INTRODUCTION,
                    "introduction_cy": LONGEST_INTRODUCTION,
                },
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_cy if get_language() == "cy" else self.title_en

    @property
    def introduction(self) -> str:
        return self.introduction_cy if get_language() == "cy" else self.introduction_en

    def keys(self, stories: "models.QuerySet[Story]") -> "models.QuerySet[CollectionStory, int]":
        """The keys of those of these stories that are in it, in its order."""
        held = CollectionStory.objects.filter(collection=self, story__in=stories)
        return held.order_by("position", "pk").values_list("story", flat=True)


class CollectionStory(models.Model):
    """A story's place in a collection. Who looks at a collection meets only those that they may read."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("collection", "story", name="collectionstory_once")]

    def __str__(self) -> str:
        return str(self.position)

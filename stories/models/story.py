from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.public_ids import encode, random_key

from .. import bands
from ..access import StoryQuerySet
from ..choices import (
    FIRST_YEAR,
    IN_POOL,
    LAST_YEAR,
    Audience,
    Delivery,
    Evaluation,
    Origin,
    Outcome,
    Pool,
    Stage,
    Status,
    StoryKind,
    Voice,
)
from ..content import Content
from ..packing import OF_STORY


class StoryTopic(ItemBase):
    """A topic of a story. No way back from the topic: a count on it would pass `visible_to` by."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    """Random, like every key beside a story: numbers in a row would tell in which days between others it came."""
    content_object = models.ForeignKey("stories.Story", models.CASCADE, related_name="+")
    tag = models.ForeignKey("networks.Topic", models.PROTECT, related_name="storytopic+")

    class Meta:
        # In this order it is also the index along which the stories of a topic are looked through.
        constraints = [models.UniqueConstraint("tag", "content_object", name="storytopic_once")]


class Story(models.Model):
    """The shelf card of a story, and its rules. Its words live in its versions."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    kind = models.CharField(max_length=10, choices=StoryKind)
    outcome = models.CharField(max_length=10, choices=Outcome)
    voice = models.CharField(max_length=12, choices=Voice, default=Voice.NAMED)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")], default="en")

    organisation = models.ForeignKey("networks.Organisation", models.PROTECT, related_name="+", null=True, blank=True)
    band = models.CharField(max_length=80, blank=True)
    programme = models.ForeignKey("stories.Programme", models.PROTECT, related_name="+", null=True, blank=True)
    project = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True, db_index=False)

    stage = models.PositiveSmallIntegerField(choices=Stage, null=True, blank=True)
    delivery = models.PositiveSmallIntegerField(choices=Delivery, null=True, blank=True)
    evaluation = models.CharField(max_length=12, choices=Evaluation, default=Evaluation.NONE)
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    topics = TaggableManager(through=StoryTopic, related_name="+", blank=True)
    facets = OF_STORY.field()
    in_person = models.BooleanField(default=False)
    """"Ask me in person": the title is the topic, and no other words exist."""
    champion = models.CharField(max_length=120, blank=True)
    cross_sector = models.BooleanField(default=False)
    """This and `champion` are the service's own words, outside of what the author approves."""

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.TOLD)
    source_name = models.CharField(max_length=120, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    source_licence = models.CharField(max_length=120, blank=True)
    source_organisation = models.CharField(max_length=160, blank=True)

    published_version = models.ForeignKey("stories.Version", models.PROTECT, related_name="+", null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    """The words that the author approved, or said to publish if nobody changes them."""

    pool = models.CharField(max_length=10, choices=Pool, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    """The day for a named story, the Monday of the week for the others."""
    not_before = models.DateField(null=True, blank=True)
    publish_unchanged = models.BooleanField(default=False)
    revises = models.ForeignKey("self", models.CASCADE, related_name="+", null=True, blank=True, db_index=False)
    """Of a change: the published story whose words it is to replace."""

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            # Holds all that browse counts and an organisation's page lists, so that neither reads the wide rows.
            models.Index(
                fields=["status", "audience", "organisation", "id", "facets", "programme", "year"], name="story_list"
            ),
            models.Index(fields=["status", "-published_on", "id"], name="story_newest"),
            # Most stories have no project: an index of all those NULLs is one that the planner rightly shuns.
            models.Index(fields=["project"], condition=Q(project__isnull=False), name="story_project"),
        ]
        constraints = [
            one_of("story", "kind", StoryKind),
            one_of("story", "outcome", Outcome),
            one_of("story", "voice", Voice),
            one_of("story", "audience", Audience),
            one_of("story", "status", Status),
            one_of("story", "origin", Origin),
            one_of("story", "evaluation", Evaluation),
            models.CheckConstraint(name="story_pool_known", condition=Q(pool="") | Q(pool__in=Pool.values)),
            models.CheckConstraint(
                name="story_waits_in_a_pool",
                condition=~Q(status__in=IN_POOL) | ~Q(pool=""),
            ),
            models.CheckConstraint(
                name="story_hidden_has_version",
                condition=~Q(status=Status.HIDDEN) | Q(published_version__isnull=False, published_on__isnull=False),
            ),
            models.CheckConstraint(name="story_language_known", condition=Q(language__in=["en", "cy"])),
            models.CheckConstraint(name="story_stage_known", condition=Q(stage=None) | Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="story_delivery_known", condition=Q(delivery=None) | Q(delivery__in=Delivery.values)
            ),
            models.CheckConstraint(
                name="story_year_sane", condition=Q(year=None) | Q(year__range=(FIRST_YEAR, LAST_YEAR))
            ),
            models.CheckConstraint(
                name="story_unnamed_shows_its_band_only",
                condition=Q(voice=Voice.NAMED, band="")
                | (
                    ~Q(voice=Voice.NAMED)
                    & ~Q(band="")
                    & Q(
                        organisation=None,
                        programme=None,
                        project=None,
                        cost=None,
                        months=None,
                        year=None,
                        champion="",
                        source_organisation="",
                    )
                ),
            ),
            models.CheckConstraint(
                name="story_told_by_name_has_organisation",
                condition=~Q(voice=Voice.NAMED) | Q(organisation__isnull=False) | Q(origin=Origin.IMPORTED),
            ),
            models.CheckConstraint(
                name="story_published_has_version",
                condition=~Q(status=Status.PUBLISHED) | Q(published_version__isnull=False, published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="story_told_is_published_by_approval",
                condition=~Q(status=Status.PUBLISHED) | ~Q(origin=Origin.TOLD) | ~Q(approved_sha256=""),
            ),
            models.CheckConstraint(
                name="story_imported_names_its_source",
                condition=~Q(origin=Origin.IMPORTED)
                | (~Q(source_name="") & ~Q(source_id="") & ~Q(source_licence="") & Q(voice=Voice.NAMED)),
            ),
            models.CheckConstraint(
                name="story_change_is_never_shelved",
                condition=Q(revises=None)
                | (
                    Q(published_version=None, published_on=None, origin=Origin.TOLD)
                    & ~Q(status__in=[Status.PUBLISHED, Status.HIDDEN])
                ),
            ),
            models.UniqueConstraint("revises", condition=Q(revises__isnull=False), name="story_changed_once_at_a_time"),
            models.UniqueConstraint("source_name", "source_id", condition=~Q(source_id=""), name="story_imported_once"),
            *bounded_text(
                "story",
                {
                    "band": 80,
                    "champion": 120,
                    "source_name": 120,
                    "source_id": 120,
                    "source_url": 500,
                    "source_licence": 120,
                    "source_organisation": 160,
                },
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("stories:story-detail", args=[self.pk])

    def get_kind_display(self) -> str:
        """Django's own translates the labels of all choices to find one."""
        return str(StoryKind(self.kind).label) if self.kind else ""

    def get_outcome_display(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def public_id(self) -> str:
        return encode(self.pk)

    @property
    def content(self) -> Content:
        """The published words, else the newest: only its author and its moderators ever meet the second."""
        version = self.published_version or self.versions().first()
        return version.content

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read: a draft that was never sent in has no version."""
        return self.published_version_id is not None or self.versions().exists()

    def versions(self):
        from .version import Version

        return Version.objects.filter(story=self).order_by("-number")

    def decisions(self):
        from .decision import Decision

        return Decision.objects.filter(story=self)

    def messages(self):
        """What its author and its moderators wrote to each other."""
        from .telling import RelayMessage

        return RelayMessage.objects.filter(story=self)

    def comments(self):
        """What those wrote to whom its author showed it. For the author, and for nobody else."""
        from .handed import StoryComment

        return StoryComment.objects.filter(story=self)

    @property
    def root_id(self) -> int:
        """The key of the story that readers know: of a change that of the story which it changes."""
        return self.revises_id or self.pk

    @property
    def is_named(self) -> bool:
        return self.voice == Voice.NAMED

    @property
    def may_link(self) -> bool:
        """Whether the service may keep who wrote it."""
        return self.voice != Voice.ANONYMOUS

    @property
    def is_example(self) -> bool:
        return self.origin == Origin.EXAMPLE

    @property
    def place(self) -> str:
        """Whose story it is, as far as its voice allows."""
        if not self.is_named:
            return bands.in_words(self.band)
        return self.organisation.name if self.organisation_id else self.source_organisation or self.source_name

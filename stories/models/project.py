"""The programme team's lists of projects, and the leads who were asked to tell."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import random_key

from ..choices import Status
from .links import AuthorLink
from .story import Story

LONGEST_LIST = 4_000_000
"""Characters of JSON."""


class ProjectList(models.Model):
    """The cells of a list that was put in and not taken over yet: erased then, or after a day. No file is kept."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rows = models.TextField()
    """JSON: {"columns": [...], "rows": [[line, cell, ...], ...], "broken": [line, ...]}."""
    matching = models.JSONField(default=dict)
    """Column by field."""
    on = models.DateField()

    class Meta:
        constraints = bounded_text("projectlist", {"rows": LONGEST_LIST})

    def __str__(self) -> str:
        return str(self.pk)


class InvitedProjectQuerySet(models.QuerySet):
    def with_progress(self):
        """Adds `begun`: the lead took it over. It is asked of the author's link, and stands in no column here: a lead
        who then chose to have no name leaves the same row as one who never answered."""
        return self.annotate(begun=Exists(AuthorLink.objects.filter(story=OuterRef("story"))))

    def counted(self) -> dict[str, int]:
        """How many were invited, began, sent in and were published; each among those before it."""
        on_its_way = Q(story__status__in=[status for status in Status if status != Status.DRAFT])
        shown = Q(story__status=Status.PUBLISHED)
        return {
            "invited": self.exclude(invited_on=None).count(),
            "started": self.with_progress().filter(Q(begun=True) | on_its_way).count(),
            "submitted": self.filter(on_its_way).count(),
            "published": self.filter(shown).count(),
        }

    def waiting_for_lead(self):
        return self.exclude(lead="")


class InvitedProject(models.Model):
    """A project of a list, with the draft that its lead may take over. The row stays, so that nobody is asked twice."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    organisation = models.ForeignKey("networks.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=240)
    own_id = models.CharField(max_length=80, blank=True)
    lead = models.CharField(max_length=254, blank=True)
    """The lead's address, until they took it over, declined or stayed silent."""
    story = models.OneToOneField(Story, models.SET_NULL, related_name="+", null=True, blank=True)
    """NULL once the draft was erased, for whatever reason."""
    thread = models.BigIntegerField(default=random_key)
    """Of the mails about it."""
    invited_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = InvitedProjectQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["invited_on"], condition=~Q(lead=""), name="invitedproject_waits")]
        constraints = [
            models.UniqueConstraint(
                "organisation", "own_id", condition=~Q(own_id=""), name="invitedproject_once_by_own_id"
            ),
            models.UniqueConstraint(
                "organisation", "folded", condition=Q(own_id=""), name="invitedproject_once_by_name"
            ),
            models.CheckConstraint(
                name="invitedproject_reminded_after_invited",
                condition=Q(reminded_on=None) | Q(invited_on__isnull=False),
            ),
            *bounded_text("invitedproject", {"name": 120, "folded": 240, "own_id": 80, "lead": 254}),
        ]

    def __str__(self) -> str:
        return self.name

"""What protects whoever is asked."""

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q

from learning_portal.common.constraints import bounded_text
from learning_portal.common.public_ids import encode, random_key

from .contact import Contact
from .introduction import Introduction

LONGEST_REPORT = 1000


class BlockQuerySet(models.QuerySet):
    def between(self, users: Collection[int]) -> dict[int, frozenset[int]]:
        """Whom of each other these users are kept from: it goes both ways, whoever of the two wished it."""
        found: dict[int, set[int]] = defaultdict(set)
        blocks = self.filter(contact__user__in=users, user__in=users)
        for one, other in blocks.values_list("contact__user", "user"):
            found[one].add(other)
            found[other].add(one)
        return {user: frozenset(found[user]) for user in users}


class Block(models.Model):
    """The person of this card is not to be asked by this user, and nothing of ours brings the two together. The user is
    never told."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("contact", "user", name="block_once")]

    def __str__(self) -> str:
        return f"{self.contact_id} – {self.user_id}"


class ReportQuerySet(models.QuerySet):
    def open(self) -> "ReportQuerySet":
        return self.filter(closed_on=None)


class Report(models.Model):
    """That whoever was asked finds a request out of place: for the programme team. It goes with the introduction."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    """Whose card reports it."""
    words = models.CharField(max_length=LONGEST_REPORT)
    on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint("introduction", "contact", name="report_once"),
            models.CheckConstraint(name="report_says_something", condition=~Q(words="")),
            *bounded_text("report", {"words": LONGEST_REPORT}),
        ]

    def __str__(self) -> str:
        return str(self.introduction_id)

    @property
    def public_id(self) -> str:
        return encode(self.pk)

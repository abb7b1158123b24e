from django.db import models

from learning_portal.common.constraints import exactly, one_of
from learning_portal.common.public_ids import random_key

from ..choices import HelpedKind
from .story import Story


class Helped(models.Model):
    """That a story helped somebody. Who it was stands nowhere: a seal, which only this service can make anew, keeps one
    person from saying so twice, and neither names them nor tells which other story helped them."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=HelpedKind)
    seal = models.CharField(max_length=64)
    told_in = models.DateField(null=True, blank=True)
    """The first of the month in which the author heard of it; NULL before."""

    class Meta:
        constraints = [
            models.UniqueConstraint("story", "kind", "seal", name="helped_once"),
            one_of("helped", "kind", HelpedKind),
            models.CheckConstraint(name="helped_sealed", condition=exactly("seal", 64)),
        ]

    def __str__(self) -> str:
        return self.kind

from django.db import models

from ..packing import OF_PLACE
from .story import Story


class StoryContext(models.Model):
    """What a story is compared and filtered by: small integers in one narrow table, so that one expression ranks all.

    A named story's row comes from its organisation and its own facts; that of a confidential or anonymous story
    from the midpoints of its band and nothing else. `actions.shelve.context_of` makes it. NULL (0 for a mask) is
    "not stated". Columns are named as the dimensions of `similarity.STORY_WEIGHTS`.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="context", primary_key=True)

    problem = models.BigIntegerField(default=0)
    problem_n = models.PositiveSmallIntegerField(default=0)
    users = models.BigIntegerField(default=0)
    users_n = models.PositiveSmallIntegerField(default=0)
    constraint = models.BigIntegerField(default=0)
    constraint_n = models.PositiveSmallIntegerField(default=0)
    service = models.PositiveSmallIntegerField(null=True)
    population = models.PositiveSmallIntegerField(null=True)
    staff = models.PositiveSmallIntegerField(null=True)
    budget = models.PositiveSmallIntegerField(null=True)
    rurality = models.PositiveSmallIntegerField(null=True)
    deprivation = models.PositiveSmallIntegerField(null=True)
    delivery = models.PositiveSmallIntegerField(null=True)
    nation = models.PositiveSmallIntegerField(null=True)
    cost = models.PositiveSmallIntegerField(null=True)
    duration = models.PositiveSmallIntegerField(null=True)
    kind = models.PositiveSmallIntegerField(null=True)
    stage = models.PositiveSmallIntegerField(null=True)

    # Only filtered by, never compared.
    method = models.BigIntegerField(default=0)
    sector = models.PositiveSmallIntegerField(null=True)
    region = models.PositiveSmallIntegerField(null=True)
    size = models.PositiveSmallIntegerField(null=True)
    facets = OF_PLACE.field()

    class Meta:
        indexes = [models.Index(fields=["sector", "nation", "size", "rurality"], name="context_facets")]

    def __str__(self) -> str:
        return str(self.story_id)

"""Stories beside a story: the same problem first, from another sector before one's own; and its project's other
records."""

from django.db.models import Case, F, IntegerField, Q, Value, When

from networks import gower

from . import similarity
from .access import StoryQuerySet
from .facets import shares
from .models import Story, StoryContext

SHOWN = 4
CONSIDERED = 60
"""How many of those that share the most are compared as places."""


def stories_like(story: Story, visible: StoryQuerySet) -> list[Story]:
    """Up to four stories that share a problem, or else the service area, other sectors first, then by likeness.

    An unnamed story is compared by its band alone, like everywhere: its context row holds nothing else.
    """
    row = story.context
    same_problem = shares("context__problem", row.problem)
    same_service = Q(context__service=row.service) if row.service is not None else Q(pk__in=[])
    other_sector = ~Q(context__sector=row.sector) & Q(context__sector__isnull=False)
    own_project = Q(project=story.pk) | Q(pk=story.pk) | (Q(pk=story.project_id) if story.project_id else Q(pk__in=[]))
    candidates = (
        visible.filter(same_problem | same_service)
        .exclude(own_project)
        .annotate(shared=_one_if(same_problem), elsewhere=_one_if(other_sector))
        .order_by("-shared", "-elsewhere", "pk")
    )
    considered = list(candidates.select_related("context")[:CONSIDERED])
    considered.sort(key=lambda other: (-other.shared, -other.elsewhere, -_likeness(row, other.context), other.pk))
    keys = [other.pk for other in considered[:SHOWN]]
    found = Story.objects.for_cards().in_bulk(keys)
    return [found[key] for key in keys]


def _likeness(row: StoryContext, other: StoryContext) -> int:
    return gower.numerator(similarity.STORY_WEIGHTS, similarity.values_of(row), similarity.values_of(other))


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def same_project(story: Story, visible: StoryQuerySet) -> list[Story]:
    """The other records of this story's project that this reader may see: the summary, and lessons records beside
    it."""
    if not story.is_named:
        return []
    family = Q(project=story.pk)
    if story.project_id:
        family |= Q(pk=story.project_id) | Q(project=story.project_id)
    return list(visible.filter(family).exclude(pk=story.pk).for_cards().order_by(F("published_on").desc(), "pk"))

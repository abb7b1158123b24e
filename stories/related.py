"""Stories beside a story: the same problem first, from another sector before one's own; and its project's other
records."""

from django.db.models import Case, F, IntegerField, Q, Value, When

from . import similarity
from .access import StoryQuerySet
from .facets import shares
from .models import Story

SHOWN = 4


def stories_like(story: Story, visible: StoryQuerySet) -> list[Story]:
    """Up to four stories that share a problem or the service area, other sectors first, then by likeness.

    An unnamed story is compared by its band alone, like everywhere: its context row holds nothing else.
    """
    row = story.context
    same_problem = shares("context__problem", row.problem)
    same_service = Q(context__service=row.service) if row.service is not None else Q(pk__in=[])
    expression, _total = similarity.numerator(similarity.values_of(row))
    candidates = (
        visible.exclude(pk=story.pk)
        .filter(same_problem | same_service)
        .annotate(
            shared=_one_if(same_problem),
            other_sector=_one_if(~Q(context__sector=row.sector) & Q(context__sector__isnull=False)),
            numerator=expression,
        )
    )
    if story.project_id:
        candidates = candidates.exclude(pk=story.project_id)
    ranked = candidates.exclude(project=story.pk).order_by("-shared", "-other_sector", "-numerator", "pk")
    keys = list(ranked.values_list("pk", flat=True)[:SHOWN])
    found = Story.objects.for_cards().in_bulk(keys)
    return [found[key] for key in keys]


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

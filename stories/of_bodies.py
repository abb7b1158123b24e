"""The named stories of organisations: how many, and of which. What is handed in has passed `visible_to`.

A merged body's stories count for the one that it became. Only named stories have an organisation: of the others not
even a number may say where their authors work.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from networks.models import Organisation

from .choices import Voice
from .models import Story


def named(stories: QuerySet[Story]) -> QuerySet[Story]:
    return stories.filter(voice=Voice.NAMED)


def with_merged(organisation: Organisation) -> list[int]:
    """The keys of a body and of those that became it."""
    return [organisation.pk, *organisation.replaces.values_list("pk", flat=True)]


def has_any(stories: QuerySet[Story]) -> Q:
    """Of a body: that one of these stories is its own, or of a body that it replaced."""
    bodies = stories.exclude(organisation=None).order_by().values("organisation")
    merged = Organisation.objects.filter(pk__in=bodies).exclude(replaced_by=None).order_by().values("replaced_by")
    return Q(pk__in=bodies) | Q(pk__in=merged)


def count(stories: QuerySet[Story], organisations: Iterable[Organisation]) -> Counter[int]:
    """How many of these stories each of the organisations has, by key: two statements, whatever their number."""
    became = {body.pk: body.pk for body in organisations}
    for merged in Organisation.objects.filter(replaced_by__in=list(became)).only("replaced_by"):
        became[merged.pk] = became[merged.replaced_by_id or 0]
    found = stories.filter(organisation__in=became).order_by().values_list("organisation")
    numbers: Counter[int] = Counter()
    for pk, number in found.annotate(number=Count("pk")):
        numbers[became[pk]] += number
    return numbers

"""Keep stories in step with the register, which knows no story and so cannot tell them (decision 9)."""

from __future__ import annotations

from django.db import transaction

from networks.models import Organisation

from .. import context
from ..models import StoryContext


def follow_register() -> int:
    """Bring the comparison rows of named stories in step with the facts of their organisations; how many were behind.

    Two statements and no lock when none is, however many stories there are; one more for each changed organisation.
    """
    facts = {body.pk: context.of_organisation(body) for body in Organisation.objects.all()}
    columns = list(next(iter(facts.values()), {}))
    named = StoryContext.objects.filter(story__organisation__isnull=False)
    stated = named.order_by().values_list("story__organisation", *columns).distinct()
    behind = {key for key, *values in stated if values != [facts[key][column] for column in columns]}
    return _follow({key: facts[key] for key in sorted(behind)}) if behind else 0


@transaction.atomic
def _follow(facts: dict[int, context.Values]) -> int:
    """Write these facts, by the key of the organisation, to its stories."""
    return sum(StoryContext.objects.filter(story__organisation=key).update(**values) for key, values in facts.items())

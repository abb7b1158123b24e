"""Whether what people learn from each other is used: counts of what they answered, in steps of five, and no names."""

import collections
import dataclasses

from learning_portal.common.counts import rounded
from networks.models import ActionFollowUp, Network
from networks.models.action import IN_THE_THIRD_PERSON, MONTHS, LearningStage

from .models import Story, StoryAction


@dataclasses.dataclass(frozen=True)
class Month:
    """What was answered after so many months: a number for each stage, 0 where fewer than five said so."""

    months: int
    stages: tuple[tuple[str, int], ...]


def of_network(network: Network) -> list[Month]:
    """For its convenors: what became of the actions of its members after one, three and six months. There is no total
    from which what is hidden could be told."""
    answered = ActionFollowUp.objects.filter(action__network=network).answered()
    counts = collections.Counter(answered.values_list("months", "answer"))
    return [Month(months, _stages({stage: counts[months, stage] for stage in LearningStage})) for months in MONTHS]


def of_story(story: Story) -> list[tuple[str, int]]:
    """What others did with it: how many said last of each stage that they came to it; nothing below five."""
    actions = StoryAction.objects.filter(story=story).values("action")
    answered = ActionFollowUp.objects.filter(action__in=actions).answered().order_by("months")
    last = dict(answered.values_list("action", "answer"))
    return [row for row in _stages(collections.Counter(last.values())) if row[1]]


def _stages(counts) -> tuple[tuple[str, int], ...]:
    return tuple((str(IN_THE_THIRD_PERSON[stage]), rounded(counts[stage])) for stage in LearningStage)

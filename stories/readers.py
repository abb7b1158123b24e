"""For which readers a change to a published story may be sent in: never for more than read that story now."""

from collections.abc import Collection, Sequence

from networks.models import Network

from .choices import NOT_WIDER, Audience
from .models import Story, StoryNetwork


def audiences_of(story: Story) -> Collection[str]:
    """The audiences that its author may choose: all, unless it is a change."""
    if story.revises_id is None:
        return tuple(Audience)
    return NOT_WIDER[Story.objects.values_list("audience", flat=True).get(pk=story.revises_id)]


def networks_of(story: Story) -> Collection[int] | None:
    """The keys of the networks among which its author may choose; None for any: where it is no change, or where
    everybody may read what is published."""
    if story.revises_id is None or Audience.PUBLIC in audiences_of(story):
        return None
    return set(StoryNetwork.objects.filter(story=story.revises_id).values_list("network", flat=True))


def are_more(story: Story, audience: str, networks: Sequence[Network]) -> bool:
    """Whether these readers are more than those who read the story that this one changes."""
    if audience not in audiences_of(story):
        return True
    own = networks_of(story) if audience == Audience.NETWORK else None
    return own is not None and not {network.pk for network in networks} <= set(own)

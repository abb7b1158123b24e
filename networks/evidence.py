"""What is known of people's topics on the floors above, where the stories are. They say here when the portal starts how
to ask them, as they name their kinds of mail."""

from collections.abc import Callable, Collection, Mapping

from .meeting import Knows

Evidence = Mapping[int, Mapping[int, Knows]]
"""By person and topic, how we know. Only what everybody may read: it stands on pages of others."""
Source = Callable[[Collection[int]], Evidence]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask this one too; twice is once."""
    if source not in _sources:
        _sources.append(source)


def evidence_of(users: Collection[int]) -> dict[int, dict[int, Knows]]:
    """What is shown of each of these people, the best of each topic."""
    found: dict[int, dict[int, Knows]] = {user: {} for user in users}
    for source in _sources:
        for user, knows in source(users).items():
            found[user] |= {topic: how for topic, how in knows.items() if how >= found[user].get(topic, 0)}
    return found

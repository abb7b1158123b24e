"""What networks have before them, for those who may know it."""

import datetime
from collections.abc import Iterable

from learning_portal.common.models import User

from .models import Event, Network


def next_meetings(networks: Iterable[Network], user: User, now: datetime.datetime) -> dict[int, Event]:
    """The next meeting of each network that this reader belongs to, by its key: one query."""
    coming = Event.objects.visible_to(user).standing().coming(now).filter(network__in=[one.pk for one in networks])
    found: dict[int, Event] = {}
    for event in coming:
        found.setdefault(event.network_id or 0, event)
    return found

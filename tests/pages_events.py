"""The pages of events, calendars and actions, as one reader would walk through them. Nothing there says which stories
there are, nor who comes, but to those who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learning_portal.common.public_ids import encode
from networks.models import Action, Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Stage
    from tests.pages import Ask

OF_AN_EVENT = ("", "calendar/", "edit/", "cancel/", "attendance/", "agenda/", "action/")


def meeting(stage: Stage, hidden: list[int], ask: type[Ask], post: Callable[..., Ask]) -> list[Ask]:
    """The requests; `ask` and `post` make them, as in `tests/pages.py`, which this file cannot import."""
    events = [encode(key) for key in Event.objects.order_by("pk").values_list("pk", flat=True)]
    actions = [encode(key) for key in Action.objects.order_by("pk").values_list("pk", flat=True)[:4]]
    stories = [encode(key) for key in hidden[:2]]
    network = stage.networks[0].slug
    return [
        ask("/events/"),
        ask("/events/", language="cy"),
        ask("/events/?kind=online"),
        ask("/events/new/"),
        *(ask(f"/events/{key}/{page}") for key in events for page in OF_AN_EVENT),
        ask(stage.event.get_absolute_url(), language="cy"),
        *(post(f"/events/{events[0]}/agenda/", do=do, story=key) for key in stories for do in ("add", "remove")),
        *(post(f"/events/{key}/come/", do=do) for key in events for do in ("back", "join", "back")),
        ask("/calendar/"),
        ask("/calendar/guess.ics"),
        ask("/actions/"),
        *(ask(f"/actions/{key}/") for key in actions),
        ask("/actions/asked/guess/"),
        *(ask(f"/networks/{network}/{page}/") for page in ("actions", "learning")),
    ]

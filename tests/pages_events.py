"""The pages of events, calendars and actions, as one reader would walk through them. Nothing there says which stories
there are, nor who comes, but to those who may know."""

from learning_portal.common.public_ids import encode
from networks.models import Action, Event
from tests.asks import Ask, post
from tests.cast import Stage

OF_AN_EVENT = ("", "calendar/", "edit/", "cancel/", "attendance/", "agenda/", "action/")


def meeting(stage: Stage, hidden: list[int]) -> list[Ask]:
    events = [encode(key) for key in Event.objects.order_by("pk").values_list("pk", flat=True)]
    actions = [encode(key) for key in Action.objects.order_by("pk").values_list("pk", flat=True)[:4]]
    stories = [encode(key) for key in hidden[:2]]
    network = stage.networks[0].slug
    return [
        Ask("/events/"),
        Ask("/events/", language="cy"),
        Ask("/events/?kind=online"),
        Ask("/events/new/"),
        *(Ask(f"/events/{key}/{page}") for key in events for page in OF_AN_EVENT),
        Ask(stage.event.get_absolute_url(), language="cy"),
        *(post(f"/events/{events[0]}/agenda/", do=do, story=key) for key in stories for do in ("add", "remove")),
        *(post(f"/events/{key}/come/", do=do) for key in events for do in ("back", "join", "back")),
        Ask("/calendar/"),
        Ask("/calendar/guess.ics"),
        Ask("/actions/"),
        *(Ask(f"/actions/{key}/") for key in actions),
        Ask("/actions/asked/guess/"),
        *(Ask(f"/networks/{network}/{page}/") for page in ("actions", "learning")),
    ]

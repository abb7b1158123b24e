"""Coffee rounds in the demo's network: one that was sent, in which the reader meets somebody, and one to look at."""

from __future__ import annotations

from learning_portal.common.models import User
from learning_portal.common.public_ids import encode
from networks import coffee_actions
from networks.coffee_links import MET
from networks.coffee_pairing import prepare
from networks.models import CoffeeChoice, CoffeeSeat, CoffeeSeries, Contact, Network, Organisation, Preferences, Topic
from tests.browser.sessions import CONVENOR, READER
from tests.coffee import FIRST, join, shown

SLUG = "health-and-care-operations"
NAMES = ("Anwen Tudor", "Callum Reid", "Farah Siddiqui", "Gethin Morris", "Hannah Osei", "Ifor Llywelyn-Davies")
OPENED_BY = {
    "reader": ("coffee", "coffee pair"),
    "convenor": ("coffee rounds", "coffee preview"),
    "visitor": ("did you meet",),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """The paths of all of it, by name."""
    network = Network.objects.get(slug=SLUG)
    for model in (CoffeeSeries, CoffeeChoice):  # the demo's own
        model.objects.filter(network=network).delete()
    bodies = Organisation.objects.filter(is_example=True, replaced_by=None).order_by("code")
    for name, body in zip(NAMES, bodies, strict=False):
        User.objects.filter(pk=join(network, body).pk).update(name=name)
    convenor, member = (User.objects.get(email=email) for email in (CONVENOR, READER))
    for user in (convenor, member):
        CoffeeChoice.objects.create(network=network, user=user, part="yes", reach="01632 960 123, mornings")
    series = coffee_actions.start(by=convenor, network=network, rhythm="monthly", starts_on=FIRST)
    coffee = prepare(series=series)
    coffee_actions.send(coffee=coffee, shown=shown(coffee))
    seat = CoffeeSeat.objects.get(round=coffee, user=member)
    for other in CoffeeSeat.objects.beside(seat):
        know(other.user, member)
        coffee_actions.say(by=other.user, seat=other, words="Tuesday 8th after two, or any time on Thursday?")
    prepare(series=series)
    met = CoffeeSeat.objects.exclude(round=coffee, group=seat.group).filter(round=coffee).first()
    return {
        "coffee": f"/networks/{SLUG}/coffee/",
        "coffee rounds": f"/networks/{SLUG}/coffee/rounds/",
        "coffee preview": f"/networks/{SLUG}/coffee/preview/",
        "coffee pair": f"/coffee/{encode(seat.pk)}/",
        "did you meet": f"/coffee/met/{MET.token_for(met.pk)}/",
    }


def know(one: User, other: User) -> None:
    """Each knows what the other wants to learn."""
    topics = list(Topic.objects.filter(group="problem").order_by("slug")[:2])
    for user, knows, wants in ((one, topics[0], topics[1]), (other, topics[1], topics[0])):
        Contact.objects.filter(user=user).delete()
        found = Preferences.objects.get_or_create(user=user)[0]
        found.knows.set([knows])
        found.wants.set([wants])

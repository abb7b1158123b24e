"""Networks as a member, a convenor and who is in none sees them."""

from __future__ import annotations

from django.utils import timezone

from learning_portal.common.models import User
from learning_portal.common.public_ids import encode
from networks.models import Admission, Membership, Network
from networks.network_life import STILL_WANTED
from networks.network_posts import say
from networks.network_questions import pose
from tests.browser.sessions import AUTHOR, CONVENOR, READER

NETWORKS = {"networks": "/networks/", "a network": "/networks/homes-and-homelessness/"}
NETWORK_OF = "/networks/health-and-care-operations/"
IN_NETWORK = {"our network": NETWORK_OF, "its members": f"{NETWORK_OF}members/"}
OF_CONVENOR = {
    "who convenes": NETWORK_OF,
    "who asks to join": f"{NETWORK_OF}members/",
    "change a network": f"{NETWORK_OF}edit/",
    "rest or merge": f"{NETWORK_OF}rest/",
    "ask the network": f"{NETWORK_OF}ask/?ready=1",
}
OF_NEWCOMER = {
    "join a network": f"{NETWORK_OF}join/",
    "start a network": "/networks/new/",
    "your network": "/networks/new/?topics=travel-and-distance",
}
OPENED_BY = {
    "reader": ("a question", "asked to convene", *IN_NETWORK),
    "convenor": tuple(OF_CONVENOR),
    "moderator": tuple(OF_NEWCOMER),
    "visitor": (*NETWORKS, "still wanted", "closed"),
    "team": ("list a network",),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """What members say and are asked, who wants to come in, and a network that may rest."""
    reader, convenor = (User.objects.get(email=email) for email in (READER, CONVENOR))
    network = Network.objects.get(slug="health-and-care-operations")
    say(by=reader, network=network, words="We had the same on our wards. Who has tried it?", language="en")
    choices = ["A talk between two", "A small group"]
    asked = pose(by=convenor, network=network, text="How do you like to learn?", choices=choices, language="en")
    to_convene = Admission.objects.create(network=network, user=reader, kind="convene", by=convenor)
    Admission.objects.create(network=network, user=User.objects.get(email=AUTHOR), kind="asked", words="Hello.")
    quiet = Network.objects.get(slug="rural-services")
    today = timezone.localdate()
    Membership.objects.create(network=quiet, user=convenor, is_convenor=True, joined_on=today)
    Network.objects.filter(pk=quiet.pk).update(rest_asked_on=today, rest_thread=99)
    return {
        **NETWORKS,
        **IN_NETWORK,
        **OF_CONVENOR,
        **OF_NEWCOMER,
        "a question": f"{NETWORK_OF}questions/{encode(asked.pk)}/",
        "asked to convene": f"/networks/invitations/{encode(to_convene.pk)}/",
        "still wanted": f"/networks/still/{STILL_WANTED.token_for(99, convenor.pk)}/",
        "closed": f"/networks/still/{STILL_WANTED.token_for(98, convenor.pk)}/",
        "list a network": "/networks/elsewhere/new/",
    }

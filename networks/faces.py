"""People of a network by name. What else is said of them stands on their card, for whoever may see that."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Contact, Membership, Network
from .network_access import Reader


@dataclasses.dataclass(frozen=True)
class Face:
    """Somebody's name, and their card if this reader may see it. Never an address."""

    name: str
    role: str = ""
    card: Contact | None = None
    membership: Membership | None = None


def faces_of(memberships: Iterable[Membership], reader: Reader) -> list[Face]:
    """By name; in one query for all cards. The memberships bring their users."""
    rows = list(memberships)
    cards = Contact.objects.visible_to(reader).living(timezone.localdate())
    by_user = {card.user_id: card for card in cards.filter(user__in=[row.user_id for row in rows])}
    found = [_face(row, by_user.get(row.user_id)) for row in rows]
    return sorted(found, key=lambda face: (face.name.casefold(), face.membership.pk if face.membership else 0))


def _face(membership: Membership, card: Contact | None) -> Face:
    """Never the address, which `str(user)` falls back on."""
    name = membership.user.name or (card.name if card else "") or _("Name not given")
    return Face(name, card.role if card else "", card, membership)


def convenors_by_network(networks: Iterable[Network], reader: Reader) -> dict[int, list[Face]]:
    """Who convenes each, by its key: two queries for all. Of those that live elsewhere, the one who is named."""
    rows = list(networks)
    convening = Membership.objects.current().filter(is_convenor=True, network__in=[row.pk for row in rows])
    found: dict[int, list[Face]] = defaultdict(list)
    for face in faces_of(convening.select_related("user"), reader):
        if face.membership:
            found[face.membership.network_id].append(face)
    for network in rows:
        if network.is_elsewhere and network.convenor_name:
            found[network.pk] = [Face(network.convenor_name, network.convenor_role)]
    return found

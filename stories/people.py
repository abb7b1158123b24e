"""Who moderates, who of them is away, and for which readers too few are there. For the programme team."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from learning_portal.common.counts import rounded
from learning_portal.common.models import Away, User
from networks.models import Membership, Network

from .access import at_work, convenors_at_work, people_of
from .choices import Audience, Pool, Status, Voice
from .models import Handling
from .pools import lacking, needed, usual


@dataclasses.dataclass(frozen=True)
class Person:
    """One of a pool."""

    user: User
    until: datetime.date | None
    """The last day of their leave."""
    holds: int
    """How many stories are handed to them, in steps of five: below five nobody is told."""


@dataclasses.dataclass(frozen=True)
class Moderating:
    """Everybody who moderates, by pool."""

    moderators: list[Person]
    front_line: list[Person]
    networks: list[tuple[Network, list[Person]]]
    without: list[Network]
    """Networks that have no convenor."""


def moderating(today: datetime.date) -> Moderating:
    away = dict(Away.objects.on(today).values_list("user", "until"))
    held = Counter(Handling.objects.filter(story__status=Status.SUBMITTED).values_list("user", flat=True))

    def people(users: Iterable[User]) -> list[Person]:
        found = sorted(users, key=lambda user: (str(user).casefold(), user.pk))
        return [Person(user, away.get(user.pk), rounded(held[user.pk])) for user in found]

    convenors = defaultdict(set)
    for membership in Membership.objects.current().filter(is_convenor=True).select_related("user"):
        convenors[membership.network_id].add(membership.user)
    networks = sorted(Network.objects.shown(), key=lambda network: network.name.casefold())
    return Moderating(
        moderators=people(people_of(Pool.MODERATORS)),
        front_line=people(people_of(Pool.FRONT_LINE)),
        networks=[(network, people(convenors[network.pk])) for network in networks if network.pk in convenors],
        without=[network for network in networks if network.pk not in convenors],
    )


# --- For which readers too few are there ----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Gap:
    """Readers for whom nobody can send in a story of a voice: of the named one, so of any."""

    audience: str
    voice: str
    there: int
    """Moderators who could work: of a network, those who would take over from its convenors."""
    network: str = ""


def gaps(today: datetime.date, without: User | None = None) -> list[Gap]:
    """As `tell.pool_for` would choose for somebody who is of no pool. `without`: if this person were no moderator."""
    but = [without.pk] if without else []
    sizes = {pool: at_work(pool, today).exclude(pk__in=but).count() for pool in (Pool.FRONT_LINE, Pool.MODERATORS)}
    convenors = convenors_at_work(today)
    asked = [(audience, "", sizes) for audience in Audience if usual(audience) != Pool.NETWORK]
    asked += [
        (Audience.NETWORK, network.name, {**sizes, Pool.NETWORK: convenors.get(network.pk, 0)})
        for network in Network.objects.listed()
    ]
    found = ((audience, lacking(audience, there), there, network) for audience, network, there in asked)
    return [
        Gap(audience, voice, there[Pool.MODERATORS if usual(audience) == Pool.MODERATORS else Pool.FRONT_LINE], network)
        for audience, voice, there, network in found
        if voice is not None
    ]


def lost_without(person: User, today: datetime.date) -> list[Gap]:
    """What would be missing besides if this person moderated no more."""
    now = {(gap.audience, gap.voice, gap.network) for gap in gaps(today)}
    return [gap for gap in gaps(today, person) if (gap.audience, gap.voice, gap.network) not in now]


def in_words(found: Iterable[Gap]) -> list[str]:
    """A sentence for each, and one for all networks that lack the same."""
    networks: dict[Gap, list[str]] = defaultdict(list)
    for gap in found:
        networks[dataclasses.replace(gap, network="")].append(gap.network)
    return [_sentence(gap, sorted(names)) for gap, names in networks.items()]


def _sentence(gap: Gap, networks: list[str]) -> str:
    words = {
        "readers": ", ".join(networks) if gap.audience == Audience.NETWORK else str(Audience(gap.audience).label),
        "needed": needed(gap.voice),
        "there": gap.there,
    }
    return f"{_who(gap) % words} {_why(gap) % words}"


def _who(gap: Gap) -> str:
    if gap.audience == Audience.NETWORK:
        if gap.voice == Voice.ANONYMOUS:
            return _("Nobody can send in a story anonymously for members of: %(readers)s.")
        return _("Nobody can send in a story for members of: %(readers)s.")
    if gap.voice == Voice.ANONYMOUS:
        return _("Nobody can send in a story anonymously for these readers: %(readers)s.")
    return _("Nobody can send in a story for these readers: %(readers)s.")


def _why(gap: Gap) -> str:
    if gap.audience == Audience.NETWORK:
        return _(
            "That needs %(needed)s convenors of the network, or %(needed)s moderators who work at front-line bodies "
            "and take over. Such moderators at work now: %(there)s."
        )
    if usual(gap.audience) == Pool.FRONT_LINE:
        return _("That needs %(needed)s moderators who work at front-line bodies. At work now: %(there)s.")
    return _("That needs %(needed)s moderators. At work now: %(there)s.")

"""What an author is told before and after sending: who would look at it first, who would read it, what waits before."""

import dataclasses
import difflib
from collections.abc import Sequence

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Network

from ..access import convenors_at_work
from ..actions import tell
from ..choices import Audience, Pool, Status
from ..models import AuthorLink, Story
from ..pools import needed, usual
from ..readers import audiences_of
from ..readers import networks_of as networks_open_to

NARROWEST_FIRST = (Audience.NETWORK, Audience.FRONT_LINE, Audience.MEMBERS, Audience.PUBLIC)
FEW = 5
"""Fewer stories than this that wait before one's own are not counted out."""
POOLS: dict[str, Promise] = {
    Pool.NETWORK: _("Convenors of the network look at it first."),
    Pool.FRONT_LINE: _("Moderators who work at front-line bodies look at it first."),
    Pool.MODERATORS: _("The portal's moderators look at it first."),
}
INSTEAD = _("Too few of its convenors are here: front-line moderators look at it first.")


@dataclasses.dataclass(frozen=True)
class Offer:
    """An audience, or a network, that may be chosen, and who would look at the story first."""

    value: str
    label: Promise | str
    pool: Pool
    instead: bool = False
    """Whether a wider pool takes over from the usual one."""

    @property
    def hint(self) -> Promise | str:
        return INSTEAD if self.instead else POOLS[self.pool]


def networks_for(story: Story) -> list[Offer]:
    """The networks for whose members it could be moderated, by name: as `tell.pool_for` chooses for each of them. Of a
    change those that read the story now, unless everybody does."""
    instead = tell.pool_for(story=story, audience=Audience.FRONT_LINE)
    convenors = convenors_at_work(timezone.localdate(), but=AuthorLink.objects.filter(story=story).values("user"))
    offers, own = [], networks_open_to(story)
    networks = Network.objects.listed() if own is None else Network.objects.shown().filter(pk__in=own)
    for network in sorted(networks, key=lambda network: network.name.casefold()):
        enough = convenors.get(network.pk, 0) >= needed(story.voice)
        if pool := Pool.NETWORK if enough else instead:
            offers.append(Offer(network.slug, network.name, pool, instead=not enough))
    return offers


def audiences_for(story: Story, networks: Sequence[Offer]) -> list[Offer]:
    """The audiences that may be chosen, from narrowest to widest: one with no working pool is not offered."""
    offers, open_to = [], audiences_of(story)
    for audience in [audience for audience in NARROWEST_FIRST if audience in open_to]:
        if audience == Audience.NETWORK:
            if networks:
                instead = all(offer.instead for offer in networks)
                offers.append(Offer(audience, audience.label, Pool.NETWORK, instead))
        elif pool := tell.pool_for(story=story, audience=audience):
            offers.append(Offer(audience, audience.label, pool, instead=pool != usual(audience)))
    return offers


READERS: dict[str, tuple[Promise, frozenset[str]]] = {
    "visitor": (_("Somebody who is not signed in"), frozenset({Audience.PUBLIC})),
    "member": (_("A verified public servant"), frozenset({Audience.PUBLIC, Audience.MEMBERS})),
    "front-line": (
        _("Somebody at a front-line body"),
        frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.FRONT_LINE}),
    ),
    "network": (
        _("A member of a network that you name"),
        frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.NETWORK}),
    ),
}
"""Kinds of reader, and the audiences of which each opens stories: as `access.in_audience` decides."""


def readings(reader: str, audiences: Sequence[Offer]) -> list[tuple[Promise | str, bool]]:
    """Of each audience that may be chosen, whether this kind of reader would see the story."""
    return [(offer.label, offer.value in READERS[reader][1]) for offer in audiences]


def waiting_before(story: Story) -> int | None:
    """How many stories of its pool wait for moderators since an earlier day or week; None for fewer than five, which
    would say what else is told there, or if it does not wait."""
    if story.status != Status.SUBMITTED:
        return None
    before = Story.objects.filter(status=Status.SUBMITTED, pool=story.pool, submitted_on__lt=story.submitted_on).count()
    return before if before >= FEW else None


@dataclasses.dataclass(frozen=True)
class Piece:
    """Some words of a text beside its earlier one."""

    text: str
    change: str = ""
    """"" for what is in both, "out" for what went, "in" for what came."""


def differences(before: str, after: str) -> list[Piece]:
    """The words of two texts, in order, with what went and what came."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, first, last, start, end in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(new[start:end])))
            continue
        pieces += [Piece(" ".join(old[first:last]), "out")] if last > first else []
        pieces += [Piece(" ".join(new[start:end]), "in")] if end > start else []
    return pieces

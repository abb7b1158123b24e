"""Start a network with a second convenor from another organisation; list one that lives elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learning_portal.common.actions import post, record
from learning_portal.common.models import User
from learning_portal.common.public_ids import encode, random_key
from learning_portal.common.refused import Refused
from learning_portal.common.team import is_team

from .mail_kinds import NETWORK_FOUND
from .models import Admission, Affiliation, Network, Topic
from .network_access import is_public_servant, is_to
from .network_actions import admit, answer, forget, is_work_address
from .network_choices import HERE, HowToJoin

RESERVED = frozenset(
    {"new", "elsewhere", "invitations", "proposed", "still", "events", "rounds", "actions", "calendar", "mine"}
)
"""Names that addresses of pages begin with."""
LONGEST_SLUG = 50
MOST_LIKE = 10
WORDS = ("name_en", "name_cy", "purpose_en", "purpose_cy")


def like(topics: Collection[Topic], sectors: Collection[str]) -> QuerySet[Network]:
    """The networks with the same topics or sectors, those that share most first."""
    wanted = Q(topics__in=topics)
    for sector in sectors:
        wanted |= Q(sectors__contains=sector)
    shared = Count("topics", filter=Q(topics__in=topics), distinct=True)
    found = Network.objects.listed().filter(wanted).annotate(shared=shared)
    return found.order_by("-shared", "name_en", "pk").prefetch_related("topics")[:MOST_LIKE]


# --- Propose and found ----------------------------------------------------------------------------------------------


@transaction.atomic
def propose(
    *,
    by: User,
    words: Mapping[str, str],
    topics: Collection[Topic],
    sectors: Collection[str],
    how_to_join: str,
    address: str,
    why_new: str = "",
) -> Admission:
    """A network that nobody sees until the second convenor says yes. Raises Refused for who is verified nowhere, for
    one's own address, and for an address of no public body."""
    if not is_public_servant(by):
        raise Refused(_("Say first where you work: networks are for verified public servants."))
    address = address.strip().lower()
    _check_second(by, address)
    network = Network.objects.create(
        # Not of its name: that would tell whoever starts one of the same name that this one waits.
        slug=encode(random_key()),
        state=Network.State.PROPOSED,
        how_to_join=how_to_join if how_to_join in HERE else HowToJoin.APPROVAL,
        sectors="|".join(sectors),
        why_new=why_new,
        **{name: words.get(name, "") for name in WORDS},
    )
    network.topics.set(topics)
    return _ask_second(by, network, address)


@transaction.atomic
def ask_another(*, by: User, admission: Admission, address: str) -> Admission:
    """Ask somebody else to be the second convenor. Raises Refused."""
    address = address.strip().lower()
    _check_second(by, address)
    if admission.by_id != by.pk or not forget(admission):
        raise Refused(_("This proposal is no longer here."))
    return _ask_second(by, admission.network, address)


@transaction.atomic
def take_back(*, by: User, admission: Admission) -> None:
    """The founder does not propose it after all: it is erased. Raises Refused."""
    if admission.by_id != by.pk or not forget(admission):
        raise Refused(_("This proposal is no longer here."))
    Network.objects.filter(pk=admission.network_id, state=Network.State.PROPOSED).delete()


def _check_second(by: User, address: str) -> None:
    if address == by.email:
        raise Refused(_("Give the address of somebody else"))
    if not is_work_address(address):
        raise Refused(_("That is not an address of a public body that we know"))


def _ask_second(by: User, network: Network, address: str) -> Admission:
    asked = Admission.objects.create(network=network, address=address, kind=Admission.Kind.CONVENE, by=by)
    # An address and not words of theirs: nobody mails others through us.
    context: dict[str, str | int] = {"email": by.email, "key": asked.pk}
    post(to=address, kind=NETWORK_FOUND.name, context=context, language=by.language, thread=asked.pk)
    return asked


def may_found(user: User, founder: User) -> bool:
    """Whether these two are verified, and at different organisations."""
    own = set(Affiliation.objects.verified().filter(user=user).values_list("organisation", flat=True))
    others = set(Affiliation.objects.verified().filter(user=founder).values_list("organisation", flat=True))
    return bool(own and others and len(own | others) > 1 and own - others)


@transaction.atomic
def found(*, by: User, admission: Admission, accept: bool) -> Network | None:
    """The second convenor says yes, and the network is there for everybody; or no, and it is erased. Raises Refused for
    anybody else, and for two of one organisation."""
    network, founder = admission.network, admission.by
    if not is_to(by, admission) or founder is None or network.state != Network.State.PROPOSED:
        raise Refused(_("This invitation is no longer here."))
    if accept and not may_found(by, founder):
        raise Refused(_("A network needs two convenors who are verified at different organisations."))
    if not forget(admission):
        raise Refused(_("This invitation is no longer here."))
    if not accept:
        Network.objects.filter(pk=network.pk, state=Network.State.PROPOSED).delete()
        answer(founder, network, "alone")
        return None
    _open(network)
    for convenor in (founder, by):
        admit(user=convenor, network=network, is_convenor=True)
    record(by=by.email, verb="started a network", subject=network.slug, detail=f"with {founder.email}")
    answer(founder, network, "started")
    return network


def _open(network: Network) -> None:
    proposed = Network.objects.filter(pk=network.pk, state=Network.State.PROPOSED)
    fields = {"state": Network.State.ACTIVE, "started_on": timezone.localdate()}
    for slug in slugs_for(network.name_en or network.name_cy):
        try:
            with transaction.atomic():
                if not proposed.update(slug=slug, **fields):
                    raise Refused(_("This invitation is no longer here."))
        except IntegrityError:
            continue
        network.refresh_from_db()
        return


def slugs_for(name: str):
    """Addresses for a network of this name: in plain letters, never that of another page; then with a number."""
    plain = slugify(name)[:LONGEST_SLUG].strip("-") or "network"
    if plain not in RESERVED:
        yield plain
    yield from (f"{plain}-{number}" for number in itertools.count(2))


# --- Elsewhere ------------------------------------------------------------------------------------------------------


@transaction.atomic
def list_elsewhere(
    *, by: User, words: Mapping[str, str], topics: Collection[Topic], sectors: Collection[str]
) -> Network:
    """The programme team lists a network that lives elsewhere, checked today. Raises Refused for anybody else."""
    _check_team(by)
    for slug in slugs_for(words["name_en"] or words["name_cy"]):
        try:
            with transaction.atomic():
                network = Network.objects.create(
                    slug=slug, how_to_join=HowToJoin.ELSEWHERE, checked_on=timezone.localdate(), **words
                )
        except IntegrityError:
            continue
        break
    _tag(network, topics, sectors)
    record(by=by.email, verb="listed a network", subject=network.slug)
    return network


@transaction.atomic
def change_network(
    *, by: User, network: Network, words: Mapping[str, str], topics: Collection[Topic], sectors: Collection[str]
) -> None:
    """Its words, by its convenors; of one that lives elsewhere by the programme team, checked today. The caller has
    checked that they may, and that it is not made more open."""
    checked = {"checked_on": timezone.localdate()} if network.is_elsewhere else {}
    Network.objects.filter(pk=network.pk).update(**words, **checked)
    _tag(network, topics, sectors)
    record(by=by.email, verb="changed a network", subject=network.slug)


@transaction.atomic
def check_listing(*, by: User, network: Network) -> None:
    """The programme team has looked: it still is as it says. Raises Refused for anybody else."""
    _check_team(by)
    Network.objects.filter(pk=network.pk).update(checked_on=timezone.localdate())


@transaction.atomic
def unlist(*, by: User, network: Network, is_there: bool) -> None:
    """A network elsewhere rests, or is there again. Raises Refused for anybody but the programme team."""
    _check_team(by)
    state = Network.State.ACTIVE if is_there else Network.State.RESTING
    Network.objects.listed().filter(pk=network.pk).update(state=state, rest_asked_on=None, rest_thread=None)


def _tag(network: Network, topics: Collection[Topic], sectors: Collection[str]) -> None:
    network.topics.set(topics)
    Network.objects.filter(pk=network.pk).update(sectors="|".join(sectors))


def _check_team(user: User) -> None:
    if not is_team(user):
        raise Refused(_("Only the programme team does this."))

"""Verbs about who is in a network: join, ask, admit, invite, leave, remove, hand over.

A network that is active has a convenor at all times. Who leaves loses its stories at the next request: `Membership.
current` is all that is asked.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import answered, post, record
from learning_portal.common.models import User
from learning_portal.common.refused import Refused

from .domains import bodies_of, domain_of
from .mail_kinds import NETWORK_ANSWERED, NETWORK_ASKED, NETWORK_CONVENE, NETWORK_INVITED, NETWORK_REMOVED
from .models import Admission, Membership, Network
from .network_access import convenes, convenors_of, is_public_servant, is_to, membership_of
from .network_choices import HowToJoin

# --- Join, and ask to -----------------------------------------------------------------------------------------------


@transaction.atomic
def join(*, by: User, network: Network) -> None:
    """Become a member of an open network. Raises Refused where it is not open (any more), and for who is verified
    nowhere."""
    _check_may_join(by)
    if not Network.objects.active().filter(pk=network.pk, how_to_join=HowToJoin.OPEN).exists():
        raise Refused(_("Nobody can join this network by themselves now."))
    admit(user=by, network=network)


@transaction.atomic
def ask_to_join(*, by: User, network: Network, words: str = "") -> Admission:
    """Ask the convenors. Raises Refused like `join`, for members, and for who waits already."""
    _check_may_join(by)
    if not Network.objects.active().filter(pk=network.pk, how_to_join=HowToJoin.APPROVAL).exists():
        raise Refused(_("Nobody can ask to join this network now."))
    if membership_of(by, network):
        raise Refused(_("You are a member already."))
    try:
        with transaction.atomic():
            asked = Admission.objects.create(network=network, user=by, kind=Admission.Kind.ASKED, words=words)
    except IntegrityError:
        raise Refused(_("You have asked already. The convenors have not answered yet.")) from None
    for convenor in convenors_of(network):
        post(
            to=convenor,
            kind=NETWORK_ASKED.name,
            context={"network": network.name_in(convenor.language), "slug": network.slug},
            thread=asked.pk,
        )
    return asked


@transaction.atomic
def decide_admission(*, by: User, admission: Admission, admit_them: bool) -> bool:
    """A convenor lets somebody in, or does not; False if another was first or they took it back."""
    network = admission.network
    if not convenes(by, network) or admission.kind != Admission.Kind.ASKED:
        raise Refused(_("Only a convenor decides this."))
    if not forget(admission):
        return False
    user = admission.user
    if user is None or not user.is_active:
        return False
    # They may have left their job since they asked.
    is_in = admit_them and is_public_servant(user)
    if is_in:
        admit(user=user, network=network)
    answer(user, network, "joined" if is_in else "refused")
    return True


def admit(*, user: User, network: Network, is_convenor: bool = False) -> None:
    """Make them a member, in the caller's transaction. Twice at once makes one."""
    try:
        with transaction.atomic():
            today = timezone.localdate()
            Membership.objects.create(network=network, user=user, joined_on=today, is_convenor=is_convenor)
    except IntegrityError:
        if is_convenor:
            Membership.objects.current().filter(network=network, user=user).update(is_convenor=True)
    waiting = Admission.objects.filter(network=network)
    for found in (*waiting.filter(user=user), *waiting.filter(address=user.email)):
        forget(found)


def answer(user: User, network: Network, outcome: str) -> None:
    """Tell somebody what came of what they asked for."""
    context = {"network": network.name_in(user.language), "slug": network.slug, "outcome": outcome}
    post(to=user, kind=NETWORK_ANSWERED.name, context=context)


def forget(admission: Admission) -> bool:
    """Erase it with every mail about it; of two answers one counts."""
    answered(thread=admission.pk)
    return bool(Admission.objects.filter(pk=admission.pk).delete()[0])


def _check_may_join(user: User) -> None:
    if not is_public_servant(user):
        raise Refused(_("Say first where you work: networks are for verified public servants."))


# --- Invite ---------------------------------------------------------------------------------------------------------


def is_work_address(address: str) -> bool:
    """Whether it is one of a public body that we know: to no other do we write for somebody."""
    return bool(bodies_of(domain_of(address.strip().lower())))


@transaction.atomic
def invite(*, by: User, network: Network, address: str) -> None:
    """A convenor asks whoever has this work address to join. Whether they have an account, or are a member already, is
    not told. Raises Refused for anybody else, and for an address of no public body."""
    _check_convenor(by, network)
    if not network.is_active:
        raise Refused(_("This network is resting. Wake it first."))
    address = address.strip().lower()
    if not is_work_address(address):
        raise Refused(_("That is not an address of a public body that we know"))
    if Membership.objects.current().filter(network=network, user__email=address).exists():
        return
    try:
        with transaction.atomic():
            made = Admission.objects.create(network=network, address=address, kind=Admission.Kind.INVITED, by=by)
    except IntegrityError:
        return
    context: dict[str, str | int] = {"network": network.name_in(by.language), "key": made.pk}
    post(to=address, kind=NETWORK_INVITED.name, context=context, language=by.language, thread=made.pk)


@transaction.atomic
def answer_invitation(*, by: User, admission: Admission, accept: bool) -> None:
    """Join, or convene, as one was asked to; or rather not. Raises Refused for anybody else, and where it is too
    late."""
    network = admission.network
    if not is_to(by, admission):
        raise Refused(_("This invitation is no longer here."))
    if accept:
        _check_may_join(by)
        if not Network.objects.active().filter(pk=network.pk).exists():
            raise Refused(_("This network is resting, or has gone into another."))
        if admission.kind == Admission.Kind.CONVENE and not membership_of(by, network):
            raise Refused(_("You are no longer a member of this network."))
    # Of a convenor who takes it back and an answer at once, whoever is first counts.
    if not Admission.objects.filter(pk=admission.pk, taken_back_on=None).delete()[0]:
        raise Refused(_("This invitation is no longer here."))
    answered(thread=admission.pk)
    if accept:
        admit(user=by, network=network, is_convenor=admission.kind == Admission.Kind.CONVENE)


@transaction.atomic
def take_invitation_back(*, by: User, admission: Admission) -> bool:
    """A convenor asks them no longer, and the link of the mail says so; False if they have answered. Raises Refused for
    anybody else."""
    _check_convenor(by, admission.network)
    if admission.kind == Admission.Kind.ASKED:
        raise Refused(_("That is no invitation."))
    waiting = Admission.objects.waiting().filter(pk=admission.pk)
    if not waiting.update(taken_back_on=timezone.localdate()):
        return False
    answered(thread=admission.pk)
    return True


def _check_convenor(user: User, network: Network) -> None:
    if not convenes(user, network):
        raise Refused(_("Only a convenor does this."))


# --- Leave, remove, hand over ---------------------------------------------------------------------------------------


@transaction.atomic
def leave(*, by: User, network: Network) -> bool:
    """Be a member no more, from the next request; False where they never were. Raises Refused for the last convenor of
    an active network."""
    network = _locked(network)
    _check_not_last(by, network)
    theirs = Membership.objects.filter(network=network, user=by, left_on=None)
    return bool(theirs.update(left_on=timezone.localdate(), is_convenor=False))


@transaction.atomic
def step_down(*, by: User, network: Network) -> bool:
    """Convene no more, and stay a member. Raises Refused like `leave`."""
    network = _locked(network)
    _check_not_last(by, network)
    return bool(
        Membership.objects.current().filter(network=network, user=by, is_convenor=True).update(is_convenor=False)
    )


@transaction.atomic
def remove(*, by: User, membership: Membership) -> bool:
    """A convenor ends somebody's membership, and they are told; False if it had ended. Nobody removes a convenor: they
    step down."""
    network = membership.network
    _check_convenor(by, network)
    theirs = Membership.objects.filter(pk=membership.pk, left_on=None, is_convenor=False)
    if not theirs.update(left_on=timezone.localdate()):
        return False
    user = membership.user
    post(to=user, kind=NETWORK_REMOVED.name, context={"network": network.name_in(user.language), "slug": network.slug})
    for asked in Admission.objects.filter(network=network, user=user):
        forget(asked)
    record(by=by.email, verb="removed from a network", subject=f"{user.email}, {network.slug}"[:200])
    return True


@transaction.atomic
def ask_to_convene(*, by: User, membership: Membership) -> None:
    """Ask a member to convene too; they become a convenor when they say yes. Raises Refused."""
    network = membership.network
    _check_convenor(by, network)
    if membership.left_on or membership.is_convenor:
        raise Refused(_("They convene it already, or have left."))
    try:
        with transaction.atomic():
            asked = Admission.objects.create(network=network, user=membership.user, kind=Admission.Kind.CONVENE, by=by)
    except IntegrityError:
        raise Refused(_("They are asked already.")) from None
    post(
        to=membership.user,
        kind=NETWORK_CONVENE.name,
        context={"network": network.name_in(membership.user.language), "key": asked.pk},
        thread=asked.pk,
    )


def _locked(network: Network) -> Network:
    """The row, held until the transaction ends: of two last convenors who leave at once, one may go."""
    return Network.objects.select_for_update(of=("self",)).get(pk=network.pk)


def _check_not_last(user: User, network: Network) -> None:
    if not network.is_active or not convenes(user, network):
        return
    if not convenors_of(network).exclude(pk=user.pk).exists():
        raise Refused(_("You are its only convenor. Hand it over first, or let it rest."))


def erase_old_admissions() -> int:
    """Forget what nobody answered in 28 days, and tell who asked; how many."""
    old = Admission.objects.over(timezone.localdate()).select_related("network", "user", "by")
    return sum(_erase(found) for found in old)


@transaction.atomic
def _erase(admission: Admission) -> bool:
    if not forget(admission):
        return False
    network = admission.network
    if network.state == Network.State.PROPOSED:
        Network.objects.filter(pk=network.pk, state=Network.State.PROPOSED).delete()
    asker = admission.user if admission.kind == Admission.Kind.ASKED else None
    founder = admission.by if network.state == Network.State.PROPOSED else None
    if asker:
        answer(asker, network, "silent")
    if founder:
        answer(founder, network, "alone")
    return True

"""Who may do what in a network: asked of the database at each request."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from learning_portal.common.models import User

from .models import Admission, Affiliation, Membership, Network

Reader = User | AnonymousUser


def membership_of(user: Reader, network: Network) -> Membership | None:
    """Of this person, now."""
    if not (user.is_authenticated and user.is_active):
        return None
    return Membership.objects.current().filter(user=user, network=network).first()


def convenors_of(network: Network) -> QuerySet[User]:
    convening = Membership.objects.current().filter(network=network, is_convenor=True)
    return User.objects.filter(pk__in=convening.values("user"))


def convenes(user: Reader, network: Network) -> bool:
    found = membership_of(user, network)
    return found is not None and found.is_convenor


def is_public_servant(user: Reader) -> bool:
    """Verified, now: the only people who join or start networks."""
    return user.is_authenticated and Affiliation.objects.verified().filter(user=user).exists()


def proposals_of(user: Reader) -> QuerySet[Admission]:
    """What this person has proposed and a second convenor has not answered."""
    waiting = Admission.objects.waiting().filter(kind=Admission.Kind.CONVENE, network__state=Network.State.PROPOSED)
    return waiting.filter(by_id=user.pk).select_related("network")


def networks_of(user: Reader) -> QuerySet[Network]:
    """Those of which this person is a member now."""
    if not user.is_authenticated:
        return Network.objects.none()
    return Network.objects.listed().filter(pk__in=Membership.objects.current().filter(user=user).values("network"))


def invitations_of(user: Reader) -> list[Admission]:
    """What this person is asked to join, to convene or to start, and has not answered."""
    if not user.is_authenticated:
        return []
    theirs = Admission.objects.waiting().filter(Q(user=user) | Q(address=user.email)).select_related("network")
    return [one for one in theirs if is_to(user, one) and not one.network.is_merged]


def is_to(user: Reader, admission: Admission) -> bool:
    """Whether they are whom it invites: by their account, or by an address that a code has proved to be theirs."""
    if not user.is_authenticated or admission.kind == Admission.Kind.ASKED:
        return False
    if admission.user_id is not None:
        return admission.user_id == user.pk
    return user.email == admission.address and user.has_proved_address

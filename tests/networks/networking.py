"""What the tests of networks share: people at bodies, signed in, and the outbox."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from learning_portal.common.models import Message, User
from networks.models import Affiliation, Membership, Network
from tests.factories import AffiliationFactory, MembershipFactory, NetworkFactory, OrganisationFactory, UserFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


def servant(name: str = "Sian", **fields) -> User:
    """A verified public servant with a proved address, at a body of their own unless told otherwise."""
    organisation = fields.pop("organisation", None)
    if organisation is None:
        number = Affiliation.objects.count()
        organisation = OrganisationFactory(email_domains=f"body{number}.example")
    domain = organisation.email_domains.split("|")[0]
    user = UserFactory(name=name, email=f"{name.lower()}{User.objects.count()}@{domain}", **fields)
    EmailAddress.objects.filter(user=user).update(verified=True)
    AffiliationFactory(user=user, organisation=organisation)
    return user


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def convened(*, how: str = "open", **fields) -> tuple[Network, User]:
    """A network with one convenor."""
    network = NetworkFactory(how_to_join=how, **fields)
    convenor = servant("Carys")
    MembershipFactory(network=network, user=convenor, is_convenor=True, joined_on=timezone.localdate())
    return network, convenor


def member_of(network: Network, name: str = "Meg", **fields) -> User:
    user = servant(name)
    MembershipFactory(network=network, user=user, **{"joined_on": timezone.localdate(), **fields})
    return user


def is_in(user: User, network: Network) -> bool:
    return Membership.objects.current().filter(user=user, network=network).exists()


def convenes(user: User, network: Network) -> bool:
    return Membership.objects.current().filter(user=user, network=network, is_convenor=True).exists()


def mails(kind: str, to: User | str | None = None) -> int:
    found = Message.objects.filter(kind=kind)
    if isinstance(to, User):
        found = found.filter(user=to)
    elif to:
        found = found.filter(address=to)
    return found.count()


@contextmanager
def days_later(days: int) -> Iterator[None]:
    now = timezone.now() + datetime.timedelta(days=days)
    with mock.patch("django.utils.timezone.now", return_value=now):
        yield


NASTY = ("\x00", "x" * 100_000, "🙂" * 3000, "9" * 30, "' OR 1=1 --", "<script>", "../../etc", "")

"""What members say to each other in a network: short, by name, for members."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from learning_portal.common.refused import Refused

from .models import Network, NetworkPost
from .network_access import convenes, membership_of


@transaction.atomic
def say(*, by: User, network: Network, words: str, language: str, is_of_story: bool = False) -> NetworkPost:
    """Raises Refused for who is no member (any more), and in a network that is not active."""
    network = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    if not network.is_active or not membership_of(by, network):
        raise Refused(_("Only members of an active network write here."))
    last = NetworkPost.objects.filter(network=network).aggregate(last=Max("number", default=0))["last"]
    return NetworkPost.objects.create(
        network=network, by=by, words=words, language=language, number=last + 1, is_of_story=is_of_story
    )


def may_remove(user: User, said: NetworkPost) -> bool:
    """Whoever wrote it while they are a member, and convenors."""
    own = said.by_id == user.pk and membership_of(user, said.network) is not None
    return own or convenes(user, said.network)


@transaction.atomic
def unsay(*, by: User, post: NetworkPost) -> None:
    """Take it back, or remove it. Raises Refused."""
    if not may_remove(by, post):
        raise Refused(_("Only its author and convenors do this."))
    NetworkPost.objects.filter(pk=post.pk).delete()

"""Whether a network is alive: its convenors are asked after six quiet months whether it goes on, merges or rests."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import answered, post, record
from learning_portal.common.models import User
from learning_portal.common.one_button import Purpose
from learning_portal.common.public_ids import random_key
from learning_portal.common.refused import Refused

from .mail_kinds import NETWORK_MERGED, NETWORK_QUIET
from .models import Action, CoffeeRound, Event, Membership, Network, NetworkPost, Question
from .network_access import convenes, convenors_of, is_public_servant, membership_of
from .network_actions import admit

QUIET = datetime.timedelta(days=182)
"""Six months."""
DAYS_TO_ANSWER = 28
STILL_WANTED = Purpose("network still wanted", DAYS_TO_ANSWER + 14)

SIGNS: list[tuple[type[models.Model], str, str]] = [
    (Membership, "network", "joined_on"),
    (NetworkPost, "network", "on"),
    (Question, "network", "asked_on"),
    (Event, "network", "starts_at__date"),
    (Action, "network", "made_on"),
    (CoffeeRound, "series__network", "sent_on"),
]
"""What shows that a network is alive: a model, its column of the network, and the date. A new sort of meeting is one
more line."""


def signs_of_life(networks: Iterable[Network]) -> dict[int, datetime.date]:
    """The last of each, by its key: one query a sort of sign. None of a network in which nothing ever was."""
    rows = list(networks)
    last: dict[int, datetime.date] = {}
    found = [(row.pk, day) for row in rows for day in (row.started_on, row.kept_on)]
    for model, column, date in SIGNS:
        signs = model._default_manager.filter(**{f"{column}__in": [row.pk for row in rows]}).order_by()
        found += signs.values_list(column).annotate(last=Max(date))
    for key, day in found:
        if day and day > last.get(key, datetime.date.min):
            last[key] = day
    return last


def last_sign_of_life(network: Network) -> datetime.date | None:
    return signs_of_life([network]).get(network.pk)


# --- What the tick does ---------------------------------------------------------------------------------------------


def ask_quiet_networks(*, today: datetime.date | None = None, now: datetime.datetime | None = None) -> int:
    """Ask the convenors of networks in which nothing was for six months, and remind them; how many were asked anew.
    Where something was since, nobody needs to answer."""
    today = today or timezone.localdate()
    networks = list(Network.objects.active().here())
    last = signs_of_life(networks)
    asked = 0
    for network in networks:
        is_quiet = network.pk in last and last[network.pk] <= today - QUIET
        if network.rest_asked_on is None and is_quiet:
            asked += _ask(network, today, now)
        elif network.rest_asked_on and not is_quiet:
            _settle(network)
        elif network.rest_asked_on and today < network.rest_asked_on + datetime.timedelta(days=DAYS_TO_ANSWER):
            _mail(network, now, again=True)
    return asked


@transaction.atomic
def _ask(network: Network, today: datetime.date, now: datetime.datetime | None) -> bool:
    thread = random_key()
    quiet = Network.objects.active().filter(pk=network.pk, rest_asked_on=None)
    if not quiet.update(rest_asked_on=today, rest_thread=thread):
        return False
    network.rest_thread = thread
    _mail(network, now)
    return True


def _mail(network: Network, now: datetime.datetime | None, *, again: bool = False) -> None:
    """The outbox sends a thread so often and no more: this may be asked at every tick."""
    if network.rest_thread is None:
        return
    for convenor in convenors_of(network):
        token = STILL_WANTED.token_for(network.rest_thread, convenor.pk)
        context: dict[str, str | int] = {
            "network": network.name_in(convenor.language),
            "token": token,
            "again": int(again),
        }
        post(to=convenor, kind=NETWORK_QUIET.name, context=context, thread=network.rest_thread, now=now)


@transaction.atomic
def _settle(network: Network, **fields) -> bool:
    """The question is answered: nobody is reminded. False if another was first."""
    asked = Network.objects.filter(pk=network.pk, rest_thread=network.rest_thread)
    if not asked.update(rest_asked_on=None, rest_thread=None, **fields):
        return False
    if network.rest_thread is not None:
        answered(thread=network.rest_thread)
    return True


def rest_unanswered(*, today: datetime.date | None = None) -> int:
    """Networks whose convenors did not answer in 28 days are resting; how many."""
    today = today or timezone.localdate()
    last = today - datetime.timedelta(days=DAYS_TO_ANSWER)
    silent = Network.objects.active().filter(rest_asked_on__lte=last)
    return sum(_settle(network, state=Network.State.RESTING) for network in silent)


# --- What convenors answer ------------------------------------------------------------------------------------------


@transaction.atomic
def keep(*, by: User, network: Network) -> None:
    """It goes on; one that was resting is awake. Raises Refused for anybody but a convenor, and for a merged one."""
    _check_convenor(by, network)
    _settle(network, state=Network.State.ACTIVE, kept_on=timezone.localdate())
    record(by=by.email, verb="kept a network", subject=network.slug)


@transaction.atomic
def rest(*, by: User, network: Network) -> None:
    """It shows as resting, and nobody can join. Raises Refused like `keep`."""
    _check_convenor(by, network)
    _settle(network, state=Network.State.RESTING)
    record(by=by.email, verb="let a network rest", subject=network.slug)


def may_take(user: User, network: Network) -> models.QuerySet[Network]:
    """The networks into which this convenor may merge theirs: open ones, and those that they convene too. Others let
    in nobody whom their convenors have not seen."""
    convened = Membership.objects.current().filter(user=user, is_convenor=True)
    wanted = models.Q(how_to_join="open") | models.Q(pk__in=convened.values("network"))
    return Network.objects.active().here().filter(wanted).exclude(pk=network.pk).order_by("name_en", "pk")


@transaction.atomic
def merge(*, by: User, network: Network, into: Network) -> None:
    """It points to another from now on. Its members are asked, and move only if they say so; its stories stay with
    those who are members of it. Raises Refused like `keep`, and for one that they may not merge it into."""
    _check_convenor(by, network)
    if not may_take(by, network).filter(pk=into.pk).exists():
        raise Refused(_("Choose an active network that anybody can join, or one that you convene too"))
    _settle(network, state=Network.State.MERGED, merged_into=into)
    there = Membership.objects.current().filter(network=into).values("user")
    for membership in (
        Membership.objects.current().filter(network=network).exclude(user__in=there).select_related("user")
    ):
        user = membership.user
        names = {"network": network.name_in(user.language), "into": into.name_in(user.language), "slug": network.slug}
        post(to=user, kind=NETWORK_MERGED.name, context=names)
    record(by=by.email, verb="merged a network", subject=network.slug, detail=into.slug)


def may_move(user: User, network: Network) -> bool:
    """Whether a member may go along into what their network became: not where its convenors have closed it since."""
    into = network.merged_into
    if into is None or not into.is_active or not membership_of(user, network) or membership_of(user, into):
        return False
    return is_public_servant(user) and (
        into.is_open or convenors_of(into).filter(pk__in=convenors_of(network)).exists()
    )


@transaction.atomic
def move(*, by: User, network: Network) -> None:
    """A member of a merged network joins the other. Raises Refused."""
    if network.merged_into is None or not may_move(by, network):
        raise Refused(_("You cannot move there now."))
    admit(user=by, network=network.merged_into)


def _check_convenor(user: User, network: Network) -> None:
    if network.is_merged or network.is_elsewhere or not convenes(user, network):
        raise Refused(_("Only a convenor does this."))

"""Who may read which story: the one door. Every list, count, facet, search and page starts at `visible_to`."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from learning_portal.common.models import Away, Role, User
from networks.models import Affiliation, Membership, Network

from .choices import IN_POOL, Audience, Pool, Status
from .pools import usual

if TYPE_CHECKING:
    from .models import Story

Reader = User | AnonymousUser

ON_CARDS = (
    *("kind", "outcome", "voice", "audience", "status", "language", "origin", "year", "published_on", "revises"),
    *("band", "source_organisation", "source_name"),
    *(f"organisation__{name}" for name in ("code", "name_en", "name_cy", "rurality")),
    "published_version__words",
)
"""What a card shows: half of all columns, in half the time."""


def in_audience(user: User) -> Q:
    """Published stories whose audience this user belongs to, decided by the database in the same statement."""
    affiliations = Affiliation.objects.filter(user=user)
    in_named_network = Exists(_named_networks().filter(network__in=_memberships(user).values("network")))
    return Q(status=Status.PUBLISHED) & (
        Q(audience=Audience.PUBLIC)
        | Q(Exists(affiliations.verified()), audience=Audience.MEMBERS)
        | Q(Exists(affiliations.front_line()), audience=Audience.FRONT_LINE)
        | Q(in_named_network, audience=Audience.NETWORK)
    )


def authored_by(user: User) -> Q:
    """The stories that this user wrote and the service may link to them. An anonymous one has no link."""
    from .models import AuthorLink

    return Q(Exists(AuthorLink.objects.filter(story=OuterRef("pk"), user=user)))


def in_pool(user: User) -> Q:
    """What waits for this user as a moderator: submitted stories until they are published, and hidden ones."""
    return Q(status__in=IN_POOL) & moderated_by(user)


def moderated_by(user: User) -> Q:
    """The stories, in whatever state, whose pool this user is of: convenors of a named network, moderators with a
    front-line affiliation, or moderators."""
    convened = _named_networks().filter(network__in=_memberships(user).filter(is_convenor=True).values("network"))
    pool = Q(Exists(convened)) & _of_pool(Pool.NETWORK)
    if user.has_role(Role.MODERATOR):
        front_line = Exists(Affiliation.objects.filter(user=user).front_line())
        pool |= _of_pool(Pool.MODERATORS) | Q(front_line) & _of_pool(Pool.FRONT_LINE)
    return pool


def _of_pool(pool: Pool) -> Q:
    """The stories of a pool: chosen at submission; of what never was submitted, an import, the usual one."""
    audiences = [audience for audience in Audience if usual(audience) == pool]
    return Q(pool=pool) | Q(pool="", audience__in=audiences)


def moderates(user: Reader) -> bool:
    """Whether there may be stories that this user moderates, so that pages for moderators are there for them."""
    if not (user.is_authenticated and user.is_active):
        return False
    return user.has_role(Role.MODERATOR) or _memberships(user).filter(is_convenor=True).exists()


def people_of(pool: str, networks: Iterable[Network] = ()) -> "models.QuerySet[User]":
    """Who moderates the stories of a pool; of these networks, if it is theirs."""
    active = User.objects.filter(is_active=True)
    if pool == Pool.NETWORK:
        convenors = Membership.objects.current().filter(is_convenor=True, network__in=list(networks))
        return active.filter(pk__in=convenors.values("user"))
    moderators = active.filter(groups__name=Role.MODERATOR)
    if pool == Pool.FRONT_LINE:
        return moderators.filter(pk__in=Affiliation.objects.all().front_line().values("user"))
    return moderators


def at_work(pool: str, today: datetime.date, networks: Iterable[Network] = ()) -> "models.QuerySet[User]":
    """Those of a pool who are not away."""
    return people_of(pool, networks).exclude(pk__in=Away.objects.on(today).values("user"))


def convenors_at_work(today: datetime.date, but: "models.QuerySet | Sequence[int]" = ()) -> dict[int, int]:
    """How many convenors each network has, by its key, who are not away, and these left out: one query for all."""
    away = Away.objects.on(today).values("user")
    convenors = Membership.objects.current().filter(is_convenor=True).exclude(user__in=away).exclude(user__in=but)
    return dict(convenors.order_by().values_list("network").annotate(number=Count("user", distinct=True)))


def _memberships(user: User):
    return Membership.objects.filter(user=user).current()


def _named_networks():
    from .models import StoryNetwork

    return StoryNetwork.objects.filter(story=OuterRef("pk"))


class StoryQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> "StoryQuerySet":
        """The stories that this reader may open: published ones in whose audience they are, their own, and those in
        their moderation pool."""
        if not (user.is_authenticated and user.is_active):
            return self.filter(status=Status.PUBLISHED, audience=Audience.PUBLIC)
        return self.filter(in_audience(user) | authored_by(user) | in_pool(user))

    def looked_after_by(self, user: User) -> "StoryQuerySet":
        """Of those, the ones in this user's pool, in whatever state, that they did not write: what is reported of a
        story goes to whoever could have published it."""
        return self.visible_to(user).filter(moderated_by(user)).exclude(authored_by(user))

    def published(self) -> "StoryQuerySet":
        """What lists and search show: drafts of one's own and of one's pool have pages of their own."""
        return self.filter(status=Status.PUBLISHED)

    def for_cards(self) -> "StoryQuerySet":
        """With everything that a card shows, in the same query."""
        return self.select_related("organisation", "published_version", "context")

    def cards_of(self, keys: Sequence[int], *, compared: bool = True) -> list["Story"]:
        """The stories of these keys, in their order. The keys have passed `visible_to` in the same request: the
        database chooses and orders keys alone, which is far quicker than whole rows.

        Of each row only what cards show, and by what they are compared if they are: anything else would be read story
        by story when it is asked for."""
        shown: StoryQuerySet = self.select_related("organisation", "published_version").only(*ON_CARDS)
        if compared:
            shown = shown.select_related("context").only(*ON_CARDS, "context")
        found = shown.in_bulk(keys)
        return [found[key] for key in keys if key in found]

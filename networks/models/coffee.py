"""Coffee rounds of a network: who takes part, and who was put together with whom. How they live: docs/rounds.md."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_portal.common.constraints import bounded_text, one_of
from learning_portal.common.models import User
from learning_portal.common.public_ids import random_key

from .network import Membership, Network

NOBODY = 0
"""The group of a seat whose owner found nobody this time: their organisation was more than half of all."""
WORDS, REACH = 300, 200
"""Characters of what one writes to those one meets, and of how one can be reached."""


class Part(models.TextChoices):
    YES = "yes", _("Yes, put me together with somebody")
    SKIP = "skip", _("Yes, but not in the next round")
    NO = "no", _("No, not any more")


class CoffeeChoiceQuerySet(models.QuerySet):
    def of_members(self, network: Network) -> "CoffeeChoiceQuerySet":
        """Of those who are members now: whoever left takes part no more, at the next request."""
        members = Membership.objects.current().filter(network=network)
        return self.filter(network=network, user__in=members.values("user"))


class CoffeeChoice(models.Model):
    """That a member takes part, and how those they meet can reach them, in their own words. Nobody takes part who did
    not say so: no row, no coffee."""

    Part = Part

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    part = models.CharField(max_length=4, choices=Part)
    reach = models.CharField(max_length=REACH, blank=True)

    objects = CoffeeChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("network", "user", name="coffeechoice_once"),
            one_of("coffeechoice", "part", Part),
            models.CheckConstraint(name="coffeechoice_no_says_no_more", condition=~Q(part="no") | Q(reach="")),
            *bounded_text("coffeechoice", {"reach": REACH}),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.network}: {self.part}"


class Rhythm(models.TextChoices):
    MONTHLY = "monthly", _("Every month, until you stop it")
    ONCE = "once", _("Once")


class CoffeeSeriesQuerySet(models.QuerySet):
    def running(self) -> "CoffeeSeriesQuerySet":
        return self.filter(stopped_on=None)


class CoffeeSeries(models.Model):
    """A round every month, or one. It runs until `stopped_on`; one runs in a network at a time."""

    Rhythm = Rhythm

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=7, choices=Rhythm)
    seed = models.CharField(max_length=13)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    starts_on = models.DateField()
    next_on = models.DateField(null=True)
    """The day on which the tick sends the next round, unless it is held."""
    is_held = models.BooleanField(default=False)
    stopped_on = models.DateField(null=True)

    objects = CoffeeSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("network", condition=Q(stopped_on=None), name="coffeeseries_one_runs"),
            models.CheckConstraint(
                name="coffeeseries_runs_or_stopped",
                condition=Q(stopped_on=None, next_on__isnull=False)
                | Q(stopped_on__isnull=False, next_on=None, is_held=False),
            ),
            models.CheckConstraint(name="coffeeseries_has_seed", condition=~Q(seed="")),
            one_of("coffeeseries", "rhythm", Rhythm),
            *bounded_text("coffeeseries", {"seed": 13}),
        ]

    def __str__(self) -> str:
        return f"{self.network}, {self.starts_on}"


class RoundState(models.TextChoices):
    PREVIEW = "preview", _("Preview")
    SENT = "sent", _("Sent")
    OVER = "over", _("Over")


class CoffeeRoundQuerySet(models.QuerySet):
    def previews(self) -> "CoffeeRoundQuerySet":
        return self.filter(state=RoundState.PREVIEW)

    def held(self) -> "CoffeeRoundQuerySet":
        """Those that went out: what happened, and not what was only looked at."""
        return self.exclude(state=RoundState.PREVIEW)


class CoffeeRound(models.Model):
    """Who meets. A preview becomes a round that was sent, with the same seats; it is over after eight weeks."""

    State = RoundState

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    series = models.ForeignKey(CoffeeSeries, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=20)
    basis = models.CharField(max_length=64)
    """A hash of who takes part, where they work, and how many rounds went before: other people, other pairs."""
    state = models.CharField(max_length=7, choices=RoundState, default=RoundState.PREVIEW)
    made_on = models.DateField()
    told_on = models.DateField(null=True)
    """On which the convenors were told of the preview."""
    is_changed = models.BooleanField(default=False)
    """Its pairs were made anew after that, since members had come or gone."""
    sent_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    """On which those in it were asked whether they met."""
    repeats = models.PositiveSmallIntegerField(default=0)
    rounds_left = models.PositiveSmallIntegerField(null=True)

    objects = CoffeeRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "pk"]
        constraints = [
            models.UniqueConstraint("series", "number", name="coffeeround_once"),
            models.UniqueConstraint("series", condition=Q(state="preview"), name="coffeeround_one_preview"),
            models.CheckConstraint(name="coffeeround_numbered", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="coffeeround_sent_has_day",
                condition=Q(state="preview", sent_on=None) | ~Q(state="preview") & Q(sent_on__isnull=False),
            ),
            models.CheckConstraint(
                name="coffeeround_asked_when_sent", condition=Q(asked_on=None) | Q(sent_on__isnull=False)
            ),
            one_of("coffeeround", "state", RoundState),
            *bounded_text("coffeeround", {"seed": 20, "basis": 64}),
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.number}"


class Met(models.TextChoices):
    YES = "yes", _("Yes, we met")
    NOT_YET = "not_yet", _("Not yet, but we will")
    NO = "no", _("No")


class CoffeeSeatQuerySet(models.QuerySet):
    def beside(self, seat: "CoffeeSeat") -> "CoffeeSeatQuerySet":
        """The others of its group, whose accounts are open."""
        others = self.filter(round=seat.round_id, group=seat.group, user__is_active=True).exclude(pk=seat.pk)
        return others.select_related("user").order_by("user__name", "pk")

    def tallies(self) -> dict[int, dict[str, int]]:
        """By round: how many were put together, and how many gave each answer."""
        counts = {"seated": models.Count("pk"), **{met: models.Count("pk", filter=Q(met=met)) for met in Met.values}}
        found = self.exclude(group=NOBODY).order_by().values("round").annotate(**counts)
        return {row.pop("round"): row for row in found}

    def opened_by(self, user: User) -> "CoffeeSeatQuerySet":
        """Theirs, of rounds that were sent, in networks of which they are members now."""
        networks = Membership.objects.current().filter(user=user).values("network")
        own = self.filter(user=user, group__gt=NOBODY, round__series__network__in=networks)
        return own.exclude(round__state=RoundState.PREVIEW)

    def waits_since_last(self, user: User, network: Network) -> "CoffeeSeatQuerySet":
        """Theirs, if they found nobody in the last round that was sent there."""
        held = CoffeeRound.objects.held().filter(series__network=network).order_by("-sent_on", "-number")
        return self.filter(user=user, group=NOBODY, round__in=held.values("pk")[:1])


class CoffeeSeat(models.Model):
    """Somebody's place in a round: those of one group meet. It goes with their account."""

    Met = Met

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    round = models.ForeignKey(CoffeeRound, models.CASCADE, related_name="+")
    group = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_guest = models.BooleanField(default=False)
    words = models.CharField(max_length=WORDS, blank=True)
    """What they wrote to the others, once. Erased when the round is over."""
    said_on = models.DateField(null=True)
    met = models.CharField(max_length=7, choices=Met, blank=True)
    answered_on = models.DateField(null=True)

    objects = CoffeeSeatQuerySet.as_manager()

    class Meta:
        ordering = ["group", "is_guest", "pk"]
        indexes = [models.Index(fields=["round", "group"], name="coffeeseat_group")]
        constraints = [
            models.UniqueConstraint("round", "user", name="coffeeseat_once"),
            models.CheckConstraint(
                name="coffeeseat_guest_has_hosts", condition=Q(is_guest=False) | Q(group__gt=NOBODY)
            ),
            models.CheckConstraint(
                name="coffeeseat_answer_has_day",
                condition=Q(met="", answered_on=None) | Q(met__in=Met.values, answered_on__isnull=False),
            ),
            models.CheckConstraint(name="coffeeseat_words_have_day", condition=Q(words="") | Q(said_on__isnull=False)),
            *bounded_text("coffeeseat", {"words": WORDS}),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.user}"

"""What the parts of the demo that live share: the day of loading, from which they count, and who and what is there."""

import dataclasses
import datetime
from collections.abc import Mapping
from functools import cached_property

from django.utils import timezone

from learning_portal.common.models import User
from networks.models import Contact, Network, Organisation, Topic
from networks.working_days import after_working_days
from stories.models import Story

DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Stage:
    """Days are counted from today, so that what is to come lies in the future whenever the demo is loaded."""

    today: datetime.date
    stories: Mapping[str, Story]
    """By the name of their file."""

    @cached_property
    def cards(self) -> dict[str, Contact]:
        """By name. An account that bears the name of one of them is theirs."""
        cards = Contact.objects.filter(organisation__is_example=True).exclude(user=None)
        return {card.name: card for card in cards.select_related("user", "organisation")}

    @cached_property
    def bodies(self) -> dict[str, Organisation]:
        return {body.code: body for body in Organisation.objects.filter(is_example=True)}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in Topic.objects.all()}

    @cached_property
    def networks(self) -> dict[str, Network]:
        return {network.slug: network for network in Network.objects.all()}

    def card(self, name: str) -> Contact:
        return self.cards[name]

    def user(self, name: str) -> User:
        user = self.cards[name].user
        if user is None:
            raise LookupError(name)
        return user

    def day(self, number: int) -> datetime.date:
        """So many days from today; before it, if the number is below 0."""
        return self.today + number * DAY

    def working_day(self, number: int) -> datetime.date:
        """The same, or the next day on which people work."""
        return after_working_days(self.day(number) - DAY, 1, None)

    def at(self, number: int, hour: int, minute: int = 0) -> datetime.datetime:
        """A time on such a working day."""
        time = datetime.time(hour, minute)
        return timezone.make_aware(datetime.datetime.combine(self.working_day(number), time))

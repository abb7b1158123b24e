from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AwayQuerySet(models.QuerySet):
    def on(self, day):
        """Who is away on a day."""
        return self.filter(until__gte=day)


class Away(models.Model):
    """That somebody who answers for others, a moderator, is away until a day, the day itself included."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateField(_("Away until"))

    objects = AwayQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user_id)

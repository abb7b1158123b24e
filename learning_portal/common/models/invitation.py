import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ..constraints import bounded_text
from ..public_ids import random_key

DAYS_TO_ANSWER = 28


def last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=DAYS_TO_ANSWER)


class ModeratorInvitation(models.Model):
    """That the programme team asks whoever has this address to moderate. Erased when they answer, or on its date.

    It gives nothing: the role comes when they say yes, once a code has shown that the address is theirs.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    address = models.EmailField(max_length=254)
    by = models.CharField(max_length=254)
    """Who asked, as the audit trail will say."""
    expires_on = models.DateField(default=last_day)

    class Meta:
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="moderatorinvitation_one_waits"),
            *bounded_text("moderatorinvitation", {"address": 254, "by": 254}),
        ]

    def __str__(self) -> str:
        return self.address

from django.db import models
from django.db.models import Q

from ..constraints import bounded_text, exactly


class Limit(models.Model):
    """How often something was tried in a stretch of time: `limits` counts here, so that all workers count together.

    It names nobody: `what` is a keyed hash of what is limited. The tick erases the row when its time is over.
    """

    what = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    until = models.PositiveBigIntegerField()
    """Seconds since 1970: when counting begins anew."""

    class Meta:
        indexes = [models.Index(fields=["until"], name="limit_until")]
        constraints = [
            models.CheckConstraint(name="limit_what_is_a_hash", condition=exactly("what", 64)),
            models.CheckConstraint(name="limit_tries_are_some", condition=Q(tries__gt=0)),
            *bounded_text("limit", {"what": 64}),
        ]

    def __str__(self) -> str:
        return f"{self.tries} until {self.until}"

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..constraints import bounded_text
from ..mail.stopping import Subscriber


class MailStopQuerySet(models.QuerySet):
    def of(self, subscriber: Subscriber):
        return self.filter(user_id=subscriber.user_id, address_sha256=subscriber.address_sha256)


class MailStop(models.Model):
    """A kind of mail that somebody does not want. It says neither when nor why."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True)
    address_sha256 = models.CharField(max_length=64, blank=True)
    """Of an address without an account: a list of strangers' addresses is none of ours to keep."""
    kind = models.CharField(max_length=40)

    objects = MailStopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mailstop_is_somebodys",
                condition=Q(user=None) & ~Q(address_sha256="") | ~Q(user=None) & Q(address_sha256=""),
            ),
            models.UniqueConstraint("user", "kind", name="mailstop_once"),
            models.UniqueConstraint("address_sha256", "kind", condition=Q(user=None), name="mailstop_once_there"),
            *bounded_text("mailstop", {"address_sha256": 64, "kind": 40}),
        ]

    def __str__(self) -> str:
        return self.kind

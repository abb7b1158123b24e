from django.db import models
from django.utils import timezone

from ..constraints import bounded_text


class AuditEvent(models.Model):
    """What was done to reference data and roles. Labels, no foreign keys: it outlives what it names.

    Nothing about a story that was told is written here: a time beside a story's key could name its author.
    """

    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = bounded_text("audit", {"by": 254, "verb": 60, "subject": 200, "detail": 10_000})

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

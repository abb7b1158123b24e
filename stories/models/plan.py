from django.db import models

from learning_portal.common.constraints import bounded_text, exactly


class SharedPlan(models.Model):
    """A plan shown to a colleague under an unguessable address. Only the hash of its token is kept; `tick` erases
    it."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    query = models.CharField(max_length=2000, blank=True)
    organisation = models.ForeignKey("networks.Organisation", models.CASCADE, related_name="+", null=True, blank=True)
    expires_on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sharedplan_hashed", condition=exactly("token_sha256", 64)),
            *bounded_text("sharedplan", {"text": 2000, "query": 2000}),
        ]

    def __str__(self) -> str:
        return str(self.expires_on)

"""The fixed vocabularies of networks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HowToJoin(models.TextChoices):
    """From the most open to the strictest; the last is for networks that live elsewhere."""

    OPEN = "open", _("Any verified public servant can join")
    APPROVAL = "approval", _("Ask, and a convenor decides")
    INVITATION = "invitation", _("By invitation of a convenor")
    ELSEWHERE = "elsewhere", _("It lives elsewhere")


HERE = (HowToJoin.OPEN, HowToJoin.APPROVAL, HowToJoin.INVITATION)


def as_strict(how: str) -> list[HowToJoin]:
    """This way to join and the stricter ones. Stories were told for whoever could join then: a network is never made
    more open."""
    return list(HERE[HERE.index(HowToJoin(how)) :])


class NetworkState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for its second convenor")
    ACTIVE = "active", _("Active")
    RESTING = "resting", _("Resting")
    MERGED = "merged", _("Merged into another")

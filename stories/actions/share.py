"""Show a plan to a colleague."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.utils import timezone

from ..models import SharedPlan
from ..plans import Plan


def share_plan(*, plan: Plan, query: str) -> str:
    """Keep a plan for 30 days and return the token that stands in its address. Only its hash is kept."""
    token = secrets.token_urlsafe(16)
    SharedPlan.objects.create(
        token_sha256=_hash(token),
        text=plan.text,
        query=query[:2000],
        organisation=plan.organisation,
        expires_on=timezone.localdate() + datetime.timedelta(days=settings.SHARED_PLAN_DAYS),
    )
    return token


def find_shared_plan(token: str) -> SharedPlan | None:
    """The shared plan of this token, unless it has expired."""
    return (
        SharedPlan.objects.filter(token_sha256=_hash(token), expires_on__gte=timezone.localdate())
        .select_related("organisation")
        .first()
    )


def erase_expired_plans() -> int:
    """Erase what has expired; how many there were."""
    return SharedPlan.objects.filter(expires_on__lt=timezone.localdate()).delete()[0]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

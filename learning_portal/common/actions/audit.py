"""The audit trail."""

from django.contrib.auth.models import Group
from django.db import transaction

from ..models import AuditEvent, Role


def record(*, by: str, verb: str, subject: str, detail: str = "") -> AuditEvent:
    """Write one line of the audit trail. `by` is a label: an e-mail address, or the name of a command."""
    return AuditEvent.objects.create(by=by, verb=verb, subject=subject[:200], detail=detail[:10_000])


@transaction.atomic
def make_roles(*, by: str) -> list[str]:
    """Make the groups that roles are, where they are missing; the names of those that were made."""
    made = [role.value for role in Role if Group.objects.get_or_create(name=role.value)[1]]
    if made:
        record(by=by, verb="made roles", subject=", ".join(made))
    return made

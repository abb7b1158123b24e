"""The audit trail."""

from ..models import AuditEvent


def record(*, by: str, verb: str, subject: str, detail: str = "") -> AuditEvent:
    """Write one line of the audit trail. `by` is a label: an e-mail address, or the name of a command."""
    return AuditEvent.objects.create(by=by, verb=verb, subject=subject[:200], detail=detail[:10_000])

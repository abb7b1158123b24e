from django.conf import settings
from django.http import HttpRequest


def operator(request: HttpRequest) -> dict[str, object]:
    """Who runs the service, on every page."""
    return {
        "operator_name": settings.OPERATOR_NAME,
        "operator_email": settings.OPERATOR_EMAIL,
        "backup_days": settings.BACKUP_DAYS,
        "staff_idle_seconds": str(settings.STAFF_IDLE_SECONDS),
        "debug": settings.DEBUG,
    }

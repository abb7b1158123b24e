from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stories.models import Story


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database answers from its tables, else 503: for load balancers and monitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {Story._meta.db_table} LIMIT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")

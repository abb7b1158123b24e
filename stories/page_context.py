"""What the frame of every page asks of stories."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .access import moderates


def moderating(request: HttpRequest) -> dict[str, object]:
    """Whether the reader has a pool, asked when a page shows its navigation; a visitor costs no query."""
    return {"moderates": SimpleLazyObject(lambda: moderates(request.user)) if hasattr(request, "user") else False}

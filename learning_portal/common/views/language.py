from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ..models import User


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Change the language and come back to the same page; a signed-in user's choice is kept for their mail."""
    response = set_language(request)
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and translation.check_for_language(chosen) and chosen in {"en", "cy"}:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return response

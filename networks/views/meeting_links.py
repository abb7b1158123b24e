"""Where a link about a meeting leads once it has run out."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from learning_portal.common.one_button import link_over


def meeting_link_over(request: HttpRequest) -> HttpResponse:
    words = _(
        "Links in our mails are good for some weeks only. If you have an account, sign in to see what waits for you."
    )
    return link_over(request, words, "stories:meet-list", _("Your introductions"))

"""Asking to meet, from a story or from a person's card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from networks import introductions
from networks.asking_page import Asking, ask_page
from networks.introductions.hosts import is_reachable
from networks.models import Contact

from .. import plans
from ..access import Reader
from ..actions import meet
from ..models import Story, StoryContact
from .author_question import ask_author
from .plans import contacts_of

PLAN_KEY = "asking_with_plan"
"""In the session: which of their plans the reader came with, while the page is open."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the contact of a named story to meet, or write to the author of another; a 404 for a story that one may not
    read, and where there is nobody to ask."""
    visible = Story.objects.visible_to(request.user).published()
    story = get_object_or_404(visible.for_cards(), pk=pk)
    if not story.is_named:
        return ask_author(request, story)
    host = host_of(contacts_of([story]).get(story.pk), request.user)
    if host is None:
        raise Http404("Nobody would get it.")
    asking = Asking(
        host,
        lambda asked, to_desk: meet.ask_about(by=request.user, story=story, host=host, request=asked, to_desk=to_desk),
        back=story.get_absolute_url(),
        plan=_plan(request),
        topics=list(story.topics.all()),
        context={"story": story},
    )
    return ask_page(request, asking)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_person(request: HttpRequest, key: int) -> HttpResponse:
    """Ask the person of a card; a 404 for a card that this reader may not see, and for one that leads to nobody."""
    cards = Contact.objects.visible_to(request.user).living(timezone.localdate())
    host = get_object_or_404(cards.select_related("user", "organisation"), pk=key)
    if not is_reachable(host):
        raise Http404("Nobody would get it.")
    asking = Asking(
        host,
        lambda asked, to_desk: introductions.ask(by=request.user, host=host, request=asked, to_desk=to_desk),
        plan=_plan(request),
        topics=list(host.can_help_with.all()),
    )
    return ask_page(request, asking)


def _plan(request: HttpRequest) -> str:
    """The words of the plan that the reader came with, which they may send along; kept while the page is open."""
    key = request.GET.get("plan", "")
    if key and plans.find(request.session, key) and request.session.get(PLAN_KEY) != key:
        request.session[PLAN_KEY] = key
    plan = plans.find(request.session, request.session.get(PLAN_KEY, ""))
    return plan.text if plan else ""


def host_of(found: StoryContact | None, reader: Reader) -> Contact | None:
    """Whom this reader may ask about a story: its contact, if their card is living and leads to somebody."""
    if found is None:
        return None
    cards = Contact.objects.visible_to(reader).living(timezone.localdate()).select_related("user", "organisation")
    host = cards.filter(pk=found.contact_id).first()
    return host if host and is_reachable(host) else None

"""A person with their stories: here and not in networks, which knows no story."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.limits import Rate
from learning_portal.common.views import errors
from networks import card_words
from networks.introductions.hosts import is_reachable
from networks.left_actions import may_report, report_left
from networks.models import Contact
from networks.views.slowing import slowed
from networks.work_actions import NotTheirs

from ..choices import Voice
from ..forms.left import LeftForm
from ..models import Story, StoryContact

LEFT_A_DAY = Rate("left reports", 10, 24 * 60 * 60)
"""By one person: whoever tidies up after a reorganisation has the programme team."""
MOST_STORIES = 20


def shown_to(request: HttpRequest, key: int) -> Contact:
    """The card of this key, if this reader may see it. Raises Http404 as for what does not exist."""
    cards = Contact.objects.visible_to(request.user).living(timezone.localdate())
    return get_object_or_404(cards.select_related("organisation", "deputy", "user"), pk=key)


@never_cache
@require_safe
def detail(request: HttpRequest, key: int) -> HttpResponse:
    """What somebody can help with and how they like to meet, and their stories that this reader may open."""
    if (refusal := slowed(request)) is not None:
        return refusal
    contact, today = shown_to(request, key), timezone.localdate()
    visible = Story.objects.visible_to(request.user).published().filter(voice=Voice.NAMED)
    of_theirs = visible.filter(pk__in=StoryContact.objects.filter(contact=contact).values("story"))
    keys = list(of_theirs.order_by("-published_on", "pk").values_list("pk", flat=True)[:MOST_STORIES])
    deputy = contact.deputy_id and Contact.objects.visible_to(request.user).living(today).filter(pk=contact.deputy_id)
    context = {
        "contact": contact,
        "rows": _rows(contact),
        "confirmed": card_words.confirmed(contact, today),
        "paused": contact.is_paused(today),
        "stories": Story.objects.cards_of(keys),
        "deputy": deputy.first() if deputy else None,
        "may_ask": is_reachable(contact),
        "own": contact.user_id is not None and contact.user_id == request.user.pk,
        "may_report": request.user.is_authenticated and may_report(request.user),
    }
    response = render(request, "stories/person_detail.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _rows(contact: Contact) -> list[tuple[str, str]]:
    return [
        (_("Can help with"), card_words.labels(contact.can_help_with.all())),
        (_("Wants to learn about"), card_words.labels(contact.wants_to_learn.all())),
        *card_words.how(contact, timezone.localdate()),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def left(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody says that this person has left. We ask their team; until it answers nothing changes."""
    contact = shown_to(request, key)
    if not may_report(request.user) or contact.user_id == request.user.pk:
        raise Http404("Not for this reader.")
    form = LeftForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "stories/person_left.html", {"contact": contact, "form": form}, status=status)
    if wait := LEFT_A_DAY.take(str(request.user.pk)):
        return errors.too_many(wait)
    try:
        report_left(by=request.user, contact=contact, words=form.cleaned_data["words"])
    except NotTheirs as refusal:
        raise Http404("Not for this reader.") from refusal
    messages.success(request, _("Thank you. We ask whether it is so. Until then nothing changes."))
    return redirect("stories:person-detail", contact.pk)

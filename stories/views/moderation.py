"""The work list of whoever moderates, one item of it, and the criteria by which they decide."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.paging import page_of

from .. import worklist
from ..access import moderates
from ..actions import Refused, Stale
from ..deeds import DEEDS, Deed, Seen, form_of
from ..item import shown
from ..models import Story

A_PAGE = 30


def check_moderates(request: HttpRequest) -> None:
    """Pages for moderators are not there for anybody else; visitors were led to sign in before."""
    if not moderates(request.user):
        raise Http404("Not for this reader.")


def opened(request: HttpRequest):
    """The stories that this moderator may decide about: of their pool, not their own."""
    found = Story.objects.looked_after_by(request.user).filter(status__in=worklist.OPEN)
    return found.select_related("organisation", "published_version", "revises__published_version")


@never_cache
@require_safe
@login_required
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits in one's pools: what waits for moderators first, and of that the oldest."""
    check_moderates(request)
    today = timezone.localdate()
    waiting = worklist.waiting_for(request.user)
    mine = request.GET.get("handed") == "me"
    listed = worklist.handed_to(waiting, request.user) if mine else waiting
    page = page_of(listed.select_related("organisation"), request.GET.get("page"), A_PAGE)
    context = {
        "page": page,
        "items": worklist.items(page.object_list, request.user, today),
        "mine": mine,
        "counts": worklist.counts(waiting, request.user),
        "median": worklist.median_wait(today),
    }
    return render(request, "stories/moderation_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: both versions with their differences, what may identify somebody, and what can be done."""
    check_moderates(request)
    if request.method != "POST":
        return page_of_item(request, get_object_or_404(opened(request), pk=pk))
    story = opened(request).filter(pk=pk).first()
    deed = DEEDS.get(request.POST.get("do", ""))
    if story is None:
        return gone(request)
    if deed is None:
        return page_of_item(request, story, status=422)
    return _done(request, story, deed)


def _done(request: HttpRequest, story: Story, deed: Deed) -> HttpResponse:
    """Do it and go on; or say why not, with all that was typed."""
    form = form_of(deed, request.user, request.POST)
    if form is not None and not form.is_valid():
        return page_of_item(request, story, deed, form, status=422)
    seen = Seen(request.POST.get("seen", ""), request.POST.get("read", ""))
    try:
        if seen.status != story.status:
            raise Stale(_("Somebody has decided about this story meanwhile."))
        deed.act(request.user, story, seen, form.cleaned_data if form else {})
    except Stale as stale:
        messages.error(request, _("%(what)s Nothing you typed is lost: look at it again.") % {"what": stale})
        still = opened(request).filter(pk=story.pk).first()
        return page_of_item(request, still, deed, form, status=409) if still else gone(request)
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return page_of_item(request, story, deed, form, status=422)
    messages.success(request, str(deed.done))
    return redirect("stories:moderation-item", story.pk) if deed.stays else redirect("stories:moderation-list")


def page_of_item(request: HttpRequest, story: Story, deed: Deed | None = None, form=None, status=200) -> HttpResponse:
    """The page of an item; `deed` and `form`: what was tried, to be shown again."""
    offered = [one for one in DEEDS.values() if one.fits(story) and one.name != "approve"]
    context = {
        "story": story,
        "deeds": [(one, form if one is deed and form else form_of(one, request.user), one is deed) for one in offered],
        "typed": typed(request) if request.method == "POST" and deed not in offered else [],
        "form": form,
        "may_edit": story.status in worklist.EDITABLE,
        **shown(story, request.user),
    }
    response = render(request, "stories/moderation_item.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """What was sent about a story that is not in this moderator's list: the same for one that never was."""
    return render(request, "stories/moderation_gone.html", {"typed": typed(request)}, status=409)


def typed(request: HttpRequest) -> list[str]:
    """The words that somebody typed into whatever form this was."""
    ours = {"csrfmiddlewaretoken", "do", "seen", "read"}
    return [words for name, words in request.POST.items() if name not in ours and words.strip()]


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """By what moderators decide, for everybody."""
    return render(request, "stories/moderation_criteria.html", {"median": worklist.median_wait(timezone.localdate())})

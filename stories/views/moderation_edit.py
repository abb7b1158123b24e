"""A moderator makes the words of a story safer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actions import Refused, Stale, moderate
from ..content import Content
from ..forms.moderation import SaferForm
from ..models import Story
from ..worklist import EDITABLE, marks_of, parts_of
from .moderation import check_moderates, gone, opened


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Each part of the newest words in a field, with its marks."""
    check_moderates(request)
    found = opened(request).filter(status__in=EDITABLE)
    if request.method != "POST":
        story = get_object_or_404(found, pk=pk)
        return _page(request, story, SaferForm(content=_newest(story)), status=200)
    story = found.filter(pk=pk).first()
    if story is None:
        return gone(request)
    form = SaferForm(request.POST, content=_newest(story))
    if not form.is_valid():
        return _page(request, story, form, status=422)
    return _kept(request, story, form)


def _kept(request: HttpRequest, story: Story, form: SaferForm) -> HttpResponse:
    """Keep the words; or, if somebody was quicker, show theirs beside what was typed."""
    try:
        moderate.edit(by=request.user, story=story, content=form.safer(), read=request.POST.get("read", ""))
    except Stale as stale:
        messages.error(
            request, _("%(what)s What you typed is still here, with the text as it stands now.") % {"what": stale}
        )
        still = opened(request).filter(pk=story.pk, status__in=EDITABLE).first()
        return _page(request, still, form, status=409, theirs=True) if still else gone(request)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, story, form, status=422)
    messages.success(request, _("Your words are kept. Their author is asked to approve them."))
    return redirect("stories:moderation-item", story.pk)


def _newest(story: Story) -> Content:
    return story.versions()[0].content


def _page(request: HttpRequest, story: Story, form: SaferForm, *, status: int, theirs: bool = False) -> HttpResponse:
    newest = story.versions()[0]
    marks = marks_of(newest.content, story.language)
    now = {key: text for key, (_label, text) in parts_of(newest.content).items()} if theirs else {}
    rows = [(form[key], [mark for mark in marks if mark.section == key], now.get(key, "")) for key in form.fields]
    context = {"story": story, "newest": newest, "form": form, "rows": rows}
    response = render(request, "stories/moderation_edit.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response

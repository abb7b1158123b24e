"""Collections: stories that the programme team has put together. Everybody meets those of them that they may read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.paging import page_of
from learning_portal.common.team import check_team, is_team

from ..actions import Refused
from ..actions import curate as verbs
from ..cards import Card
from ..forms import CollectForm, CollectionForm
from ..models import Collection, Story

STORIES_A_PAGE = 20


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    """All collections that hold anything for this reader; the team sees the others too, to fill them."""
    team = is_team(request.user)
    found = Collection.objects.all() if team else Collection.objects.showing(_visible(request))
    return render(request, "stories/collection_list.html", {"collections": found, "team": team})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection: its introduction, and those of its stories that this reader may open."""
    team, visible = is_team(request.user), _visible(request)
    shown = Collection.objects.all() if team else Collection.objects.showing(visible)
    collection = get_object_or_404(shown, slug=slug)
    page = page_of(collection.keys(visible), request.GET.get("page"), STORIES_A_PAGE)
    cards = [Card(story) for story in Story.objects.cards_of(page.object_list)]
    context = {"collection": collection, "page": page, "cards": cards, "team": team}
    return render(request, "stories/collection_detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: HttpRequest) -> HttpResponse:
    """A new collection, for the programme team."""
    check_team(request)
    form = CollectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        collection = verbs.save_collection(by=request.user, **form.cleaned_data)
        return redirect("stories:collection-edit", collection.slug)
    return render(request, "stories/collection_edit.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Its words, and which stories are in it. What this member of the team may not read stays in it, unseen."""
    check_team(request)
    collection = get_object_or_404(Collection, slug=slug)
    visible = _visible(request)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    forms = {
        "words": CollectionForm(request.POST if wanted == "words" else None, initial=vars(collection)),
        "add": CollectForm(request.POST if wanted in {"add", "remove"} else None, visible=visible),
    }
    if wanted and (answer := _done(request, collection, wanted, forms)):
        return answer
    context = {
        "collection": collection,
        "form": forms["add" if wanted in {"add", "remove"} else "words"],
        "words_form": forms["words"],
        "add_form": forms["add"],
        "stories": Story.objects.cards_of(collection.keys(visible)[:500]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "stories/collection_edit.html", context, status=status)


def _done(request: HttpRequest, collection: Collection, wanted: str, forms: dict) -> HttpResponse | None:
    """Do what was asked for and lead on; None if the form has to be put right."""
    by, here = request.user, redirect("stories:collection-edit", collection.slug)
    if wanted == "erase":
        verbs.erase_collection(by=by, collection=collection)
        messages.success(request, _("The collection is taken apart. Its stories stay."))
        return redirect("stories:collection-list")
    if wanted == "words" and forms["words"].is_valid():
        verbs.save_collection(by=by, collection=collection, **forms["words"].cleaned_data)
        messages.success(request, _("The words of the collection are kept."))
        return here
    if wanted in {"add", "remove"} and forms["add"].is_valid():
        verb = verbs.collect if wanted == "add" else verbs.uncollect
        try:
            verb(by=by, collection=collection, story=forms["add"].cleaned_data["story"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        return here
    return None


def _visible(request: HttpRequest) -> QuerySet[Story]:
    return Story.objects.visible_to(request.user).published()

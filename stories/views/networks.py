"""A network's page: for everybody what it is for, for its members its stories and what they say of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning_portal.common.limits import Rate
from learning_portal.common.paging import page_of
from learning_portal.common.refused import Refused
from learning_portal.common.team import is_team
from networks.faces import convenors_by_network
from networks.models import Admission, Membership, Network
from networks.network_access import membership_of
from networks.network_events import next_meetings
from networks.network_life import may_move

from ..cards import Card
from ..forms.network import TalkForm
from ..models import Story
from ..network_talk import posts_of, questions_of, say_of, stories_of, talk

STORIES_A_PAGE = 10
POSTS_A_PAGE = 20
POSTS = Rate("network posts", 40, 24 * 60 * 60)
"""A day, of one person in all networks."""


@never_cache
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is for, who convenes it, and the one right button. What is for members is not there for anybody else."""
    network = _network(slug)
    return _page(request, network, membership_of(request.user, network))


@never_cache
@require_POST
@login_required
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """A few words of a member. For anybody else there is nothing here."""
    network = _network(slug)
    membership = membership_of(request.user, network)
    if membership is None or not network.is_active:
        raise Http404("Not for this reader.")
    form = _form(request, membership, request.POST)
    if form.is_valid():
        try:
            if POSTS.take(str(request.user.pk)):
                raise Refused(_("You have done this often today. Try again tomorrow."))
            say_of(by=request.user, network=network, language=get_language() or "en", **form.cleaned_data)
            messages.success(request, _("The other members can read it now."))
            return redirect("stories:network-detail", slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, network, membership, form, status=422)


def _network(slug: str) -> Network:
    found = Network.objects.shown().select_related("merged_into").prefetch_related("topics")
    return get_object_or_404(found, slug=slug)


def _form(request: HttpRequest, membership: Membership, data: Any = None) -> TalkForm:
    stories = stories_of(membership.network, request.user)
    return TalkForm(data, stories=stories)


def _page(
    request: HttpRequest,
    network: Network,
    membership: Membership | None,
    form: TalkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "network": network,
        "convenors": convenors_by_network([network], request.user).get(network.pk, []),
        "membership": membership,
        "meeting": next_meetings([network], request.user, timezone.now()).get(network.pk),
        "team": is_team(request.user),
        **(_for_members(request, network, membership, form) if membership else _for_others(request, network)),
    }
    return render(request, "stories/network_detail.html", context, status=status)


def _for_members(
    request: HttpRequest, network: Network, membership: Membership, form: TalkForm | None
) -> dict[str, Any]:
    membership.network, membership.user = network, request.user
    page = page_of(
        stories_of(network, request.user).values_list("pk", flat=True), request.GET.get("page"), STORIES_A_PAGE
    )
    posts = page_of(posts_of(network, request.user), request.GET.get("said"), POSTS_A_PAGE)
    return {
        "page": page,
        "cards": [Card(story) for story in Story.objects.cards_of(page.object_list)],
        "posts": posts,
        "said": talk(posts.object_list, membership),
        "form": form or (_form(request, membership) if network.is_active else None),
        "questions": questions_of(network),
        "may_move": network.is_merged and may_move(request.user, network),
        "waiting": membership.is_convenor
        and Admission.objects.waiting().filter(network=network, kind="asked").exists(),
    }


def _for_others(request: HttpRequest, network: Network) -> dict[str, Any]:
    asked = Admission.objects.waiting().filter(network=network, kind="asked", user_id=request.user.pk)
    return {"asked": asked.first() if request.user.is_authenticated else None}

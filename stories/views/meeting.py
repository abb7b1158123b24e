"""Whom to meet: for a plan, a story, a topic, or for oneself."""

import dataclasses
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning_portal.common.models import User
from learning_portal.common.public_ids import decode
from networks.choices import TopicGroup
from networks.models import Contact, Preferences, Topic
from networks.workplace import workplace_of

from .. import plans
from ..facets import Vocabulary
from ..filters import Chip
from ..forms.people_to_meet import MeetForm
from ..hosts import Wanted, people_to_meet
from ..models import Story

MOST_TOPICS = 12
"""More in an address than anybody chooses."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What people are looked for: the topics of an address, of a plan, of a story or of the reader's own wishes."""

    topics: list[Topic]
    url: str = ""
    """The page that led here."""
    label: str = ""
    said: Sequence[tuple[str, str]] = ()
    """Of what the reader once said they want to learn: the pages where they said it."""
    keeping: str = ""
    """The query by which a request to meet has the plan at hand."""


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """At most ten people, the best first, with the reason in words."""
    form = MeetForm(request.GET)
    form.is_valid()
    vocabulary = Vocabulary.load()
    asked = _asked(request, form, vocabulary)
    organisation = workplace_of(request.session, request.user)
    wanted = Wanted(asked.topics, organisation, form.cleaned_data["format"], form.cleaned_data["within"])
    found = people_to_meet(request.user, wanted, timezone.localdate()) if asked.topics else []
    context = {
        "form": form,
        "asked": asked,
        "people": found,
        "chips": [Chip(topic.label, _without(request, asked.topics, topic)) for topic in asked.topics],
        "vocabulary": [(group.label, vocabulary.topics[group]) for group in TopicGroup],
        "organisation": organisation,
    }
    return render(request, "stories/people_to_meet.html", context)


def _asked(request: HttpRequest, form: MeetForm, vocabulary: Vocabulary) -> Asked:
    chosen = vocabulary.find(form.cleaned_data["topic"])[:MOST_TOPICS]
    key = form.cleaned_data["plan"]
    if back := plans.way_back(request.session, key):
        return Asked(chosen, back, _("Back to your plan"), keeping=f"?plan={key}")
    story = _story(request, form.cleaned_data["story"])
    if story:
        return Asked(chosen or list(story.topics.all())[:MOST_TOPICS], story.get_absolute_url(), _("Back to the story"))
    if chosen or not request.user.is_authenticated or "topic" in request.GET:
        return Asked(chosen)
    return _wishes(request.user)


def _wishes(user: User) -> Asked:
    """What they want to learn: as they said when they came in, and on their card."""
    said = Preferences.wants.through.objects.filter(preferences=user.pk).values_list("topic", flat=True)
    on_card = Contact.wants_to_learn.through.objects.filter(contact__user=user).values_list("topic", flat=True)
    interests = (reverse("networks:interests"), _("What you know and want to learn"))
    card = (reverse("networks:card-section", args=["learn"]), _("Your card"))
    pages = [page for page, topics in ((interests, said), (card, on_card)) if topics]
    return Asked(list(Topic.objects.filter(pk__in={*said, *on_card})[:MOST_TOPICS]), said=pages)


def _story(request: HttpRequest, public_id: str) -> Story | None:
    """A story that this reader may open; None for what is none, and for any other."""
    try:
        key = decode(public_id)
    except ValueError:
        return None
    return Story.objects.visible_to(request.user).published().filter(pk=key).first()


def _without(request: HttpRequest, topics: list[Topic], gone: Topic) -> str:
    """The address of this page without one of its topics."""
    data = request.GET.copy()
    data.setlist("topic", [topic.slug for topic in topics if topic != gone] or [""])
    return f"?{data.urlencode()}"

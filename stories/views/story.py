from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks.models import Organisation, Preferences, Topic
from networks.workplace import workplace_of

from .. import context, doing, related, similarity
from ..access import Reader
from ..came_from import CameFrom, came_from
from ..choices import Audience, Status
from ..models import Story
from ..page import at_a_glance, facts_of, is_long, timeline_of, topics_by_group
from ..surroundings import Surroundings, surroundings_of
from ..text import paragraphs
from .asking import host_of
from .plans import contacts_of


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, as far as its voice allows; a 404 like any other for who may not read it."""
    visible = Story.objects.visible_to(request.user)
    story = get_object_or_404(visible.for_cards().select_related("programme"), pk=pk)
    if not story.has_words:
        raise Http404  # a draft of one's own: its pages are those under its receipt
    response = render(request, "stories/story_detail.html", _context(request, story, visible))
    if story.audience != Audience.PUBLIC or story.status != Status.PUBLISHED:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


def _context(request: HttpRequest, story: Story, visible: QuerySet[Story]) -> dict[str, Any]:
    """Its words, its place, whom to ask, and what else this reader may open and do."""
    before = came_from(request)
    organisation = before.plan.organisation if before.plan else workplace_of(request.session, request.user)
    topics = list(story.topics.all())
    there = surroundings_of(story)
    timeline = timeline_of(story) if there.updates else []
    return {
        "story": story,
        "content": story.content,
        "sections": [(section, paragraphs(text)) for section, text in story.content.filled()],
        "answers": story.content.answered(),
        "is_long": is_long(story.content),
        "glance": at_a_glance(story),
        "topics": topics_by_group(topics),
        "facts": facts_of(story),
        "source_link": story.source_url if story.source_url.startswith(("http://", "https://")) else "",
        "timeline": timeline,
        "explanation": explanation_for(story, before, organisation),
        "organisation": organisation,
        "before": before,
        "find_query": before.keeping or _about(topics),
        "address": request.build_absolute_uri(request.path),
        **_whom_to_ask(story, request.user, there),
        **related.beside(story, topics, request.user, visible.published()),
        **doing.with_story(story, request.user, there, has_updates=bool(timeline)),
    }


def _about(topics: list[Topic]) -> str:
    """The query by which the matching desk is told what somebody is looked for about."""
    return f"?{urlencode([('topic', topic.slug) for topic in topics])}" if topics else ""


def _whom_to_ask(story: Story, reader: Reader, there: Surroundings) -> dict[str, Any]:
    """The contact, how they may be met, and whether this reader may ask anybody on the page behind the link."""
    contact = contacts_of([story], reader).get(story.pk) if there.contacts else None
    is_there = not story.is_named or host_of(contact, reader) is not None
    formats = contact.contact.format_labels_for(Preferences.objects.liked_formats(reader)) if contact else []
    return {"contact": contact, "formats": formats, "may_ask": story.status == Status.PUBLISHED and is_there}


def explanation_for(story: Story, before: CameFrom, organisation: Organisation | None) -> similarity.Explanation | None:
    """Why this story is like the plan whose answer led here, with the same score as there; else why its place is like
    the reader's. None while the reader has said neither, and for a place that is their own."""
    if before.reader:
        return before.reader.explain(story)
    if organisation is None or organisation.pk == story.organisation_id:
        return None
    return similarity.explain(context.of_organisation(organisation), story.context, figures=story.is_named)

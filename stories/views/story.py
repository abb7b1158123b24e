from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks.models import Organisation

from .. import context, plans, related, similarity
from ..choices import Audience, Status
from ..models import Story
from ..page import at_a_glance, facts_of, is_long, timeline_of, topics_by_group
from ..text import paragraphs
from .plans import contacts_of


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, as far as its voice allows; a 404 like any other for who may not read it."""
    visible = Story.objects.visible_to(request.user)
    story = get_object_or_404(visible.for_cards().select_related("programme", "organisation__replaced_by"), pk=pk)
    organisation = plans.organisation_of(request.session, request.user)
    topics = list(story.topics.all())
    response = render(
        request,
        "stories/story_detail.html",
        {
            "story": story,
            "content": story.content,
            "sections": [(section, paragraphs(text)) for section, text in story.content.filled()],
            "answers": story.content.answered(),
            "is_long": is_long(story.content),
            "glance": at_a_glance(story),
            "topics": topics_by_group(topics),
            "facts": facts_of(story),
            "source_link": story.source_url if story.source_url.startswith(("http://", "https://")) else "",
            "contact": contacts_of([story]).get(story.pk),
            "timeline": timeline_of(story),
            "explanation": explanation_for(story, organisation),
            "organisation": organisation,
            **related.beside(story, topics, visible.published()),
            "back": plans.latest_answer(request.session),
            "address": request.build_absolute_uri(request.path),
        },
    )
    if story.audience != Audience.PUBLIC or story.status != Status.PUBLISHED:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


def explanation_for(story: Story, organisation: Organisation | None) -> similarity.Explanation | None:
    """Why this place is like the reader's; None while the reader has not said where they work."""
    if organisation is None or organisation.pk == story.organisation_id:
        return None
    return similarity.explain(context.of_organisation(organisation), story.context, figures=story.is_named)

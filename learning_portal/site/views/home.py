from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from networks.choices import TopicGroup
from networks.introductions import desk
from networks.models import Topic
from networks.workplace import workplace_of
from stories import plans
from stories.cards import Card
from stories.choices import Outcome
from stories.facets import PROBLEM_FACET, Vocabulary, count
from stories.forms import PlanForm
from stories.models import Story

LATEST = 4
LOOKED_AT = 100
"""How many of the newest stories are looked through for one in the reader's own language."""
TOPICS = 12
SAVES_A_YEAR = (Outcome.FAILED, Outcome.STOPPED)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question. Below, for those who only look: search, topics, what was learnt lately, one story worth a year."""
    visible = Story.objects.visible_to(request.user).published()
    organisation = workplace_of(request.session, request.user)
    latest = latest_keys(visible)
    plan = plans.find(request.session, request.GET.get("plan", ""))
    initial = plan.initial if plan else {"organisation": organisation.name if organisation else ""}
    context = {
        "form": PlanForm(initial=initial),
        "latest": [Card(story, dated=True) for story in Story.objects.cards_of(latest)],
        "worth_a_year": worth_a_year(visible, latest),
        "topics": busiest_topics(visible),
        "unmet": desk.unmet_topics(timezone.localdate()),
    }
    return render(request, "site/home.html", context)


def latest_keys(visible) -> list[int]:
    """The newest stories, before them the newest of the latest that is told in the reader's own language."""
    newest = list(visible.order_by("-published_on", "pk").values_list("pk", "language")[:LOOKED_AT])
    own = [pk for pk, language in newest if language == get_language()][:1]
    return [*own, *(pk for pk, _language in newest if pk not in own)][:LATEST]


def worth_a_year(visible, latest: list[int]) -> Card | None:
    """One story that might save its reader a year: the costliest of those that failed or stopped, not shown already."""
    costly = (
        visible.filter(outcome__in=SAVES_A_YEAR, cost__isnull=False)
        .exclude(pk__in=latest)
        .order_by(F("months").desc(nulls_last=True), "-cost", "pk")
        .values_list("pk", flat=True)[:1]
    )
    return next(map(Card, Story.objects.cards_of(list(costly))), None)


def busiest_topics(visible) -> list[tuple[Topic, int]]:
    """The problems with the most stories that this reader may open."""
    vocabulary = Vocabulary.load()
    counts = count(visible, {}, vocabulary, [PROBLEM_FACET])[TopicGroup.PROBLEM]
    topics = [topic for topic in vocabulary.topics[TopicGroup.PROBLEM] if counts[topic.slug]]
    busiest = sorted(topics, key=lambda topic: (-counts[topic.slug], topic.slug))[:TOPICS]
    return [(topic, counts[topic.slug]) for topic in busiest]

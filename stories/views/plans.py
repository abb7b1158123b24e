"""Plan check: the front door. The plan's words never stand in an address; the session keeps them under a random key."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from networks.choices import TopicGroup
from networks.models import Topic

from .. import plan_check, plans
from ..actions import find_shared_plan, share_plan
from ..cards import Card
from ..facets import Vocabulary
from ..forms import PlanForm, PlanOptionsForm
from ..models import Story, StoryContact
from ..plans import Plan
from ..suggest import suggest

__all__ = ["as_text", "create", "detail", "share", "shared"]


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Keep the plan, suggest its topics, and go to its answer. On an error nothing that was typed is lost."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return render(request, "stories/plan_edit.html", {"form": form}, status=422)
    organisation = form.cleaned_data["organisation"]
    plan = Plan(form.cleaned_data["text"], organisation.code if organisation else "")
    key = plans.keep(request.session, plan)
    return redirect(f"{reverse('stories:plan-detail', args=[key])}?{_first_query(form, plan)}")


def _first_query(form: PlanForm, plan: Plan) -> str:
    """The address of a new plan's answer: what was chosen, and the topics that its words suggest."""
    suggested = [topic.slug for topic in suggest(plan.text, Topic.objects.all())]
    topics = list(dict.fromkeys([*form.chosen_topics(), *suggested]))
    stated = [(name, form.cleaned_data[name]) for name in ("delivery", "budget") if form.cleaned_data[name]]
    return urlencode([("topic", slug) for slug in topics] + stated)


@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    plan = plans.find(request.session, key)
    if plan is None:
        return _gone(request)
    plans.remember_answer(request.session, key, request.GET.urlencode())
    return render(request, "stories/plan_detail.html", _answered(request, plan) | {"key": key})


@require_safe
def as_text(request: HttpRequest, key: str) -> HttpResponse:
    """The answer as plain text with links, to paste into a mail or a paper."""
    plan = plans.find(request.session, key)
    if plan is None:
        return _gone(request)
    context = _answered(request, plan) | {"base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "stories/plan_detail.txt", context, content_type="text/plain; charset=utf-8")


@require_POST
def share(request: HttpRequest, key: str) -> HttpResponse:
    """Make the address that shows this plan to a colleague, and show it."""
    plan = plans.find(request.session, key)
    if plan is None:
        return _gone(request)
    token = share_plan(plan=plan, query=request.GET.urlencode())
    address = request.build_absolute_uri(reverse("stories:plan-shared", args=[token]))
    return render(
        request, "stories/plan_shared_link.html", {"address": address, "key": key, "query": request.GET.urlencode()}
    )


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague's plan, answered with what *this* reader may see."""
    found = find_shared_plan(token)
    if found is None:
        return _gone(request)
    plan = Plan(found.text, found.organisation.code if found.organisation else "")
    if not request.GET and found.query:
        return redirect(f"{request.path}?{found.query}")
    response = render(request, "stories/plan_detail.html", _answered(request, plan) | {"shared": found})
    response["X-Robots-Tag"] = "noindex"
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    """A plan that this session does not hold, or that has expired: the question again, and why."""
    return render(request, "stories/plan_edit.html", {"form": PlanForm(), "gone": True}, status=404)


def _answered(request: HttpRequest, plan: Plan) -> dict:
    """The plan, its options and its answer, for the page and for the text."""
    form = PlanOptionsForm(request.GET)
    form.is_valid()
    cleaned = form.cleaned_data
    vocabulary = Vocabulary.load()
    topics = vocabulary.find(cleaned["topic"])
    options = plan_check.Options(
        dial=cleaned["dial"],
        sector=cleaned["sector"],
        topics=tuple(topics),
        delivery=int(cleaned["delivery"]) if cleaned["delivery"] else None,
        budget=int(cleaned["budget"]) if cleaned["budget"] else None,
    )
    visible = Story.objects.visible_to(request.user).published()
    answer = plan_check.answer(plan, options, visible, wrong=cleaned["wrong"])
    contacts = contacts_of([attempt.story for attempt in [*answer.attempts, *answer.elsewhere]])
    return {
        "plan": plan,
        "options": options,
        "options_form": form,
        "dials": PlanOptionsForm.DIAL,
        "sectors": PlanOptionsForm.SECTORS,
        "topics": topics,
        "vocabulary": [(group.label, vocabulary.topics[group]) for group in TopicGroup],
        "wrong": next(iter(vocabulary.find([cleaned["wrong"]])), None),
        "answer": answer,
        "attempts": [card_of(attempt, contacts) for attempt in answer.attempts],
        "elsewhere": [card_of(attempt, contacts) for attempt in answer.elsewhere],
        "query": request.GET.urlencode(),
        "query_without_wrong": _without(request, "wrong"),
    }


def _without(request: HttpRequest, name: str) -> str:
    data = request.GET.copy()
    data.pop(name, None)
    return data.urlencode()


def card_of(attempt: plan_check.Attempt, contacts: dict[int, StoryContact]) -> Card:
    return Card(attempt.story, attempt.explanation, contact=contacts.get(attempt.story.pk))


def contacts_of(stories: list[Story]) -> dict[int, StoryContact]:
    """Whom to ask about each story, for stories that this reader may see: one query."""
    found = StoryContact.objects.filter(story__in=[story.pk for story in stories if story.is_named])
    return {link.story_id: link for link in found.select_related("contact__organisation").order_by("-pk")}

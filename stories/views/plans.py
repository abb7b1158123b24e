"""Plan check: the front door. The plan's words never stand in an address; the session keeps them under a random key."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from networks.choices import TopicGroup
from networks.models import Contact, Topic

from .. import plan_check, plans
from ..access import Reader
from ..actions import find_shared_plan, share_plan
from ..came_from import plan_of
from ..cards import Card
from ..facets import Vocabulary
from ..filters import Chip
from ..forms import DETAILS, PlanForm, PlanOptionsForm
from ..models import Story, StoryContact
from ..plans import Plan
from ..suggest import suggest

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
"""Pages that a form leads to: whoever changes the language there, or opens a bookmark, comes with GET."""


@READ_OR_SEND
def create(request: HttpRequest) -> HttpResponse:
    """Keep the plan, suggest its topics, and go to its answer. On an error nothing that was typed is lost."""
    if request.method != "POST":
        return _typed_again(request)
    form = PlanForm(request.POST)
    if not form.is_valid():
        plans.remember_typed(request.session, {name: request.POST.get(name, "") for name in form.fields})
        return render(request, "stories/plan_edit.html", {"form": form}, status=422)
    organisation = form.cleaned_data["organisation"]
    details = {name: form.cleaned_data[name] for name in DETAILS if form.cleaned_data[name]}
    plan = Plan(form.cleaned_data["text"], organisation.code if organisation else "", details)
    key = plans.keep(request.session, plan)
    return redirect(f"{reverse('stories:plan-detail', args=[key])}?{_first_query(form, plan)}")


def _typed_again(request: HttpRequest) -> HttpResponse:
    """What was typed and could not be taken, in the language of now; the question itself where nothing was."""
    typed = plans.typed(request.session)
    return render(request, "stories/plan_edit.html", {"form": PlanForm(typed)}) if typed else redirect("site:home")


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
        return gone(request)
    plans.remember_answer(request.session, key, request.GET.urlencode())
    context = _answered(request, plan, key)
    if context["answer"].is_weak:
        context["form"] = PlanForm(initial=plan.initial)
    return render(request, "stories/plan_detail.html", context)


@require_safe
def as_text(request: HttpRequest, key: str) -> HttpResponse:
    """The answer as plain text with links, to paste into a mail or a paper."""
    plan = plans.find(request.session, key)
    if plan is None:
        return gone(request)
    context = _answered(request, plan, key) | {"base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "stories/plan_detail.txt", context, content_type="text/plain; charset=utf-8")


@READ_OR_SEND
def share(request: HttpRequest, key: str) -> HttpResponse:
    """Make the address that shows this answer to a colleague, once, and show it."""
    plan = plans.find(request.session, key)
    if plan is None:
        return gone(request)
    query = request.GET.urlencode()
    token = plans.link_to(request.session, key, query)
    found = find_shared_plan(token)
    if request.method == "POST":
        if found is None:
            plans.remember_link(request.session, key, query, share_plan(plan=plan, query=query))
        return redirect(request.get_full_path())
    if found is None:
        return redirect(f"{reverse('stories:plan-detail', args=[key])}?{query}")
    address = request.build_absolute_uri(reverse("stories:plan-shared", args=[token]))
    context = {"address": address, "until": found.expires_on, "key": key, "query": query}
    return render(request, "stories/plan_shared_link.html", context)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague's plan, answered with what *this* reader may see."""
    found = find_shared_plan(token)
    if found is None:
        return gone(request)
    plan = plan_of(found)
    if not request.GET and found.query:
        return redirect(f"{request.path}?{found.query}")
    response = render(request, "stories/plan_detail.html", _answered(request, plan) | {"shared": found})
    response["X-Robots-Tag"] = "noindex"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """A plan that this session does not hold, or that has expired: the question again, and why."""
    return render(request, "stories/plan_edit.html", {"form": PlanForm(), "gone": True}, status=404)


UNFOLDED = 5
"""How many of the closest attempts are shown at once: ten make a page that nobody reads to its end."""
HEADINGS = (
    _("One question to take to your meeting"),
    _("Two questions to take to your meeting"),
    _("Three questions to take to your meeting"),
    _("Four questions to take to your meeting"),
    _("Five questions to take to your meeting"),
)


def heading_of(answer: plan_check.Answer) -> str:
    """What the answer is called: by its questions, or, where no story has one, by its attempts."""
    if answer.is_weak:
        return gettext("We have nothing close on this yet")
    if number := len(answer.questions) + len(answer.further):
        return str(HEADINGS[number - 1])
    return ngettext("%(total)s attempt like your plan", "%(total)s attempts like your plan", answer.total) % {
        "total": number_format(answer.total)
    }


def attempts_heading(answer: plan_check.Answer, wrong: Topic | None) -> str:
    """How many attempts are shown, of how many."""
    number, shown = answer.of_these, len(answer.attempts)
    if answer.is_weak:
        return gettext("The closest that we have")
    if shown < number:
        words = gettext("The %(shown)s closest of %(number)s attempts")
    else:
        words = ngettext("%(number)s attempt", "%(number)s attempts", number)
    words = words % {"shown": number_format(shown), "number": number_format(number)}
    return gettext("%(attempts)s: %(problem)s") % {"attempts": words, "problem": wrong.label} if wrong else words


def _answered(request: HttpRequest, plan: Plan, key: str = "") -> dict:
    """The plan, its options and its answer, for the page and for the text."""
    form = PlanOptionsForm(request.GET)
    form.is_valid()
    vocabulary = Vocabulary.load()
    topics = vocabulary.find(form.cleaned_data["topic"])
    options = form.options(topics)
    problems = vocabulary.topics[TopicGroup.PROBLEM]
    wrong = next((topic for topic in problems if topic.slug == form.cleaned_data["wrong"]), None)
    visible = Story.objects.visible_to(request.user).published()
    answer = plan_check.answer(plan, options, visible, problems=problems, wrong=wrong)
    contacts = contacts_of([attempt.story for attempt in [*answer.attempts, *answer.elsewhere]])

    def card_of(attempt: plan_check.Attempt) -> Card:
        return Card(attempt.story, attempt.explanation, contact=contacts.get(attempt.story.pk), reach=True, plan=key)

    cards = [card_of(attempt) for attempt in answer.attempts]
    unfolded = len(cards) if wrong else UNFOLDED
    return {
        "plan": plan,
        "key": key,
        "options": options,
        "options_form": form,
        "dials": PlanOptionsForm.DIAL,
        "sectors": PlanOptionsForm.SECTORS,
        "chips": [Chip(topic.label, _without(request, "topic", topic.slug)) for topic in topics],
        "topics": topics,
        "vocabulary": [(group.label, vocabulary.topics[group]) for group in TopicGroup],
        "wrong": wrong,
        "answer": answer,
        "cards": cards,
        "attempts": cards[:unfolded],
        "folded": cards[unfolded:],
        "elsewhere": [card_of(attempt) for attempt in answer.elsewhere],
        "heading": heading_of(answer),
        "attempts_heading": attempts_heading(answer, wrong),
        "more": answer.of_these - len(answer.attempts),
        "questions": [(question, Card(question.story, plan=key)) for question in answer.questions],
        "further": [(question, Card(question.story, plan=key)) for question in answer.further],
        "asked": len(answer.questions) + len(answer.further),
    }


def _without(request: HttpRequest, name: str, value: str) -> str:
    """The address of this page without one of its choices."""
    data = request.GET.copy()
    data.setlist(name, [item for item in data.getlist(name) if item != value])
    return f"?{data.urlencode()}"


def contacts_of(stories: list[Story], reader: Reader | None = None) -> dict[int, StoryContact]:
    """Whom to ask about each story, for stories that this reader may see: one query. Nobody who has left.

    With a reader, `has_page` says whether they may open that person's page: the story names them in any case. Without
    one, as for cards, only name and role are read."""
    found = StoryContact.objects.filter(story__in=[story.pk for story in stories if story.is_named])
    found = found.filter(contact__archived_on=None, contact__moved_to=None)
    if reader is None:
        found = found.select_related("contact").only("story", "contact__name", "contact__role")
    else:
        living = Contact.objects.visible_to(reader).living(timezone.localdate())
        found = found.annotate(has_page=Exists(living.filter(pk=OuterRef("contact"))))
        found = found.select_related("contact__organisation")
    return {link.story_id: link for link in found.order_by("-pk")}

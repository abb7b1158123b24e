"""The matching desk, for the programme team: who looks for somebody, and whom to introduce."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.public_ids import decode
from learning_portal.common.team import check_team
from networks.introductions import NotAsked, desk, hand_over, nobody_found
from networks.models import Contact, Introduction, IntroductionStep

from .. import plan_check
from ..cards import Card
from ..hosts import Wanted, people_to_meet
from ..models import Story
from ..plans import Plan

STORIES = 10
Verb = IntroductionStep.Verb
STEP_WORDS = {
    Verb.ASKED: gettext_lazy("Asked"),
    Verb.TEAM_ASKED: gettext_lazy("Asked their team’s mailbox"),
    Verb.UNANSWERED: gettext_lazy("Did not answer in time"),
    Verb.AWAY: gettext_lazy("Could not be reached"),
    Verb.REDIRECTED: gettext_lazy("Named a colleague"),
    Verb.TO_DESK: gettext_lazy("Came to the matching desk"),
}
"""What can have happened before a request lies at the desk."""


@never_cache
@require_safe
@login_required
def desk_list(request: HttpRequest) -> HttpResponse:
    """Open requests, the oldest first, and what nobody could help with."""
    check_team(request)
    today = timezone.localdate()
    waiting = [(one, (today - one.sent_on).days) for one in desk.at_desk()]
    return render(request, "stories/desk_list.html", {"waiting": waiting, "unmet": desk.unmet_topics(today)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def desk_detail(request: HttpRequest, key: int) -> HttpResponse:
    """One request, the ten best people and stories for it, and three ways on."""
    check_team(request)
    asked = get_object_or_404(desk.at_desk().exclude(asker=request.user), pk=key)
    if request.method != "POST":
        return _page(request, asked)
    try:
        done = _act(request, asked)
    except NotAsked as refused:
        return _page(request, asked, error=str(refused.why.label), status=422)
    if done is None:
        return _page(request, asked, error=_("Choose whom to ask."), status=422)
    messages.success(request, _("Thank you. They hear from us.") if done else _("Somebody has answered already."))
    return redirect("stories:desk-list")


def _act(request: HttpRequest, asked: Introduction) -> bool | None:
    """What was chosen; None if it was nothing that is there. Raises NotAsked."""
    if request.POST.get("do") == "nobody":
        return nobody_found(by=request.user, introduction=asked)
    host = _chosen(request, asked)
    return hand_over(by=request.user, introduction=asked, host=host) if host else None


def _chosen(request: HttpRequest, asked: Introduction) -> Contact | None:
    """The person of the list, or the convenor of a network, that was chosen: only whom the page offers."""
    try:
        key = decode(request.POST.get("person", ""))
    except ValueError:
        return None
    offered = {person.contact.pk for person in _people(request, asked)}
    offered |= {card.pk for _network, card in _convenors(request)}
    return Contact.objects.filter(pk=key).first() if key in offered else None


def _wanted(asked: Introduction) -> Wanted:
    return Wanted(list(asked.topics.all()), asked.organisation, asked.format, asker=asked.asker)


def _people(request: HttpRequest, asked: Introduction):
    return people_to_meet(request.user, _wanted(asked), timezone.localdate())


def _convenors(request: HttpRequest) -> list[tuple[str, Contact]]:
    """(network, card) of convenors whose card the team may see."""
    visible = set(Contact.objects.visible_to(request.user).values_list("pk", flat=True))
    return [(network.name, card) for network, card in desk.convenors() if card.pk in visible]


def _page(request: HttpRequest, asked: Introduction, error: str = "", status: int = 200) -> HttpResponse:
    plan = Plan(asked.plan or asked.questions, asked.organisation.code if asked.organisation else "")
    options = plan_check.Options(topics=tuple(asked.topics.all()))
    answer = plan_check.answer(plan, options, Story.objects.visible_to(request.user).published())
    steps = IntroductionStep.objects.filter(introduction=asked).select_related("contact")
    context = {
        "asked": asked,
        "days": (timezone.localdate() - asked.sent_on).days,
        "people": _people(request, asked),
        "convenors": _convenors(request),
        "cards": [Card(attempt.story) for attempt in answer.attempts[:STORIES]],
        "steps": [(step, STEP_WORDS.get(Verb(step.verb), step.get_verb_display())) for step in steps],
        "error": error,
    }
    return render(request, "stories/desk_detail.html", context, status=status)

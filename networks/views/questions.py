"""A network asks its members, and they answer. For members alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from learning_portal.common.limits import Rate
from learning_portal.common.refused import Refused

from .. import network_questions as verbs
from ..models import Membership, NetworkPost, Question, QuestionChoice
from ..network_posts import unsay
from ..network_talk_forms import AnswerForm, PoseForm
from ..ready_questions import READY
from .convening import convenor_or_404, member_or_404
from .networks import READ_OR_SEND, refuse, too_often

QUESTIONS = Rate("network questions", 3, 7 * 24 * 60 * 60)
"""A week, of one network: each goes to all of its members."""


@never_cache
@READ_OR_SEND
@login_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """For a convenor: a question of one's own, or one that is ready."""
    network = convenor_or_404(request, slug)
    if not network.is_active:
        raise Http404("Not while it rests.")
    form = PoseForm(request.POST) if request.method == "POST" else PoseForm(initial=_ready(request))
    if request.method == "POST" and form.is_valid():
        try:
            if QUESTIONS.take(str(network.pk)):
                raise Refused(too_often())
            words = {"text": form.cleaned_data["text"], "choices": form.choices(), "language": get_language() or "en"}
            question = verbs.pose(by=request.user, network=network, **words)
            messages.success(request, _("The members are asked, in their weekly mail and on the network’s page."))
            return redirect("networks:question", slug, question.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"network": network, "form": form, "ready": list(enumerate(READY, 1))}
    return render(request, "networks/question_new.html", context, status=422 if form.errors else 200)


def _ready(request: HttpRequest) -> dict[str, object]:
    """The words of the ready question that the address names."""
    chosen = [ready for number, ready in enumerate(READY, 1) if str(number) == request.GET.get("ready")]
    if not chosen:
        return {}
    choices = {f"choice_{number}": label for number, label in enumerate(chosen[0].choices, 1)}
    return {"text": chosen[0].text, **choices}


@never_cache
@READ_OR_SEND
@login_required
def question(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """The question; what was answered, once one has answered or it is closed."""
    membership = member_or_404(request, slug)
    found = get_object_or_404(Question.objects.select_related("network"), pk=key, network=membership.network)
    choices = QuestionChoice.objects.filter(question=found)
    own = verbs.answer_of(request.user, found)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"choice": own.choice_id if own else None},
    )
    if request.method == "POST" and (done := _done(request, found, form)):
        return done
    return _page(request, membership, found, form, own is not None)


def _done(request: HttpRequest, found: Question, form: AnswerForm) -> HttpResponse | None:
    try:
        if request.POST.get("do") == "erase":
            verbs.take_question_back(by=request.user, question=found)
            messages.success(request, _("The question and its answers are erased."))
            return redirect("stories:network-detail", found.network.slug)
        if form.is_valid():
            verbs.answer_question(by=request.user, question=found, choice=form.cleaned_data["choice"])
            messages.success(request, _("Thank you. You can change your answer until the question closes."))
            return redirect("networks:question", found.network.slug, found.pk)
    except Refused as refusal:
        refuse(request, form, refusal)
    return None


def _page(
    request: HttpRequest, membership: Membership, found: Question, form: AnswerForm, has_answered: bool
) -> HttpResponse:
    is_open = found.is_open(timezone.localdate())
    choices = list(QuestionChoice.objects.filter(question=found))
    tally = verbs.results_of(found, choices) if has_answered or not is_open else None
    context = {
        "network": membership.network,
        "membership": membership,
        "question": found,
        "form": form,
        "is_open": is_open,
        "has_answered": has_answered,
        "results": [(choice.label, tally[choice.pk]) for choice in choices] if tally else [],
        "may_see": has_answered or not is_open,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "networks/question.html", context, status=status)


@never_cache
@require_POST
@login_required
def take_back_post(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """One's own words, or as a convenor anybody's. For anybody else there is nothing here."""
    membership = member_or_404(request, slug)
    found = get_object_or_404(NetworkPost.objects.select_related("network"), pk=key, network=membership.network)
    try:
        unsay(by=request.user, post=found)
    except Refused:
        raise Http404("Not for this reader.") from None
    messages.success(request, _("The words are erased."))
    return redirect("stories:network-detail", slug)

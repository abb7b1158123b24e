"""A host answers from the mail, on a page with one button, without signing in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import introductions as verbs
from ..began import began_with
from ..introduction_forms import HostForm, PauseForm, ReportForm, colleagues_of
from ..introductions.answering import waiting_for
from ..introductions.links import ANSWER, TOGETHER
from ..models import Contact, Introduction
from .meeting_links import meeting_link_over

State = Introduction.State
Forms = dict[str, Form]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meet_answer(request: HttpRequest, token: str) -> HttpResponse:
    """To look at it changes nothing: programs that search mail for harm open every link. What was answered already, or
    went on to somebody else, says so."""
    opened = ANSWER.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    found = Introduction.objects.select_related("asker", "organisation", "host__user", "host__organisation")
    introduction = found.filter(pk=opened.key).first()
    host = Contact.objects.select_related("user", "organisation").filter(pk=opened.who).first()
    if introduction is None or host is None:
        raise Http404("It is erased.")
    if opened.is_over:
        return meeting_link_over(request)
    if introduction.state != State.ASKED or introduction.host_id != host.pk:
        return _page(request, "networks/meet_closed.html", _closed(introduction, host))
    if request.method != "POST":
        return _open(request, introduction, host, _forms(introduction, host))
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        return _open(request, introduction, host, _forms(introduction, host), 422)
    return deed(request, introduction, host)


def _answer(request: HttpRequest, introduction: Introduction, host: Contact) -> HttpResponse:
    forms = _forms(introduction, host, answer=request.POST)
    form = forms["answer"]
    if not form.is_valid():
        return _open(request, introduction, host, forms, 422)
    told: dict[str, Any] = form.cleaned_data
    both: dict[str, Any] = {"introduction": introduction, "host": host}
    try:
        if told["answer"] == "yes":
            verbs.accept(**both, proposal=form.proposal())  # type: ignore[attr-defined]
        elif told["answer"] == "colleague" and told.get("colleague"):
            verbs.redirect(**both, colleague=told["colleague"])
        elif told["answer"] == "not_now":
            verbs.not_now(**both, words=told["words"])
        else:
            verbs.decline(**both, words=told["words"])
    except verbs.NotAsked:
        form.add_error("colleague", _("They cannot take it at present. Choose somebody else, or say whom to ask below"))
        return _open(request, introduction, host, forms, 422)
    return redirect(request.path)


def _pause(request: HttpRequest, introduction: Introduction, host: Contact) -> HttpResponse:
    forms = _forms(introduction, host, pause=request.POST)
    if not forms["pause"].is_valid():
        return _open(request, introduction, host, forms, 422)
    verbs.pause(host=host, until=forms["pause"].cleaned_data["until"])
    messages.success(request, _("Nobody new is put to you until then. What waits here goes on to somebody else."))
    return redirect(request.path)


def _block(request: HttpRequest, introduction: Introduction, host: Contact) -> HttpResponse:
    verbs.block(introduction=introduction, host=host)
    messages.success(request, _("They cannot ask you any more. They are not told why."))
    return redirect(request.path)


def _report(request: HttpRequest, introduction: Introduction, host: Contact) -> HttpResponse:
    forms = _forms(introduction, host, report=request.POST)
    if not forms["report"].is_valid():
        return _open(request, introduction, host, forms, 422)
    verbs.report(introduction=introduction, host=host, words=forms["report"].cleaned_data["report"])
    messages.success(request, _("Thank you. The programme team looks into it."))
    return redirect(request.path)


DEEDS: dict[str, Callable[[HttpRequest, Introduction, Contact], HttpResponse]] = {
    "answer": _answer,
    "pause": _pause,
    "block": _block,
    "report": _report,
}


def _forms(introduction: Introduction, host: Contact, **typed) -> Forms:
    today = timezone.localdate()
    waiting = waiting_for(host).count()
    answer = HostForm(typed.get("answer"), colleagues=colleagues_of(host, today), waiting=waiting, today=today)
    return {
        "answer": answer,
        "pause": PauseForm(typed.get("pause"), today=today),
        "report": ReportForm(typed.get("report")),
    }


def _open(
    request: HttpRequest, introduction: Introduction, host: Contact, forms: Forms, status: int = 200
) -> HttpResponse:
    waiting = waiting_for(host).count()
    is_team = introduction.holder == Introduction.Holder.TEAM or host.user is None
    context = {
        "introduction": introduction,
        "role": _role_of(introduction, host),
        "began": began_with(introduction, None if is_team else host.user),
        "is_team": is_team,
        "host": host,
        "waiting": waiting,
        "many": waiting >= verbs.answering.WAITING_FOR_A_VISIT,
        **{f"{name}_form": form for name, form in forms.items()},
        "form": next((form for form in forms.values() if form.errors), None),
    }
    return _page(request, "networks/meet_answer.html", context, status)


def _role_of(introduction: Introduction, host: Contact) -> str:
    """From the asker's own card, if the host may see it."""
    cards = Contact.objects.visible_to(host.user or AnonymousUser()).living(timezone.localdate())
    return cards.filter(user=introduction.asker_id).values_list("role", flat=True).first() or ""


def _closed(introduction: Introduction, host: Contact) -> dict[str, Any]:
    is_theirs = introduction.host_id == host.pk
    agreed = is_theirs and introduction.state == State.ACCEPTED
    return {
        "introduction": introduction,
        "is_theirs": is_theirs,
        "meeting_token": TOGETHER.token_for(introduction.pk, host.pk) if agreed else "",
    }


def _page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response

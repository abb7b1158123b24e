"""Pages with one button, for people who come from a mail and are not signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning_portal.common.one_button import link_over

from .. import left_actions, still_you
from ..card_forms import chosen_card
from ..models import CardPrompt, LeftReport


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still(request: HttpRequest, token: str) -> HttpResponse:
    """Is this still you? To look changes nothing; an answer that was given is given."""
    opened = still_you.LINK.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    prompt = still_you.prompt_for(opened.key, opened.who)
    if opened.is_over:
        words = _("Nothing was changed. Sign in to see your card and to change it at any time.")
        return link_over(request, words, "networks:card", _("Your card"))
    if prompt is None:
        return _page(request, "networks/card_answered.html", {})
    colleagues = still_you.colleagues_of(prompt.contact, timezone.localdate())
    said = request.POST.get("answer", "")
    to = chosen_card(colleagues, said)
    plain = {still_you.STILL, still_you.MOVED, *([still_you.TEAM] if _has_team(prompt) else [])}
    if request.method == "POST" and (to is not None or said in plain):
        done = still_you.answer(prompt=prompt, said=said, to=to)
        return _page(request, "networks/card_answered.html", {"said": said if done else "", "to": to, "done": done})
    context = {
        "contact": prompt.contact,
        "own": prompt.contact.user is not None and prompt.contact.user.is_active,
        "colleagues": colleagues,
        "has_team": _has_team(prompt),
        "missing": request.method == "POST",
    }
    return _page(request, "networks/card_answer.html", context, status=422 if request.method == "POST" else 200)


def _has_team(prompt: CardPrompt) -> bool:
    return bool(prompt.contact.team_mailbox) and prompt.contact.user_id is not None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest, token: str) -> HttpResponse:
    """Has this person left? Asked of their team or deputy."""
    opened = left_actions.LINK.read(token)
    if opened is None:
        raise Http404("No link of ours.")
    report = LeftReport.objects.waiting().filter(pk=opened.key).select_related("contact__organisation").first()
    if opened.is_over:
        words = _("Nothing was changed. The programme team looks into it.")
        return link_over(request, words, "networks:people", _("People"))
    if report is None:
        return _page(request, "networks/left_answered.html", {})
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in ("left", "here"):
        done = left_actions.answer_left(report=report, left=said == "left", by="their team")
        return _page(request, "networks/left_answered.html", {"said": said if done else "", "done": done})
    context = {"contact": report.contact, "report": report}
    return _page(request, "networks/left_answer.html", context, status=422 if request.method == "POST" else 200)


def _page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response

"""The page on which somebody asks to meet: from a person's card, or from a story, which has its view on its own floor.

A visitor fills it in first. What they typed waits in their session while they sign in, and is sent from a page with one
button.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from learning_portal.common.models import User

from .introduction_forms import MeetForm
from .introductions import NotAsked, Request, Why, place_of, why_not
from .introductions.hosts import has_room, is_there
from .introductions.passing import convenors_between
from .models import Contact, Introduction, Topic

KEY = "asking"
"""Of what a visitor typed, in their session: with the address of the page, one at a time."""
FIELDS = ("name", "question_1", "question_2", "question_3", "format", "days", "plan", "with_plan", "may_pass_to")
FINAL = (Why.SELF, Why.OWN, Why.OPEN)
"""Where there is nothing to fill in."""
NOT_TO_DESK = (*FINAL, Why.OFTEN)
"""Where the matching desk takes it no more than whoever is asked."""


@dataclasses.dataclass(frozen=True)
class Asking:
    """Who is asked, and how it is sent."""

    host: Contact
    send: Callable[[Request, bool], Introduction]
    """With what is asked, and whether it goes to the matching desk. Raises NotAsked."""
    back: str = "/"
    plan: str = ""
    topics: Sequence[Topic] = ()
    context: dict[str, Any] = dataclasses.field(default_factory=dict)


def ask_page(request: HttpRequest, asking: Asking) -> HttpResponse:
    kept = typed_before(request)
    if request.method != "POST":
        why = _why_not(request, asking.host)
        form = _form(request, asking, kept)
        if kept and request.user.is_authenticated and "change" not in request.GET and form.is_valid():
            return _page(request, asking, form, template="networks/introduction_confirm.html", why=why)
        return _page(request, asking, form, why=why)
    form = _form(request, asking, kept if "kept" in request.POST else request.POST)
    if not form.is_bound:
        return redirect(request.path)  # it was sent in another window
    if not form.is_valid():
        return _page(request, asking, form, status=422)
    if not request.user.is_authenticated:
        keep_typed(request, FIELDS)
        return redirect_to_login(request.path)
    return _send(request, asking, form)


def _send(request: HttpRequest, asking: Asking, form: MeetForm) -> HttpResponse:
    try:
        introduction = asking.send(form.request(asking.topics), "to_desk" in request.POST)
    except NotAsked as refused:
        return _page(request, asking, form, status=422, why=refused.why)
    forget_typed(request)
    return redirect("networks:introduction-sent", introduction.pk)


def kept_path(request: HttpRequest) -> str:
    """Where a visitor typed a request that is not sent yet; else nothing."""
    return request.session.get(KEY, {}).get("path", "")


def keep_typed(request: HttpRequest, fields: Iterable[str]) -> None:
    """Keep what a visitor typed on this page while they sign in."""
    typed = request.POST
    request.session[KEY] = {"path": request.path, "typed": {name: typed.getlist(name) for name in fields}}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What a visitor typed on this page before they signed in."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        typed.setlist(name, values)
    return typed


def forget_typed(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _form(request: HttpRequest, asking: Asking, data: QueryDict | None) -> MeetForm:
    user = request.user if isinstance(request.user, User) else None
    shares = bool(user and asking.host.user_id and convenors_between(user.pk, [asking.host.user_id]))
    name = user.name if user else ""
    return MeetForm(data, host=asking.host, name=name, plan=asking.plan, shares_network=shares)


def _why_not(request: HttpRequest, host: Contact) -> Why | None:
    """What can be said before anything is typed. To a visitor only whether this person takes requests now."""
    today = timezone.localdate()
    if request.user.is_authenticated:
        return why_not(asker=request.user, host=host, today=today)
    return None if is_there(host, today) and has_room(host, today) else Why.BUSY


def _page(
    request: HttpRequest,
    asking: Asking,
    form: MeetForm,
    *,
    why: Why | None = None,
    status: int = 200,
    template: str = "networks/introduction_ask.html",
) -> HttpResponse:
    is_listed = request.user.is_authenticated and place_of(request.user).is_listed
    may_go_to_desk = why not in NOT_TO_DESK
    context = {
        "host": asking.host,
        "form": form,
        "why": why.label if why else "",
        "is_final": why in FINAL,
        "back": asking.back,
        "may_go_to_desk": may_go_to_desk,
        "to_desk": bool(why and may_go_to_desk) or (request.user.is_authenticated and not is_listed),
        "is_listed": is_listed,
        **asking.context,
    }
    if template.endswith("confirm.html"):
        context |= {"asked": form.request(), **form.labels()}
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response

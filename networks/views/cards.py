"""One's own card: as others see it, and section by section."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..card_actions import NoCard, card_of, save_section, save_who, take_down, workplaces
from ..card_forms import AudienceForm, FirstForm, HelpForm, HowForm, LearnForm, WhoForm
from ..card_words import rows_of
from ..models import Contact, Organisation
from ..succession import confirm

SECTIONS = {
    "who": gettext_lazy("Who you are"),
    "help": gettext_lazy("What you can help with"),
    "learn": gettext_lazy("What you want to learn"),
    "how": gettext_lazy("How and when"),
    "audience": gettext_lazy("Who sees it"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def card(request: HttpRequest) -> HttpResponse:
    """One's card as others see it; say that all of it is right, or take it down."""
    wanted = request.POST.get("do", "")
    own = card_of(request.user)
    if own is not None and wanted in ("confirm", "down"):
        return _done(request, own, wanted)
    places = workplaces(request.user)
    context = {
        "card": own,
        "shown": own is not None and own.is_there,
        "places": places,
        "sections": [(slug, title, rows_of(own, slug)) for slug, title in SECTIONS.items()] if own else [],
        "is_hidden": own is not None and not Contact.objects.living(timezone.localdate()).filter(pk=own.pk).exists(),
    }
    return render(request, "networks/card_detail.html", context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest, own: Contact, wanted: str) -> HttpResponse:
    if wanted == "confirm" and confirm(contact=own):
        messages.success(request, _("Thank you. Your card says that you confirmed it today."))
    elif wanted == "down" and take_down(by=request.user):
        messages.success(request, _("Your card is down. You can put it up again at any time."))
    return redirect("networks:card")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def section(request: HttpRequest, section: str) -> HttpResponse:
    """One part of the card. Saving it confirms the whole."""
    if section not in SECTIONS:
        raise Http404("No such part of a card.")
    own, places = card_of(request.user), workplaces(request.user)
    if section == "who":
        if not places:
            return redirect("networks:card")
    elif own is None or not own.is_there:
        return redirect("networks:card")
    form = _form(request, section, own, places)
    if not form.is_valid():
        return _page(request, section, own, form, places)
    try:
        verb = save_who if section == "who" else save_section
        verb(by=request.user, **form.cleaned_data)
    except NoCard:
        return redirect("networks:card")
    messages.success(request, _("Your card is saved, and confirmed today."))
    return redirect("networks:card")


def _form(request: HttpRequest, section: str, own: Contact | None, places: list[Organisation]) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if section == "who":
        return _who_form(request, data, own, places)
    assert own is not None
    if section == "audience":
        return AudienceForm(data, user=request.user, initial={"audience": own.audience})
    if section == "how":
        several = {name: getattr(own, name).split("|") for name in ("formats", "working_days", "languages")}
        return HowForm(data, initial={**several, "monthly_limit": own.monthly_limit, "paused_until": own.paused_until})
    kind, name = (HelpForm, "can_help_with") if section == "help" else (LearnForm, "wants_to_learn")
    return kind(data, card=own, initial={name: [topic.slug for topic in getattr(own, name).all()]})


def _who_form(request: HttpRequest, data: Any, own: Contact | None, places: list[Organisation]) -> forms.Form:
    living = Contact.objects.visible_to(request.user).living(timezone.localdate())
    deputies = living.filter(organisation__in=places).exclude(user=request.user).order_by("name", "pk")
    initial: dict[str, Any] = {"name": request.user.name}
    if own is not None:
        initial = {"name": own.name, "role": own.role, "organisation": own.organisation.code}
        if own.is_there:
            initial["deputy"] = own.deputy.public_id if own.deputy else ""
            initial["audience"] = own.audience
        if own.organisation in places:
            initial["team_mailbox"] = own.team_mailbox
    kind = WhoForm if own is not None and own.is_there else FirstForm
    return kind(data, user=request.user, places=places, deputies=list(deputies), initial=initial)


def _page(
    request: HttpRequest, section: str, own: Contact | None, form: forms.Form, places: list[Organisation]
) -> HttpResponse:
    context = {
        "form": form,
        "section": section,
        "title": SECTIONS[section],
        "first": own is None or not own.is_there,
        "place": places[0] if section == "who" and len(places) == 1 else None,
        "moves": own is not None and len(places) == 1 and own.organisation_id != places[0].pk,
    }
    return render(request, "networks/card_edit.html", context, status=422 if form.is_bound else 200)

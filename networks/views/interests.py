"""The first visit, and what somebody knows, wants to learn, and how."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning_portal.common.models import User

from ..asking_page import kept_path
from ..choices import TopicGroup
from ..models import Affiliation, Preferences, Sponsorship, Topic
from ..work_actions import save_preferences
from ..work_forms import InterestsForm

ASKED_ABOUT = (TopicGroup.PROBLEM, TopicGroup.SERVICE)


@require_safe
@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Where somebody goes who has just signed in: to a request to meet that waits to be sent, to what they were not
    asked yet, else to the start."""
    if path := kept_path(request):
        return redirect(path)
    if Preferences.objects.filter(user=request.user).exists():
        return redirect("site:home")
    works = Affiliation.objects.verified().filter(user=request.user).exists()
    asked = Sponsorship.objects.waiting().filter(user=request.user).exists()
    return redirect("networks:interests" if works or asked else "networks:work")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def interests(request: HttpRequest) -> HttpResponse:
    """Three questions, each of which may be left out, and the language."""
    user = request.user
    known = Preferences.objects.filter(user=user).first()
    topics = Topic.objects.filter(group__in=ASKED_ABOUT)
    if request.method != "POST":
        initial = InterestsForm.initial_of(known, user.language)
        return _page(request, InterestsForm(initial=initial, topics=topics), known)
    form = InterestsForm(request.POST, topics=topics)
    if not form.is_valid():
        return _page(request, form, known, status=422)
    answers = form.cleaned_data
    save_preferences(by=user, knows=answers["knows"], wants=answers["wants"], formats=answers["formats"])
    User.objects.filter(pk=user.pk).update(language=answers["language"])
    messages.success(request, _("Thank you. You can change this on your account page."))
    response = redirect("common:account" if known else "site:home")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        answers["language"],
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def _page(request: HttpRequest, form: InterestsForm, known: Preferences | None, status: int = 200) -> HttpResponse:
    return render(request, "networks/interests_edit.html", {"form": form, "first": known is None}, status=status)

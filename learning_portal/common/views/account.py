from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..actions import choose_kinds
from ..forms import MailKindsForm
from ..mail import kinds
from ..mail.stopping import Subscriber
from ..models import MailStop, Role, User


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is signed in as, in which roles, which mail one gets, and the way out."""
    stopped = set(MailStop.objects.of(Subscriber(request.user.pk)).values_list("kind", flat=True))
    wanted = [name for name in kinds.names(answers=False) if name not in stopped]
    return _page(request, MailKindsForm(initial={"kinds": wanted}, choices=_kinds_for(request.user)))


@require_POST
@login_required
def choose_mail(request: HttpRequest) -> HttpResponse:
    """Which kinds of mail one gets."""
    form = MailKindsForm(request.POST, choices=_kinds_for(request.user))
    if not form.is_valid():
        return _page(request, form, status=422)
    shown = [name for name, _label in form.fields["kinds"].choices]
    choose_kinds(by=request.user, wanted=form.cleaned_data["kinds"], among=shown)
    messages.success(request, _("Your choice of mail is kept."))
    return redirect("common:account")


@never_cache
@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """What a script asks for so that a session does not end while somebody writes: like any other request."""
    if not request.user.is_authenticated:
        raise Http404("Nobody is signed in.")
    return HttpResponse(content_type="text/plain")


def _kinds_for(user: User) -> list[kinds.Kind]:
    return kinds.kinds_for([group.name for group in user.groups.all()])


def _page(request: HttpRequest, form: MailKindsForm, status: int = 200) -> HttpResponse:
    user = request.user
    held = [role for role in Role if role.value in {group.name for group in user.groups.all()}]
    roles = ", ".join(str(role.label) for role in held)
    rows = [(_("Name"), user.name), (_("Email address"), user.email), (_("Roles"), roles or _("Reader"))]
    context = {
        "rows": rows,
        "form": form,
        "always": [kind for kind in _kinds_for(user) if kind.answers],
        "sees_failing": Role.PROGRAMME_TEAM in held,
        "is_custodian": Role.CUSTODIAN in held,
    }
    return render(request, "common/account.html", context, status=status)

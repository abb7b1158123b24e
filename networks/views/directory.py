"""The directory of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning_portal.common.paging import page_of

from .. import directory
from ..network_access import networks_of
from ..workplace import verified_workplace_of, workplace_of
from .slowing import slowed


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Find somebody by what they can help with, never by name; a few pages of it, and no address."""
    if (refusal := slowed(request)) is not None:
        return refusal
    form = directory.DirectoryForm(request.GET, networks=list(networks_of(request.user)))
    form.is_valid()
    cards = directory.found(request.user, form.cleaned_data, timezone.localdate())
    place = workplace_of(request.session, request.user)
    keys, order = directory.in_order(cards, request.GET.get("order", ""), place)
    leafed = directory.Leafed(keys)
    page = page_of(leafed, request.GET.get("page"), directory.PAGE_SIZE)
    context = {
        "form": form,
        "page": page,
        "people": directory.people_of(page.object_list),
        "total": leafed.total,
        "is_cut": leafed.total > len(leafed),
        "place": place,
        "order": order,
        "chips": [{"label": words, "url": directory.without(request.GET, name)} for name, words in form.chips()],
        "is_member": verified_workplace_of(request.user) is not None,
    }
    response = render(request, "networks/people_list.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response

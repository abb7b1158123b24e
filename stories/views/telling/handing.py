"""The links that an author hands to somebody else, to write, or to look and comment. No account is needed for any."""

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.limits import Rate

from ...actions import Refused, leavers, links
from ...choices import ReceiptKind
from ...models import LeavingRequest, Receipt, Story
from ...receipt_rights import DAYS, Deed, handed_in
from ...telling.hand_forms import HandForm, LeaverForm
from .again import key_of
from .begin import READ_OR_SEND
from .receipt import by_receipt

LEAVERS_ASKED = Rate("leavers asked", 20, 24 * 60 * 60)
"""Addresses that one network address may have mailed. A whole office may share one."""


@READ_OR_SEND
@by_receipt(Deed.HAND)
def hand(request: HttpRequest, story: Story) -> HttpResponse:
    """Make a link, end one, or have one mailed; its POST does one of `DEEDS`."""
    if request.method != "POST":
        return _page(request, story)
    deed = DEEDS.get(request.POST.get("do", "make"))
    if deed is None:
        return _page(request, story, status=422)
    try:
        return deed(request, story)
    except Refused as refused:
        return _page(request, story, status=422, refused=str(refused))


def _make(request: HttpRequest, story: Story) -> HttpResponse:
    """What opens the story stands behind the "#", which browsers send to nobody: no log keeps it."""
    form = _making(story, request.POST)
    if not form.is_valid():
        return _page(request, story, making=form, status=422)
    days = form.chosen_days()
    receipt = links.hand_link(story=story, kind=form.cleaned_data["kind"], days=days)
    address = f"{request.build_absolute_uri(reverse('stories:tell-receipt'))}#{receipt}"
    context = {"story": story, "receipt": receipt, "address": address, "until": links.ends_after(story, days)}
    return render(request, "stories/telling/tell_handed.html", context)


def _end(request: HttpRequest, story: Story) -> HttpResponse:
    links.end_link(story=story, key=key_of(request.POST.get("link", "")))
    return _here(story, "ended")


def _ask(request: HttpRequest, story: Story) -> HttpResponse:
    form = LeaverForm(request.POST)
    if not form.is_valid():
        return _page(request, story, asking=form, status=422)
    try:
        if LEAVERS_ASKED.take(get_ip(request)):
            raise Refused(_("Too many addresses were given from here today. Try again tomorrow."))
        leavers.ask(story=story, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, story, asking=form, status=422)
    return _here(story, "asked")


def _waive(request: HttpRequest, story: Story) -> HttpResponse:
    leavers.waive(story=story)
    return _here(story, "waived")


DEEDS = {"make": _make, "end": _end, "ask": _ask, "waive": _waive}


def _making(story: Story, data: QueryDict | None = None) -> HandForm:
    ends = {days: links.ends_after(story, days) for days in DAYS}
    return HandForm(data, kinds=handed_in(story.status), ends=ends)


def _here(story: Story, done: str) -> HttpResponse:
    return redirect(f"{reverse('stories:tell-hand', args=[story.pk])}?done={done}")


def _page(
    request: HttpRequest,
    story: Story,
    *,
    making: HandForm | None = None,
    asking: LeaverForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    context = {
        "story": story,
        "making": making or _making(story),
        "asking": asking or LeaverForm(initial={"language": story.language}),
        "leaver": LeavingRequest.objects.filter(story=story).first(),
        "others_write": ReceiptKind.LEAVING in handed_in(story.status),
        "links": Receipt.objects.handed(story, timezone.localdate()),
        "refused": refused,
        "done": _done_words().get(request.GET.get("done", ""), ""),
    }
    return render(request, "stories/telling/tell_hand.html", context, status=status)


def _done_words() -> dict[str, str]:
    return {
        "ended": _("That link opens nothing any more."),
        "asked": _("The link will be mailed."),
        "waived": _("No more mail goes, the mailed link opens nothing any more, and the address is erased."),
    }

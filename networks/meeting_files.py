"""The calendar entry of a meeting that is agreed, and the file of it that goes with mails."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from email.mime.text import MIMEText

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from learning_portal.common.calendar_files import Entry, calendar_part

from .models import Introduction, IntroductionStep

LASTS = datetime.timedelta(hours=1)
CHANGES = (IntroductionStep.Verb.MOVED, IntroductionStep.Verb.CALLED_OFF, IntroductionStep.Verb.WITHDRAWN)


def changes_of(introduction: Introduction) -> int:
    """How often what a calendar holds of it has changed: each change counts one up, so that no older file wins. A
    mentoring has one entry, which goes on to the next meeting."""
    steps = IntroductionStep.objects.filter(introduction=introduction, verb__in=CHANGES)
    return steps.count() + introduction.meetings


def entry_of(introduction: Introduction, other: str = "", url: str = "") -> Entry | None:
    """In the language of now. `other`: with whom, if that may be said. None where no day is set."""
    if introduction.meets_at is None:
        return None
    title = introduction.format_label
    if other:
        title = _("%(format)s with %(name)s") % {"format": title, "name": other}
    return Entry(
        key=introduction.pk,
        starts=introduction.meets_at,
        ends=introduction.meets_at + LASTS,
        title=title,
        words=introduction.questions if other else "",
        place=introduction.place,
        url=url,
        sequence=changes_of(introduction),
        is_cancelled=introduction.state in (Introduction.State.WITHDRAWN, Introduction.State.CALLED_OFF),
    )


def attach_meeting(context: Mapping[str, str | int]) -> MIMEText | None:
    """The file that goes with a mail about a change: as it stands when the mail leaves. Mails name no person and say
    none of their questions, so it has the day, the place and where to read the rest."""
    introduction = Introduction.objects.filter(pk=context.get("key", 0)).first()
    if introduction is None:
        return None
    by_link = ("stories:meeting-link", context["token"]) if context.get("token") else None
    page, argument = by_link or ("stories:meeting", introduction.pk)
    entry = entry_of(introduction, url=settings.PORTAL_URL + reverse(page, args=[argument]))
    return calendar_part(entry, "meeting") if entry else None

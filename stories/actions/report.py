"""Readers report a story, organisations reply to it, and whoever moderates it answers both."""

from __future__ import annotations

import datetime
import json
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from learning_portal.common.actions import answered, post
from learning_portal.common.models import User
from networks.models import Affiliation, Organisation

from ..access import at_work
from ..choices import Pool, Status
from ..mails import REPORT_ANSWERED, REPORT_WAITING
from ..models import Reply, Story, StoryNetwork, StoryReport
from ..pools import usual
from ..weeks import monday_of
from .refused import Refused

ANSWERED_IN = 7
"""Days after the Monday of its week by which a report is answered: five working days, counted for the earliest."""
KEPT = 90
"""Days that an answered report stays, for whoever asks again."""
LONGEST_IN_MAIL = 900
"""Characters of an answer as the outbox holds it: JSON writes six for a letter with a circumflex."""


def fits_mail(answer: str) -> bool:
    """Whether an answer can be mailed."""
    return len(json.dumps(answer)) <= LONGEST_IN_MAIL


def due_on(week: datetime.date) -> datetime.date:
    """The day by which a report of this week is answered."""
    return week + datetime.timedelta(days=ANSWERED_IN)


@transaction.atomic
def send(
    *, story: Story, reason: str, words: str, address: str = "", language: str = "en", today: datetime.date
) -> StoryReport:
    """Keep a report of a published story. The same one sent twice is one. Raises Refused if it is not published."""
    if not Story.objects.select_for_update().filter(pk=story.pk, status=Status.PUBLISHED).values_list("pk").first():
        raise Refused(_("Only what is published can be reported."))
    told = {"story": story, "reason": reason, "words": words, "address": address.strip().lower()}
    found, _created = StoryReport.objects.get_or_create(
        **told, answered_week=None, defaults={"language": language, "week": monday_of(today)}
    )
    return found


@transaction.atomic
def close(*, by: User, report: StoryReport, answer: str, today: datetime.date | None = None) -> None:
    """Answer a report: by mail if an address was given, which is erased. Raises Refused for a story that is not in
    `by`'s pool, and if somebody else has answered meanwhile."""
    _check(by, report.story)
    _answer(report, answer, today or timezone.localdate())


def _answer(report: StoryReport, answer: str, today: datetime.date) -> None:
    """Compare-and-set: of two moderators one answers, and the other is told."""
    open_still = StoryReport.objects.select_for_update().filter(pk=report.pk, answered_week=None)
    address = open_still.values_list("address", flat=True).first()
    if address is None or not open_still.update(answer=answer, answered_week=monday_of(today), address=""):
        raise Refused(_("Somebody has answered this report already."))
    answered(thread=report.pk)
    if address:
        post(to=address, kind=REPORT_ANSWERED.name, context={"answer": answer}, language=report.language)


@transaction.atomic
def close_moot_reports(*, today: datetime.date | None = None) -> int:
    """Answer reports of what is gone: nobody but its author may open it now. How many there were. For every tick."""
    shown = (Status.PUBLISHED, Status.HIDDEN)
    moot = list(StoryReport.objects.filter(answered_week=None).exclude(story__status__in=shown))
    for found in moot:
        with override(found.language):
            _answer(found, _("The story is no longer on the portal."), today or timezone.localdate())
    return len(moot)


def tell_moderators(*, today: datetime.date | None = None) -> None:
    """Write of open reports, in their weekly mail, to whoever is of the story's pool and not away. For every tick.

    Also to one who wrote the story: who was left out would be its author. Its list shows them nothing of it.
    """
    today = today or timezone.localdate()
    waiting = StoryReport.objects.filter(answered_week=None, story__status__in=(Status.PUBLISHED, Status.HIDDEN))
    for found in waiting.select_related("story"):
        story = found.story
        networks = StoryNetwork.objects.named_by(story)
        for user in at_work(Pool(story.pool or usual(story.audience)), today, networks):
            post(to=user, kind=REPORT_WAITING.name, thread=found.pk)


def erase_answered_reports(*, today: datetime.date | None = None) -> int:
    """Erase what was answered a quarter of a year ago; how many there were. For every tick."""
    before = (today or timezone.localdate()) - datetime.timedelta(days=KEPT)
    return StoryReport.objects.filter(answered_week__lt=before).delete()[0]


# --- The right of reply ---------------------------------------------------------------------------------------------


def may_reply(user: User, story: Story) -> bool:
    """Whether somebody may speak for the organisation of a story: a verified employee of it, and the story is named."""
    employees = Affiliation.objects.verified().filter(capacity=Affiliation.Capacity.EMPLOYEE)
    return story.is_named and employees.filter(user=user, organisation=story.organisation_id).exists()


@transaction.atomic
def propose_reply(*, by: User, story: Story, role: str, text: str, today: datetime.date | None = None) -> Reply:
    """An employee speaks for the organisation of a story. A moderator lets it stand: it may name the author or others.
    Raises Refused for whoever does not work there, and while another reply waits."""
    if not may_reply(by, story):
        raise Refused(_("Only an employee of the organisation replies for it."))
    organisation = cast(Organisation, story.organisation)
    try:
        with transaction.atomic():
            return _reply(story, organisation, role, text, today, shown=False)
    except IntegrityError:
        raise Refused(_("A reply of your organisation waits for a moderator already.")) from None


@transaction.atomic
def write_reply(
    *, by: User, story: Story, organisation: Organisation, role: str, text: str, today: datetime.date | None = None
) -> Reply:
    """A moderator puts down what an organisation sent. Raises Refused for a story that is not in their pool, and for
    one without a name: a reply would say whose it is."""
    _check(by, story)
    if not story.is_named:
        raise Refused(_("Nobody replies to a story without a name: it would say whose it is."))
    return _reply(story, organisation, role, text, today, shown=True)


def _reply(
    story: Story, organisation: Organisation, role: str, text: str, today: datetime.date | None, *, shown: bool
) -> Reply:
    """A reply to the words that readers now have."""
    return Reply.objects.create(
        story=story,
        organisation=organisation,
        role=role,
        text=text,
        on=today or timezone.localdate(),
        version=story.published_version.number if story.published_version else None,
        shown=shown,
    )


@transaction.atomic
def show_reply(*, by: User, reply: Reply, today: datetime.date | None = None) -> None:
    """Let a reply stand from today. Raises Refused for one that is not waiting, or not in `by`'s pool."""
    _check(by, reply.story)
    waiting = Reply.objects.filter(pk=reply.pk, shown=False)
    if not waiting.update(shown=True, on=today or timezone.localdate()):
        raise Refused(_("Somebody has decided about this reply already."))


@transaction.atomic
def drop_reply(*, by: User, reply: Reply) -> None:
    """Erase a reply, waiting or shown. Raises Refused for one that is gone, or not in `by`'s pool."""
    _check(by, reply.story)
    if not Reply.objects.filter(pk=reply.pk).delete()[0]:
        raise Refused(_("Somebody has decided about this reply already."))


def _check(by: User, story: Story) -> None:
    if not Story.objects.looked_after_by(by).filter(pk=story.pk).exists():
        raise Refused(_("This story is not yours to moderate."))

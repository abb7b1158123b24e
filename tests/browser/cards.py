"""The reader's own card, somebody else's, what mails ask about them, and the desk that looks for people."""

from __future__ import annotations

from django.utils import timezone

from learning_portal.common.models import User
from networks import left_actions, still_you
from networks.card_actions import save_who
from networks.models import Affiliation, CardPrompt, Contact, Introduction, LeftReport, Topic
from networks.views.cards import SECTIONS
from stories.actions.following import follow
from stories.choices import Audience, Status, Voice
from stories.models import ProgressUpdate, Story, Watch, WatchFound
from tests.browser.demo_stories import PLAN
from tests.browser.sessions import READER

OPENED_BY = {
    "reader": ("card", "person has left", *(f"card: {slug}" for slug in SECTIONS), "watches", "a watch", "find"),
    "visitor": ("person", "card answer", "card answered", "has left"),
    "team": ("desk", "at the desk", "knowledge at risk"),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """The paths of all of it, by name."""
    return {**card_paths(), **desk_paths()}


def card_paths() -> dict[str, str]:
    """The reader's card, one of the demo, what a mail asks about it, and what was asked and answered."""
    reader, today = User.objects.get(email=READER), timezone.localdate()
    works = Affiliation.objects.verified().get(user=reader).organisation
    shown = Contact.objects.exclude(organisation=works).order_by("pk")[0]
    Contact.objects.filter(pk=shown.pk).update(verified_on=today, working_days="0|1|4", languages="en|cy")
    shown.can_help_with.set(Topic.objects.filter(group="problem")[:6])
    deputy = Contact.objects.filter(organisation=works).order_by("pk").first()
    card = save_who(by=reader, organisation=works, name="Network Reader", role="Runs the rota", deputy=deputy)
    prompt = CardPrompt.objects.create(contact=card, asked_on=today)
    report = LeftReport.objects.create(contact=shown, by=reader, words="Her post went.", on=today, is_mailed=True)
    section = {f"card: {slug}": f"/account/card/{slug}/" for slug in SECTIONS}
    return section | {
        "card": "/account/card/",
        "person": f"/people/{shown.public_id}/",
        "person has left": f"/people/{shown.public_id}/left/",
        "card answer": f"/card/answer/{still_you.LINK.token_for(card.pk, prompt.thread)}/",
        "card answered": f"/card/answer/{still_you.LINK.token_for(card.pk, 1)}/",
        "has left": f"/people/left/{left_actions.LINK.token_for(report.pk)}/",
    }


def watched() -> Watch:
    """A plan for which the reader waits, and for which stories have come out; they follow a project too."""
    reader = User.objects.get(email=READER)
    public = Story.objects.filter(audience=Audience.PUBLIC, status=Status.PUBLISHED).order_by("pk")
    watch = Watch.objects.create(user=reader, text=PLAN)
    WatchFound.objects.bulk_create([WatchFound(watch=watch, story=story) for story in public[:2]])
    project = ProgressUpdate.objects.filter(story__in=public.filter(voice=Voice.NAMED)).order_by("pk")[0].story
    follow(by=reader, story=project)
    return watch


def desk_paths() -> dict[str, str]:
    """What lies at the matching desk, and one's own card and waiting plans."""
    asker = User.objects.get(email="member@portal.example")
    asked = Introduction.objects.create(
        asker=asker, questions="How?", plan=PLAN, format="video", state="at_desk", sent_on=timezone.localdate()
    )
    asked.topics.set(Topic.objects.order_by("slug")[:3])
    return {
        "watches": "/watches/",
        "a watch": watched().get_absolute_url(),
        "find": "/find/",
        "desk": "/desk/",
        "at the desk": f"/desk/{asked.public_id}/",
        "knowledge at risk": "/people/at-risk/",
    }

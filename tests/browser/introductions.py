"""Pages about asking and meeting for the browser: requests in several states, and links from mails."""

import datetime

from django.utils import timezone

from learning_portal.common.models import User
from networks import introductions
from networks.introductions.links import AFTERWARDS, ANSWER
from networks.models import Affiliation, Contact, Organisation
from stories.actions import meet
from stories.actions.use import write_use
from stories.choices import Audience, Status, Uptake, Voice
from stories.models import Story, StoryContact
from stories.uptake import stop_token
from tests.browser.sessions import READER

OPENED_BY = {
    "reader": (
        "ask to meet",
        "ask somebody busy",
        "request sent",
        "introductions",
        "meeting",
        "move a meeting",
        "use of a story",
        "write to an author",
        "words passed on",
    ),
    "visitor": ("answer a request", "request answered", "what came of it", "we stopped"),
    "team": ("reported requests",),
}
"""Who opens what."""
REQUEST = introductions.Request(
    questions=("How did you get staff to use it?", "What would you not do again?"),
    format="video",
    days=("0", "1"),
    plan="We want to give police officers tablets so that they can take statements on the road.",
)


def a_host(number: int, **fields) -> Contact:
    """Somebody who may be asked, at an invented body."""
    user = User.objects.create_user(email=f"host{number}@portal.example", name=f"Host {number}")
    body = Organisation.objects.filter(is_example=True).order_by("code")[number]
    return Contact.objects.create(
        **{
            "name": user.name,
            "role": "Service manager",
            "user": user,
            "organisation": body,
            "formats": "call|video|visit",
            "verified_on": timezone.localdate(),
            "team_mailbox": "team@portal.example",
            **fields,
        }
    )


def fill() -> dict[str, str]:
    """The path of each page, by its name."""
    reader = User.objects.get(email=READER)
    waiting, agreed, free, busy = a_host(1), a_host(2), a_host(3), a_host(4, monthly_limit=0)
    asked = introductions.ask(by=reader, host=waiting, request=REQUEST)
    met = introductions.ask(by=reader, host=agreed, request=REQUEST)
    soon = timezone.now() + datetime.timedelta(days=6)
    proposal = introductions.Proposal(soon, "https://video.example/room-7", "Bring somebody from finance.")
    introductions.accept(introduction=met, host=agreed, proposal=proposal)
    introductions.report(introduction=asked, host=waiting, words="They sell something.")
    public = Story.objects.filter(audience=Audience.PUBLIC, status=Status.PUBLISHED).order_by("pk")
    unnamed = public.exclude(voice=Voice.NAMED)[0]
    named = public.filter(voice=Voice.NAMED, pk__in=StoryContact.objects.values("story"))[0]
    StoryContact.objects.create(story=named, contact=free)
    job = Affiliation.objects.verified().filter(user=reader).order_by("pk")[0]
    use = write_use(by=reader, organisation=job.organisation_id, story=named.pk, how=Uptake.ADAPTING)
    meet.put_question(by=reader, story=unnamed, text="How did you tell the board?")
    return {
        "ask to meet": f"{named.get_absolute_url()}ask/",
        "ask somebody busy": f"/people/{busy.public_id}/ask/",
        "request sent": f"/meet/sent/{asked.public_id}/",
        "introductions": "/meet/",
        "meeting": f"/meet/{met.public_id}/",
        "move a meeting": f"/meet/{met.public_id}/change/",
        "use of a story": f"{named.get_absolute_url()}use/",
        "we stopped": f"/stories/use/stopped/{stop_token(use)}/",
        "write to an author": f"{unnamed.get_absolute_url()}ask/",
        "words passed on": f"{unnamed.get_absolute_url()}ask/sent/",
        "answer a request": f"/meet/answer/{ANSWER.token_for(asked.pk, waiting.pk)}/",
        "request answered": f"/meet/answer/{ANSWER.token_for(met.pk, agreed.pk)}/",
        "what came of it": f"/meet/afterwards/{AFTERWARDS.token_for(met.pk)}/",
        "reported requests": "/meet/reports/",
    }

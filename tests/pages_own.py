"""What readers keep of their own that leads to stories, and its pages, for the tests that compare what two readers get.

`keep_own` makes it, the same in every world. `worlds.lead_to` lets it lead to what is hidden, as if its reader had once
read that: a plan that they wait for, a meeting, a question at the desk, an action, and what their organisation uses.
"""

import datetime

from django.utils import timezone

from learning_portal.common.models import User
from learning_portal.common.public_ids import encode
from networks.introductions.links import AFTERWARDS, ANSWER, TOGETHER
from networks.models import Action, ActionFollowUp, Contact, Introduction
from networks.promises import FOLLOW_UP
from stories.choices import Audience, Status, Voice
from stories.models import Reuse, Watch
from stories.uptake import WE_STOPPED
from tests.asks import Ask, post
from tests.cast import Stage
from tests.factories import TODAY, ContactFactory, IntroductionFactory, UserFactory
from tests.worlds import PLANNED, Sort, key_of, report, wait

WAITING = [Sort(audience, Status.SUBMITTED, Voice.NAMED) for audience in Audience.values]
"""One story waits in every pool, in every world, so that those who moderate see its pages."""
REPORTED = (0, 3)
"""Of the shelf: a story for everybody, and one for members."""
OF_A_MEETING = ("", "change/", "calendar/")


def keep_own(stage: Stage) -> None:
    """Everybody who is signed in has some of each; the author's question lies at the desk, and the body of the
    front-line reader uses the first story."""
    hosts = [ContactFactory(pk=pk, organisation=stage.there, user=UserFactory()) for pk in (8_101, 8_102)]
    for role, user in stage.users.items():
        if isinstance(user, User):
            keep_for(stage, role, user, *hosts)
    asked = IntroductionFactory(
        pk=key_of("asked"),
        asker=stage.users["author"],
        organisation=stage.here,
        host=None,
        asked_on=None,
        plan=PLANNED,
        state="at_desk",
    )
    asked.topics.set(stage.topics[:2])
    Reuse.objects.create(
        id=key_of("own use"),
        organisation=stage.here,
        story=stage.shelf[0],
        user=stage.users["front_line"],
        how="adopted",
        since=TODAY,
    )
    wait(stage, WAITING)
    report([stage.shelf[number] for number in REPORTED])


def keep_for(stage: Stage, role: str, user: User, met: Contact, asked: Contact) -> None:
    watch = Watch.objects.create(
        id=key_of(f"watch {role}"), user=user, text=PLANNED, organisation=stage.here, thread=key_of(f"thread {role}")
    )
    watch.topics.set(stage.topics[:2])
    in_three_days = timezone.now() + datetime.timedelta(days=3)
    both = {"asker": user, "organisation": stage.here, "thread": key_of(f"thread of meetings {role}")}
    IntroductionFactory(
        pk=key_of(f"meeting {role}"), host=met, state="accepted", meets_at=in_three_days, place="Here", **both
    )
    IntroductionFactory(pk=key_of(f"request {role}"), host=asked, **both)
    ActionFollowUp.objects.create(
        id=key_of(f"follow-up {role}"), action=Action.objects.get(owner=user), months=1, asked_on=TODAY
    )


def own_pages(role: str) -> list[Ask]:
    """The pages of what this role keeps. A visitor has the links that were mailed to the author."""
    owner = "author" if role == "visitor" else role
    watch = Watch(pk=key_of(f"watch {owner}")).get_absolute_url()
    met, asked = (Introduction.objects.get(pk=key_of(f"{name} {owner}")) for name in ("meeting", "request"))
    follow_up = ActionFollowUp.objects.get(pk=key_of(f"follow-up {owner}"))
    use = Reuse.objects.get(pk=key_of("own use"))
    together, outcome = TOGETHER.token_for(met.pk, met.host_id or 0), AFTERWARDS.token_for(met.pk, 0)
    waiting = [encode(key_of(f"{sort.name} waits")) for sort in WAITING]
    reports = [encode(key_of(f"report {key_of(f'shelf {number}')}")) for number in REPORTED]
    return [
        Ask("/watches/"),
        Ask(watch),
        Ask(watch, language="cy"),
        Ask("/meet/"),
        *(Ask(f"/meet/{met.public_id}/{page}") for page in OF_A_MEETING),
        Ask(f"/meet/sent/{asked.public_id}/"),
        *(Ask(f"/meet/with/{together}/{page}") for page in OF_A_MEETING),
        Ask(f"/meet/answer/{ANSWER.token_for(asked.pk, asked.host_id or 0)}/"),
        Ask(f"/meet/afterwards/{outcome}/"),
        Ask(f"/meet/afterwards/{outcome}/?done=1"),
        Ask("/actions/"),
        Ask(f"/actions/asked/{FOLLOW_UP.token_for(follow_up.pk, follow_up.action.owner_id)}/"),
        Ask(f"/actions/asked/{FOLLOW_UP.token_for(follow_up.pk, follow_up.action.owner_id)}/?done=1"),
        Ask(f"{use.story.get_absolute_url()}use/"),
        Ask(f"/stories/use/stopped/{WE_STOPPED.token_for(use.pk, use.user_id or 0)}/"),
        Ask("/desk/"),
        Ask(f"/desk/{Introduction(pk=key_of('asked')).public_id}/"),
        Ask("/collections/new/"),
        *(Ask(f"/moderation/{key}/{page}") for key in waiting for page in ("", "edit/")),
        *(Ask(f"/moderation/reports/{key}/") for key in reports),
        Ask("/networks/network-of-0/"),
        post(watch),
        post(f"/meet/{asked.public_id}/withdraw/"),
        post(watch, do="stop"),
    ]

"""From a story to people: asking a contact to meet, writing to an author without a name, and what was made of it."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import post
from learning_portal.common.mail.kinds import MESSAGE_WAITING
from learning_portal.common.models import User
from networks import introductions
from networks.choices import MeetingFormat
from networks.models import Contact, Introduction
from networks.models.introduction import LONGEST_QUESTION

from ..choices import Audience, Status, Uptake
from ..models import Story, StoryIntroduction, StoryQuestion
from ..weeks import monday_of
from .deciding import locked, tell_author
from .keep import MESSAGE_DAYS, scrub
from .refused import Refused
from .use import write_use

AGAIN_AFTER = datetime.timedelta(weeks=4)
"""Between two questions of one reader to one author."""


@transaction.atomic
def ask_about(
    *,
    by: User,
    story: Story,
    host: Contact,
    request: introductions.Request,
    to_desk: bool = False,
    today: datetime.date | None = None,
) -> Introduction:
    """Ask a contact of a named story to meet. Raises NotAsked."""
    introduction = introductions.ask(by=by, host=host, request=request, to_desk=to_desk, today=today)
    StoryIntroduction.objects.create(introduction=introduction, story=story)
    return introduction


UPTAKE = {
    Introduction.Result.USING: Uptake.ADOPTED,
    Introduction.Result.ADAPTING: Uptake.ADAPTING,
    Introduction.Result.NOT_FOR_US: Uptake.NOT_FOR_US,
}


@transaction.atomic
def say_what_came(
    *, introduction: Introduction, outcome: introductions.Outcome, today: datetime.date | None = None
) -> bool:
    """What the asker says of a meeting; if it came of a story and their organisation made something of it, that too."""
    if not introductions.say(introduction=introduction, outcome=outcome, today=today):
        return False
    how = UPTAKE.get(Introduction.Result(outcome.result)) if outcome.result else None
    from_story = StoryIntroduction.objects.filter(introduction=introduction).first()
    if how and from_story and introduction.organisation_id:
        write_use(
            by=introduction.asker,
            organisation=introduction.organisation_id,
            story=from_story.story_id,
            how=how,
            today=today,
        )
    return True


# --- Authors without a name -----------------------------------------------------------------------------------------


@transaction.atomic
def put_question(
    *, by: User, story: Story, text: str, name: str = "", today: datetime.date | None = None
) -> StoryQuestion:
    """Keep a question to the author of a story without a name. Nobody is mailed in this request, so that it takes the
    same steps whoever wrote it, and whether the service knows. `name`: of the asker, where none is known yet. Raises
    Refused for who asked a short while ago."""
    week = monday_of(today or timezone.localdate())
    if story.is_named or story.status != Status.PUBLISHED:
        raise Refused(_("There is nobody to ask in this way."))
    mine = StoryQuestion.objects.filter(story=story, asker=by)
    if mine.filter(week__gt=week - AGAIN_AFTER).exists():
        raise Refused(_("You have written to this author in the last four weeks. Give them time."))
    if name and not by.name:
        User.objects.filter(pk=by.pk).update(name=name)
    try:
        with transaction.atomic():
            return StoryQuestion.objects.create(story=story, asker=by, text=text, week=week)
    except IntegrityError:
        raise Refused(_("You have written to this author in the last four weeks. Give them time.")) from None


@transaction.atomic
def ask_desk_about(
    *, by: User, story: Story, text: str, name: str = "", today: datetime.date | None = None
) -> Introduction:
    """The same question, from who works at no listed body: to the matching desk, as for people with a name. Nothing
    ties the request to the story; the desk reads its title only where everybody may. Raises NotAsked and Refused."""
    if story.is_named or story.status != Status.PUBLISHED:
        raise Refused(_("There is nobody to ask in this way."))
    about = ""
    if story.audience == Audience.PUBLIC:
        about = _("About the story “%(title)s”, whose author keeps their name to themselves.") % {
            "title": story.content.title
        }
    request = introductions.Request(
        questions=(" ".join(text.split())[:LONGEST_QUESTION],),
        format=MeetingFormat.CALL,
        plan=f"{about}\n\n{text}".strip(),
        topics=tuple(story.topics.all()),
        name=name,
    )
    return introductions.desk.ask_desk(by=by, request=request, today=today)


def place_in_words(asker: User) -> str:
    """Who asks, as the author reads it."""
    body = introductions.place_of(asker).organisation
    parts = [asker.name or _("Somebody"), body.name if body else _("a public body")]
    return ", ".join(parts)


@transaction.atomic
def answer_question(*, story: Story, key: int, text: str, today: datetime.date | None = None) -> bool:
    """The author answers, once. False if there is no such question, or it is answered."""
    story = locked(story)
    waiting = StoryQuestion.objects.filter(pk=key, story=story, answered_week=None)
    return bool(waiting.update(answer=text, answered_week=monday_of(today or timezone.localdate())))


def pass_questions_on() -> int:
    """Mail authors that a message waits, in the same words as any member's; how many questions were passed on. Behind
    an anonymous story is nobody who could be mailed. For every tick."""
    keys = StoryQuestion.objects.filter(author_told=False).order_by("pk").values_list("pk", flat=True)
    return sum(_pass_on(key) for key in list(keys))


@transaction.atomic
def _pass_on(key: int) -> bool:
    """Compare-and-set: two ticks at once mail once."""
    if not StoryQuestion.objects.filter(pk=key, author_told=False).update(author_told=True):
        return False
    tell_author(Story(pk=StoryQuestion.objects.values_list("story", flat=True).get(pk=key)))
    return True


def release_answers(*, today: datetime.date | None = None) -> int:
    """Mail whoever asked, on the Monday after the answer, that a message waits; how many. For every tick."""
    released = StoryQuestion.objects.released(today or timezone.localdate()).filter(asker_told=False)
    return sum(_release(question) for question in list(released.select_related("asker").order_by("pk")))


@transaction.atomic
def _release(question: StoryQuestion) -> bool:
    if not StoryQuestion.objects.filter(pk=question.pk, asker_told=False).update(asker_told=True):
        return False
    post(to=question.asker, kind=MESSAGE_WAITING.name)
    return True


@transaction.atomic
def erase_old_questions(*, today: datetime.date | None = None) -> int:
    """Erase questions and answers 90 days after the last word; how many there were. For every tick."""
    before = (today or timezone.localdate()) - datetime.timedelta(days=MESSAGE_DAYS)
    number = StoryQuestion.objects.silent(before).delete()[0]
    if number:
        transaction.on_commit(scrub)
    return number

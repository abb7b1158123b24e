"""What waits for somebody: stories for their moderators, a report, a reply, a list of projects, a collection."""

from __future__ import annotations

import json

from allauth.account.models import EmailAddress

from learning_portal.common.models import User
from learning_portal.common.public_ids import encode
from stories.actions import moderate
from stories.choices import Audience, Origin, Voice
from stories.models import Collection, CollectionStory, InvitedProject, ProjectList, Reply, Story, StoryReport
from tests.browser.sessions import AUTHOR, MODERATOR, TEAM
from tests.factories import TODAY, lessons
from tests.stories.telling import send, start

TELLING = lessons(
    wrong="On 14 March Mrs Eleri Probert rang us: half of the villages have no signal.",
    answers={"reactions": "The chair of the board in Ceredigion was furious."},
)
SAFER = lessons(wrong="In the spring a manager rang us: half of the villages have no signal.", answers=TELLING.answers)
OPENED_BY = {
    "moderator": ("work list", "item", "item with changes", "item to edit", "history", "reports", "report to answer"),
    "team": ("curate", "collection to edit", "new collection", "projects", "projects to match"),
    "custodian": ("who wrote it",),
    "author": ("invited",),
    "visitor": ("moderation criteria", "report", "report sent", "collections", "collection"),
}
"""Who opens what."""


def fill() -> dict[str, str]:
    """The paths of all of it, by name."""
    shown = Story.objects.filter(audience=Audience.PUBLIC, origin=Origin.EXAMPLE, voice=Voice.NAMED, language="en")
    return {**moderated(), **told(shown[0]), **gathered(list(shown[:4])), **listed(), "who wrote it": "/custody/"}


def moderated() -> dict[str, str]:
    """A named story as its author sent it, and an anonymous one that was made safer."""
    author, moderator = (User.objects.get(email=email) for email in (AUTHOR, MODERATOR))
    new = send(start(author), TELLING)
    safer = send(start(author, Voice.ANONYMOUS), TELLING)
    moderate.ask(by=moderator, story=safer, text="In which year was that?")
    moderate.edit(by=moderator, story=safer, content=SAFER, read=safer.versions()[0].sha256)
    return {
        "work list": "/moderation/",
        "moderation criteria": "/moderation/criteria/",
        "item": f"/moderation/{new.public_id}/",
        "item with changes": f"/moderation/{safer.public_id}/",
        "item to edit": f"/moderation/{new.public_id}/edit/",
        "history": f"/stories/{safer.public_id}/history/",
    }


def told(story: Story) -> dict[str, str]:
    """What is said of a story that everybody reads."""
    report = StoryReport.objects.create(
        story=story, reason="wrong", words="We had 40 tablets, not 400.", language="en", week="2026-11-02"
    )
    Reply.objects.create(story=story, organisation=story.organisation, text="We have since bought more.", on=TODAY)
    address = story.get_absolute_url()
    return {
        "report": f"{address}report/",
        "report sent": f"{address}report/sent/",
        "curate": f"{address}curate/",
        "reports": "/moderation/reports/",
        "report to answer": f"/moderation/reports/{encode(report.pk)}/",
    }


def gathered(stories: list[Story]) -> dict[str, str]:
    collection = Collection.objects.create(
        slug="first-winter",
        title_en="The first winter",
        title_cy="Y gaeaf cyntaf",
        introduction_en="What four teams met in their first winter.",
        introduction_cy="Yr hyn a gafodd pedwar tîm yn eu gaeaf cyntaf.",
    )
    for position, story in enumerate(stories, start=1):
        CollectionStory.objects.create(collection=collection, story=story, position=position)
    return {
        "collections": "/collections/",
        "collection": "/collections/first-winter/",
        "collection to edit": "/collections/first-winter/edit/",
        "new collection": "/collections/new/",
    }


def listed() -> dict[str, str]:
    """A list whose columns wait to be matched, and a project whose lead is asked."""
    author, team = (User.objects.get(email=email) for email in (AUTHOR, TEAM))
    cells = {"columns": ["Project", "Who", "Cost"], "rows": [[2, "New bins", "Cyngor", "£40,000"]], "broken": []}
    EmailAddress.objects.filter(user=author).update(verified=True)  # or nobody knows the lead by it
    kept = ProjectList.objects.create(user=team, rows=json.dumps(cells), on=TODAY)
    story = start(author, kind="summary")
    project = InvitedProject.objects.create(
        organisation=story.organisation, name="New bins", folded="new bins", lead=author.email, story=story
    )
    return {
        "projects": "/projects/",
        "projects to match": f"/projects/lists/{encode(kept.pk)}/",
        "invited": f"/projects/{encode(project.pk)}/",
    }

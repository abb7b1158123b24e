"""What the programme team says of stories in its own words, and how it puts them together."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from learning_portal.common.team import is_team

from ..choices import Status, Verb
from ..models import Collection, CollectionStory, Programme, Story
from .deciding import decide, locked
from .refused import Refused


@transaction.atomic
def curate(
    *,
    by: User,
    story: Story,
    evaluation: str,
    cross_sector: bool,
    champion: str = "",
    programme: Programme | None = None,
) -> bool:
    """Set the service's own words about a published story; whether anything changed. They stand outside of what its
    author approved. Raises Refused for a story that `by` may not open as a reader, and for a name or a programme on a
    story without a name: either could tell whose it is."""
    story = locked(_open_to(by, story))
    if not story.is_named and (champion or programme):
        raise Refused(_("A story without a name has neither a champion nor a programme: they could tell whose it is."))
    wanted = {"evaluation": evaluation, "cross_sector": cross_sector, "champion": champion, "programme": programme}
    if all(getattr(story, name) == value for name, value in wanted.items()):
        return False
    if not Story.objects.filter(pk=story.pk, status=Status.PUBLISHED).update(**wanted):
        raise Refused(_("This story is not published any more."))
    decide(story, Verb.CURATED, by=by)
    return True


@transaction.atomic
def save_collection(*, by: User, collection: Collection | None = None, **words: str) -> Collection:
    """Make a collection or change its words: `title_en`, `title_cy`, `introduction_en`, `introduction_cy`. Its address
    follows its first English title and stays. Raises Refused for whoever is not of the programme team."""
    _check(by)
    if collection is None:
        collection = Collection(slug=_free_slug(words["title_en"]))
    for name, text in words.items():
        setattr(collection, name, text)
    collection.save()
    return collection


def _free_slug(title: str) -> str:
    """An address that no collection has, and none of the pages beside them."""
    wanted = slugify(title)[:50] or "collection"
    taken = {"new", *Collection.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)}
    numbers = (f"-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *(wanted + number for number in numbers)) if slug not in taken)


@transaction.atomic
def erase_collection(*, by: User, collection: Collection) -> None:
    """Take a collection apart; its stories stay. Raises Refused for whoever is not of the programme team."""
    _check(by)
    collection.delete()


@transaction.atomic
def collect(*, by: User, collection: Collection, story: Story) -> None:
    """Put a story last in a collection; twice is once. Raises Refused for a story that `by` may not open."""
    story = _open_to(by, story)
    held = CollectionStory.objects.filter(collection=Collection.objects.select_for_update().get(pk=collection.pk))
    last = held.aggregate(last=Max("position"))["last"] or 0
    CollectionStory.objects.get_or_create(collection=collection, story=story, defaults={"position": last + 1})


@transaction.atomic
def uncollect(*, by: User, collection: Collection, story: Story) -> None:
    """Take a story out of a collection. Raises Refused for a story that `by` may not open."""
    CollectionStory.objects.filter(collection=collection, story=_open_to(by, story)).delete()


def _check(by: User) -> None:
    if not is_team(by):
        raise Refused(_("Only the programme team does this."))


def _open_to(by: User, story: Story) -> Story:
    """The story, if it is published and this member of the team reads it like anybody of their audience."""
    _check(by)
    found = Story.objects.visible_to(by).published().filter(pk=story.pk).first()
    if found is None:
        raise Refused(_("This story is not here."))
    return found

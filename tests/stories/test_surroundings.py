"""What a story's page reads: what is there, and nothing else."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning_portal.common.counts import FEWEST
from stories.choices import Uptake
from stories.models import CollectionStory, Reply, Reuse, StoryAction
from stories.surroundings import Surroundings, surroundings_of
from tests.factories import TODAY, ActionFactory, CollectionFactory, ContactFactory, OrganisationFactory, make_story

pytestmark = pytest.mark.django_db

NOTHING = Surroundings(*[False] * len(Surroundings._fields))


def reply_to(story, *, shown: bool) -> None:
    organisation, on = OrganisationFactory(), datetime.date(2026, 1, 5)
    Reply.objects.create(story=story, organisation=organisation, text="We changed it.", on=on, shown=shown)


def collect(story) -> None:
    CollectionStory.objects.create(collection=CollectionFactory(), story=story, position=1)


def act_on(story, number: int) -> None:
    for _ in range(number):
        StoryAction.objects.create(story=story, action=ActionFactory())


def use(story, number: int, **fields) -> None:
    for _ in range(number):
        organisation = OrganisationFactory()
        Reuse.objects.create(story=story, organisation=organisation, how=Uptake.ADOPTED, since=TODAY, **fields)


def test_a_story_by_itself_has_nothing_beside_it():
    other = make_story(contacts=[ContactFactory()], updates=[(datetime.date(2022, 1, 1), "on_track", "Line.")])
    reply_to(other, shown=True)
    collect(other)
    act_on(other, FEWEST)
    use(other, FEWEST)
    assert surroundings_of(make_story()) == NOTHING


def test_each_of_them_is_seen():
    told = make_story(contacts=[ContactFactory()], updates=[(datetime.date(2022, 1, 1), "on_track", "Line.")])
    reply_to(told, shown=True)
    collect(told)
    act_on(told, FEWEST)
    use(told, FEWEST)
    assert surroundings_of(told) == Surroundings(*[True] * len(Surroundings._fields))


def test_one_use_is_seen_where_it_may_be_named():
    story = make_story()
    use(story, 1, may_be_named=True)
    assert surroundings_of(story).uses


def test_what_is_not_shown_is_as_if_it_were_not_there():
    story = make_story()
    reply_to(story, shown=False)
    act_on(story, FEWEST - 1)
    use(story, FEWEST - 1)
    assert surroundings_of(story) == NOTHING


def test_a_hidden_reply_and_few_actions_and_uses_change_nothing_that_a_page_reads(client):
    """Not even how many statements it takes: that would be a way to learn of them."""
    bare, hidden = make_story(), make_story()
    reply_to(hidden, shown=False)
    act_on(hidden, FEWEST - 1)
    use(hidden, FEWEST - 1)
    counts = []
    for story in (bare, bare, hidden):
        with CaptureQueriesContext(connection) as captured:
            client.get(story.get_absolute_url())
        counts.append(len(captured))
    assert counts[1] == counts[2]

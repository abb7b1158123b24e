"""The index stands in step with the published stories."""

import threading
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from stories.choices import Audience, Status
from stories.content import LessonsRecord
from stories.models import Embedding, SearchDocument, Story, Term, Version
from stories.models.search import Posting, Vocabulary
from stories.search import rank
from stories.search.index import check_index, erase, refresh_terms, reindex, reindex_many
from stories.search.weighing import BODY, LABEL, SUMMARY, TITLE, weigh
from tests.factories import OrganisationFactory, TopicFactory, lessons, make_story, unpublish

pytestmark = pytest.mark.django_db


def rows():
    return sorted(Posting.objects.values_list("stem", "story", "weight", "length", "is_public")), sorted(
        SearchDocument.objects.values_list("pk", "words", "length", "is_public", "fingerprint")
    )


def found(text):
    return rank.in_order(rank.text_scores(text, Story.objects.visible_to(AnonymousUser()).published(), mix=1))


def rewrite(story: Story, content: LessonsRecord) -> None:
    version = Version.of(story, content, number=2, written_by=Version.Writer.AUTHOR)
    version.save()
    story.published_version = version
    story.save()
    reindex(story)


def test_weights_are_by_part():
    content = LessonsRecord(title="Depot", summary="Rota rota", happened="Depot van", answers={"rules": "Van"})
    weighed = weigh(content, ["van lorry lorry", "lorry"], is_public=True)
    assert weighed.weights == {"depot": TITLE + BODY, "rota": 2 * SUMMARY, "van": 2 * BODY + LABEL, "lorri": LABEL}
    assert weighed.length == 6
    assert weighed.words == "depot rota van"


def test_every_change_changes_the_fingerprint():
    content = LessonsRecord(title="Depot")
    base = weigh(content, [], is_public=True).fingerprint
    assert base == weigh(content, [], is_public=True).fingerprint
    assert base < 2**40
    assert base != weigh(content, [], is_public=False).fingerprint
    assert base != weigh(content, ["van"], is_public=True).fingerprint
    assert base != weigh(LessonsRecord(title="Dépot"), [], is_public=True).fingerprint, (
        "its words are written otherwise"
    )


def test_reindexing_twice_changes_nothing():
    stories = [make_story(), make_story(audience=Audience.MEMBERS)]
    before = rows()
    reindex_many(stories)
    reindex(stories[0])
    assert rows() == before
    assert check_index(repair=False) == []


def test_new_words_replace_the_old():
    story = make_story()
    rewrite(story, lessons(title="Lorries"))
    assert found("lorry") == [story.pk]
    rewrite_again = Version.of(story, LessonsRecord(title="Gone"), number=3, written_by=Version.Writer.AUTHOR)
    rewrite_again.save()
    Story.objects.filter(pk=story.pk).update(published_version=rewrite_again)
    reindex(story)
    assert found("lorry tablets") == []
    assert found("gone") == [story.pk]


def test_only_the_published_version_is_indexed():
    story = make_story()
    Version.of(story, lessons(title="Draftword"), number=2, written_by=Version.Writer.AUTHOR).save()
    reindex(story)
    assert found("draftword") == []


def test_names_and_topics_follow_when_a_story_is_reindexed():
    body, topic = OrganisationFactory(name_en="Oldname"), TopicFactory(name="Oldtopic")
    story = make_story(organisation=body, topics=[topic])
    assert found("oldname") == found("oldtopic") == [story.pk]
    body.name_en, topic.name = "Newname", "Newtopic"
    body.save()
    topic.save()
    assert check_index(repair=False) == [story.pk]
    reindex(story)
    assert found("oldname") == found("oldtopic") == []
    assert found("newname") == found("newtopic") == [story.pk]


def test_withdrawal_leaves_no_row():
    story = make_story()
    unpublish(story, Status.WITHDRAWN)
    assert not Posting.objects.exists()
    assert not SearchDocument.objects.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda story: Posting.objects.filter(stem="tablet").delete(),
        lambda story: Posting.objects.filter(stem="tablet").update(weight=99),
        lambda story: Posting.objects.filter(stem="tablet").update(is_public=False),
        lambda story: Posting.objects.create(stem="stray", story=story, weight=1, length=1, is_public=True),
        lambda story: SearchDocument.objects.all().delete(),
        lambda story: SearchDocument.objects.update(fingerprint=1),
        lambda story: Story.objects.filter(pk=story.pk).update(status=Status.RETIRED),
        lambda story: Story.objects.filter(pk=story.pk).update(audience=Audience.MEMBERS),
    ],
)
def test_check_finds_and_repairs_every_damage(damage):
    story, other = make_story(), make_story()
    damage(story)
    different = check_index(repair=True)
    assert story.pk in different
    assert check_index(repair=False) == []
    Story.objects.filter(pk__in=[story.pk, other.pk]).update(status=Status.PUBLISHED, audience=Audience.PUBLIC)
    reindex_many([story, other])
    assert found("tablets") == sorted([story.pk, other.pk])


def test_reindexing_does_not_fail_on_rows_that_should_not_be_there():
    story = make_story()
    before = rows()
    SearchDocument.objects.all().delete()
    Posting.objects.filter(stem="tablet").update(weight=99)
    reindex(story)
    assert rows() == before


def test_check_takes_away_what_stands_for_nothing():
    story = make_story()
    unpublish(story, Status.WITHDRAWN)
    Embedding.objects.create(story=story, sha256="a" * 64, model="m", change=1, vector=b"")
    Posting.objects.create(stem="stray", story=story, weight=1, length=1, is_public=True)
    assert check_index(repair=True) == [story.pk]
    assert not Embedding.objects.exists()
    assert not Posting.objects.exists()


def test_commands_bring_everything_in_step():
    story = make_story()
    Posting.objects.all().delete()
    out = StringIO()
    call_command("reindex", "--check", "--no-meaning", stdout=out)
    assert out.getvalue().startswith("1 ")
    assert found("tablets") == [story.pk]
    assert Term.objects.filter(pk="tablet", documents=1).exists()
    SearchDocument.objects.all().delete()
    Posting.objects.all().delete()
    call_command("reindex", "--no-meaning", stdout=out)
    assert check_index(repair=False) == []


def test_counts_are_of_public_stories_only():
    make_story(content=lessons(title="Depot depots"))
    make_story(content=lessons(title="Depot"), audience=Audience.MEMBERS)
    make_story(content=lessons(title="Depoted"), audience=Audience.NETWORK)
    assert refresh_terms() is True
    assert Term.objects.get(pk="depot").documents == 1
    assert Term.objects.get(pk="depot").words == "depot depots"
    assert Vocabulary.objects.get().documents == 1
    assert refresh_terms() is False


def test_counts_follow_every_public_change():
    stories = [make_story(content=lessons(title="Depot")) for _ in range(2)]
    refresh_terms()
    unpublish(stories[0], Status.WITHDRAWN)
    assert refresh_terms() is True
    assert Term.objects.get(pk="depot").documents == 1
    rewrite(stories[1], lessons(title="Garage"))
    assert refresh_terms() is True
    assert not Term.objects.filter(pk="depot").exists()


def test_erasure_leaves_no_word_behind():
    story = make_story(content=lessons(title="Zanzibar"))
    make_story()
    refresh_terms()
    Embedding.objects.create(story=story, sha256="a" * 64, model="m", change=1, vector=b"")
    erase(story)
    assert not Term.objects.filter(words__contains="zanzibar").exists()
    assert not Posting.objects.filter(stem="zanzibar").exists()
    assert not SearchDocument.objects.filter(words__contains="zanzibar").exists()
    assert not Embedding.objects.exists()


def test_deleting_a_story_deletes_its_rows():
    story = make_story()
    Story.objects.filter(pk=story.pk).update(published_version=None, status=Status.DRAFT, published_on=None)
    story.delete()
    assert rows() == ([], [])


def test_ranking_reads_the_key_alone():
    """A later migration that makes the table anew would lose this without a word."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'stories_posting_pkey'")
            assert "INCLUDE (weight, length, is_public)" in cursor.fetchone()[0]
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'stories_posting'")
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_writers_at_once_leave_the_index_in_step():
    stories = [make_story() for _ in range(5)]
    failures = []

    def write():
        try:
            for _ in range(10):
                Posting.objects.filter(stem="tablet").delete()
                SearchDocument.objects.all().delete()
                reindex_many(reversed(stories))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    reindex_many(stories)
    check_index(repair=True)
    assert found("tablets") == sorted(story.pk for story in stories)

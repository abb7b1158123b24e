"""Collections: an introduction in both languages, and the stories in it that a reader may see."""

import pytest
from django.urls import reverse

from learning_portal.common.models import Role
from stories.actions import Refused, curate
from stories.choices import Audience, Status
from stories.models import Collection, CollectionStory, Story
from tests.cast import give_role
from tests.factories import AffiliationFactory, CollectionFactory, UserFactory, lessons, make_story

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = {
    "title_en": "Digital by default",
    "title_cy": "Digidol yn ddiofyn",
    "introduction_en": "Why they belong together.",
    "introduction_cy": "Pam maen nhw'n perthyn i'w gilydd.",
}


@pytest.fixture
def team():
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    return person


def told(title: str, **fields) -> Story:
    return make_story(content=lessons(title=title), **fields)


def put_in(collection: Collection, *stories: Story) -> Collection:
    for place, story in enumerate(stories):
        CollectionStory.objects.create(collection=collection, story=story, position=place)
    return collection


def address_of(collection: Collection, page: str = "detail") -> str:
    return reverse(f"stories:collection-{page}", args=[collection.slug])


# --- Readers --------------------------------------------------------------------------------------------------------


def test_its_stories_in_their_order_with_its_introduction(client):
    collection = put_in(CollectionFactory(), told("Zebra crossings"), told("Allotments"))
    page = client.get(address_of(collection)).content.decode()
    assert "Why they belong together." in page
    assert page.index("Zebra crossings") < page.index("Allotments")
    assert address_of(collection) in client.get(reverse("stories:collection-list")).content.decode()
    assert address_of(collection) in client.get(Story.objects.first().get_absolute_url()).content.decode()


def test_it_reads_in_welsh(client):
    collection = put_in(CollectionFactory(title_cy="Casgliad o bob lliw"), told("Allotments"))
    client.cookies["django_language"] = "cy"
    assert "Casgliad o bob lliw" in client.get(address_of(collection)).content.decode()


def test_readers_meet_only_what_they_may_read(client):
    collection = put_in(CollectionFactory(), told("Allotments"), told("Secret tunnels", audience=Audience.MEMBERS))
    put_in(collection, told("Half written", status=Status.DRAFT))
    assert "Secret tunnels" not in client.get(address_of(collection)).content.decode()
    client.force_login(AffiliationFactory().user, backend=BACKEND)
    page = client.get(address_of(collection)).content.decode()
    assert "Secret tunnels" in page
    assert "Half written" not in page


def test_a_collection_of_hidden_stories_is_absent(client):
    """Its name alone could tell of them."""
    collection = put_in(CollectionFactory(title_en="Strikes"), told("Secret", audience=Audience.MEMBERS))
    hidden, absent = client.get(address_of(collection)), client.get(address_of(Collection(slug="nothing")))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
    assert "Strikes" not in client.get(reverse("stories:collection-list")).content.decode()


def test_there_may_be_none(client):
    assert "There is no collection yet." in client.get(reverse("stories:collection-list")).content.decode()
    assert reverse("stories:collection-list") in client.get(reverse("stories:story-list")).content.decode()


# --- The team -------------------------------------------------------------------------------------------------------


def test_the_team_makes_fills_changes_and_takes_it_apart(client, team):
    client.force_login(team, backend=BACKEND)
    made = client.post(reverse("stories:collection-new"), WORDS)
    collection = Collection.objects.get(slug="digital-by-default")
    assert made["Location"] == address_of(collection, "edit")
    first, second = told("Zebra crossings"), told("Allotments")
    for typed in (
        f"https://portal.example{first.get_absolute_url()}?plan=abc",
        second.public_id.upper(),
        second.public_id,
    ):
        assert client.post(address_of(collection, "edit"), {"do": "add", "story": typed}).status_code == 302
    assert list(collection.keys(Story.objects.all())) == [first.pk, second.pk]
    client.post(address_of(collection, "edit"), {"do": "remove", "story": first.public_id})
    assert list(collection.keys(Story.objects.all())) == [second.pk]
    client.post(address_of(collection, "edit"), {**WORDS, "do": "words", "title_en": "Digital, at last"})
    assert "Digital, at last" in client.get(address_of(collection)).content.decode()
    assert client.post(address_of(collection, "edit"), {"do": "erase"}).status_code == 302
    assert not Collection.objects.exists()
    assert Story.objects.count() == 2


def test_two_of_one_title_have_two_addresses(team):
    slugs = [curate.save_collection(by=team, **{**WORDS, "title_en": "New"}).slug for _time in range(3)]
    assert slugs == ["new-2", "new-3", "new-4"]


@pytest.mark.parametrize("missing", WORDS)
def test_both_languages_are_asked_for(client, team, missing):
    client.force_login(team, backend=BACKEND)
    response = client.post(reverse("stories:collection-new"), {**WORDS, missing: ""})
    assert response.status_code == 422
    assert not Collection.objects.exists()


def test_a_story_that_the_editor_may_not_read_is_not_found(client, team):
    hidden, collection = told("Secret", audience=Audience.MEMBERS), CollectionFactory()
    client.force_login(team, backend=BACKEND)
    for typed in (hidden.public_id, "0000000000000", "nonsense", ""):
        response = client.post(address_of(collection, "edit"), {"do": "add", "story": typed})
        assert response.status_code == 422
    for verb in (curate.collect, curate.uncollect):
        with pytest.raises(Refused):
            verb(by=team, collection=collection, story=hidden)


def test_what_the_editor_may_not_read_stays_in_unseen(client, team):
    hidden, collection = told("Secret", audience=Audience.MEMBERS), CollectionFactory()
    put_in(collection, hidden, told("Allotments"))
    client.force_login(team, backend=BACKEND)
    assert "Secret" not in client.get(address_of(collection, "edit")).content.decode()
    client.post(address_of(collection, "edit"), {**WORDS, "do": "words"})
    assert CollectionStory.objects.filter(story=hidden).exists()


def test_nobody_else_edits(client):
    person, collection = UserFactory(), put_in(CollectionFactory(), told("Allotments"))
    client.force_login(person, backend=BACKEND)
    for path in (reverse("stories:collection-new"), address_of(collection, "edit")):
        assert client.get(path).status_code == 404
        assert client.post(path, WORDS).status_code == 404
    for act in (
        lambda: curate.save_collection(by=person, **WORDS),
        lambda: curate.erase_collection(by=person, collection=collection),
        lambda: curate.collect(by=person, collection=collection, story=told("Mine")),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, number, django_assert_max_num_queries):
    collection = put_in(CollectionFactory(), *(told(f"Story {place}") for place in range(number)))
    with django_assert_max_num_queries(5):
        client.get(address_of(collection))

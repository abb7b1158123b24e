"""The directory and a network's page: for everybody what it is for, for its members its stories and their talk."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from learning_portal.common.public_ids import encode
from learning_portal.common.refused import Refused
from networks.models import Membership, Network, NetworkPost
from networks.network_actions import leave
from networks.network_posts import say, unsay
from stories.choices import Audience, Status, Voice
from stories.models import PostStory, Story
from stories.network_talk import posts_of, say_of, stories_of
from tests.factories import (
    TODAY,
    AdmissionFactory,
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkPostFactory,
    QuestionFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
)
from tests.networks.networking import NASTY, convened, member_of, servant, signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("networks:network-list")


def page(network: Network, reader=None, **query) -> str:
    response = signed_in(reader).get(reverse("stories:network-detail", args=[network.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def say_page(network: Network) -> str:
    return reverse("stories:network-say", args=[network.slug])


def told_for(network: Network, **fields) -> Story:
    return make_story(audience=Audience.NETWORK, networks=[network], **fields)


# --- The directory --------------------------------------------------------------------------------------------------


def listed(reader=None, **query) -> str:
    return signed_in(reader).get(LIST, query).content.decode()


def test_those_that_live_elsewhere_come_first_and_resting_ones_last():
    names = {"Alder": {}, "Birch": {"state": "resting"}, "Cedar": {}}
    for name, fields in names.items():
        NetworkFactory(name_en=name, **fields)
    NetworkFactory(name_en="Zelkova", how_to_join="elsewhere", elsewhere_url="https://z.example")
    content = listed()
    assert sorted(["Zelkova", *names], key=content.index) == ["Zelkova", "Alder", "Cedar", "Birch"]
    assert content.index("Cedar") < content.index('id="resting"') < content.index("Birch")


def test_each_says_what_it_is_for_who_convenes_it_and_how_to_join():
    topic = TopicFactory(name="Rural buses")
    network, _convenor = convened(how="approval", purpose_en="For who runs buses.", sectors="1|2")
    network.topics.add(topic)
    NetworkFactory(
        how_to_join="elsewhere",
        elsewhere_url="https://z.example",
        convenor_name="Ann Example",
        convenor_role="Head of homes",
        joining_en="Write to Ann.",
        checked_on=TODAY,
    )
    content = listed()
    for words in (
        "For who runs buses.",
        "Carys",
        "Rural buses",
        "Local government, Health",
        "Ask, and a convenor decides",
        "Ann Example, Head of homes",
        "Write to Ann.",
        "2 November 2026",
    ):
        assert words in content


def test_it_is_narrowed_by_topic_and_sector():
    topic = TopicFactory(slug="buses")
    found, other = NetworkFactory(name_en="Found", sectors="2"), NetworkFactory(name_en="Elsewise", sectors="1")
    found.topics.add(topic)
    for query in ({"topic": "buses"}, {"sector": "2"}, {"topic": "buses", "sector": "2"}):
        content = listed(**query)
        assert "Found" in content
        assert other.name_en not in content
    assert "We know no network about this" in listed(topic="buses", sector="1")
    for nonsense in ("\x00", "x", "9" * 30, "x" * 500):
        assert "Found" in listed(topic=nonsense, sector=nonsense)


@pytest.mark.parametrize("state", ["proposed", "merged"])
def test_proposed_and_merged_ones_are_not_listed(state):
    into = NetworkFactory() if state == "merged" else None
    hidden = NetworkFactory(name_en="Hidden away", state=state, merged_into=into)
    MembershipFactory(network=hidden, is_convenor=True)
    assert "Hidden away" not in listed()


def test_a_name_is_shown_in_the_readers_language_or_says_which_it_is_in():
    NetworkFactory(name_en="Hills", name_cy="Bryniau")
    NetworkFactory(name_en="", name_cy="Mynyddoedd")
    client = signed_in(None)
    content = client.get(LIST).content.decode()
    assert "Hills" in content
    assert 'lang="cy">Mynyddoedd' in content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    content = client.get(LIST).content.decode()
    assert "Bryniau" in content
    assert 'lang="cy">Mynyddoedd' not in content


def test_a_convenors_role_stands_on_their_card_for_whoever_may_see_it():
    network, convenor = convened()
    contact = ContactFactory(user=convenor, name="C", role="Bus manager", audience="networks", verified_on="2026-11-20")
    assert "Bus manager" not in listed()
    assert "Bus manager" not in page(network, servant())
    assert "Bus manager" in page(network, member_of(network))
    contact.audience = "public"
    contact.save()
    assert "Bus manager" in listed()


def test_a_convenors_name_leads_to_their_card_where_it_may_be_seen():
    network, convenor = convened(how="invitation")
    card = ContactFactory(user=convenor, audience="members", verified_on="2026-11-20")
    link = reverse("stories:person-detail", args=[card.pk])
    assert link in page(network, servant())
    assert "write to one of them if it is for you" in page(network)
    assert convenor.name in page(network)
    assert link not in page(network)


def test_ones_own_networks_and_invitations_stand_first():
    network, _convenor = convened(name_en="Alder")
    member, other = member_of(network), servant()
    invitation = AdmissionFactory(network=network, user=None, address=other.email, kind="invited", by=member)
    link = reverse("networks:invitation", args=[invitation.pk])
    assert "You are in:" in listed(member)
    for reader in (other, None):
        assert "You are in:" not in listed(reader)
    assert link in listed(other)
    for reader in (member, None):
        assert link not in listed(reader)
    invitation.taken_back_on = TODAY
    invitation.save()
    assert link not in listed(other)


def test_no_address_is_on_any_page():
    network, convenor = convened()
    nameless = MembershipFactory(network=network, is_convenor=True, user__name="").user
    member = member_of(network)
    for content in (listed(), page(network), page(network, member)):
        for user in (convenor, nameless, member):
            assert user.email not in content


@pytest.mark.parametrize("number", [1, 30])
def test_its_queries_do_not_grow(number, django_assert_num_queries):
    topic = TopicFactory()
    for _number in range(number):
        network, convenor = convened()
        ContactFactory(user=convenor)
        network.topics.add(topic)
    client = signed_in(servant())
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 13


# --- What is for members --------------------------------------------------------------------------------------------


def test_members_find_the_stories_that_were_told_for_them():
    network, _convenor = convened()
    told_for(network, content=lessons(title="Buses that never came"))
    make_story(content=lessons(title="A public one"))
    told_for(NetworkFactory(), content=lessons(title="Of another network"))
    told_for(network, content=lessons(title="A draft of it"), status=Status.DRAFT)
    content = page(network, member_of(network))
    assert "Buses that never came" in content
    for title in ("A public one", "Of another network", "A draft of it"):
        assert title not in content


def readers_who_are_no_members(network: Network) -> list:
    left = member_of(network)
    leave(by=left, network=network)
    elsewhere, _convenor = convened()
    closed = member_of(network)
    return [None, UserFactory(), servant(), left, member_of(elsewhere), closed]


def test_for_anybody_else_the_section_is_not_there_at_all():
    """Stories, posts, questions, members and requests there or not: the same page, to the byte."""
    network, _convenor = convened(how="approval")
    readers = readers_who_are_no_members(network)
    Membership.objects.filter(user=readers[-1]).update(left_on=TODAY)
    before = [page(network, reader) for reader in readers]
    story = told_for(network, content=lessons(title="Buses that never came"))
    say_of(by=member_of(network, "Hidden"), network=network, words="Unseen words", language="en", story=story)
    QuestionFactory(network=network, text="Unseen question?")
    AdmissionFactory(network=network, user=servant("Asker"))
    after = [page(network, reader) for reader in readers]
    for one, other in zip(before, after, strict=True):
        assert scrub(one).splitlines() == scrub(other).splitlines()


def scrub(content: str) -> str:
    """Without the token and the time that differ in each answer."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|data-ends)="[^"]*"', "", content)


def test_for_members_it_would_show():
    network, _convenor = convened()
    member = member_of(network)
    before = page(network, member)
    NetworkPostFactory(network=network)
    assert scrub(before) != scrub(page(network, member))


def test_a_network_story_that_one_may_read_as_its_author_shows_no_section():
    network, _convenor = convened()
    author = servant()
    told_for(network, content=lessons(title="My own story"), author=author)
    assert "My own story" not in page(network, author)


# --- Talk -----------------------------------------------------------------------------------------------------------


def test_a_member_says_something_of_a_story():
    network, _convenor = convened()
    story = told_for(network, content=lessons(title="Buses that never came"))
    member = member_of(network, "Gwen")
    form = {"words": "We had the same.", "story": story.pk}
    assert signed_in(member).post(say_page(network), form).status_code == 302
    content = page(network, member_of(network))
    assert "We had the same." in content
    assert "Gwen" in content
    assert content.count("Buses that never came") >= 2
    assert NetworkPost.objects.get().is_of_story


def test_the_newest_stands_first():
    network, _convenor = convened()
    member = member_of(network)
    for words in ("First said", "Then said", "Last said"):
        signed_in(member).post(say_page(network), {"words": words})
    content = page(network, member)
    assert content.index("Last said") < content.index("Then said") < content.index("First said")


def test_what_is_said_of_a_story_goes_when_the_story_does():
    network, _convenor = convened()
    story = told_for(network, voice=Voice.CONFIDENTIAL)
    member = member_of(network)
    say_of(by=member, network=network, words="About that story", language="en", story=story)
    assert "About that story" in page(network, member)
    Story.objects.filter(pk=story.pk).update(status=Status.WITHDRAWN)
    assert "About that story" not in page(network, member)
    assert not posts_of(network, member).exists()
    PostStory.objects.all().delete()
    Story.objects.filter(pk=story.pk).update(status=Status.PUBLISHED)
    assert not posts_of(network, member).exists(), "words about a story that is not there are for nobody"


@pytest.mark.parametrize("words", [*NASTY[:3], "", " "])
def test_nothing_typed_is_lost(words):
    network, _convenor = convened()
    member = member_of(network)
    response = signed_in(member).post(say_page(network), {"words": words})
    assert response.status_code == 422
    assert not NetworkPost.objects.exists()


@pytest.mark.parametrize("story", ["1", "x", "\x00", "9" * 30, "hidden", "public"])
def test_only_a_story_of_the_network_can_be_chosen(story):
    network, _convenor = convened()
    other = told_for(NetworkFactory()) if story == "hidden" else make_story()
    member = member_of(network)
    typed = other.pk if story in {"hidden", "public"} else story
    response = signed_in(member).post(say_page(network), {"words": "Words I typed", "story": typed})
    assert response.status_code == 422
    assert "Words I typed" in response.content.decode()
    assert not NetworkPost.objects.exists()


def test_words_are_escaped():
    network, _convenor = convened()
    member = member_of(network)
    signed_in(member).post(say_page(network), {"words": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page(network, member)


def test_nobody_else_says_anything():
    network, _convenor = convened()
    for other in (UserFactory(), servant()):
        assert signed_in(other).post(say_page(network), {"words": "Hello"}).status_code == 404
        with pytest.raises(Refused):
            say(by=other, network=network, words="Hello", language="en")
    assert signed_in(None).post(say_page(network), {"words": "Hello"})["Location"].startswith("/sign-in/")
    resting, convenor = convened(state="resting")
    assert signed_in(convenor).post(say_page(resting), {"words": "Hello"}).status_code == 404
    assert not NetworkPost.objects.exists()


def test_a_day_has_so_many_words():
    network, _convenor = convened()
    client = signed_in(member_of(network))
    answers = [client.post(say_page(network), {"words": "Hello"}).status_code for _number in range(41)]
    assert answers == [302] * 40 + [422]


def test_its_author_takes_it_back_and_a_convenor_removes_it():
    network, convenor = convened()
    writer, other = member_of(network), member_of(network)
    for remover, done in ((writer, True), (convenor, True), (other, False), (servant(), False)):
        post = NetworkPostFactory(network=network, by=writer)
        back = reverse("networks:post-back", args=[network.slug, post.pk])
        assert signed_in(remover).post(back).status_code == (302 if done else 404)
        assert NetworkPost.objects.filter(pk=post.pk).exists() is not done
        assert signed_in(convenor).post(f"/networks/{network.slug}/posts/{encode(1)}/").status_code == 404
    with pytest.raises(Refused):
        unsay(by=other, post=NetworkPost.objects.first())
    _elsewhere, stranger = convened()
    post = NetworkPost.objects.first()
    assert signed_in(stranger).post(f"/networks/{_elsewhere.slug}/posts/{encode(post.pk)}/").status_code == 404


def test_who_left_takes_nothing_back():
    network, _convenor = convened()
    writer = member_of(network)
    post = NetworkPostFactory(network=network, by=writer)
    leave(by=writer, network=network)
    assert signed_in(writer).post(reverse("networks:post-back", args=[network.slug, post.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_much(number, django_assert_num_queries):
    network, convenor = convened(how="approval")
    for _number in range(number):
        member = member_of(network)
        ContactFactory(user=member)
        story = told_for(network)
        say_of(by=member, network=network, words="Words", language="en", story=story)
        QuestionFactory(network=network)
        AdmissionFactory(network=network)
    client = signed_in(convenor)
    here = reverse("stories:network-detail", args=[network.slug])
    client.get(here)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(here)


PAGE_QUERIES = 21


def test_pages_of_stories_and_of_talk():
    network, _convenor = convened()
    member = member_of(network)
    for number in range(25):
        NetworkPostFactory(network=network, by=member, words=f"Said number {number}.", number=number)
        told_for(network, content=lessons(title=f"Story number {number}"))
    assert "Said number 24." in page(network, member)
    assert "Said number 4." not in page(network, member)
    assert "Said number 4." in page(network, member, said="2")
    for nonsense in ("x", "9" * 30, "\x00", "-1"):
        page(network, member, said=nonsense, page=nonsense)
    assert stories_of(network, member).count() == 25

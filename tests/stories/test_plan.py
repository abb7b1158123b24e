"""Plan check: the question, the answer, the plain text, and the address for a colleague."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks.choices import Kind, TopicGroup
from stories.choices import Audience, Outcome
from stories.models import SharedPlan, StoryContext
from stories.search.index import refresh_terms
from tests.factories import OrganisationFactory, TopicFactory, lessons, make_story

pytestmark = pytest.mark.django_db

TEXT = "We want to give home carers tablets to record visits on the road."


@pytest.fixture
def signal():
    return TopicFactory(name="Poor signal", slug="poor-signal", bit=1, words_en="tablets|coverage")


@pytest.fixture
def powys():
    return OrganisationFactory(code="P1", name_en="Upland County Council", name_cy="Cyngor Sir yr Ucheldir")


def ask(client, **data):
    return client.post(reverse("stories:plan-create"), {"text": TEXT, **data})


def answer(client, **data):
    return client.get(ask(client, **data)["Location"])


def attempts(number: int, topic, **fields):
    return [
        make_story(content=lessons(title=f"Tablets that stayed in van {index}"), topics=[topic], **fields)
        for index in range(number)
    ]


def test_words_stand_in_no_address(client, signal):
    response = ask(client)
    assert response.status_code == 302
    assert "carers" not in response["Location"]
    assert re.fullmatch(r"/plan/[\w-]{8}/\?topic=poor-signal", response["Location"])


def test_questions_come_with_the_story_they_cost(client, signal):
    story = attempts(3, signal)[0]
    page = answer(client).content.decode()
    assert "Questions to take to your meeting" in page
    assert "Which rounds lose the signal, and for how long?" in page
    assert story.get_absolute_url() in page
    assert "Nobody asked which rounds had a signal." in page


def test_likeness_is_told_for_the_place_that_was_named(client, signal, powys):
    attempts(3, signal, organisation=OrganisationFactory(population=96_000))
    page = answer(client, organisation="upland county").content.decode()
    assert "similar size (92,000 and 96,000)" in page
    assert "Together, out of 100" in page


def test_the_place_is_remembered(client, powys):
    ask(client, organisation="P1")
    assert "Upland County Council" in client.get(reverse("site:home")).content.decode()


def test_a_story_of_another_subject_does_not_clear_the_floor(client, signal):
    make_story(
        content=lessons(
            title="Bins",
            summary="Bins.",
            expected="",
            happened="",
            wrong="Bins were late.",
            past="",
            differently="",
            question="Whose bin?",
        )
    )
    page = answer(client).content.decode()
    assert "We have nothing close on this yet" in page
    assert "Another problem, a place like yours" in page


def test_fewer_than_three_is_a_weak_answer_that_still_shows_them(client, signal):
    attempts(2, signal)
    page = answer(client).content.decode()
    assert "We have nothing close on this yet" in page
    assert "Tablets that stayed in van 1" in page


def test_nobody_is_said_to_have_never_tried(client):
    page = answer(client).content.decode()
    assert "We found no story about it" in page
    assert "nobody has tried it" not in page


@pytest.mark.parametrize(("number", "shown"), [(7, False), (8, True)])
def test_what_went_wrong_is_counted_from_eight(client, signal, number, shown):
    attempts(number, signal)
    page = answer(client).content.decode()
    assert ("What most often went wrong" in page) is shown
    assert (f"{number} of {number}" in page) is shown


def test_a_bit_that_no_topic_has_is_no_pattern(client, signal):
    """A vocabulary that was changed by hand must not take every answer down."""
    attempts(8, signal)
    StoryContext.objects.update(problem=1 << 40 | 1 << signal.bit)
    response = answer(client)
    assert response.status_code == 200
    assert response.content.decode().count("8 of 8") == 1


def test_a_pattern_links_to_its_stories(client, signal):
    other = TopicFactory(slug="unions", name="Unions", bit=2)
    attempts(8, signal)
    [odd] = attempts(1, other)
    key = ask(client)["Location"].split("?")[0]
    page = client.get(key, {"topic": "poor-signal", "wrong": "poor-signal"}).content.decode()
    assert odd.get_absolute_url() not in page.split("closest")[1]


def test_only_my_sector(client, signal, powys):
    [force] = attempts(1, signal, organisation=OrganisationFactory(kind=Kind.POLICE_FORCE))
    mine = attempts(3, signal)
    address = ask(client, organisation="P1")["Location"]
    page = client.get(f"{address}&sector=only").content.decode()
    assert mine[0].get_absolute_url() in page
    assert force.get_absolute_url() not in page
    assert force.get_absolute_url() in client.get(f"{address}&sector=any").content.decode()


def test_the_dial_changes_the_order(client, signal, powys):
    near = make_story(
        content=lessons(title="Near"), topics=[signal], organisation=OrganisationFactory(population=92_000)
    )
    far = make_story(
        content=lessons(title="Home carers, tablets, visits on the road", summary=TEXT),
        topics=[signal],
        organisation=OrganisationFactory(population=3_000_000, rurality=0, nation=2),
    )
    attempts(2, signal)
    address = ask(client, organisation="P1")["Location"]

    def order(dial):
        page = client.get(f"{address}&dial={dial}").content.decode().split('id="closest"')[1]
        return page.index(near.get_absolute_url()) < page.index(far.get_absolute_url())

    assert (order(0), order(100)) == (False, True)


def test_details_are_kept_in_the_address(client, signal):
    service = TopicFactory(slug="home-care", group=TopicGroup.SERVICE, code=9)
    location = ask(client, service=service.slug, delivery="4", budget="300000")["Location"]
    assert "topic=home-care" in location
    assert "delivery=4" in location
    assert "budget=300000" in location
    assert client.get(location).status_code == 200


def test_plain_text_has_questions_and_whole_addresses(client, signal):
    story = attempts(3, signal)[0]
    location = ask(client)["Location"]
    response = client.get(location.replace("/?", "/text/?"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert "1. Which rounds lose the signal, and for how long?" in text
    assert f"http://testserver{story.get_absolute_url()}" in text
    assert "<" not in text


def test_five_plans_are_kept(client):
    first = ask(client)["Location"]
    for _ in range(4):
        ask(client)
    assert client.get(first).status_code == 200
    ask(client)
    assert client.get(first).status_code == 404


def test_another_session_cannot_open_it(client):
    location = ask(client)["Location"]
    response = Client().get(location)
    assert response.status_code == 404
    assert "home carers" not in response.content.decode()
    assert "That plan is not here any more" in response.content.decode()


def test_the_plan_can_be_changed(client):
    key = ask(client)["Location"].split("/")[2]
    assert TEXT in client.get(reverse("site:home"), {"plan": key}).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": ""}, "Tell us in a sentence or two"),
        ({"text": "a"}, "Tell us in a sentence or two"),
        ({"text": "\U0001f600" * 5}, "Tell us in a sentence or two"),
        ({"text": "tablets " * 20_000}, "Shorten your plan to 1,000 characters: it has 159,999 now"),
        ({"text": TEXT, "organisation": "Ministry of Silly Walks"}, "We do not know that organisation"),
        ({"text": TEXT, "problem": "no-such"}, "Select a valid choice"),
    ],
)
def test_bad_input_says_what_to_do_and_loses_nothing(client, data, words):
    response = client.post(reverse("stories:plan-create"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert words in page
    assert data["text"].strip()[:80] in page
    assert data.get("organisation", "") in page


def test_nonsense_in_the_address_is_ignored(client, signal):
    attempts(3, signal)
    key = ask(client)["Location"].split("?")[0]
    query = "?topic=no-such&topic=%00&dial=abc&sector=mars&delivery=99&budget=-1&wrong=!!"
    assert client.get(key + query).status_code == 200


@pytest.mark.parametrize(("name", "method"), [("plan-create", "get"), ("plan-detail", "post"), ("plan-share", "get")])
def test_wrong_method(client, name, method):
    args = [] if name == "plan-create" else ["abcdefgh"]
    assert getattr(client, method)(reverse(f"stories:{name}", args=args)).status_code == 405


class TestShared:
    @pytest.fixture
    def shared(self, client, signal):
        attempts(3, signal)
        location = ask(client)["Location"]
        response = client.post(location.replace("/?", "/share/?"))
        return re.search(r"http://testserver(/plan/shared/[\w-]{22}/)", response.content.decode())[1]

    def test_a_colleague_sees_the_plan_and_what_they_may_read(self, shared):
        response = Client().get(shared, follow=True)
        page = response.content.decode()
        assert TEXT in page
        assert "Tablets that stayed in van 1" in page
        assert "Share with a colleague" not in page

    def test_search_engines_are_told_to_leave_it(self, shared):
        assert Client().get(shared, follow=True)["X-Robots-Tag"] == "noindex"

    def test_only_the_hash_of_its_address_is_kept(self, shared):
        token = shared.split("/")[-2]
        assert token not in SharedPlan.objects.get().token_sha256

    def test_it_expires(self, client, shared):
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        SharedPlan.objects.update(expires_on=yesterday)
        assert client.get(shared).status_code == 404

    def test_it_lasts_thirty_days(self, shared):
        assert SharedPlan.objects.get().expires_on == timezone.localdate() + datetime.timedelta(days=30)

    def test_a_guessed_address_is_not_found(self, client, shared):
        assert client.get("/plan/shared/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404

    def test_restricted_stories_stay_away_from_a_visitor(self, client, shared, signal):
        make_story(content=lessons(title="For members only"), topics=[signal], audience=Audience.MEMBERS)
        assert "For members only" not in Client().get(shared, follow=True).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, signal, powys, number, django_assert_max_num_queries):
    attempts(number, signal, outcome=Outcome.FAILED)
    refresh_terms()
    location = ask(client, organisation="P1")["Location"]
    client.get(location)
    with django_assert_max_num_queries(22):
        client.get(location)


# --- On paper, and in the right language ----------------------------------------------------------------------------


def printed(page: str) -> str:
    """What a sheet of paper says it came from."""
    return re.search(r'<p class="lp-printed lp-print-only">([^·]+) ·', page)[1]


def test_paper_names_no_address_that_works_in_one_browser_only(client, signal):
    page = answer(client).content.decode()
    assert printed(page) == "testserver"
    assert 'data-module="lp-print" hidden' in page


def test_paper_of_a_shared_plan_names_its_address(client, signal):
    sent = client.post(ask(client)["Location"].replace("/?", "/share/?")).content.decode()
    address = re.search(r"http://testserver/plan/shared/[\w-]{22}/", sent)[0]
    assert printed(Client().get(address, follow=True).content.decode()) == f"{address}?topic=poor-signal"


def test_a_plan_that_is_gone_says_so_in_its_title(client):
    assert "<title>That plan is not here any more - " in client.get("/plan/AAAAAAAA/").content.decode()


def test_the_page_s_own_words_round_a_question_are_in_its_language(client, signal):
    own = lessons(question="", differently="Ewch ar y rownd waethaf.")
    for _ in range(3):
        make_story(content=own, topics=[signal], language="cy")
    page = answer(client).content.decode()
    assert 'They would now do this: “<span lang="cy">Ewch ar y rownd waethaf.</span>” What about us?' in page

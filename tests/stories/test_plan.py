"""Plan check: the question, the answer, the plain text, and the address for a colleague."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from networks.choices import Kind, TopicGroup
from stories import plan_check
from stories.choices import Audience, Outcome, Voice
from stories.models import SharedPlan, Story, StoryContact, StoryContext
from stories.search.index import refresh_terms
from tests.factories import AffiliationFactory, ContactFactory, OrganisationFactory, TopicFactory, lessons, make_story

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


def test_questions_come_after_the_story_they_cost(client, signal):
    """Whose question it is stands before it, or "this patient" has no referent."""
    story = attempts(3, signal)[0]
    page = answer(client).content.decode()
    assert "Three questions to take to your meeting</h1>" in page
    assert "<title>Three questions to take to your meeting - " in page
    first = page.split('class="lp-questions"')[1].split("</li>")[0]
    assert first.index("Tablets that stayed in van") < first.index("Which rounds lose the signal, and for how long?")
    assert "From:" in first
    assert story.get_absolute_url() in page
    assert "Nobody asked which rounds had a signal." in page


def of_group(group: TopicGroup, slug: str, **fields):
    return TopicFactory(group=group, slug=slug, name=slug, code=9 if group == TopicGroup.SERVICE else None, **fields)


def asks(page: str) -> int:
    return page.count("lp-questions__question")


@pytest.mark.parametrize(
    ("group", "asked"),
    [(TopicGroup.PROBLEM, 3), (TopicGroup.SERVICE, 3), (TopicGroup.METHOD, 3), (TopicGroup.USERS, 0)],
)
def test_questions_are_asked_of_what_shares_a_problem_service_or_method(client, monkeypatch, group, asked):
    """That they serve the same people, or have the same constraint, makes no question fit."""
    monkeypatch.setattr(plan_check, "TEXT_FLOOR", 0)  # all are attempts; none has words of its own that are close
    monkeypatch.setattr(plan_check, "CLOSE_TEXT", 2)
    topic = of_group(group, "about-it")
    attempts(3, topic)
    key = ask(client)["Location"].split("?")[0]
    page = client.get(key, {"topic": "about-it"}).content.decode()
    assert (asks(about(page)), asks(page)) == (asked, 3)
    assert (FURTHER in page) == (not asked)
    assert "Three questions to take to your meeting</h1>" in page


FURTHER = "From stories further from your plan"


def about(page: str) -> str:
    """The page without the questions from stories further from the plan."""
    return page.split(FURTHER)[0]


def test_questions_of_other_attempts_stand_apart_and_make_them_five(client, signal, monkeypatch):
    """Those with a problem of the plan's come before those that are attempts by their words alone."""
    monkeypatch.setattr(plan_check, "TEXT_FLOOR", 0)
    monkeypatch.setattr(plan_check, "CLOSE_TEXT", 2)
    for number in range(3):
        make_story(content=lessons(title=TEXT, summary=TEXT), topics=[signal])
        make_story(content=lessons(title=f"Virtual ward {number}", question="Where would this patient be tonight?"))
    far = {
        "summary": "Hens.",
        "expected": "Hens.",
        "happened": "Hens.",
        "wrong": "Hens.",
        "past": "",
        "differently": "",
    }
    make_story(content=lessons(title="Hens", question="Whose hens?", **far), topics=[signal])
    page = answer(client).content.decode()
    assert "Five questions to take to your meeting</h1>" in page
    assert (asks(about(page)), asks(page)) == (3, 5)
    further = page.split(FURTHER)[1]
    assert further.index("Whose hens?") < further.index("Where would this patient be tonight?")
    assert 'start="4"' in further


def test_the_text_numbers_the_questions_through(client, signal, monkeypatch):
    monkeypatch.setattr(plan_check, "TEXT_FLOOR", 0)
    attempts(3, signal)
    make_story(content=lessons(title="Virtual ward", question="Where would this patient be tonight?"))
    text = client.get(ask(client)["Location"].replace("/?", "/text/?")).content.decode()
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == ["1", "2", "3", "4"]
    assert text.index(FURTHER) < text.index("4. Where would this patient be tonight?")


def test_a_weak_answer_has_no_questions_from_further_away(client, monkeypatch):
    monkeypatch.setattr(plan_check, "TEXT_FLOOR", 0)
    monkeypatch.setattr(plan_check, "CLOSE_TEXT", 2)
    make_story(content=lessons(title="Virtual ward", question="Where would this patient be tonight?"))
    page = answer(client).content.decode()
    assert "We have nothing close on this yet" in page
    assert "Virtual ward" in page
    assert asks(page) == 0


def test_a_story_whose_words_are_close_asks_without_a_topic(client, monkeypatch):
    for _ in range(3):
        make_story(content=lessons(title=TEXT, summary=TEXT))
    monkeypatch.setattr(plan_check, "TEXT_FLOOR", 0)
    monkeypatch.setattr(plan_check, "CLOSE_TEXT", 0)
    assert asks(answer(client).content.decode()) == 3


def test_at_most_five_questions(client, signal):
    attempts(9, signal)
    page = answer(client).content.decode()
    assert "Five questions to take to your meeting</h1>" in page
    assert asks(page) == 5


def test_questions_in_the_reader_s_language_come_first(client, signal):
    """They are read out in a meeting."""
    attempts(5, signal)
    make_story(content=lessons(title="Tabledi", question="Pa rownd?"), topics=[signal], language="cy")
    assert "Pa rownd?" not in answer(client).content.decode()
    client.cookies["django_language"] = "cy"
    first = answer(client).content.decode().split('class="lp-questions"')[1].split("</li>")[0]
    assert '<span lang="cy">Pa rownd?</span>' in first


def test_what_is_in_another_language_says_so(client, signal):
    attempts(2, signal)
    make_story(content=lessons(title="Tabledi", question=""), topics=[signal], language="cy")
    page = answer(client).content.decode()
    assert page.count(">In Welsh</span>") == 2, "beside its question, and on its card"
    assert 'lang="cy" hreflang="cy"' in page
    assert re.search(r"They would now do this: “<span lang=\"cy\">Ride along[^<]*</span>” What about us\?", page)
    assert "In English" not in page


def test_likeness_is_told_for_the_place_that_was_named(client, signal, powys):
    attempts(3, signal, organisation=OrganisationFactory(population=96_000))
    page = answer(client, organisation="upland county").content.decode()
    assert "similar size (92,000 and 96,000)" in page
    assert "Total out of 100" in page


def test_a_problem_in_common_is_named(client, signal):
    """Among others of the story's and of the plan's: cards called it another problem."""
    others = [TopicFactory(name=f"Other {bit}", bit=bit) for bit in range(10, 13)]
    attempts(3, signal)
    make_story(content=lessons(title="Tablets again"), topics=[signal, *others])
    page = answer(client).content.decode()
    card = page.split("Tablets again</a></h3>")[1].split("</article>")[0]
    assert "also about: Poor signal" in card
    assert "another problem" not in card
    points = [int(found) for found in re.findall(r'lp-points__number">(\d+)</td></tr>\s*</tbody>', card)]
    assert sum(points) == int(re.search(r'lp-points__number">(\d+)</td></tr></tfoot>', card)[1])


def test_ten_of_more_are_shown_and_the_heading_says_so(client, signal):
    attempts(12, signal)
    page = answer(client).content.decode()
    assert "The 10 closest of 12 attempts</h2>" in page
    assert "The other 2 are less close to your plan." in page
    assert "Show 5 more, less close" in page
    assert page.count("lp-story-card__title") == 10


def test_all_of_few_are_shown_and_the_heading_says_so(client, signal):
    attempts(4, signal)
    page = answer(client).content.decode()
    assert "4 attempts</h2>" in page
    assert "less close" not in page


def test_links_lead_to_the_parts_of_the_page(client, signal):
    attempts(8, signal)
    page = answer(client).content.decode()
    found = re.findall(r'href="#([\w-]+)"', page.split('class="lp-order')[1].split("</ul>")[0])
    assert found == ["questions", "patterns", "closest", "who"]
    assert all(page.count(f'id="{key}"') == 1 for key in found)
    assert page.index('id="patterns"') < page.index('id="closest"')


def test_topics_are_taken_away_one_by_one(client, signal):
    TopicFactory(slug="unions", name="Unions", bit=2)
    attempts(3, signal)
    key = ask(client)["Location"].split("?")[0]
    page = client.get(f"{key}?topic=poor-signal&topic=unions&dial=70").content.decode()
    assert re.findall(r'class="lp-chip" href="([^"]+)"', page) == [
        "?topic=unions&amp;dial=70",
        "?topic=poor-signal&amp;dial=70",
    ]


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


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_an_author_who_gives_no_name_can_be_written_to(client, signal, voice):
    """Each attempt says how to reach somebody: these are reached through the portal, as their own page says."""
    attempts(2, signal)
    story = attempts(1, signal, voice=voice)[0]
    location = ask(client)["Location"]
    page = client.get(location).content.decode()
    assert re.findall(r'<a [^>]*href="([^"]+)">Write to the author</a>', page) == [
        f"{story.get_absolute_url()}?plan={location.split('/')[2]}#who-to-ask"
    ]
    text = client.get(location.replace("/?", "/text/?")).content.decode()
    assert text.count("Write to the author") == 1
    assert f"  Write to the author\n  http://testserver{story.get_absolute_url()}\n" in text


@pytest.mark.parametrize(("number", "listed"), [(3, 1), (2, 0)])
def test_who_tried_it_is_listed_once_and_of_a_weak_answer_not_at_all(client, signal, powys, number, listed):
    """Under "We have nothing close on this yet" the list said of bodies near by that they had tried it."""
    attempts(number, signal, organisation=powys)
    page = answer(client).content.decode()
    assert page.count('id="who">Organisations that tried it</h2>') == listed
    assert page.count(f'<a class="govuk-link" href="/organisations/{powys.code}/">Upland County Council</a>') == listed


def test_a_weak_answer_asks_for_other_words_first(client, powys):
    """The plan stands in its box; there is nothing to copy or to share."""
    page = answer(client, organisation="P1", delivery="4").content.decode()
    assert re.search(rf"<textarea[^>]*>\s*{TEXT}</textarea>", page)
    assert 'value="Upland County Council"' in page
    assert '<option value="4" selected>' in page
    assert "Look again" in page
    assert "We recognised no topic in your plan" in page
    assert "add a topic" in page
    for words in ("Copy as text", "Share with a colleague", "take a topic away"):
        assert words not in page


def test_a_weak_answer_about_a_topic_says_to_take_it_away(client, signal):
    page = answer(client).content.decode()
    assert "take a topic away" in page
    assert "We read your plan as being about" in page


def test_a_shared_weak_answer_has_no_form_of_its_own(client):
    location = ask(client)["Location"]
    page = Client().get(share(client, location), follow=True).content.decode()
    assert "We have nothing close on this yet" in page
    assert "<textarea" not in page
    assert TEXT in page
    assert 'href="/find/">Ask us to find someone' in page


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
    whole = client.get(key, {"topic": "poor-signal"}).content.decode()
    assert re.search(r'href="\?topic=poor-signal&amp;wrong=poor-signal#closest"[^>]*>Poor signal</a>', whole)
    page = client.get(key, {"topic": "poor-signal", "wrong": "poor-signal"}).content.decode()
    assert odd.get_absolute_url() not in page.split('id="closest"')[1]
    assert "8 attempts: Poor signal</h2>" in page
    assert 'href="?topic=poor-signal#closest">Show all attempts</a>' in page


def test_a_pattern_leaves_the_questions_as_they_were(client, signal):
    unions = TopicFactory(slug="unions", name="Unions", bit=2)
    attempts(6, signal)
    attempts(3, unions)
    key = ask(client)["Location"].split("?")[0]

    def questions(**query) -> str:
        page = client.get(key, {"topic": "poor-signal", **query}).content.decode()
        return page.split('class="lp-questions"')[1].split("</ol>")[0]

    assert questions() == questions(wrong="unions")


@pytest.mark.parametrize("wrong", ["no-such", "home-care", "!!"])
def test_what_is_no_problem_narrows_nothing(client, signal, wrong):
    TopicFactory(slug="home-care", group=TopicGroup.SERVICE, code=9)
    attempts(8, signal)
    key = ask(client)["Location"].split("?")[0]
    assert "8 attempts</h2>" in client.get(key, {"topic": "poor-signal", "wrong": wrong}).content.decode()


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


def test_plain_text_says_whom_to_ask_as_the_page_does(client, signal):
    """It is pasted into a mail or a paper: whoever reads it there does not see the page."""
    asked, told = attempts(3, signal)[:2]
    contacts = [ContactFactory(name="Nia Rees", role="Care manager"), ContactFactory(name="Sam O'Neill", role="")]
    for story, contact in zip([asked, told], contacts, strict=True):
        StoryContact.objects.create(story=story, contact=contact)
    text = client.get(ask(client)["Location"].replace("/?", "/text/?")).content.decode()
    assert f"\n  Who to ask: Nia Rees, Care manager\n  http://testserver{asked.get_absolute_url()}\n" in text
    assert f"\n  Who to ask: Sam O'Neill\n  http://testserver{told.get_absolute_url()}\n" in text
    assert text.count("Who to ask:") == 2


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


def test_the_plan_can_be_changed_and_nothing_that_was_chosen_is_forgotten(client, powys):
    TopicFactory(slug="unions", name="Unions")
    chosen = {"organisation": "P1", "problem": "unions", "delivery": "4", "budget": "300000"}
    key = ask(client, **chosen)["Location"].split("/")[2]
    page = client.get(reverse("site:home"), {"plan": key}).content.decode()
    assert TEXT in page
    assert 'value="Upland County Council"' in page
    for value in ("unions", "4", "300000"):
        assert f'<option value="{value}" selected>' in page
    assert re.search(r'<details class="govuk-details" open>\s*<summary[^>]*><span[^>]*>Say more', page)


def test_a_workplace_that_was_taken_back_is_forgotten(client, powys):
    ask(client, organisation="P1")
    ask(client, organisation="")
    assert "Upland County Council" not in client.get(reverse("site:home")).content.decode()


def test_a_workplace_left_empty_is_not_filled_from_the_account(client):
    user = AffiliationFactory(organisation=OrganisationFactory(name_en="Upland Council")).user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Upland Council" in client.get(reverse("site:home")).content.decode()
    ask(client, organisation="")
    assert "Upland Council" not in client.get(reverse("site:home")).content.decode()


def test_a_mistyped_place_of_work_is_answered_with_what_was_meant(client, powys):
    response = ask(client, organisation="Uplnd Council")
    page = response.content.decode()
    assert response.status_code == 422
    assert "We do not know that organisation. Did you mean: Upland County Council?" in page
    assert 'value="Uplnd Council"' in page
    assert TEXT in page


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


def in_welsh(client, path: str):
    """Change the language there, as the button does."""
    return client.post(reverse("common:language"), {"language": "cy", "next": path}, follow=True)


def test_the_language_may_change_after_an_error(client):
    """The page of the form is asked for with GET then: what was typed, and what is wrong with it, are still there."""
    typed = {"text": "Tablets for carers", "organisation": "Ministry of Silly Walks", "delivery": "4"}
    assert client.post(reverse("stories:plan-create"), typed).status_code == 422
    response = in_welsh(client, reverse("stories:plan-create"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Mae problem wedi codi" in page
    for words in ("Tablets for carers", "Ministry of Silly Walks", '<option value="4" selected>'):
        assert words in page


def test_without_anything_typed_the_address_of_the_form_is_home(client):
    response = client.get(reverse("stories:plan-create"))
    assert (response.status_code, response["Location"]) == (302, reverse("site:home"))
    client.post(reverse("stories:plan-create"), {"text": ""})
    ask(client)
    assert client.get(reverse("stories:plan-create")).status_code == 302, "what was taken is no longer waiting"


def test_what_nobody_types_is_not_kept(client):
    client.post(reverse("stories:plan-create"), {"text": "tablets " * 20_000})
    assert client.get(reverse("stories:plan-create")).status_code == 302


@pytest.mark.parametrize(
    ("name", "method"),
    [("plan-create", "put"), ("plan-detail", "post"), ("plan-share", "delete"), ("plan-text", "post")],
)
def test_wrong_method(client, name, method):
    args = [] if name == "plan-create" else ["abcdefgh"]
    assert getattr(client, method)(reverse(f"stories:{name}", args=args)).status_code == 405


def share(client, location: str) -> str:
    """The path of the address for a colleague."""
    response = client.post(re.sub(r"/(\?|$)", r"/share/\1", location), follow=True)
    return re.search(r"http://testserver(/plan/shared/[\w-]{22}/)", response.content.decode())[1]


class TestSharing:
    @pytest.fixture
    def location(self, client, signal):
        attempts(3, signal)
        return ask(client)["Location"].replace("/?", "/share/?")

    def test_it_says_what_the_link_does(self, client, location):
        page = client.post(location, follow=True).content.decode()
        until = timezone.localdate() + datetime.timedelta(days=30)
        assert "Send this link to a colleague</h1>" in page
        assert f"The link works until {date_format(until)}. Anyone who has it can read your plan." in page
        assert f'href="{location.replace("share/", "").replace("&", "&amp;")}"' in page

    def test_it_can_be_copied_and_mailed_without_the_words_of_the_plan(self, client, location):
        page = client.post(location, follow=True).content.decode()
        address = re.search(r"http://testserver/plan/shared/[\w-]{22}/", page)[0]
        assert f'hidden data-module="lp-copy-words" data-words="{address}"' in page
        mail = re.search(r'href="(mailto:[^"]+)"', page)[1]
        assert quote(address, safe="") in mail
        assert "carers" not in mail

    def test_reading_the_page_again_makes_no_other_address(self, client, location):
        pages = [client.post(location, follow=True), client.get(location), client.post(location, follow=True)]
        assert len({re.search(r"/plan/shared/[\w-]{22}/", page.content.decode())[0] for page in pages}) == 1
        assert SharedPlan.objects.count() == 1

    def test_another_answer_has_another_address(self, client, location):
        client.post(location)
        client.post(f"{location}&dial=100")
        assert SharedPlan.objects.count() == 2

    def test_the_language_may_change(self, client, location):
        client.post(location)
        response = in_welsh(client, location)
        assert "Anfonwch y ddolen hon" in response.content.decode()
        assert SharedPlan.objects.count() == 1

    def test_before_it_is_shared_there_is_no_page(self, client, location):
        response = client.get(location)
        assert (response.status_code, response["Location"]) == (302, location.replace("share/", ""))
        assert SharedPlan.objects.count() == 0

    def test_nobody_else_reads_or_makes_the_address(self, client, location):
        client.post(location)
        for method in ("get", "post"):
            response = getattr(Client(), method)(location)
            assert response.status_code == 404
            assert "/plan/shared/" not in response.content.decode()
        assert SharedPlan.objects.count() == 1

    def test_an_expired_address_is_made_anew(self, client, location):
        client.post(location)
        SharedPlan.objects.update(expires_on="2020-01-01")
        assert client.get(location).status_code == 302
        client.post(location)
        assert client.get(location).status_code == 200


class TestShared:
    @pytest.fixture
    def shared(self, client, signal):
        attempts(3, signal)
        return share(client, ask(client)["Location"])

    def test_a_colleague_sees_the_plan_and_what_they_may_read(self, shared):
        response = Client().get(shared, follow=True)
        page = response.content.decode()
        assert TEXT in page
        assert "Tablets that stayed in van 1" in page
        assert "Share with a colleague" not in page
        assert page.index("</h1>") < page.index("A colleague shared this plan with you.")

    def test_their_way_from_a_story_is_back_to_the_plan(self, shared):
        colleague = Client()
        address = colleague.get(shared, follow=True).request
        address = f"http://testserver{address['PATH_INFO']}?{address['QUERY_STRING']}"
        story = Story.objects.first()
        page = colleague.get(story.get_absolute_url(), headers={"Referer": address}).content.decode()
        assert f'href="{address.removeprefix("http://testserver")}">Back to the plan</a>' in page
        assert "same problem: Poor signal" in page

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
    attempts(3, signal)
    page = answer(client).content.decode()
    assert printed(page) == "testserver"
    assert 'data-module="lp-print" hidden' in page


def test_paper_of_a_shared_plan_names_its_address(client, signal):
    sent = client.post(ask(client)["Location"].replace("/?", "/share/?"), follow=True).content.decode()
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

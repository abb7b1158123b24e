"""The page of one story: what it tells, in what order, and what its voice keeps back."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.public_ids import encode
from networks.choices import Kind, TopicGroup
from networks.models import Contact, Preferences
from stories import related
from stories.actions import share_plan, tell
from stories.choices import Audience, Delivery, Evaluation, Origin, Outcome, Stage, Status, StoryKind, Voice
from stories.content import HUMAN_QUESTIONS
from stories.models import Story
from stories.plans import Plan
from tests.factories import (
    BAND,
    TODAY,
    AffiliationFactory,
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
    summary,
)

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
SOURCE = {"source_name": "Lessons System", "source_id": "L-17", "source_licence": "OGL v3.0"}


def page_of(client, story) -> str:
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def plan_from(client, code: str, text: str = "We want to try something") -> str:
    return client.post(reverse("stories:plan-create"), {"text": text, "organisation": code})["Location"]


# --- What it tells --------------------------------------------------------------------------------------------------


def test_what_went_wrong_comes_first(client):
    page = page_of(client, make_story()).split("<main")[1]
    order = [
        "Tablets that stayed in the van</h1>",
        "Home carers got tablets and did not use them.",
        "What went wrong, and why",
        "The question somebody should have asked us",
        "Who to ask",
        "What we expected",
        "What happened",
        "How we got past it, or did not",
        "What we would do differently",
        "The place and the project",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_a_summary_has_its_own_parts(client):
    page = page_of(client, make_story(content=summary(lessons="The till was slow.", adapt="Bring your own till.")))
    assert page.index("What we learnt the hard way") < page.index("What we set out to do")
    assert "What to adapt for another place" in page
    assert "What we expected" not in page


def test_outcome_and_evaluation_are_said_plainly(client):
    page = page_of(client, make_story(outcome=Outcome.STOPPED, evaluation=Evaluation.INDEPENDENT))
    assert "Stopped early" in page
    assert "Independently evaluated" in page


def test_its_context_in_words(client):
    body = OrganisationFactory(name_en="Upland Council", population=92_000, staff=4_100, budget=231_000_000)
    story = make_story(
        organisation=body,
        programme=ProgrammeFactory(name_en="Fund for new ways"),
        year=2021,
        months=14,
        cost=185_000,
        delivery=Delivery.OUTSOURCED,
        stage=Stage.PILOT,
    )
    page = page_of(client, story)
    for words in (
        "Upland Council, Wales",
        "92,000 people",
        "4,100",
        "£231 million",
        "Fund for new ways",
        "2021",
        "14 months",
        "£185,000",
        "Outsourced",
        "Pilot",
    ):
        assert words in page
    assert reverse("stories:organisation-detail", args=[body.code]) in page


def test_the_facts_that_weigh_stand_under_the_summary(client):
    body = OrganisationFactory(rurality=3)
    facts = {"year": 2022, "months": 11, "cost": 148_000, "delivery": Delivery.IN_HOUSE, "evaluation": Evaluation.OWN}
    page = page_of(client, make_story(organisation=body, **facts))
    line = "2022 · 11 months · £148,000 · In-house · Sparse and rural · Evaluated by the team itself</p>"
    assert line in page
    bare = page_of(client, make_story(organisation=OrganisationFactory(rurality=None)))
    assert '<p class="lp-story__glance lp-no-print">Not evaluated</p>' in bare


def test_search_engines_get_the_summary(client):
    page = page_of(client, make_story(content=lessons(summary='Tablets "left" in the van.')))
    assert '<meta name="description" content="Tablets &quot;left&quot; in the van.">' in page


@pytest.mark.parametrize(("words", "is_long"), [(400, False), (700, True)])
def test_a_long_story_is_marked_for_the_printer(client, words, is_long):
    page = page_of(client, make_story(content=lessons(happened="word " * words), origin=Origin.IMPORTED, **SOURCE))
    assert ("lp-story--long" in page) is is_long


def test_its_link_can_be_copied_and_it_can_be_printed(client):
    story = make_story()
    response = client.get(story.get_absolute_url(), {"from": "mail"})
    page = response.content.decode()
    assert f'data-words="http://testserver{story.get_absolute_url()}"' in page
    assert 'data-module="lp-print" hidden' in page


def test_how_it_came_about_is_a_timeline(client):
    updates = [
        (datetime.date(2023, 11, 2), "stopped", "The tablets go back."),
        (datetime.date(2022, 4, 14), "on_track", "Pilot on two rounds."),
    ]
    page = page_of(client, make_story(updates=updates))
    assert page.index("14 April 2022") < page.index("2 November 2023")
    assert re.search(r"On track\.</span> <span[^>]*>Pilot on two rounds\.", page)


def test_human_questions_that_were_answered(client):
    page = page_of(client, make_story(content=lessons(answers={"going": "Friday cake.", "rules": "The mug rule."})))
    assert page.index("Which rules did you have to break?") < page.index("What kept you going?")
    assert "Friday cake." in page
    unanswered = [question for question in HUMAN_QUESTIONS if str(question.label) in page]
    assert len(unanswered) == 2


def test_its_links_are_shown_and_lead_away_without_a_trace(client):
    addresses = ["https://report.example/2024?a=1&b=2", "http://film.example/"]
    page = page_of(client, make_story(content=lessons(links=addresses)))
    assert "Documents, pictures and recordings" in page
    for address in ("https://report.example/2024?a=1&amp;b=2", "http://film.example/"):
        assert f'href="{address}" rel="external noopener noreferrer nofollow ugc">{address}</a>' in page


def test_without_links_nothing_is_said_of_them(client):
    assert "Documents, pictures and recordings" not in page_of(client, make_story())


def test_topics_lead_to_their_stories_group_by_group(client):
    users = TopicFactory(slug="carers", name="Carers", group=TopicGroup.USERS)
    problems = [TopicFactory(slug=name.lower(), name=name, bit=bit) for bit, name in enumerate(("Signal", "Cost"))]
    page = page_of(client, make_story(topics=[users, *problems]))
    rows = re.findall(r'__key">([^<]+)</dt>\s*<dd class="[^"]*"><ul class="lp-links">(.*?)</ul>', page)
    linked = [(label, re.findall(r'href="([^"]+)">([^<]+)</a>', links)) for label, links in rows]
    stories = reverse("stories:story-list")
    assert linked == [
        ("Problem", [(f"{stories}?problem=cost", "Cost"), (f"{stories}?problem=signal", "Signal")]),
        ("Who it serves", [(f"{stories}?users=carers", "Carers")]),
    ]


def test_an_example_says_that_it_is_invented(client):
    assert "Example story, invented to show how the portal works" in page_of(client, make_story())


def test_an_imported_story_names_source_and_licence(client):
    story = make_story(
        origin=Origin.IMPORTED,
        source_url="https://source.example/17",
        **SOURCE,
    )
    page = page_of(client, story)
    assert 'href="https://source.example/17"' in page
    assert "Lessons System" in page
    assert "L-17" in page
    assert "OGL v3.0" in page
    assert "invented" not in page
    assert "We know nobody there to ask." in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example"])
def test_only_web_addresses_become_links(client, address):
    story = make_story(origin=Origin.IMPORTED, source_name="S", source_id="1", source_licence="OGL", source_url=address)
    assert address not in page_of(client, story)


def test_what_people_wrote_is_escaped(client):
    text = "<script>alert(1)</script> & <b>bold</b>"
    page = page_of(client, make_story(content=lessons(title=text, summary=text, wrong=text, answers={"going": text})))
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold" in page


def test_paragraphs_stay_apart(client):
    page = page_of(client, make_story(content=lessons(wrong="First.\n\nSecond.")))
    assert '<p class="govuk-body">First.</p><p class="govuk-body">Second.</p>' in page


def test_a_welsh_story_is_marked_as_welsh(client):
    page = page_of(client, make_story(content=lessons(title="Llechi yn y fan"), language="cy"))
    assert '<html lang="en"' in page
    assert re.search(r'<h1[^>]*lang="cy">Llechi yn y fan', page)
    assert page.count(">In Welsh</span>") == 1
    assert '<div lang="cy"><p class="govuk-body">Nobody asked' in page


# --- Who to ask -----------------------------------------------------------------------------------------------------


def test_who_to_ask(client):
    contact = ContactFactory(
        name="Siân Morgan", role="Transformation lead", formats="visit|call", team_mailbox="a@b.uk"
    )
    page = page_of(client, make_story(contacts=[contact]))
    assert 'id="who-to-ask"' in page
    assert "Siân Morgan" in page
    assert '<span lang="en">Transformation lead</span>' in page
    assert reverse("stories:organisation-detail", args=[contact.organisation.code]) in page
    assert "Visit, Call" in page
    assert "a@b.uk" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"origin": Origin.EXAMPLE}, "An invented person: there is nobody to ring."),
        ({"origin": Origin.TOLD, "approved_sha256": "x"}, "Or try the switchboard of their organisation."),
    ],
)
def test_nothing_is_promised_that_the_portal_cannot_do_yet(client, fields, words):
    ask = page_of(client, make_story(contacts=[ContactFactory()], **fields)).split('id="who-to-ask"')[1]
    ask = ask.split("</aside>")[0]
    assert words in ask
    assert "<button" not in ask
    assert "<form" not in ask


def test_who_shows_their_card_to_members_may_be_asked_by_who_signs_in(client):
    """A visitor is not told that they cannot be asked."""
    contact = ContactFactory(audience="members", team_mailbox="team@a.example", verified_on=timezone.localdate())
    story = make_story(contacts=[contact], origin=Origin.TOLD, approved_sha256="x")
    signed_out = page_of(client, story)
    assert f'/sign-in/start/?next={story.get_absolute_url()}">Sign in to see whether you may ask them' in signed_out
    assert "They cannot be asked" not in signed_out
    client.force_login(AffiliationFactory().user)
    assert f'{story.get_absolute_url()}ask/"' in page_of(client, story)
    Contact.objects.update(team_mailbox="")
    assert "The switchboard of their organisation can put you through." in page_of(client, story)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Nobody is named for this story."),
        ({"voice": Voice.CONFIDENTIAL}, "The author keeps their name to themselves."),
        ({"voice": Voice.ANONYMOUS}, "The author keeps their name to themselves."),
    ],
)
def test_nobody_to_ask_is_said(client, fields, words):
    assert words in page_of(client, make_story(**fields))


@pytest.mark.parametrize(
    "fields",
    [{}, {"contacts": True}, {"contacts": True, "origin": Origin.EXAMPLE}, {"origin": Origin.IMPORTED, **SOURCE}],
    ids=["nobody named", "out of reach", "invented", "imported"],
)
def test_where_there_is_nobody_to_ask_we_find_somebody(client, fields):
    story = make_story(**{**fields, "contacts": [ContactFactory()] if fields.get("contacts") else []})
    story.topics.add(TopicFactory(slug="poor-signal"))
    assert 'href="/find/?topic=poor-signal">Ask us to find someone' in page_of(client, story)


# --- Why it is like you ---------------------------------------------------------------------------------------------


def test_likeness_is_told_to_who_said_where_they_work(client):
    OrganisationFactory(code="MINE", population=92_000)
    story = make_story(organisation=OrganisationFactory(population=96_000))
    assert "Say where you work" in page_of(client, story)
    plan_from(client, "MINE")
    page = page_of(client, story)
    assert "How like your place it is" in page
    assert "The place alone, compared with Example Council" in page
    assert "similar size (92,000 and 96,000)" in page
    points, score = points_of(page)
    assert sum(points) == score


def points_of(page: str) -> tuple[list[int], int]:
    """The points of the first table of a page, and its total."""
    table = page.split('<table class="lp-points">')[1].split("</table>")[0]
    *points, score = [int(found) for found in re.findall(r'<td class="lp-points__number">(\d+)', table)]
    return points, score


def test_a_story_has_one_score_on_the_answer_and_on_its_page(client):
    """Compared with the whole plan on both: its topics, its place, and what was said of the project."""
    topics = [TopicFactory(slug="tablets", name="Tablets", bit=1), TopicFactory(slug="rotas", name="Rotas", bit=2)]
    OrganisationFactory(code="MINE", name_en="Upland Council", population=92_000)
    other = OrganisationFactory(population=400_000, kind=Kind.POLICE_FORCE)
    make_story(topics=topics, organisation=other, delivery=Delivery.OUTSOURCED)
    first = plan_from(client, "MINE", "Tablets for home carers").split("?")[0]
    answer = client.get(f"{first}?topic=tablets&sector=prefer&delivery=4&dial=70").content.decode()
    address = re.search(r'lp-story-card__title"><a class="govuk-link" href="([^"]+)"', answer)[1]
    assert address.endswith(f"?plan={first.split('/')[2]}")
    page = client.get(address).content.decode()
    assert points_of(page) == points_of(answer)
    assert "Why it is like you" in page
    assert "Compared with your plan, at Upland Council" in page
    assert "also about: Tablets" in page


def test_without_a_place_it_is_compared_with_the_plan(client):
    topic = TopicFactory(slug="tablets", name="Tablets")
    story = make_story(topics=[topic])
    location = plan_from(client, "", "Tablets for home carers")
    client.get(location)
    page = client.get(f"{story.get_absolute_url()}?plan={location.split('/')[2]}").content.decode()
    assert "Compared with your plan<" in page
    assert "same problem: Tablets" in page


def test_a_plan_that_states_nothing_explains_nothing(client):
    story = make_story()
    key = plan_from(client, "").split("/")[2]
    page = client.get(f"{story.get_absolute_url()}?plan={key}").content.decode()
    assert "Why it is like you" not in page
    assert "Say where you work" in page


def test_likeness_of_an_affiliation_needs_no_words(client):
    user = AffiliationFactory().user
    client.force_login(user, backend=BACKEND)
    assert "How like your place it is" in page_of(client, make_story())


def test_one_s_own_organisation_is_not_compared(client):
    own = OrganisationFactory(code="MINE")
    plan_from(client, "MINE")
    page = page_of(client, make_story(organisation=own))
    assert "How like your place it is" not in page
    assert "Say where you work" not in page


# --- The way back ---------------------------------------------------------------------------------------------------


def back_of(client, story, *, before: str = "", plan: str = "") -> tuple[str, str]:
    """Label and address of the way back, for who comes from this page of ours, or from this plan."""
    query = {"plan": plan} if plan else {}
    response = client.get(story.get_absolute_url(), query, headers={"Referer": before} if before else {})
    assert response.status_code == 200
    found = re.search(r'class="govuk-back-link" href="([^"]*)">([^<]*)<', response.content.decode())
    return found[2], found[1].replace("&amp;", "&")


def test_the_way_back_is_the_plan_as_it_was_answered(client):
    """With its topics and its dial: without them it would be another answer. Each plan has its own."""
    TopicFactory(slug="tablets", name="Tablets")
    story = make_story()
    first = plan_from(client, "", "Tablets for home carers")
    client.get(first)
    client.get(plan_from(client, "", "Another plan"))
    key = first.split("/")[2]
    assert back_of(client, story, plan=key) == ("Back to your plan", first)
    client.get(f"{first}&dial=70&sector=any")
    assert back_of(client, story, plan=key) == ("Back to your plan", f"{first}&dial=70&sector=any")


def test_who_has_a_plan_and_comes_from_elsewhere_is_not_sent_to_it(client):
    story = make_story()
    client.get(plan_from(client, ""))
    assert back_of(client, story) == ("All stories", "/stories/")


def test_the_way_back_to_a_list_keeps_its_filters(client):
    story = make_story()
    before = "http://testserver/stories/?outcome=failed&q=tablets+signal"
    assert back_of(client, story, before=before) == ("Back to your search", "/stories/?outcome=failed&q=tablets+signal")
    assert back_of(client, story, before="http://testserver/stories/") == ("All stories", "/stories/")


@pytest.mark.parametrize(
    "before",
    [
        "http://elsewhere.example/stories/?q=x",
        "https://testserver/stories/?q=x",
        "http://testserver@elsewhere.example/stories/?q=x",
        "//testserver/stories/?q=x",
        "http://testserver/nowhere/?q=x",
        "http://testserver/organisations/?q=x",
        "http://testserver/plan/abcdefgh/?topic=x",
        "http://testserver/plan/shared/AAAAAAAAAAAAAAAAAAAAAA/?topic=x",
        "http://[::1",
        "javascript:alert(1)",
        "\xff\xfe",
        "%00",
    ],
)
def test_a_page_that_is_not_ours_or_leads_nowhere_is_no_way_back(client, before):
    assert back_of(client, make_story(), before=before) == ("All stories", "/stories/")


@pytest.mark.parametrize("key", ["none", "\x00", "x" * 3_000, "\U0001f600", "../.."])
def test_a_plan_that_is_not_one_s_own_is_no_way_back(client, key):
    assert back_of(client, make_story(), plan=key) == ("All stories", "/stories/")


def test_a_shared_plan_with_nonsense_in_its_address(client):
    token = share_plan(plan=Plan("Tablets for home carers"), query="")
    before = f"http://testserver/plan/shared/{token}/?topic=%00&dial=abc&wrong=!!&delivery=99"
    label, address = back_of(client, make_story(), before=before)
    assert (label, address) == ("Back to the plan", before.removeprefix("http://testserver"))


def test_the_plan_goes_along_to_related_stories(client):
    problem = TopicFactory()
    other, story = make_story(topics=[problem]), make_story(topics=[problem])
    key = plan_from(client, "").split("/")[2]
    page = client.get(f"{story.get_absolute_url()}?plan={key}").content.decode()
    assert f'href="{other.get_absolute_url()}?plan={key}"' in page
    assert f'href="{other.get_absolute_url()}"' in page_of(client, story)


# --- An unnamed story -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_an_unnamed_story_shows_its_band_and_no_figures(client, voice):
    OrganisationFactory(code="MINE", population=92_000)
    plan_from(client, "MINE")
    page = page_of(client, make_story(voice=voice, band="kind=8/nation=1/size=2", stage=2))
    assert "A council in Wales (medium)" in page
    assert not re.search(r"£\d|\d,\d{3}|20\d\d</dd>|months</dd>", page.split("<article")[1].split("</article>")[0])


# --- Beside it ------------------------------------------------------------------------------------------------------


def test_the_same_problem_in_another_sector_comes_first(client):
    problem = TopicFactory()
    police = OrganisationFactory(kind=Kind.POLICE_FORCE, population=92_000)
    far = make_story(content=lessons(title="Police"), topics=[problem], organisation=police)
    near = make_story(content=lessons(title="Council"), topics=[problem])
    make_story(content=lessons(title="Other subject"))
    page = page_of(client, make_story(topics=[problem])).split("The same problem elsewhere")[1]
    assert page.index(far.get_absolute_url()) < page.index(near.get_absolute_url())
    assert "Other subject" not in page


def test_of_related_stories_those_in_the_reader_s_language_come_first(client):
    problem = TopicFactory()
    welsh = [make_story(content=lessons(title="Cymraeg"), topics=[problem], language="cy") for _ in range(2)]
    english = [make_story(content=lessons(title="English"), topics=[problem], language="en") for _ in range(3)]
    story = make_story(topics=[problem])
    for language, first, mark in (("en", english, "In Welsh"), ("cy", welsh, "Yn Saesneg")):
        client.cookies["django_language"] = language
        part = page_of(client, story).split('id="related"')[1]
        assert {other.get_absolute_url() for other in first} == set(
            re.findall(r'href="(/stories/\w+/)"', part)[: len(first)]
        )
        assert part.count(f">{mark}</span>") == 4 - len(first)


def test_of_related_stories_those_about_what_the_reader_wants_to_learn_come_first(client):
    problem, other = TopicFactory(), TopicFactory(group=TopicGroup.METHOD)
    stories = [make_story(topics=[problem, other] if number == 2 else [problem]) for number in range(3)]
    story, reader = make_story(topics=[problem]), UserFactory()

    def first() -> str:
        return re.findall(r'href="(/stories/\w+/)"', page_of(client, story).split('id="related"')[1])[0]

    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    chosen = Preferences.objects.create(user=reader)
    chosen.wants.add(other)
    assert first() == stories[2].get_absolute_url()
    chosen.wants.clear()
    chosen.knows.add(other)
    assert first() != stories[2].get_absolute_url()


def test_related_stories_are_those_that_this_reader_may_see(client):
    problem = TopicFactory()
    make_story(content=lessons(title="For members"), topics=[problem], audience=Audience.MEMBERS)
    assert "For members" not in page_of(client, make_story(topics=[problem]))


def test_stories_that_the_reader_may_not_see_take_no_place_among_those_that_are_looked_at(client, monkeypatch):
    monkeypatch.setattr(related, "OF_A_TOPIC", 2)
    problem = TopicFactory()
    for key in range(1, 4):
        make_story(id=key, topics=[problem], audience=Audience.MEMBERS)
    seen = [make_story(id=key, topics=[problem]) for key in range(11, 14)]
    page = page_of(client, make_story(topics=[problem]))
    assert [other.get_absolute_url() in page for other in seen] == [True, True, False]


def test_a_service_area_relates_too(client):
    service = TopicFactory(group=TopicGroup.SERVICE, code=9)
    other = make_story(content=lessons(title="Same service"), topics=[service])
    assert other.get_absolute_url() in page_of(client, make_story(topics=[service]))


def test_other_records_of_the_project_that_this_reader_may_see(client):
    project = make_story(content=summary())
    candid = make_story(content=lessons(title="The candid one"), project=project, audience=Audience.MEMBERS)
    sister = make_story(content=lessons(title="The public one"), project=project)
    page = page_of(client, project)
    assert sister.get_absolute_url() in page
    assert candid.get_absolute_url() not in page
    client.force_login(AffiliationFactory().user, backend=BACKEND)
    assert candid.get_absolute_url() in page_of(client, project)
    assert project.get_absolute_url() in page_of(client, candid)


# --- Refused --------------------------------------------------------------------------------------------------------


def test_what_does_not_exist_and_what_may_not_be_seen_are_the_same(client):
    hidden = make_story(audience=Audience.MEMBERS)
    refused, absent = client.get(hidden.get_absolute_url()), client.get(f"/stories/{encode(12345)}/")
    assert refused.status_code == absent.status_code == 404
    assert refused.content == absent.content
    assert refused.headers == absent.headers


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_what_is_not_published_is_not_there(client, status):
    assert client.get(make_story(status=status).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("key", ["1", "z" * 13, "0" * 14, "i" * 13, "0" * 12 + "L", "%00" * 13, "'" * 13])
def test_an_address_that_is_none(client, key):
    assert client.get(f"/stories/{key}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, method):
    assert getattr(client, method)(make_story().get_absolute_url()).status_code == 405


def test_an_author_reads_their_draft_and_sees_that_it_is_one(client):
    author = UserFactory()
    story = make_story(author=author, status=Status.DRAFT)
    client.force_login(author, backend=BACKEND)
    response = client.get(story.get_absolute_url())
    assert "Not published: Draft" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_a_restricted_story_says_for_whom_and_stays_out_of_caches(client):
    network = NetworkFactory()
    story = make_story(audience=Audience.NETWORK, networks=[network])
    client.force_login(MembershipFactory(network=network).user, backend=BACKEND)
    response = client.get(story.get_absolute_url())
    page = response.content.decode()
    assert "For: Members of named networks" in page
    assert "Please do not forward this story" in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, no-store"


def test_a_public_story_may_be_found_by_search_engines(client):
    assert "X-Robots-Tag" not in client.get(make_story().get_absolute_url())


# --- Cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, number, django_assert_max_num_queries):
    OrganisationFactory(code="MINE")
    plan_from(client, "MINE")
    topics = [TopicFactory(), TopicFactory(group=TopicGroup.SERVICE, code=9)]
    project = make_story(content=summary())
    updates = [(datetime.date(2022, 1, day), "on_track", "Line.") for day in range(1, number + 1)]
    contacts = [ContactFactory() for _ in range(number)]
    story = make_story(project=project, topics=topics, updates=updates, contacts=contacts)
    for _ in range(number):
        make_story(topics=topics, organisation=OrganisationFactory())
        make_story(topics=topics, project=project, organisation=OrganisationFactory())
    page_of(client, story)
    with django_assert_max_num_queries(14):
        page_of(client, story)
    key = plan_from(client, "MINE").split("/")[2]
    with django_assert_max_num_queries(14):
        client.get(story.get_absolute_url(), {"plan": key})


def test_the_kind_of_a_story_is_the_kind_of_its_words():
    assert Story.objects.get(pk=make_story(content=summary()).pk).kind == StoryKind.SUMMARY
    assert make_story(voice=Voice.CONFIDENTIAL).band == BAND


def test_a_draft_without_words_has_no_page_here(client):
    author = AffiliationFactory().user
    OrganisationFactory.create_batch(5)
    story, _receipt = tell.start_story(by=author, kind="lessons", voice=Voice.CONFIDENTIAL, language="en")
    assert Story.objects.visible_to(author).filter(pk=story.pk).exists()
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(story.get_absolute_url()).status_code == 404


# --- What may be done with it ---------------------------------------------------------------------------------------


def test_under_which_licence_it_stands(client):
    assert "Open Government Licence" in page_of(client, make_story())
    member = AffiliationFactory().user
    client.force_login(member, backend=BACKEND)
    page = page_of(client, make_story(audience=Audience.MEMBERS))
    assert "for learning between public servants" in page
    assert "Please do not forward" in page
    assert "Open Government Licence" not in page


def test_an_import_keeps_its_own_licence(client):
    page = page_of(client, make_story(origin=Origin.IMPORTED, **SOURCE))
    assert "OGL v3.0" in page
    assert "Open Government Licence" not in page


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.FRONT_LINE])
def test_what_is_not_for_everybody_is_kept_out_of_search_engines(client, audience):
    client.force_login(AffiliationFactory().user, backend=BACKEND)
    assert client.get(make_story(audience=audience).get_absolute_url())["X-Robots-Tag"] == "noindex"


# --- Whom to ask, near the top --------------------------------------------------------------------------------------


def near_the_top(page: str) -> str:
    """What stands before the first part of the story."""
    return page.split("<h1")[1].split('aria-labelledby="section-')[0]


def test_a_link_near_the_top_leads_to_the_asking(client):
    host = ContactFactory(user=UserFactory(), verified_on=TODAY)
    story = make_story(contacts=[host])
    head = near_the_top(client.get(story.get_absolute_url()).content.decode())
    assert f'href="{story.get_absolute_url()}ask/">Ask to meet</a>' in head
    assert client.get(f"{story.get_absolute_url()}ask/").status_code == 200


@pytest.mark.parametrize("voice", ["confidential", "anonymous"])
def test_it_leads_to_an_author_without_a_name(client, voice):
    story = make_story(voice=voice)
    head = near_the_top(client.get(story.get_absolute_url()).content.decode())
    assert f'href="{story.get_absolute_url()}ask/">Write to the author</a>' in head


def test_where_nobody_can_be_asked_there_is_no_such_link(client):
    story = make_story()
    assert "/ask/" not in client.get(story.get_absolute_url()).content.decode()

"""Organisations: the list, the suggestions while typing, and the page of one body."""

import re

import pytest
from django.urls import reverse

from networks.choices import Kind, Nation
from networks.models import Organisation
from stories.choices import Audience, Status, Voice
from tests.factories import AffiliationFactory, OrganisationFactory, lessons, make_story

pytestmark = pytest.mark.django_db

LIST, SUGGEST = reverse("stories:organisation-list"), reverse("stories:organisation-suggest")
NASTY = ["\x00", "a\x00b", "'; --", "%", "\\", "x" * 3_000, "\U0001f600", "(" * 50, "-", "   ", "\u202e"]


def names(page: str) -> list[str]:
    return re.findall(r'href="/organisations/[^"]+/">([^<]+)</a><span>', page)


def places(page: str) -> str:
    """The part of a page under "Places like ..."."""
    return page.split('id="places"')[1]


def page_of(client, organisation, **query) -> str:
    response = client.get(reverse("stories:organisation-detail", args=[organisation.code]), query)
    assert response.status_code == 200
    return response.content.decode()


# --- The list -------------------------------------------------------------------------------------------------------


def test_current_bodies_by_name(client):
    successor = OrganisationFactory(name_en="Yale Council", kind=Kind.NHS_TRUST)
    OrganisationFactory(name_en="Abbey Council")
    OrganisationFactory(name_en="Merged Council", replaced_by=successor)
    page = client.get(LIST).content.decode()
    assert names(page) == ["Abbey Council", "Yale Council"]
    assert "<title>Organisations - " in page
    assert "2 organisations" in page
    assert "NHS trust · Wales" in page


@pytest.mark.parametrize("typed", ["upland", "ucheldir", "UCC", "upl cou", "  Upland   County  "])
def test_any_name_finds(client, typed):
    OrganisationFactory(name_en="Upland County Council", name_cy="Cyngor Sir yr Ucheldir", aliases="UCC|Uplands")
    OrganisationFactory(name_en="Lowland District")
    assert names(client.get(LIST, {"q": typed}).content.decode()) == ["Upland County Council"]


def test_nothing_found_says_what_to_do(client):
    page = client.get(LIST, {"q": "Atlantis"}).content.decode()
    assert "0 organisations" in page
    assert "<title>Organisations: Atlantis - " in page
    assert "Try a part of it, or its initials." in page


def test_forty_a_page(client):
    for _ in range(41):
        OrganisationFactory()
    assert len(names(client.get(LIST).content.decode())) == 40
    last = client.get(LIST, {"page": "9" * 30}).content.decode()
    assert len(names(last)) == 1
    assert "<title>Organisations (page 2 of 2) - " in last


def test_those_with_stories_come_first_and_say_how_many(client):
    OrganisationFactory(name_en="Abbey Council")
    told = OrganisationFactory(name_en="Yale Council")
    for audience in (Audience.PUBLIC, Audience.PUBLIC, Audience.MEMBERS):
        make_story(organisation=told, audience=audience)
    page = client.get(LIST).content.decode()
    assert names(page) == ["Yale Council", "Abbey Council"]
    assert page.count("<strong>2 stories</strong>") == 1


def test_what_a_reader_may_not_see_is_neither_counted_nor_first(client):
    OrganisationFactory(name_en="Abbey Council")
    body = OrganisationFactory(name_en="Yale Council")
    make_story(organisation=body, audience=Audience.MEMBERS)
    make_story(organisation=body, status=Status.SUBMITTED)
    assert names(client.get(LIST).content.decode()) == ["Abbey Council", "Yale Council"]
    assert names(client.get(LIST, {"stories": "on"}).content.decode()) == []
    client.force_login(AffiliationFactory(organisation=body).user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(LIST).content.decode()
    assert names(page)[0] == "Yale Council"
    assert page.count("<strong>1 story</strong>") == 1


def test_a_merged_body_s_stories_count_for_its_successor(client):
    successor = OrganisationFactory(name_en="Yale Council")
    make_story(organisation=OrganisationFactory(replaced_by=successor))
    make_story(organisation=successor)
    assert "<strong>2 stories</strong>" in client.get(LIST, {"stories": "on"}).content.decode()


def test_the_list_narrows_by_kind_nation_and_stories(client):
    make_story(organisation=OrganisationFactory(name_en="Told", kind=Kind.HEALTH_BOARD))
    OrganisationFactory(name_en="Untold", kind=Kind.HEALTH_BOARD)
    OrganisationFactory(name_en="Force", kind=Kind.POLICE_FORCE, nation=Nation.ENGLAND)

    def found(**query):
        return names(client.get(LIST, query).content.decode())

    assert found(kind=Kind.HEALTH_BOARD) == ["Told", "Untold"]
    assert found(kind=Kind.HEALTH_BOARD, stories="on") == ["Told"]
    assert found(nation=Nation.ENGLAND) == ["Force"]
    assert found(q="told", nation=Nation.WALES) == ["Told"]
    assert found(kind=Kind.UNIVERSITY) == []
    assert "We know no such organisation." in client.get(LIST, {"kind": Kind.UNIVERSITY}).content.decode()


@pytest.mark.parametrize("typed", NASTY)
def test_nasty_words(client, typed):
    OrganisationFactory()
    assert client.get(LIST, {"q": typed, "page": typed}).status_code == 200
    assert len(names(client.get(LIST, {"kind": typed, "nation": typed}).content.decode())) == 1
    assert client.get(SUGGEST, {"q": typed}).json().keys() == {"results"}


@pytest.mark.parametrize("path", [LIST, SUGGEST])
def test_wrong_method(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_many(client, number, django_assert_max_num_queries):
    for _ in range(number):
        OrganisationFactory(name_en="Same Council")
    with django_assert_max_num_queries(4):
        client.get(LIST)
    with django_assert_max_num_queries(4):
        client.get(LIST, {"q": "same"})
    with django_assert_max_num_queries(1):
        client.get(SUGGEST, {"q": "same"})


# --- Suggestions ----------------------------------------------------------------------------------------------------


def test_suggestions_are_facts_of_the_register(client):
    OrganisationFactory(code="P1", name_en="Upland County Council", kind=Kind.COUNTY)
    assert client.get(SUGGEST, {"q": "upl"}).json() == {
        "results": [{"code": "P1", "name": "Upland County Council", "detail": "County council"}]
    }


def test_suggestions_speak_the_reader_s_language(client):
    OrganisationFactory(name_en="Upland County Council", name_cy="Cyngor Sir yr Ucheldir")
    client.cookies["django_language"] = "cy"
    assert client.get(SUGGEST, {"q": "upl"}).json()["results"][0]["name"] == "Cyngor Sir yr Ucheldir"


def test_nothing_typed_suggests_nothing(client):
    OrganisationFactory()
    assert client.get(SUGGEST).json() == {"results": []}


def test_at_most_twelve(client):
    for _ in range(20):
        OrganisationFactory()
    assert len(client.get(SUGGEST, {"q": "example"}).json()["results"]) == 12


# --- One body -------------------------------------------------------------------------------------------------------


@pytest.fixture
def upland():
    return OrganisationFactory(
        name_en="Upland County Council",
        population=92_000,
        staff=4_100,
        budget=231_000_000,
        area_km2=2_000,
        rurality=2,
        deprivation=3,
        source="Census 2021",
    )


def test_its_context_in_words_and_figures(client, upland):
    page = page_of(client, upland)
    assert "Council (all local services) in Wales, serving 92,000 people, rural" in page
    for words in ("4,100", "£231 million", "Figures:", "Census 2021"):
        assert words in page


def test_its_visible_named_stories(client, upland):
    make_story(content=lessons(title="Its own"), organisation=upland)
    make_story(content=lessons(title="For members"), organisation=upland, audience=Audience.MEMBERS)
    make_story(content=lessons(title="Of another"))
    make_story(content=lessons(title="Unnamed"), voice=Voice.CONFIDENTIAL)
    page = page_of(client, upland)
    assert "Its own" in page
    for title in ("For members", "Of another", "Unnamed"):
        assert title not in page
    client.force_login(AffiliationFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    assert "For members" in page_of(client, upland)


def test_no_story_is_no_statement_about_the_body(client, upland):
    page = page_of(client, upland)
    assert "Stories from Upland County Council" in page
    assert "We found no story from here yet." in page


def test_it_leads_to_the_stories_of_places_like_it(client, upland):
    near = make_story(content=lessons(title="Next door"), organisation=OrganisationFactory(population=95_000))
    make_story(
        content=lessons(title="City"), organisation=OrganisationFactory(population=3_000_000, nation=2, rurality=0)
    )
    address = re.search(r'href="(/stories/\?[^"]*like=[^"]*)"', page_of(client, upland))[1].replace("&amp;", "&")
    page = client.get(address).content.decode()
    assert "Places like: Upland County Council" in page
    assert page.index(near.get_absolute_url()) < page.index("City")
    assert "Like it:" in page
    assert "Like you:" not in page


def test_stories_of_a_merged_body_stand_under_its_successor(client, upland):
    merged = OrganisationFactory(name_en="Old Council", replaced_by=upland)
    make_story(content=lessons(title="From before"), organisation=merged)
    assert "From before" in page_of(client, upland)
    assert "This body is now part of" in page_of(client, merged)


def test_stories_outlive_any_number_of_mergers(client, upland):
    middle = OrganisationFactory(name_en="Middle Council", replaced_by=upland)
    for name in ("Old Council", "Older Council"):
        oldest = OrganisationFactory(name_en=name, replaced_by=middle)
        make_story(content=lessons(title=f"From {name}"), organisation=oldest)
    make_story(content=lessons(title="Of another"), organisation=OrganisationFactory(replaced_by=OrganisationFactory()))
    for body in (upland, middle):
        page = page_of(client, body)
        assert "From Old Council" in page
        assert "From Older Council" in page
        assert "Of another" not in page


def test_bodies_that_replace_each_other_still_have_their_pages(client, upland):
    """No form lets them; whoever writes to the database by other means may."""
    other = OrganisationFactory(replaced_by=upland)
    Organisation.objects.filter(pk=upland.pk).update(replaced_by=other)
    make_story(content=lessons(title="From a circle"), organisation=other)
    assert "From a circle" in page_of(client, upland)


def test_all_its_stories_are_counted_and_reached_by_pages(client, upland):
    stories = [make_story(content=lessons(title=f"Number {number}"), organisation=upland) for number in range(45)]
    make_story(content=lessons(title="For members"), organisation=upland, audience=Audience.MEMBERS)
    pages = [page_of(client, upland, page=str(number)) for number in (1, 2, 3)]
    shown = [set(re.findall(r'href="(/stories/\w{13}/)"', page)) for page in pages]
    assert [len(found) for found in shown] == [20, 20, 5]
    assert set().union(*shown) == {story.get_absolute_url() for story in stories}
    assert all("45 stories" in page for page in pages)
    assert 'href="?page=2"' in pages[0]
    assert 'href="?kind=same&amp;page=2"' in page_of(client, upland, kind="same")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "\x00", "\U0001f600"])
def test_a_page_of_stories_that_is_not_there_is_the_nearest(client, upland, number):
    make_story(content=lessons(title="Its own"), organisation=upland)
    page = page_of(client, upland, page=number)
    assert "Its own" in page
    assert "1 story" in page


def test_places_like_it_ranked_and_explained(client, upland):
    OrganisationFactory(name_en="City", nation=Nation.ENGLAND, population=2_000_000, area_km2=100)
    OrganisationFactory(name_en="Neighbour", population=95_000, area_km2=2_100)
    page = places(page_of(client, upland))
    assert names(page) == ["Neighbour", "City"]
    assert "similar population (92,000 and 95,000)" in page
    assert "more people (2,000,000 against 92,000)" in page
    assert "Like it:" in page


def test_places_say_how_many_stories_they_have(client, upland):
    neighbour = OrganisationFactory(name_en="Neighbour", population=95_000)
    for fields in ({}, {}, {"audience": Audience.MEMBERS}, {"voice": Voice.CONFIDENTIAL}):
        make_story(organisation=neighbour, **fields)
    assert "<strong>2 stories</strong>" in places(page_of(client, upland))


def test_places_of_the_same_kind(client, upland):
    OrganisationFactory(name_en="Health", kind=Kind.HEALTH_BOARD, population=92_000)
    OrganisationFactory(name_en="Council", population=900_000)
    assert names(places(page_of(client, upland))) == ["Health", "Council"]
    assert names(places(page_of(client, upland, kind="same"))) == ["Council"]


def test_an_invented_body_never_stands_beside_a_real_one(client, upland):
    OrganisationFactory(name_en="Invented", is_example=True)
    assert names(places(page_of(client, upland))) == []
    assert "We know no other body that can be compared." in page_of(client, upland)


def test_an_invented_body_says_so(client):
    assert "No such body exists." in page_of(client, OrganisationFactory(is_example=True))


def test_a_body_of_which_nothing_is_known(client):
    bare = OrganisationFactory(kind=Kind.UNKNOWN, population=None, rurality=None, region=None)
    OrganisationFactory()
    assert "Public body of a kind not known in Wales." in page_of(client, bare)


@pytest.mark.parametrize("code", ["la-W1", ".a", "a..", "-", "_", "Suggest", "x" * 120])
def test_a_body_of_any_code_that_is_taken_has_a_page(client, code):
    assert "Example Council" in page_of(client, OrganisationFactory(code=code))


@pytest.mark.parametrize("code", ["NONE", "\x00", "%00", "a b", "ŵ", "x" * 500, ".."])
def test_a_body_that_is_not_there(client, code):
    assert client.get(f"/organisations/{code}/").status_code == 404


def test_a_foreign_kind_is_ignored(client, upland):
    assert page_of(client, upland, kind="' OR 1=1")


def test_the_page_of_one_takes_no_post(client, upland):
    assert client.post(reverse("stories:organisation-detail", args=[upland.code])).status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_many(client, upland, number, django_assert_max_num_queries):
    for _ in range(number):
        OrganisationFactory()
        make_story(organisation=OrganisationFactory(replaced_by=upland))
    with django_assert_max_num_queries(9):
        page_of(client, upland)

"""Browse and search: what the list shows, in what order, under which filters, and how it takes nonsense."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.formats import date_format

from networks.choices import Kind, TopicGroup
from stories.choices import Audience, Outcome, Voice
from stories.facets import FACETS
from stories.filters import PANEL
from stories.search import rank
from stories.search.index import refresh_terms
from tests.factories import TODAY, AffiliationFactory, OrganisationFactory, TopicFactory, lessons, make_story, summary

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def browse(client, **query):
    return client.get(reverse("stories:story-list"), query)


def page_of(client, **query) -> str:
    response = browse(client, **query)
    assert response.status_code == 200
    return response.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'lp-story-card__title"><a[^>]*>([^<]+)</a>', page)


def counts(page: str, facet: str) -> dict[str, int]:
    """The number beside each choice of a facet."""
    rows = re.findall(rf'name="{facet}" type="checkbox" value="([^"]+)".*?lp-facet__count">\((\d+)', page, re.DOTALL)
    return {value: int(number) for value, number in rows}


def chips(page: str) -> dict[str, str]:
    found = re.findall(r'lp-chip" href="([^"]*)"><span[^>]*>[^<]*</span>([^<]+)<', page)
    return {label: url.replace("&amp;", "&") for url, label in found}


@pytest.fixture
def shelf():
    """Three stories, one of each sort that the filters below tell apart."""
    police = OrganisationFactory(kind=Kind.POLICE_FORCE, name_en="Example Police")
    return [
        make_story(content=lessons(title="Tablets"), outcome=Outcome.FAILED, year=2021),
        make_story(content=lessons(title="Notebooks"), outcome=Outcome.MIXED, organisation=police, year=2022),
        make_story(content=summary(title="Hub"), outcome=Outcome.WORKED, language="cy"),
    ]


# --- The list -------------------------------------------------------------------------------------------------------


def test_cards_tell_what_a_reader_wants_first(client, shelf):
    page = page_of(client)
    assert set(titles(page)) == {"Tablets", "Notebooks", "Hub"}
    assert shelf[0].get_absolute_url() in page
    assert "Nobody asked which rounds had a signal." in page
    assert "It did not work" in page
    assert "Example Police" in page


def test_the_count_stands_in_heading_and_title(client, shelf):
    page = page_of(client)
    assert "<title>3 stories - " in page
    assert re.search(r'role="status"><h2[^>]*>3 stories', page)
    assert "<title>1 story - " in page_of(client, outcome="failed")
    assert "<title>0 stories for “zyzzyva” - " in page_of(client, q="zyzzyva")


def test_the_title_says_which_page_it_is(client):
    for number in range(21):
        make_story(content=lessons(title=f"Story {number}"))
    assert "<title>21 stories - " in page_of(client)
    assert "<title>21 stories (page 2 of 2) - " in page_of(client, page=2)


def test_a_card_says_where_and_when(client):
    make_story(organisation=OrganisationFactory(name_en="Upland Council", rurality=3), year=2021)
    line = f"Upland Council · Sparse and rural · 2021 · Published {date_format(TODAY)}</p>"
    assert f'<p class="lp-story-card__place">{line}' in page_of(client)
    assert "Published" not in page_of(client, q="tablets")


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_a_card_of_an_unnamed_story_says_its_band_and_no_date(client, voice):
    make_story(voice=voice, band="kind=8/nation=1/size=1/rurality=3")
    page = page_of(client)
    assert re.search(r'lp-story-card__place">[^·<]*[Cc]ouncil[^·<]+sparse and rural[^·<]*</p>', page)
    assert "Published" not in page


def test_an_order_is_offered_where_there_is_something_to_order(client, at_work, shelf):
    assert "Sort by:" in page_of(client)
    assert "Sort by:" not in page_of(client, outcome="failed")
    assert "Sort by:" not in page_of(client, q="zyzzyva")


def test_newest_first(client):
    old, new = make_story(content=lessons(title="Old")), make_story(content=lessons(title="New"))
    type(old).objects.filter(pk=old.pk).update(published_on=datetime.date(2020, 1, 6))
    assert titles(page_of(client)) == ["New", "Old"]
    assert new.published_on > datetime.date(2020, 1, 6)


def test_twenty_a_page_and_the_address_keeps_the_filters(client):
    for number in range(21):
        make_story(content=lessons(title=f"Story {number}"))
    first = page_of(client, outcome="failed")
    assert len(titles(first)) == 20
    assert "?outcome=failed&amp;page=2" in first
    second = page_of(client, outcome="failed", page=2)
    assert len(titles(second)) == 1
    assert set(titles(first)) & set(titles(second)) == set()


@pytest.mark.parametrize("number", ["0", "-1", "2.5", "x", "", "9" * 30, "²", "99"])
def test_a_page_that_does_not_exist_is_the_nearest_one(client, shelf, number):
    assert len(titles(page_of(client, page=number))) == 3


def test_an_empty_shelf_says_so(client):
    page = page_of(client)
    assert "0 stories" in page
    assert "We found no story with all of these filters." in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, method):
    assert getattr(client, method)(reverse("stories:story-list")).status_code == 405


def test_restricted_stories_show_to_their_audience_only(client):
    make_story(content=lessons(title="For members"), audience=Audience.MEMBERS)
    page = page_of(client)
    assert titles(page) == []
    assert counts(page, "outcome") == {}
    client.force_login(AffiliationFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    assert titles(page_of(client)) == ["For members"]


# --- Filters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"outcome": "failed"}, {"Tablets"}),
        ({"outcome": ["failed", "mixed"]}, {"Tablets", "Notebooks"}),
        ({"outcome": ["failed", "mixed"], "sector": "3"}, {"Notebooks"}),
        ({"kind": "summary"}, {"Hub"}),
        ({"year": ["2021", "2022"]}, {"Tablets", "Notebooks"}),
        ({"language": "cy"}, {"Hub"}),
        ({"outcome": "early"}, set()),
    ],
)
def test_filters_widen_within_a_facet_and_narrow_across(client, shelf, query, expected):
    assert set(titles(page_of(client, **query))) == expected


def test_topics_of_every_group_filter(client):
    for group in TopicGroup:
        code = 9 if group == TopicGroup.SERVICE else None
        topic = TopicFactory(slug=f"about-{group}", group=group, bit=62, code=code)
        make_story(content=lessons(title=f"On {group}"), topics=[topic])
    for group in TopicGroup:
        assert titles(page_of(client, **{group: f"about-{group}"})) == [f"On {group}"]


def test_counts_beside_choices_are_what_each_would_show(client, shelf):
    page = page_of(client, outcome="failed")
    assert counts(page, "outcome") == {"failed": 1, "mixed": 1, "worked": 1}
    assert counts(page, "sector") == {"1": 1}
    assert counts(page_of(client), "sector") == {"1": 2, "3": 1}


def test_the_panel_holds_every_facet_once():
    panel = [facet for _name, _label, facets in PANEL for facet in facets]
    assert sorted(panel) == sorted(facet.name for facet in FACETS)


def folds(page: str) -> list[str]:
    """The folds and the facets within them, in the order of the page."""
    return re.findall(r'<details class="lp-facet[^"]*" id="facet-([\w-]+)"', page)


def test_folds_stand_in_the_order_in_which_a_reader_looks(client):
    problem = TopicFactory()
    make_story(topics=[problem], year=2021, organisation=OrganisationFactory(rurality=3, region=10))
    expected = ["outcome", "sector", "problem", "place", "place-nation", "place-region", "place-rurality", "size"]
    rest = ["year", "more", "more-kind", "more-evaluation", "more-language"]
    assert folds(page_of(client)) == [*expected, *rest]


def test_a_fold_is_open_where_something_in_it_is_chosen(client, shelf):
    assert 'id="facet-more">' in page_of(client)
    page = page_of(client, kind="lessons")
    assert 'id="facet-more" open>' in page
    assert 'id="facet-more-kind" open>' in page
    assert 'id="facet-more-language">' in page


def test_the_commonest_topics_show_first_and_the_others_behind_a_line(client):
    topics = [TopicFactory(slug=f"t{number:02}", name=f"T{number:02}", bit=number) for number in range(12)]
    for number, topic in enumerate(topics):
        for _ in range(1 + number // 4):  # the last four have three stories each, the first one
            make_story(topics=[topic])
    shown, others = page_of(client).split('id="more-problem"')
    assert list(counts(shown, "problem")) == [topic.slug for topic in topics[4:]]
    assert "Show 4 more</summary>" in others
    assert list(counts(others, "problem")) == [topic.slug for topic in topics[:4]]
    chosen = page_of(client, problem="t00").split('id="more-problem"')[0]
    assert "t00" in counts(chosen, "problem")


def test_ten_choices_need_no_line(client):
    make_story(topics=[])
    for bit in range(10):
        make_story(topics=[TopicFactory(bit=bit)])
    assert "more-problem" not in page_of(client)


def test_a_chip_takes_its_filter_away_and_nothing_else(client, shelf):
    page = page_of(client, outcome=["failed", "mixed"], sector="1", page="1")
    assert set(chips(page)) == {
        "How it turned out: It did not work",
        "How it turned out: Mixed results",
        "Sector: Local government",
    }
    assert chips(page)["How it turned out: Mixed results"] == "?outcome=failed&sector=1"
    assert "Clear all filters" in page
    assert chips(page_of(client)) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"outcome": "no-such"},
        {"sector": "99"},
        {"sector": "one"},
        {"problem": "no-such"},
        {"problem": "%00"},
        {"programme": "9" * 30},
        {"year": "' OR 1=1"},
        {"size": "\u0661"},
        {"no_such_filter": "x"},
        {"order": "secret"},
    ],
)
def test_what_is_not_known_is_ignored(client, shelf, query):
    assert len(titles(page_of(client, **query))) == 3


def test_an_unnamed_story_is_found_by_its_band_only(client):
    make_story(content=lessons(title="Unnamed"), voice=Voice.CONFIDENTIAL)
    page = page_of(client)
    assert counts(page, "nation") == {"1": 1}
    assert counts(page, "region") == counts(page, "rurality") == counts(page, "size") == {}
    assert "A council in Wales" in page


# --- Search ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def library():
    signal = TopicFactory(name="Poor signal", name_cy="Signal gwael", slug="poor-signal", words_cy="mannau gwan")
    stories = [
        make_story(content=lessons(title="Tablets for carers", summary="Tablets, tablets and no signal.")),
        make_story(content=lessons(title="A rota for nurses", summary="Nights.", expected="One tablet was lost.")),
        make_story(
            content=summary(title="Tŷ bach y gymuned", summary="Toiledau cyhoeddus.", aim="Agor."), language="cy"
        ),
        make_story(content=summary(title="Bins", summary="Bins.", aim="Bins."), topics=[signal]),
    ]
    refresh_terms()
    return stories


def test_the_closest_to_the_words_come_first(client, library):
    page = page_of(client, q="tablets for carers")
    assert titles(page)[0] == "Tablets for carers"
    assert "Closest to my words" in page


def test_not_every_word_is_required(client, library):
    assert "Tablets for carers" in titles(page_of(client, q="tablets for astronauts"))


def test_an_excerpt_marks_the_words(client, library):
    assert "<mark>tablet</mark>" in page_of(client, q="tablets lost")


@pytest.mark.parametrize("typed", ["tŷ bach", "ty bach", "TY BACH", "ty\u0302 bach"])
def test_welsh_letters_with_and_without_accents(client, library, typed):
    assert titles(page_of(client, q=typed))[0] == "Tŷ bach y gymuned"


@pytest.mark.parametrize("typed", ["signal gwael", "mannau gwan", "poor signal"])
def test_words_of_a_topic_in_either_language_find_its_stories(client, library, typed):
    assert "Bins" in titles(page_of(client, q=typed))


def test_what_was_meant_is_shown_where_nothing_was_found(client, library):
    """The meaning of a word with a slip is often near to nothing: an empty page helped nobody."""
    page = page_of(client, q="toiledua")
    assert "Tŷ bach y gymuned" in titles(page)
    assert "These are stories for <strong>toiledau</strong>." in page
    assert 'href="?q=toiledua&amp;exactly=1">Search for “toiledua” instead</a>' in page
    assert 'value="toiledau"' in page


def test_exactly_what_was_typed_can_be_looked_for(client, library):
    page = page_of(client, q="toiledua", exactly="1")
    assert titles(page) == []
    assert "We found no story about “toiledua”." in page
    assert 'Did you mean <a class="govuk-link" href="?q=toiledau">toiledau</a>?' in page
    assert "Try fewer or other words." not in page


def test_a_slip_among_words_that_find_is_suggested(client, library):
    """However many the others find."""
    page = page_of(client, q="tablets for carrers")
    assert "Tablets for carers" in titles(page)
    assert "Did you mean" in page
    assert "q=tablets+for+carers" in page


def test_what_was_meant_is_looked_for_among_what_this_reader_may_see(client, library):
    shown = make_story(content=lessons(title="Zebra crossing"))
    hidden = make_story(content=lessons(title="Zebra crossing at night"), audience=Audience.MEMBERS)
    refresh_terms()
    page = page_of(client, q="zebrra")
    assert shown.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page


@pytest.mark.parametrize("typed", ["upland", "Cyngor yr Ucheldir", "upland council"])
def test_a_body_s_name_leads_to_it(client, library, typed):
    OrganisationFactory(code="U1", name_en="Upland Council", name_cy="Cyngor yr Ucheldir")
    page = page_of(client, q=typed)
    assert "Looking for an organisation?" in page
    assert 'href="/organisations/U1/">Upland Council</a>' in page


@pytest.mark.parametrize("typed", ["", "tablets", "upland tablets", "uplan"])
def test_other_words_lead_to_no_body(client, library, typed):
    OrganisationFactory(name_en="Upland Council")
    assert "Looking for an organisation?" not in page_of(client, q=typed)


def test_filters_apply_to_what_was_found(client, library):
    page = page_of(client, q="tablets", kind="summary")
    assert "Tablets for carers" not in titles(page)
    assert counts(page_of(client, q="tablets carers"), "kind")["lessons"] >= 1


def test_nothing_found_says_what_to_do(client, library):
    page = page_of(client, q="zyzzyva")
    assert "We found no story about “zyzzyva”." in page
    assert "Tell us what you are planning" in page
    assert 'href="/find/">Ask us to find someone' in page


def test_from_a_topic_to_the_people_who_know_about_it(client, library):
    TopicFactory(slug="rotas")
    assert "People who know about this" not in page_of(client)
    assert 'href="/people/meet/?topic=rotas">People who know about this' in page_of(client, problem="rotas")
    assert 'href="/find/?topic=rotas">Ask us to find someone' in page_of(client, problem="rotas")


NASTY = [
    "",
    "a",
    "x" * 7_000,
    "\U0001f600",
    "tab\x00lets",
    '"',
    "'",
    "((((",
    "tablets AND (",
    "NOT",
    "NEAR(a b)",
    "a* OR b:c^2",
    "title:tablets",
    "-tablets",
    "%",
    "_",
    "\\",
    "{}[]<>|&!",
    "<script>alert(1)</script>",
    "'; DROP TABLE stories_story; --",
    "ffi\ufb01",
    "\u202etelbat",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "ŵ" * 300,
    "1/0",
]


@pytest.mark.parametrize("typed", NASTY, ids=lambda typed: repr(typed[:12]))
def test_nasty_words_are_answered_calmly(client, library, typed):
    page = page_of(client, q=typed)
    assert "<script>alert" not in page
    assert 'role="status">' in page


def test_a_hidden_story_is_not_found(client, library):
    make_story(content=lessons(title="Zebra crossing"), audience=Audience.MEMBERS)
    refresh_terms()
    assert titles(page_of(client, q="zebra")) == []


# --- Places like mine -----------------------------------------------------------------------------------------------


@pytest.fixture
def at_work(client):
    """A reader who said that they work at a rural council of 92,000."""
    body = OrganisationFactory(code="MINE", name_en="My Council")
    client.post(reverse("stories:plan-create"), {"text": "We want to try something", "organisation": "MINE"})
    return body


def test_places_like_mine_needs_a_place(client, shelf):
    assert "Places like mine" not in page_of(client)


def test_places_like_mine_come_first(client, at_work):
    city = OrganisationFactory(kind=Kind.DEPARTMENT, nation=2, population=9_000_000, rurality=0)
    make_story(content=lessons(title="City"), organisation=city)
    make_story(content=lessons(title="Next door"), organisation=OrganisationFactory(population=95_000))
    page = page_of(client, order="like-mine")
    assert titles(page) == ["Next door", "City"]
    assert "similar size (92,000 and 95,000)" in page
    assert 'aria-current="true">Places like mine' in page


def test_places_like_another_than_mine(client, at_work):
    city = {"nation": 2, "population": 2_000_000, "rurality": 0}
    OrganisationFactory(code="CITY", name_en="Great City", **city)
    make_story(content=lessons(title="Next door"), organisation=OrganisationFactory(population=95_000))
    make_story(content=lessons(title="Downtown"), organisation=OrganisationFactory(**city))
    page = page_of(client, order="like-mine", like="CITY")
    assert titles(page) == ["Downtown", "Next door"]
    assert chips(page) == {"Places like: Great City": "?"}
    assert 'name="like" value="CITY"' in page
    assert "Like you:" not in page


@pytest.mark.parametrize("code", ["", "NONE", "%00", "x" * 3_000, "\U0001f600"])
def test_a_place_that_is_none_is_ignored(client, at_work, code):
    make_story(), make_story()
    page = page_of(client, order="like-mine", like=code)
    assert chips(page) == {}
    assert "Places like mine" in page


def test_the_cards_of_a_page_do_not_all_tell_one_difference(client, at_work):
    for _ in range(6):
        city = OrganisationFactory(nation=2, rurality=0, population=9_000_000)
        make_story(organisation=city)
    told = set(re.findall(r"Unlike you:</strong> ([^<]+)<", page_of(client, order="like-mine")))
    assert len(told) > 1


def test_no_figures_of_an_unnamed_story(client, at_work):
    make_story(voice=Voice.ANONYMOUS, band="kind=8/nation=1/size=1")
    page = page_of(client, order="like-mine")
    assert "similar size" in page
    assert "(92,000 and" not in page


# --- Live -----------------------------------------------------------------------------------------------------------


def test_a_live_update_takes_its_parts_from_the_page_itself(client, shelf):
    """One answer for both: htmx picks the results and the counts out of it, so that no cache can mistake them."""
    address = reverse("stories:story-list")
    answers = [client.get(address, {"outcome": "failed"}, headers=headers) for headers in (HTMX, {})]
    live, plain = (re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", each.content.decode()) for each in answers)
    assert live == plain
    assert titles(live) == ["Tablets"]
    assert counts(live, "sector") == {"1": 1}
    assert 'hx-select="#results"' in live
    assert 'hx-select-oob="#facets' in live


# --- Cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_query_count_does_not_grow(client, at_work, number, django_assert_max_num_queries):
    topics = [TopicFactory(slug=f"{group}-0", group=group, bit=0) for group in (TopicGroup.PROBLEM, TopicGroup.USERS)]
    for index in range(number):
        make_story(content=lessons(title=f"Tablets {index}"), topics=topics, organisation=OrganisationFactory())
    refresh_terms()
    page_of(client)
    with django_assert_max_num_queries(7):
        page_of(client)
    with django_assert_max_num_queries(8):
        page_of(client, outcome="failed", problem="problem-0")
    with django_assert_max_num_queries(16):
        page_of(client, q="tablets van", order="like-mine")


def test_a_search_finds_more_than_it_ranks_and_loses_none_by_filters(client, monkeypatch):
    monkeypatch.setattr(rank, "CANDIDATES", 3)
    monkeypatch.setattr(
        rank.in_either_language, "__kwdefaults__", {**rank.in_either_language.__kwdefaults__, "limit": 3}
    )
    for index in range(8):
        outcome = "failed" if index < 5 else "worked"
        make_story(content=lessons(title=f"Tablets {index}"), outcome=outcome)
    refresh_terms()
    assert "8 stories" in page_of(client, q="tablets")
    assert "5 stories" in page_of(client, q="tablets", outcome="failed")
    assert "3 stories" in page_of(client, q="tablets", outcome="worked")


def test_an_embedded_shelf_is_searched_by_meaning(client, library):
    from stories.search import rank

    if not rank.has_meaning():
        pytest.skip("No sentence model is installed.")
    call_command("tick")
    assert titles(page_of(client, q="handheld computers for people who visit the elderly"))[0] == "Tablets for carers"

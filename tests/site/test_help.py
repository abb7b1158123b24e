"""The pages that explain the service."""

import dataclasses
import re

import pytest
from django.urls import reverse

from learning_portal.site.views.help import shares
from networks.likeness import PLACE_DIMENSIONS
from stories.similarity import STORY_WEIGHTS

NAMES = ["about", "how", "accessibility", "privacy", "cookies", "feedback", "help-with-disclosure"]
pytestmark = pytest.mark.django_db


def page_of(client, name: str) -> str:
    response = client.get(reverse(f"site:{name}"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_a_title_and_one_heading(client, name):
    page = page_of(client, name)
    heading = re.search(r"<h1[^>]*>([^<]+)</h1>", page)[1]
    assert re.search(rf"<title[^>]*>{heading} - Learning Portal</title>", page)
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", sorted({*NAMES} - {"how"}))  # that one is linked beside every score
def test_every_page_is_reached_from_the_frame_or_another(client, name):
    start = [page_of(client, other) for other in NAMES if other != name]
    start.append(client.get(reverse("site:home")).content.decode())
    assert any(f'href="{reverse(f"site:{name}")}"' in page for page in start)


@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_somewhere(client, name):
    for address in set(re.findall(r'href="(/[^"#?]*)"', page_of(client, name))):
        if not address.startswith("/static/"):
            assert client.get(address).status_code in {200, 302}, address


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy"])
def test_who_runs_it(client, settings, name):
    settings.OPERATOR_NAME = "Improvement Office"
    assert "Improvement Office" in page_of(client, name).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy", "feedback"])
def test_where_to_write(client, settings, name):
    settings.OPERATOR_EMAIL = "help@office.example"
    assert 'href="mailto:help@office.example">help@office.example</a>' in page_of(client, name)


def test_the_accessibility_statement_has_what_the_regulations_ask_for(client):
    page = page_of(client, "accessibility")
    for part in (
        "partially compliant",
        "success criterion 1.3.1",
        "success criterion 3.1.2",
        "Disproportionate burden",
        "Enforcement procedure",
        'href="https://www.equalityadvisoryservice.com/"',
        "This statement was prepared on",
        "was last tested on",
    ):
        assert part in page


def test_the_accessibility_statement_says_which_pages_have_no_welsh(client):
    client.cookies["django_language"] = "cy"
    english = {name for name in NAMES if "lp-untranslated" in page_of(client, name)}
    assert "accessibility" in english
    assert english != set(NAMES)
    assert "some help pages, this one among them, are in English only" in page_of(client, "accessibility")


@pytest.mark.parametrize("words", ["Help and feedback", "give your feedback"])
def test_one_name_for_one_page(client, words):
    """What the frame calls help and feedback is the page of that name."""
    page = page_of(client, "about")
    assert f'href="{reverse("site:feedback")}">{words}</a>' in page
    assert f'href="{reverse("site:about")}">About</a>' in page


def test_what_counts_and_how_much(client):
    _before, *tables = page_of(client, "how").split("<table")
    for dimensions, table in zip((STORY_WEIGHTS, PLACE_DIMENSIONS), tables, strict=True):
        for dimension in dimensions:
            share = r"\d+%" if dimension.weight else "shown, not counted"
            assert re.search(rf"{re.escape(str(dimension.label))}</th><td[^>]*>{share}</td>", table), dimension.name
        assert sum(int(share) for share in re.findall(r">(\d+)%<", table)) == 100


def test_a_share_is_what_a_dimension_weighs_of_all():
    weighed = [dataclasses.replace(STORY_WEIGHTS[0], weight=weight) for weight in (12, 8, 4, 0)]
    assert [share for _label, share in shares(weighed)] == [50, 33, 17, 0]


def test_the_cookies_named_are_the_cookies_set(client, settings):
    page = page_of(client, "cookies")
    named = set(re.findall(r'<dt class="govuk-summary-list__key">([^<]+)</dt>', page))
    assert named == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"help-with-disclosure", "privacy"}])
def test_a_welsh_reader_is_told_that_it_is_in_english(client, name):
    client.cookies["django_language"] = "cy"
    page = page_of(client, name)
    assert '<html lang="cy"' in page
    assert "chyfieithu eto" in page
    assert '<main lang="en">' in page
    assert re.search(r'<title lang="en">[A-Z][^<]+ - Learning Portal</title>', page)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(client, name, method):
    assert getattr(client, method)(reverse(f"site:{name}")).status_code == 405


@pytest.mark.parametrize("path", ["/about", "/about/x/", "/how/", "/help/"])
def test_an_address_near_by(client, path):
    assert client.get(path).status_code in {301, 404}


def test_what_moderators_do_about_harm_is_told_in_both_languages(client):
    client.cookies["django_language"] = "cy"
    assert "chyfieithu eto" not in page_of(client, "help-with-disclosure")

"""Errors in the service's own words, the same for everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from learning_portal.common.public_ids import encode
from stories.choices import Audience
from stories.views import topics
from tests.factories import UserFactory, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_an_address_that_is_none(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "We cannot find that page" in response.content.decode()


def test_the_demo_says_it_in_the_same_words(client, settings):
    settings.DEBUG = True
    hidden = make_story(audience=Audience.NETWORK).get_absolute_url()
    answers = [client.get(path) for path in ("/no/such/page/", hidden, f"/stories/{encode(12345)}/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "We cannot find that page" in answers[0].content.decode()
    assert "We cannot find that page" not in client.get("/plan/gone1234/").content.decode()
    assert "We could not read that" in client.get("/stories/", {"q": "x" * 8_001}).content.decode()
    assert "ROOT_URLCONF" not in client.get("/", headers={"host": "elsewhere.example"}).content.decode()


def test_what_is_hidden_and_what_is_not_there_are_the_same(client):
    hidden, absent = make_story(audience=Audience.NETWORK).get_absolute_url(), f"/stories/{encode(12345)}/"
    member = Client()
    member.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    for reader in (client, member):
        refused, missing = reader.get(hidden), reader.get(absent)
        assert refused.status_code == missing.status_code == 404
        assert (refused.content, refused.headers) == (missing.content, missing.headers)
        assert not refused.cookies


def test_every_missing_page_has_the_same_bytes_for_everybody(client):
    member = Client()
    member.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    paths = ["/no/such/page/", "/stories/x/", f"/stories/{encode(1)}/", "/organisations/x/", "/dev/x/"]
    assert len({reader.get(path).content for reader in (client, member) for path in paths}) == 1


def test_an_over_long_address(client):
    response = client.get(reverse("stories:story-list"), {"q": "x" * 8_001})
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()
    assert client.get(reverse("stories:story-list"), {"q": "x" * 7_900}).status_code == 200


@pytest.mark.parametrize("query", ["q=tab%00lets", "q=%00", "%00=x", "page=%00"])
def test_nul_bytes_are_dropped(client, query):
    assert client.get(f"{reverse('stories:story-list')}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%", "q=%zz", "=", "&&&", "q[]=1", "q=%ED%A0%80", ";"])
def test_queries_that_are_no_text(client, query):
    assert client.get(f"{reverse('stories:story-list')}?{query}").status_code == 200


def test_a_form_without_its_token(client):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post(reverse("stories:plan-create"), {"text": "Tablets for carers"})
    assert response.status_code == 403
    assert "We could not accept that" in response.content.decode()


def test_a_form_without_its_token_says_how_to_lose_nothing(client):
    """To load the page again, as its new token needs, empties the form in Chromium: words have to be copied first."""
    page = Client(enforce_csrf_checks=True).post(reverse("stories:plan-create"), {"text": "Tablets"}).content.decode()
    assert page.index("copy what you typed") < page.index("Then load the page")
    assert "chopïwch yr hyn a deipioch" in page


def test_something_that_broke(client, monkeypatch, caplog):
    monkeypatch.setattr(topics, "count", lambda *args: 1 / 0)
    response = client.get(reverse("stories:topic-list"))
    assert response.status_code == 500
    page = response.content.decode()
    assert "Sorry, something broke on our side" in page
    assert "ZeroDivisionError" not in page
    assert "ZeroDivisionError" in caplog.text


def test_a_form_with_too_many_fields(client):
    data = {f"field{number}": "x" for number in range(600)}
    assert client.post(reverse("stories:plan-create"), data).status_code == 400


def test_errors_speak_the_reader_s_language_first(client):
    client.cookies["django_language"] = "cy"
    page = client.get("/no/such/page/").content.decode()
    assert '<html lang="cy"' in page
    assert 'lang="en"><h2' in page.replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("path", ["/stories", "/about", "/organisations"])
def test_a_missing_slash_is_added(client, path):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, f"{path}/")


@pytest.mark.parametrize(
    ("name", "value"),
    [("sessionid", "\x01" * 50), ("sessionid", "x" * 3_000), ("django_language", "../../x"), ("csrftoken", "\xc5\xb5")],
)
def test_cookies_that_were_tampered_with(client, name, value):
    assert client.get("/", headers={"cookie": f"{name}={value}"}).status_code == 200

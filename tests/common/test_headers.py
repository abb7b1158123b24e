"""The headers of safety on every answer, also those that go wrong."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.urls import path

from learning_portal import urls as portal
from learning_portal.common.views import errors
from tests.common.test_settings import REQUIRED, python

pytestmark = pytest.mark.django_db


def broken(error: Exception):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400/", broken(BadRequest())),
    path("403/", broken(PermissionDenied())),
    path("500/", broken(ValueError())),
    path("503/", broken(OperationalError())),
    path("429/", lambda request: errors.too_many(7)),
    *portal.urlpatterns,
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error


def check(response, status: int) -> None:
    assert response.status_code == status
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    has_form = b"<form" in response.content
    assert response["Referrer-Policy"] == ("no-referrer" if status >= 400 else "same-origin")
    assert not (has_form and response["Referrer-Policy"] == "no-referrer")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/sign-in/", 200),
        ("GET", "/account/", 302),
        ("GET", "/nowhere/", 404),
        ("GET", "/stories/0000000000000/", 404),
        ("DELETE", "/stories/", 405),
        ("PUT", "/about/", 405),
        ("GET", "/admin/", 302),
        ("GET", f"/stories/?q={'a' * 9_000}", 400),
        ("GET", "/language/", 405),
        ("GET", "/health/", 200),
    ],
)
def test_on_pages_and_refusals(client, method, address, status):
    check(client.generic(method, address), status)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.urls(__name__)
def test_on_errors(status):
    check(Client(raise_request_exception=False).get(f"/{status}/"), status)


def test_where_a_host_is_refused():
    check(Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"}), 400)


def test_where_a_form_comes_from_elsewhere():
    check(Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "a@b.example"}), 403)


IN_PRODUCTION = """
import django; django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "portal.example"})
for address in ("/nowhere/", "/about/", "/sign-in/"):
    answer = client.get(address, secure=True)
    print(answer.status_code, answer.headers["Strict-Transport-Security"])
answer = client.put("/about/", secure=True)
print(answer.status_code, answer.headers["Strict-Transport-Security"])
cookie = client.get("/sign-in/", secure=True).cookies["csrftoken"]
print(cookie["secure"], cookie["httponly"], cookie["samesite"])
"""


def test_in_production_browsers_come_back_by_https_only(tmp_path):
    whitenoise = "from django.conf import settings; settings.STORAGES['staticfiles']['BACKEND'] = "
    plain = "'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    given = {**REQUIRED, "DEBUG": "0", "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
    found = python("-c", whitenoise + plain + IN_PRODUCTION, **given)
    lines = found.stdout.splitlines()
    year = "max-age=31536000; includeSubDomains; preload"
    assert lines == [f"404 {year}", f"200 {year}", f"200 {year}", f"405 {year}", "True True Lax"], found.stderr


def test_the_guard_is_what_puts_them_there(client, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("guarded_answers")]
    assert "Content-Security-Policy" not in client.delete("/stories/").headers

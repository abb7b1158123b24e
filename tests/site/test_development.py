"""The pages for developers: there while DEBUG is on, and otherwise not."""

import importlib
import os
import time
import warnings
from email.message import EmailMessage

import pytest
from django.test import override_settings
from django.urls import clear_url_caches, set_urlconf
from django.utils.deprecation import RemovedInDjango60Warning

pytestmark = pytest.mark.django_db
PAGES = ["/dev/mail/", "/dev/components/"]


@pytest.fixture
def folder(tmp_path):
    """The addresses as they are on a developer's machine, whose mail goes into this folder."""
    with override_settings(DEBUG=True, MAIL_FOLDER=tmp_path / "mail"):
        reload_addresses()
        yield tmp_path / "mail"
    reload_addresses()


def reload_addresses() -> None:
    clear_url_caches()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RemovedInDjango60Warning)  # a converter that is registered again
        for name in ("learning_portal.site.urls", "learning_portal.urls"):
            importlib.reload(importlib.import_module(name))
    set_urlconf(None)


def write(folder, name: str, subject: str, body: str, age: int = 0, html: str = "") -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "reader@council.example", subject
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.log"
    path.write_bytes(message.as_bytes() + b"\n" + b"-" * 79 + b"\n")
    os.utime(path, (time.time() - age,) * 2)


@pytest.mark.parametrize("path", PAGES)
def test_in_production_they_are_not_there(client, path):
    reload_addresses()
    assert client.get(path).status_code == 404


def test_mail_newest_first(client, folder):
    write(folder, "a", "Older", "Code 111111", age=60)
    write(folder, "b", "Newer", "Your code: 222222 ŵ")
    page = client.get("/dev/mail/").content.decode()
    assert page.index("Newer") < page.index("Older")
    assert "222222 ŵ" in page
    assert "reader@council.example" in page


def test_mail_is_escaped(client, folder):
    write(folder, "a", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    page = client.get("/dev/mail/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_both_parts_are_shown(client, folder):
    write(folder, "a", "Two parts", "In words: https://portal.example/x/", html="<p style='color: red'>In colour ŵ</p>")
    page = client.get("/dev/mail/").content.decode()
    assert '<a href="https://portal.example/x/"' in page
    assert '<iframe src="/dev/mail/a/" title="Two parts" sandbox' in page
    assert "In colour" not in page
    part = client.get("/dev/mail/a/")
    assert "<p style='color: red'>In colour ŵ</p>" in part.content.decode()


def test_a_mail_brings_its_styles_along_and_nothing_else(client, folder):
    write(folder, "a", "Two parts", "Text", html="<p>Text</p>")
    part = client.get("/dev/mail/a/")
    policy = part["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert part["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe" not in client.get("/dev/mail/")["Content-Security-Policy"]


def test_a_mail_of_words_only_has_no_frame(client, folder):
    write(folder, "a", "One part", "Text")
    assert "<iframe" not in client.get("/dev/mail/").content.decode()
    assert client.get("/dev/mail/a/").status_code == 404


@pytest.mark.parametrize("name", ["b", "..", "*", "a.log", "%2e%2e%2fa", "x" * 5_000, "\U0001f600"])
def test_a_mail_that_is_not_there(client, folder, name):
    write(folder, "a", "One part", "Text", html="<p>Text</p>")
    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_at_most_twenty(client, folder):
    for number in range(25):
        write(folder, str(number), f"Mail number {number}.", "Text")
    assert client.get("/dev/mail/").content.decode().count("Mail number") == 20


@pytest.mark.parametrize("made", [True, False])
def test_no_mail_yet(client, folder, made):
    if made:
        folder.mkdir()
    assert "No mail has been sent yet." in client.get("/dev/mail/").content.decode()


def test_every_component_is_shown(client, folder):
    page = client.get("/dev/components/").content.decode()
    for part in ("lp-story-card", "govuk-error-summary", "govuk-pagination", "lp-questions", "lp-timeline"):
        assert part in page


@pytest.mark.parametrize("path", [*PAGES, "/dev/mail/a/"])
def test_wrong_method(client, folder, path):
    assert client.post(path).status_code == 405

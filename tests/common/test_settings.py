"""It starts with no environment set, and in production refuses to start without what nobody can guess."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

REQUIRED = {
    "SECRET_KEY": "fifty characters or more, none of them used anywhere else",
    "ALLOWED_HOSTS": "portal.example",
    "OPERATOR_NAME": "Improvement Office",
}
SHOW = (
    "from django.conf import settings as s; "
    "print(s.DEBUG, s.ALLOWED_HOSTS, s.OPERATOR_NAME, s.DATABASES['default']['ENGINE'], s.EMAIL_BACKEND)"
)


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run with these environment variables, and of ours only what an interpreter needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "learning_portal.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def shown(**environment: str) -> str:
    found = python("-c", SHOW, **environment)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_it_starts_with_no_environment_set():
    assert shown() == (
        "True ['127.0.0.1', 'localhost', '[::1]'] Demo django.db.backends.sqlite3 "
        "django.core.mail.backends.filebased.EmailBackend"
    )


def test_production_starts_with_what_it_needs():
    assert shown(DEBUG="0", **REQUIRED) == (
        "False ['portal.example'] Improvement Office django.db.backends.sqlite3 "
        "django.core.mail.backends.smtp.EmailBackend"
    )


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "   "], ids=["missing", "empty", "blank"])
def test_production_refuses_to_start_and_says_why(name, value):
    given = {**REQUIRED, name: value} if value is not None else {key: REQUIRED[key] for key in REQUIRED if key != name}
    found = python("manage.py", "check", DEBUG="0", **given)
    assert found.returncode != 0
    assert f"{name} is not set" in found.stderr
    assert "docs/operations.md" in found.stderr


def test_hosts_that_name_none_are_no_hosts():
    found = python("manage.py", "check", DEBUG="0", **{**REQUIRED, "ALLOWED_HOSTS": " , ,"})
    assert found.returncode != 0
    assert "ALLOWED_HOSTS is not set" in found.stderr


def test_several_hosts():
    assert "['a.example', 'b.example']" in shown(DEBUG="0", **{**REQUIRED, "ALLOWED_HOSTS": "a.example, b.example ,"})


def test_postgresql_by_its_address():
    assert "django.db.backends.postgresql" in shown(DATABASE_URL="postgres://portal@127.0.0.1/portal")


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "0"), ("EMAIL_URL", "pigeon://x"), ("CACHE_URL", "x://")],
)
def test_a_value_that_cannot_be_read_stops_the_start(name, value):
    assert python("manage.py", "check", **{name: value}).returncode != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("BEHIND_PROXY", "maybe"),
        ("SECURE_HSTS_SECONDS", "abc"),
        ("BACKUP_DAYS", "-1"),
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "nonsense://x"),
        ("MEANING_MODEL", "/nowhere"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(name, value):
    found = python("manage.py", "check", **{"DEBUG": "0", **REQUIRED, name: value})
    assert found.returncode != 0
    assert f"{name} " in found.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"), [("SECRET_KEY", "development-only"), ("SECRET_KEY", "short"), ("OPERATOR_NAME", "Demo")]
)
def test_production_refuses_what_everybody_knows_or_could_guess(name, value):
    found = python("manage.py", "check", DEBUG="0", **{**REQUIRED, name: value})
    assert found.returncode != 0
    assert name in found.stderr.splitlines()[-1]


def test_sqlite_is_set_as_measured(tmp_path):
    source = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor(); "
        "print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in "
        "('journal_mode', 'synchronous', 'secure_delete', 'cache_size', 'foreign_keys')])"
    )
    found = python("-c", source, DATABASE_URL=f"sqlite:///{tmp_path / 'x.sqlite3'}")
    assert found.stdout.strip() == "['wal', 2, 1, -65536, 1]", found.stderr


def test_sqlite_takes_its_lock_at_the_start_and_no_request_is_one_transaction():
    source = (
        "from django.conf import settings as s; d = s.DATABASES['default']; "
        "print(d['OPTIONS']['transaction_mode'], d['OPTIONS']['timeout'], d['CONN_MAX_AGE'], "
        "d.get('ATOMIC_REQUESTS', False))"
    )
    assert python("-c", source).stdout.strip() == "IMMEDIATE 20 None False"


def test_cookies_and_headers_are_strict_in_production():
    source = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, "
        "s.SECURE_HSTS_SECONDS >= 31536000, s.LANGUAGE_COOKIE_SECURE)"
    )
    assert python("-c", source, DEBUG="0", **REQUIRED).stdout.split() == ["True"] * 5


@pytest.mark.django_db
def test_every_page_says_what_it_may_load(client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


# --- Where links in mails lead ---------------------------------------------------------------------------------------

URL = "from django.conf import settings as s; print(s.PORTAL_URL)"


def portal_url(**environment: str) -> subprocess.CompletedProcess:
    return python("-c", URL, **environment)


def test_on_a_developer_s_machine_links_lead_there():
    assert portal_url().stdout.strip() == "http://127.0.0.1:8000"


def test_in_production_links_lead_to_the_first_host_unless_told_otherwise():
    given = {**REQUIRED, "DEBUG": "0", "ALLOWED_HOSTS": "portal.example,other.example"}
    assert portal_url(**given).stdout.strip() == "https://portal.example"
    assert portal_url(**given, PORTAL_URL="https://learn.example/").stdout.strip() == "https://learn.example"


@pytest.mark.parametrize("url", ["portal.example", "https://portal.example/path", "https://*", "https://", "ftp://a"])
def test_an_address_that_cannot_be_is_refused(url):
    found = portal_url(PORTAL_URL=url)
    assert found.returncode != 0
    assert "PORTAL_URL must be like https://portal.example" in found.stderr


def test_where_any_host_will_do_it_must_be_given():
    given = {**REQUIRED, "DEBUG": "0", "ALLOWED_HOSTS": ".portal.example"}
    assert "PORTAL_URL must be like" in portal_url(**given).stderr
    assert portal_url(**given, PORTAL_URL="https://portal.example").returncode == 0

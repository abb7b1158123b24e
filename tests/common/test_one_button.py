"""Links with one button: good for one purpose, one row, some days."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from learning_portal.common.one_button import Opened, Purpose

ANSWER = Purpose("test answer", 28)
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def on(monkeypatch, days: int) -> None:
    now = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_it_says_which_row_and_to_whom_it_was_mailed():
    assert ANSWER.read(ANSWER.token_for(5)) == Opened(5, 0, is_over=False)
    assert ANSWER.read(ANSWER.token_for(2**63 - 1, 7)) == Opened(2**63 - 1, 7, is_over=False)


@pytest.mark.parametrize(("days", "is_over"), [(0, False), (28, False), (29, True), (400, True)])
def test_it_runs_out(monkeypatch, days, is_over):
    token = ANSWER.token_for(5)
    on(monkeypatch, days)
    assert ANSWER.read(token) == Opened(5, 0, is_over=is_over)


def test_it_holds_no_time(monkeypatch):
    token = ANSWER.token_for(5)
    now = timezone.localtime().replace(hour=23, minute=59)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert ANSWER.token_for(5) == token


@pytest.mark.parametrize("spoil", [str.swapcase, lambda token: token[1:], lambda token: token + "x", lambda token: ""])
def test_a_forged_one_opens_nothing(spoil):
    assert ANSWER.read(spoil(ANSWER.token_for(5))) is None


def test_one_for_another_purpose_opens_nothing():
    assert Purpose("other", 28).read(ANSWER.token_for(5)) is None


def test_one_page_says_that_a_link_has_run_out():
    told = [path.name for path in TEMPLATES.rglob("*.html") if "This link has run out" in path.read_text()]
    assert told == ["link_over.html"]

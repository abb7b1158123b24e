"""How many introductions count for a host: what their limit and the ranking of people go by."""

import datetime

import pytest

from networks.models import Introduction
from tests.factories import TODAY, ContactFactory, IntroductionFactory

pytestmark = pytest.mark.django_db


def loads() -> dict[int, int]:
    return Introduction.objects.loads(TODAY)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("asked", 1),
        ("accepted", 1),
        ("met", 1),
        ("not_met", 1),
        ("declined", 0),
        ("not_now", 0),
        ("withdrawn", 0),
        ("off", 0),
    ],
)
def test_what_is_pending_or_was_accepted_counts(state, counts):
    ended = None if state in ("asked", "accepted") else TODAY
    made = IntroductionFactory(state=state, ended_on=ended)
    assert loads().get(made.host_id, 0) == counts


@pytest.mark.parametrize(("days", "counts"), [(89, 1), (90, 0)])
def test_ninety_days_count(days, counts):
    made = IntroductionFactory(asked_on=TODAY - datetime.timedelta(days=days))
    assert loads().get(made.host_id, 0) == counts


def test_a_shared_visit_and_a_mentoring_count_once():
    host = ContactFactory()
    for _ in range(3):
        IntroductionFactory(host=host, state="accepted", visit=7)
    IntroductionFactory(host=host, state="accepted", is_mentoring=True, meetings=3)
    assert loads() == {host.pk: 2}


def test_what_lies_at_the_desk_counts_for_nobody():
    IntroductionFactory(state="at_desk", host=None, asked_on=None)
    assert loads() == {}


def test_it_is_over_a_year_after_it_ended():
    year = datetime.timedelta(days=365)
    IntroductionFactory()
    IntroductionFactory(state="met", ended_on=TODAY - year + datetime.timedelta(days=1))
    gone = IntroductionFactory(state="met", ended_on=TODAY - year)
    assert list(Introduction.objects.over(TODAY)) == [gone]

"""Report this page: whoever reads a story reports it, and whoever moderates it answers."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from learning_portal.common.limits import Rate
from learning_portal.common.models import Away, Message
from stories.actions import Refused, report
from stories.choices import Audience, Status, Voice
from stories.models import Decision, Story, StoryReport
from stories.views import report as report_view
from tests.factories import MembershipFactory, NetworkFactory, UserFactory, make_story
from tests.stories.telling import moderators

pytestmark = pytest.mark.django_db

WEDNESDAY, MONDAY = datetime.date(2026, 11, 18), datetime.date(2026, 11, 16)
TOLD = {"reason": "personal", "words": "The second paragraph says who it was.", "address": "Reader@Council.example"}


def reported(story: Story | None = None, **fields) -> StoryReport:
    return report.send(story=story or make_story(), **{**TOLD, "today": WEDNESDAY, **fields})


def address_of(found: StoryReport) -> str:
    return reverse("stories:report-detail", args=[found.pk])


@pytest.fixture
def moderator(client):
    person = moderators(1)[0]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


# --- Who reports ----------------------------------------------------------------------------------------------------


def test_nobody_needs_an_account(client):
    story = make_story()
    assert reverse("stories:report-new", args=[story.pk]) in client.get(story.get_absolute_url()).content.decode()
    sent = client.post(reverse("stories:report-new", args=[story.pk]), TOLD, follow=True)
    assert "Your report is with the moderators" in sent.content.decode()
    found = StoryReport.objects.get()
    assert (found.story, found.reason, found.address) == (story, "personal", "reader@council.example")
    assert found.week.weekday() == 0


def test_what_is_kept_names_no_reporter():
    """The week is all that is kept of when, and nothing of who but the address that they gave."""
    found = reported()
    assert found.week == MONDAY
    assert {field.name for field in StoryReport._meta.get_fields()} == {
        *("id", "story", "reason", "words", "address", "language", "week", "answer", "answered_week")
    }


def test_the_same_report_sent_twice_is_one():
    story = make_story()
    assert reported(story) == reported(story)
    assert reported(story, words="Another thing.").pk != reported(story).pk


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(client):
    address = reverse("stories:report-new", args=[make_story().pk])
    response = client.post(address, {"words": "Typed <b>words</b>", "address": "nobody"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose what is wrong with it" in page
    assert "Write an email address like" in page
    assert "Typed &lt;b&gt;words&lt;/b&gt;" in page


def test_a_thousand_characters_are_enough(client):
    address = reverse("stories:report-new", args=[make_story().pk])
    assert client.post(address, {**TOLD, "words": "a" * 1001}).status_code == 422
    assert client.post(address, {**TOLD, "words": "a" * 1000}).status_code == 302


@pytest.mark.parametrize("page", ["report-new", "report-sent"])
def test_a_story_that_one_may_not_read_is_absent(client, page):
    hidden = make_story(audience=Audience.MEMBERS)
    answers = [client.get(reverse(f"stories:{page}", args=[key])) for key in (hidden.pk, hidden.pk ^ 1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert client.post(reverse("stories:report-new", args=[hidden.pk]), TOLD).status_code == 404
    assert not StoryReport.objects.exists()


def test_what_is_not_published_cannot_be_reported():
    with pytest.raises(Refused):
        reported(make_story(status=Status.APPROVED))


def test_a_machine_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(report_view, "REPORTS_FROM", Rate("test", 2, 60))
    address = reverse("stories:report-new", args=[make_story().pk])
    answers = [client.post(address, {**TOLD, "words": f"Wrong {number}"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert StoryReport.objects.count() == 2
    assert client.get(address).status_code == 200


# --- Who answers ----------------------------------------------------------------------------------------------------


def test_moderators_find_it_and_see_by_when(client, moderator):
    found = reported()
    page = client.get(reverse("stories:report-list")).content.decode()
    assert address_of(found) in page
    assert "23 November 2026" in page
    assert TOLD["words"] in client.get(address_of(found)).content.decode()


def test_late_is_said(client, moderator):
    reported(today=datetime.date(2020, 1, 1))
    assert "overdue" in client.get(reverse("stories:report-list")).content.decode()


def test_reports_go_to_the_pool_of_the_story_alone(client):
    network = NetworkFactory()
    found = reported(make_story(audience=Audience.NETWORK, networks=[network]))
    convenor = MembershipFactory(network=network, is_convenor=True).user
    for person, status in ((moderators(1)[0], 404), (convenor, 200), (UserFactory(), 404)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address_of(found)).status_code == status


def test_an_import_that_was_never_submitted_has_the_usual_pool(client, moderator):
    source = {"source_name": "Lessons", "source_id": "L-1", "source_licence": "OGL"}
    found = reported(make_story(origin="imported", pool="", **source))
    assert client.get(address_of(found)).status_code == 200
    client.post(address_of(found), {"do": "hide"})
    assert Story.objects.get(pk=found.story_id).status == Status.HIDDEN


def test_nobody_answers_for_their_own_story(client, moderator):
    found = reported(make_story(author=moderator))
    assert client.get(address_of(found)).status_code == 404
    with pytest.raises(Refused):
        report.close(by=moderator, report=found, answer="All is well.")


def test_hide_and_show_again(client, moderator):
    found = reported()
    client.post(address_of(found), {"do": "hide"})
    assert Story.objects.get().status == Status.HIDDEN
    assert "Show the story again" in client.get(address_of(found)).content.decode()
    assert client.get(reverse("stories:report-list")).content.decode().count("story hidden") == 1
    client.post(address_of(found), {"do": "restore"})
    assert Story.objects.get().status == Status.PUBLISHED
    assert list(Decision.objects.values_list("verb", flat=True)) == ["hidden", "restored"]


def test_hidden_is_gone_for_readers_at_once(client):
    story = make_story()
    person = moderators(1)[0]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(address_of(reported(story)), {"do": "hide"})
    client.logout()
    assert client.get(story.get_absolute_url()).status_code == 404


def test_an_answer_is_mailed_and_the_address_erased(client, moderator, django_capture_on_commit_callbacks):
    found = reported()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address_of(found), {"do": "answer", "answer": "We took the paragraph out."})
    assert response.status_code == 302
    found.refresh_from_db()
    assert (found.address, found.answer) == ("", "We took the paragraph out.")
    assert [sent.to for sent in mail.outbox] == [["reader@council.example"]]
    assert "We took the paragraph out." in mail.outbox[0].body
    assert "Tablets" not in mail.outbox[0].body + mail.outbox[0].subject
    assert address_of(found) not in client.get(reverse("stories:report-list")).content.decode()


def test_without_an_address_nothing_is_mailed(moderator):
    report.close(by=moderator, report=reported(address=""), answer="We looked.")
    assert not Message.objects.exists()


def test_of_two_answers_one_wins_and_the_other_is_told(client, moderator):
    found = reported()
    report.close(by=moderators(1)[0], report=found, answer="First.")
    response = client.post(address_of(found), {"do": "answer", "answer": "Second."})
    assert response.status_code == 422
    assert "Somebody has answered this report already." in response.content.decode()
    assert StoryReport.objects.get().answer == "First."


@pytest.mark.parametrize("form", [{}, {"do": "delete"}, {"do": "answer"}, {"do": "answer", "answer": "ŵ" * 400}])
def test_what_cannot_be_done_is_refused_calmly(client, moderator, form):
    found = reported()
    assert client.post(address_of(found), form).status_code == 422
    assert StoryReport.objects.get().answered_week is None


def test_the_database_keeps_no_address_beside_an_answer():
    found = reported()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryReport.objects.filter(pk=found.pk).update(answered_week=MONDAY, answer="Done.")


def told_to() -> set[int]:
    return set(Message.objects.filter(kind="report_waiting").values_list("user", flat=True))


def test_the_pool_hears_of_it_once_until_it_is_answered():
    people = moderators(3)
    Away.objects.create(user=people[2], until=WEDNESDAY)
    UserFactory()
    found = reported()
    for _tick in range(2):
        report.tell_moderators(today=WEDNESDAY)
    assert told_to() == {people[0].pk, people[1].pk}
    assert Message.objects.count() == 2
    assert not any(Message.objects.values_list("context", flat=True))
    report.close(by=people[0], report=found, answer="Done.")
    report.tell_moderators(today=WEDNESDAY)
    assert not told_to()


def test_who_is_left_out_would_be_the_author():
    people = moderators(2)
    reported(make_story(author=people[0], voice=Voice.CONFIDENTIAL))
    report.tell_moderators(today=WEDNESDAY)
    assert told_to() == {person.pk for person in people}


# --- What ends by itself --------------------------------------------------------------------------------------------


def test_reports_of_what_is_gone_are_answered_in_the_reporters_language(django_capture_on_commit_callbacks):
    found = reported(language="cy")
    Story.objects.update(status=Status.WITHDRAWN)
    with django_capture_on_commit_callbacks(execute=True):
        assert report.close_moot_reports(today=WEDNESDAY) == 1
    found.refresh_from_db()
    assert found.address == ""
    assert mail.outbox[0].to == ["reader@council.example"]
    assert report.close_moot_reports(today=WEDNESDAY) == 0


def test_answered_reports_are_erased_after_a_quarter(moderator):
    report.close(by=moderator, report=reported(), answer="Done.", today=WEDNESDAY)
    assert report.erase_answered_reports(today=MONDAY + datetime.timedelta(days=90)) == 0
    assert report.erase_answered_reports(today=MONDAY + datetime.timedelta(days=91)) == 1


def test_open_reports_stay():
    reported(today=datetime.date(2020, 1, 1))
    assert report.erase_answered_reports() == 0
    assert report.close_moot_reports() == 0


def test_voices_do_not_matter_to_who_answers(client, moderator):
    for voice in Voice.values:
        assert client.get(address_of(reported(make_story(voice=voice)))).status_code == 200

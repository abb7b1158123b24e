"""An organisation's right of reply: a dated note below a named story, once a moderator lets it stand."""

import pytest
from django.urls import reverse

from networks.models import Affiliation
from stories.actions import Refused, report
from stories.choices import Audience, Voice
from stories.models import Reply, Story
from tests.factories import AffiliationFactory, OrganisationFactory, UserFactory, make_story
from tests.stories.telling import moderators

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXT = "We have changed the contract since."


@pytest.fixture
def employee():
    return AffiliationFactory(organisation__name_en="Upland Council").user


@pytest.fixture
def story(employee) -> Story:
    return make_story(organisation=Affiliation.objects.get(user=employee).organisation)


def propose(story: Story, by, **fields) -> Reply:
    return report.propose_reply(**{"by": by, "story": story, "role": "Director", "text": TEXT, **fields})


def test_an_employee_replies_and_a_moderator_lets_it_stand(client, employee, story):
    client.force_login(employee, backend=BACKEND)
    address = reverse("stories:reply-new", args=[story.pk])
    assert address in client.get(story.get_absolute_url()).content.decode()
    assert client.post(address, {"role": "Director", "text": TEXT}).status_code == 302
    assert TEXT not in client.get(story.get_absolute_url()).content.decode()
    client.force_login(moderators(1)[0], backend=BACKEND)
    assert TEXT in client.get(reverse("stories:report-list")).content.decode()
    client.post(reverse("stories:reply-decide", args=[Reply.objects.get().pk]), {"do": "show"})
    client.logout()
    page = client.get(story.get_absolute_url()).content.decode()
    assert "Upland Council, Director" in page
    assert TEXT in page


def test_a_moderator_drops_it(client, employee, story):
    reply = propose(story, employee)
    client.force_login(moderators(1)[0], backend=BACKEND)
    client.post(reverse("stories:reply-decide", args=[reply.pk]), {"do": "drop"})
    assert not Reply.objects.exists()
    assert client.post(reverse("stories:reply-decide", args=[reply.pk]), {"do": "show"}).status_code == 404


def test_a_moderator_puts_down_what_was_sent(client, story):
    found = report.send(story=story, reason="unfair", words="Unfair.", today=story.published_on)
    body = OrganisationFactory(name_en="Riverside Housing", name_cy="")
    client.force_login(moderators(1)[0], backend=BACKEND)
    address = reverse("stories:report-detail", args=[found.pk])
    wrong = client.post(address, {"do": "reply", "organisation": "Nowhere", "text": TEXT})
    assert wrong.status_code == 422
    assert TEXT in wrong.content.decode()
    assert client.post(address, {"do": "reply", "organisation": body.name_en, "text": TEXT}).status_code == 302
    assert Reply.objects.get().shown
    assert "Riverside Housing" in client.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize("capacity", ["elected", "contractor"])
def test_only_employees_speak_for_it(client, story, capacity):
    person = AffiliationFactory(organisation=story.organisation, capacity=capacity).user
    client.force_login(person, backend=BACKEND)
    assert client.get(reverse("stories:reply-new", args=[story.pk])).status_code == 404
    assert reverse("stories:reply-new", args=[story.pk]) not in client.get(story.get_absolute_url()).content.decode()


def test_a_job_that_ended_or_was_never_verified_does_not_count(story):
    for fields in ({"ended_on": "2026-01-01"}, {"verified_on": None, "verified_by": ""}):
        with pytest.raises(Refused):
            propose(story, AffiliationFactory(organisation=story.organisation, **fields).user)


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_nobody_replies_to_a_story_without_a_name(employee, voice):
    """A reply would say whose it is."""
    unnamed = make_story(voice=voice)
    with pytest.raises(Refused):
        propose(unnamed, employee)
    with pytest.raises(Refused):
        report.write_reply(
            by=moderators(1)[0], story=unnamed, organisation=OrganisationFactory(), role="", text="Ours."
        )


def test_one_waits_at_a_time(client, employee, story):
    propose(story, employee)
    client.force_login(employee, backend=BACKEND)
    response = client.post(reverse("stories:reply-new", args=[story.pk]), {"text": "Again."})
    assert response.status_code == 422
    assert "waits for a moderator already" in response.content.decode()


def test_who_does_not_moderate_decides_nothing(employee, story):
    reply = propose(story, employee)
    for person in (employee, UserFactory()):
        with pytest.raises(Refused):
            report.show_reply(by=person, reply=reply)


def test_a_story_that_one_may_not_read_has_no_reply_page(client, story, employee):
    Story.objects.update(audience=Audience.NETWORK)
    client.force_login(employee, backend=BACKEND)
    assert client.get(reverse("stories:reply-new", args=[story.pk])).status_code == 404

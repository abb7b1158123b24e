"""Page 3: check and send. Advice, a preview, an audience that the author chooses, and one story however often sent."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning_portal.common.models import Away, Role, User
from networks.choices import Kind
from networks.models import Membership
from stories.actions import moderate, tell
from stories.choices import Audience, Pool, Status, Voice
from stories.models import AuthorLink, Draft, Story, Version
from stories.telling import outlook
from stories.telling.forms import AudienceForm, WordsForm
from stories.telling.kinds import TELLINGS
from stories.telling.voices import VoiceForm
from stories.views.telling import check
from tests.cast import give_role
from tests.factories import (
    TODAY,
    AffiliationFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.nasty import NASTY
from tests.stories.holding import begun, form_of, page, send, typed, write, written
from tests.stories.telling import fresh, moderators
from tests.strength import each

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return moderators()


def choices(answer, name="audience") -> list[str]:
    return [value for value, _label in answer.context["form"].fields[name].choices]


def test_at_most_seven_answers_are_required():
    asked = {
        key: [
            name
            for name, field in [*VoiceForm().fields.items(), *WordsForm(telling=telling).fields.items()]
            if field.required
        ]
        for key, telling in TELLINGS.items()
    }
    page_three = [name for name, field in AudienceForm(audiences=[], networks=[]).fields.items() if field.required]
    assert page_three == ["audience"]
    assert {key: len(names) + 1 for key, names in asked.items()} == {
        "lessons": 7,
        "summary": 7,
        "in-person": 3,
        "stopped": 6,
    }


def test_audiences_go_from_narrowest_to_widest_and_none_is_chosen(people):
    network = NetworkFactory()
    MembershipFactory.create_batch(2, network=network, is_convenor=True)
    story, holder = written()
    answer = holder.get(page(story, "check"))
    assert choices(answer) == ["network", "front_line", "members", "public"]
    assert not re.search(r"\schecked[\s>]", answer.content.decode())
    assert "Convenors of the network look at it first." in answer.content.decode()


def test_an_audience_that_nobody_could_moderate_is_not_offered():
    story, holder = written()
    answer = holder.get(page(story, "check"))
    assert answer.status_code == 200
    assert "too few moderators are here" in answer.content.decode()
    for person in [
        AffiliationFactory(organisation=OrganisationFactory(kind=Kind.DEPARTMENT)).user for _number in range(2)
    ]:
        give_role(person, Role.MODERATOR)
    assert choices(holder.get(page(story, "check"))) == ["members", "public"]
    Away.objects.create(user=User.objects.filter(groups__name=Role.MODERATOR).first(), until="2999-01-01")
    assert "too few moderators are here" in holder.get(page(story, "check")).content.decode()
    assert send(story, holder).status_code == 422
    assert fresh(story).status == Status.DRAFT


def test_the_author_is_told_which_pool_takes_over(people):
    NetworkFactory(slug="small", name_en="A small one")
    story, holder = written()
    text = holder.get(page(story, "check")).content.decode()
    assert "Too few of its convenors are here: front-line moderators look at it first." in text
    send(story, holder, audience="network", networks=["small"])
    assert fresh(story).pool == Pool.FRONT_LINE


@pytest.mark.parametrize("voice", Voice.values)
def test_networks_are_offered_as_their_stories_would_be_moderated(people, voice):
    story, _holder = written(voice)
    networks = NetworkFactory.create_batch(5)
    for number, network in enumerate(networks):
        MembershipFactory.create_batch(number, network=network, is_convenor=True)
    MembershipFactory(network=networks[1], user=teller_of(story), is_convenor=True)
    MembershipFactory(network=networks[1], is_convenor=True, left_on=TODAY)
    Away.objects.create(user=Membership.objects.filter(network=networks[3]).first().user, until="2999-01-01")
    for gone in (False, True):
        if gone:
            User.objects.filter(groups__name=Role.MODERATOR).update(is_active=False)
        offered = {offer.value: offer.pool for offer in outlook.networks_for(story)}
        chosen = {one.slug: tell.pool_for(story=story, audience="network", networks=[one]) for one in networks}
        assert offered == {slug: pool for slug, pool in chosen.items() if pool}


def teller_of(story) -> User:
    link = AuthorLink.objects.filter(story=story).first()
    return link.user if link else UserFactory()


def test_many_networks_cost_no_more_queries(people, django_assert_num_queries):
    story, holder = written()
    with CaptureQueriesContext(connection) as few:
        holder.get(page(story, "check"))
    for network in NetworkFactory.create_batch(30):
        MembershipFactory.create_batch(2, network=network, is_convenor=True)
    with django_assert_num_queries(len(few)):
        assert len(choices(holder.get(page(story, "check")), "networks")) == 30


def test_it_is_sent(people):
    story, holder = written()
    answer = send(story, holder, publish_unchanged="on", not_before="2027-03-31")
    assert (answer.status_code, answer["Location"]) == (302, page(story, "sent"))
    story = fresh(story)
    assert (story.status, story.audience, story.outcome) == (Status.SUBMITTED, "public", "failed")
    assert [topic.slug for topic in story.topics.all()] == [typed(story)["topic"]]
    assert story.approved_sha256 == Version.objects.get().sha256
    assert story.content.wrong == typed(story)["wrong"]
    assert str(story.not_before) == "2027-03-31"


def test_a_story_without_a_name_keeps_no_day(people):
    story, holder = written(Voice.ANONYMOUS)
    send(story, holder, not_before="31/03/2027")
    assert str(fresh(story).not_before) == "2027-04-05"  # the Monday after


def test_sent_twice_it_is_one_story(people):
    story, holder = written()
    form = form_of(story, audience="public")
    answers = [holder.post(page(story, "check"), form) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [page(story, "sent")] * 2
    assert Version.objects.count() == Story.objects.count() == 1


def test_a_replayed_form_sends_nothing_else(people):
    story, holder = written()
    old = form_of(story, audience="public")
    write(story, {"title": "Changed meanwhile"})
    answer = holder.post(page(story, "check"), old)
    assert answer.status_code == 422
    assert "This was changed in another window" in answer.content.decode()
    assert fresh(story).status == Status.DRAFT


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"audience": ""}, "Choose who may read it"),
        ({"audience": "everybody"}, "Choose who may read it from the list"),
        ({"audience": "network"}, "Choose at least one network"),
        ({"audience": "network", "networks": ["unknown"]}, "Choose networks from the list"),
        ({"not_before": "soon"}, "Write the date as day, month and year"),
        ({"audience": "public", "read": "-1"}, "This was changed in another window"),
    ],
)
def test_what_cannot_be_sent_is_said(people, form, message):
    MembershipFactory.create_batch(2, network=NetworkFactory(), is_convenor=True)
    story, holder = written()
    answer = send(story, holder, **form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert fresh(story).status == Status.DRAFT


@each("value", NASTY, 4)
def test_nasty_choices_are_refused_calmly(people, value):
    story, holder = written()
    for form in ({"audience": value}, {"keep": value}, {"as": value}, {"read": value}, {"not_before": value}):
        assert send(story, holder, **form).status_code in {302, 422}
        Story.objects.filter(pk=story.pk).update(status=Status.DRAFT)


def test_a_story_that_is_not_finished_goes_back_to_page_two():
    story, holder = begun()
    answer = holder.get(page(story, "check"), follow=True)
    assert "Say what went wrong, and why" in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_what_may_identify_is_marked_and_kept_at_one_click(people):
    story, holder = written(wrong="We rang Mrs Eleri Probert on 01978 555123 and she said no.")
    answer = holder.get(page(story, "check"))
    marks = answer.context["marks"]
    assert {str(checked.mark.kind) for checked in marks} >= {"name", "phone"}
    assert '<mark class="lp-identity">' in answer.content.decode()
    kept = holder.post(page(story, "check"), form_of(story, keep=marks[0].key, audience="members"))
    assert kept["Location"] == f"{page(story, 'check')}#marks"
    answer = holder.get(page(story, "check"))
    assert len(answer.context["marks"]) == len(marks) - 1
    assert answer.context["form"]["audience"].value() == "members"
    assert send(story, holder).status_code == 302  # advice, not a gate


def test_a_body_of_the_register_is_known(people):
    OrganisationFactory(name_en="Zyxland Bureau", aliases="ZYXB")
    story, holder = written(wrong="The Zyxland Bureau said no.")
    marks = holder.get(page(story, "check")).context["marks"]
    assert [(str(checked.mark.kind), checked.mark.text) for checked in marks] == [("organisation", "Zyxland Bureau")]


def test_marks_are_escaped(people):
    story, holder = written(
        wrong="We rang Mrs Eleri Probert<script>alert(1)</script> & **bold** [x](javascript:alert(1))."
    )
    text = holder.get(page(story, "check")).content.decode()
    assert "<script>alert" not in text
    assert "**bold** [x](javascript:alert(1))" in text


@pytest.mark.parametrize(
    ("reader", "audience", "sees"),
    [
        ("visitor", "members", False),
        ("visitor", "public", True),
        ("member", "members", True),
        ("member", "front_line", False),
        ("front-line", "front_line", True),
        ("front-line", "network", False),
        ("network", "network", True),
        ("network", "front_line", False),
    ],
)
def test_the_preview_shows_what_a_kind_of_reader_sees(people, reader, audience, sees):
    story, holder = written(audience=audience)
    answer = holder.post(page(story, "check"), form_of(story, **{"as": reader, "audience": audience}))
    assert answer["Location"] == f"{page(story, 'check')}?as={reader}#preview"
    text = holder.get(answer["Location"].split("#")[0]).content.decode()
    assert ("would see this." in text) is sees
    assert ("would not learn that it is there" in text) is not sees


def test_the_preview_of_an_unnamed_story_shows_its_band(people):
    place = OrganisationFactory(name_en="Cyngor Bont-y-pridd")
    OrganisationFactory.create_batch(5)
    story, holder = begun(Voice.CONFIDENTIAL, by=AffiliationFactory(organisation=place).user)
    write(story, {**typed(written()[0])})
    text = holder.get(page(story, "check")).content.decode()
    assert "Instead of your organisation readers see:" in text
    assert fresh(story).place in text
    assert "Bont-y-pridd" not in text


def test_two_versions_are_settled_before_anything_is_sent(people):
    story, holder = written()
    Draft.objects.filter(story=story).update(other_words='{"title":"Other"}')
    assert holder.get(page(story, "check"))["Location"] == page(story, "versions")
    assert send(story, holder)["Location"] == page(story, "versions")


def test_in_person_there_is_only_the_topic(people):
    story, holder = begun(telling="in-person", in_person=True)
    write(story, {"title": "How we lost the unions"})
    assert send(story, holder, audience=Audience.MEMBERS).status_code == 302
    content = fresh(story).content
    assert (content.title, content.filled()) == ("How we lost the unions", [])


def test_it_may_be_sent_again_after_a_change(people):
    story, holder = written()
    send(story, holder)
    moderate.send_back(by=people[0], story=fresh(story), reason="Who is the supplier?")
    write(story, {"wrong": "Half of the villages have no signal."})
    answer = holder.get(page(story, "check"))
    assert answer.context["form"]["audience"].value() == "public"
    assert send(story, holder).status_code == 302
    assert fresh(story).status == Status.SUBMITTED
    assert Version.objects.count() == 2


def test_a_marker_that_fails_is_no_gate(people, monkeypatch):
    """Planted: without the marks that were kept the one click would be for nothing."""
    story, holder = written(wrong="We rang Mrs Eleri Probert about it.")
    key = holder.get(page(story, "check")).context["marks"][0].key
    monkeypatch.setattr(check, "key_of", lambda mark: "another")
    holder.post(page(story, "check"), form_of(story, keep=key))
    assert holder.get(page(story, "check")).context["marks"]

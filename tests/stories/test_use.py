"""Who uses what a story tells: counts from five up, names of those who agreed, and "we stopped"."""

import dataclasses
import re

import pytest
from django.test import Client

from learning_portal.common.models import User
from networks.introductions import Outcome
from networks.introductions.links import AFTERWARDS
from networks.models import Affiliation
from stories.actions import Refused, meet
from stories.actions.use import change_use, take_back_use, write_use
from stories.choices import Uptake, Voice
from stories.models import Reuse, Story
from stories.uptake import WE_STOPPED
from tests.factories import TODAY, AffiliationFactory, IntroductionFactory, OrganisationFactory, make_story

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def user() -> User:
    return AffiliationFactory(organisation=OrganisationFactory(name_en="Pontypridd Test Council")).user


def uses(story: Story, number: int, how: str = "adopted", **fields) -> None:
    for _ in range(number):
        Reuse.objects.create(story=story, organisation=OrganisationFactory(), how=how, since=TODAY, **fields)


def said(user: User, story: Story, how: str = "adopted", **fields) -> Reuse:
    organisation = Affiliation.objects.get(user=user).organisation
    return Reuse.objects.create(story=story, user=user, organisation=organisation, how=how, since=TODAY, **fields)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def page(story: Story, client: Client | None = None) -> str:
    text = (client or Client()).get(story.get_absolute_url()).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def address(story: Story) -> str:
    return f"{story.get_absolute_url()}use/"


# --- What readers see -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"), [(4, ""), (5, "5 organisations or more"), (11, "10 organisations or more")]
)
def test_a_count_from_five_up(story, number, words):
    uses(story, number // 2, "adapting")
    uses(story, number - number // 2)
    assert words in page(story)
    assert ("Who is using this" in page(story)) is bool(words)


@pytest.mark.parametrize("how", ["stopped", "not_for_us"])
def test_who_does_not_use_it_does_not_count(story, how):
    uses(story, 4)
    uses(story, 9, how, may_be_named=True, why="It cost too much.")
    assert "Who is using this" not in page(story)
    assert "It cost too much." not in page(story)


def test_only_who_agreed_is_named(story, user):
    use = said(user, story)
    uses(story, 6)
    assert "Pontypridd Test Council" not in page(story)
    Reuse.objects.filter(pk=use.pk).update(may_be_named=True)
    assert "Pontypridd Test Council" in page(story)
    user.delete()
    assert "Pontypridd Test Council" not in page(story)
    assert "5 organisations or more" in page(story)


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_nothing_is_told_of_a_story_without_a_name(voice):
    unnamed = make_story(voice=voice)
    before = page(unnamed)
    uses(unnamed, 9, may_be_named=True)
    assert page(unnamed) == before


def test_a_use_of_a_hidden_story_changes_no_page(story, user):
    hidden = make_story(audience="network")
    before = page(story), Client().get(address(hidden)).status_code
    uses(hidden, 9, may_be_named=True)
    said(user, hidden)
    assert (page(story), Client().get(address(hidden)).status_code) == before
    client = as_(user)
    assert client.get(address(hidden)).status_code == client.get(f"{address(hidden)[:9]}0000000000001/use/").status_code
    assert client.post(address(hidden), {"how": "stopped"}).status_code == 404


# --- Saying how it goes ---------------------------------------------------------------------------------------------


def test_we_stopped_and_the_author_alone_reads_why(story):
    author = AffiliationFactory().user
    told = make_story(author=author)
    user = AffiliationFactory().user
    use = said(user, told, may_be_named=True)
    client = as_(user)
    assert address(told) in page(told, client)
    sent = {"how": "stopped", "why": "The licence ran out.", "may_be_named": "on"}
    assert client.post(address(told), sent)["Location"] == told.get_absolute_url()
    use.refresh_from_db()
    assert (use.how, use.why, use.may_be_named) == ("stopped", "The licence ran out.", False)
    assert "The licence ran out." in page(told, as_(author))
    for other in (None, as_(AffiliationFactory().user), client):
        assert "The licence ran out." not in page(told, other)


def test_naming_is_agreed_to_and_taken_back(story, user):
    said(user, story)
    client = as_(user)
    client.post(address(story), {"how": "adapting", "may_be_named": "on"})
    assert "Pontypridd Test Council" in page(story)
    client.post(address(story), {"how": "adapting"})
    assert "Pontypridd Test Council" not in page(story)


def test_it_is_there_for_who_said_so_while_they_work_there(story, user):
    use = said(user, story)
    assert as_(AffiliationFactory().user).get(address(story)).status_code == 404
    assert Client().get(address(story))["Location"].startswith("/sign-in/")
    assert as_(user).get(address(story)).status_code == 200
    assert as_(user).put(address(story)).status_code == 405
    Affiliation.objects.filter(user=user).update(ended_on=TODAY)
    client = as_(user)
    assert "Take it back" in client.get(address(story)).content.decode()
    assert client.post(address(story), {"how": "stopped"}).status_code == 302
    with pytest.raises(Refused):
        change_use(by=user, story=story, how="stopped")
    use.refresh_from_db()
    assert use.how == "adopted"


def test_who_works_there_no_more_takes_it_back(story, user):
    use = said(user, story, may_be_named=True)
    uses(story, 5)
    Affiliation.objects.filter(user=user).update(ended_on=TODAY)
    client = as_(user)
    assert "where you work no more: We are using it" in page(story, client)
    assert client.get(address(story)).status_code == 200
    assert "Pontypridd Test Council" in page(story)
    assert client.post(address(story))["Location"] == story.get_absolute_url()
    assert "Pontypridd Test Council" not in page(story, client)
    assert "5 organisations or more" in page(story)
    use.refresh_from_db()
    assert (use.user, use.how, use.may_be_named) == (None, "adopted", False)
    assert client.get(address(story)).status_code == 404


def test_what_a_colleague_has_said_since_is_not_theirs_to_take_back(story, user):
    use = said(user, story)
    colleague = AffiliationFactory(organisation=use.organisation).user
    write_use(by=colleague, organisation=use.organisation_id, story=story.pk, how=Uptake.ADOPTED)
    Affiliation.objects.filter(user=user).update(ended_on=TODAY)
    assert as_(user).post(address(story)).status_code == 404
    with pytest.raises(Refused):
        take_back_use(by=user, story=story)
    assert Reuse.objects.get().user == colleague


# --- "We stopped", from a mail, without signing in ------------------------------------------------------------------


def link(use: Reuse, who: int | None = None) -> str:
    return f"/stories/use/stopped/{WE_STOPPED.token_for(use.pk, use.user_id if who is None else who)}/"


def test_a_look_changes_nothing_and_the_button_says_that_they_stopped(story, user):
    use = said(user, story, may_be_named=True)
    Client().get(link(use))
    Client().head(link(use))
    assert Reuse.objects.get().how == "adopted"
    answer = Client().post(link(use)).content.decode()
    assert "We used it and stopped" in answer
    assert story.content.title not in answer
    use.refresh_from_db()
    assert (use.how, use.may_be_named) == ("stopped", False)
    Reuse.objects.update(why="The licence ran out.")
    assert Client().post(link(use)).status_code == 200
    assert Reuse.objects.get().why == "The licence ran out."


@pytest.mark.parametrize("why_not", ["another says it", "left", "hidden", "forged", "of somebody else"])
def test_it_opens_nothing_any_more(story, user, why_not):
    use = said(user, story)
    path = link(use, who=user.pk + 1) if why_not == "of somebody else" else link(use)
    if why_not == "another says it":
        colleague = AffiliationFactory(organisation=use.organisation).user
        write_use(by=colleague, organisation=use.organisation_id, story=story.pk, how=Uptake.ADOPTED)
    if why_not == "left":
        Affiliation.objects.filter(user=user).update(ended_on=TODAY)
    if why_not == "hidden":
        Story.objects.filter(pk=story.pk).update(audience="network")
    path = "/stories/use/stopped/x/" if why_not == "forged" else path
    assert [Client().get(path).status_code, Client().post(path).status_code] == [404, 404]
    assert Reuse.objects.get().how == "adopted"


def test_a_link_that_has_run_out_changes_nothing(story, user):
    use = said(user, story)
    path = f"/stories/use/stopped/{dataclasses.replace(WE_STOPPED, days=-1).token_for(use.pk, user.pk)}/"
    assert [Client().get(path).status_code, Client().post(path).status_code] == [410, 410]
    assert Reuse.objects.get().how == "adopted"


@pytest.mark.parametrize("sent", [{}, {"how": "loved"}, {"how": "\x00"}, {"how": "stopped", "why": "x" * 251}])
def test_bad_input_is_refused_calmly(story, user, sent):
    said(user, story)
    answer = as_(user).post(address(story), sent)
    assert answer.status_code == 422
    assert sent.get("why", "") in answer.content.decode()
    assert Reuse.objects.get().how == "adopted"


def test_where_they_are_asked_again_they_find_it(story, user):
    job = Affiliation.objects.get(user=user)
    made = IntroductionFactory(asker=user, organisation=job.organisation, state="accepted")
    meet.StoryIntroduction.objects.create(introduction=made, story=story)
    meet.say_what_came(introduction=made, outcome=Outcome(True, "using"))
    asked = f"/meet/afterwards/{AFTERWARDS.token_for(made.pk)}/"
    assert link(Reuse.objects.get()) in Client().get(asked).content.decode()
    Story.objects.filter(pk=story.pk).update(audience="network")
    assert "/stories/use/" not in Client().get(asked).content.decode()


# --- The record -----------------------------------------------------------------------------------------------------


def test_one_persons_yes_is_not_anothers(story, user):
    use = said(user, story, may_be_named=True)
    colleague = AffiliationFactory(organisation=use.organisation).user
    write_use(by=colleague, organisation=use.organisation_id, story=story.pk, how=Uptake.ADAPTING)
    use.refresh_from_db()
    assert (use.user, use.how, use.may_be_named) == (colleague, "adapting", False)


def test_why_goes_with_its_answer(story, user):
    use = said(user, story, "stopped", why="It cost too much.")
    write_use(by=user, organisation=use.organisation_id, story=story.pk, how=Uptake.STOPPED)
    assert Reuse.objects.get().why == "It cost too much."
    write_use(by=user, organisation=use.organisation_id, story=story.pk, how=Uptake.ADOPTED)
    assert Reuse.objects.get().why == ""

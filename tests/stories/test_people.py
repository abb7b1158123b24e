"""The programme team sees who moderates, invites moderators by mail in one step, and ends their role."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from learning_portal.common.actions import deliver_mail
from learning_portal.common.models import AuditEvent, Away, Message, ModeratorInvitation, Role, User
from stories.access import moderates, people_of
from stories.actions import Refused, leave, people, tell
from stories.choices import Audience, Pool, Voice
from stories.models import Handling
from stories.people import gaps, in_words
from tests.cast import give_role
from tests.factories import TODAY, AffiliationFactory, MembershipFactory, NetworkFactory, UserFactory
from tests.mailing import at
from tests.signing_in import sign_in_without_second_factor
from tests.stories.telling import moderators, on, sent, start, teller

pytestmark = pytest.mark.django_db

URL = "/moderation/people/"
INVITED = "/moderation/invited/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW = "new@council.example"


@pytest.fixture
def team(client):
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    client.force_login(person, backend=BACKEND)
    return person


def page_of(client) -> str:
    return client.get(URL).content.decode()


def end_of(person) -> str:
    return f"{URL}{person.pk}/end/"


def prove(user) -> User:
    EmailAddress.objects.filter(user=user).update(verified=True)
    return user


# --- Who moderates --------------------------------------------------------------------------------------------------


def test_each_pool_and_who_is_away(client, team):
    front_line, other = moderators(1)[0], UserFactory()
    give_role(other, Role.MODERATOR)
    convenor = MembershipFactory(network=NetworkFactory(name_en="Carers"), is_convenor=True).user
    NetworkFactory(name_en="Roads")
    Away.objects.create(user=other, until="2999-01-31")
    page = page_of(client)
    assert page.count(front_line.email) == 2
    assert page.count(other.email) == page.count(convenor.email) == 1
    assert "Convenors of Carers" in page
    assert "Networks without a convenor: Roads." in page
    assert "31 January 2999" in page
    assert f'href="{end_of(other)}"' in page
    assert end_of(convenor) not in page


def test_what_each_holds_is_not_told_below_five(client, team):
    moderators(2)
    for number in (0, 8):
        for _number in range(number):
            sent(teller())
        assert page_of(client).count("fewer than five") == 4  # each is of both pools
    for _number in range(4):
        sent(teller())
    assert page_of(client).count("at least 5") == 4
    assert Handling.objects.count() == 12


def test_for_nobody_but_the_programme_team(client):
    moderator = moderators(1)[0]
    for user in (UserFactory(), moderator):
        client.force_login(user, backend=BACKEND)
        assert client.get(URL).status_code == client.post(URL, {"address": NEW}).status_code == 404
        assert client.get(end_of(moderator)).status_code == client.post(end_of(moderator)).status_code == 404
    assert moderates(moderator)
    assert not ModeratorInvitation.objects.exists()


def test_linked_from_the_teams_account_page(client, team):
    assert f'href="{URL}"' in client.get("/account/").content.decode()
    client.force_login(UserFactory(), backend=BACKEND)
    assert URL not in client.get("/account/").content.decode()


def test_other_methods_are_refused(client, team):
    for address in (URL, end_of(moderators(1)[0]), INVITED):
        assert client.put(address).status_code == 405


def test_as_many_queries_for_thirty_as_for_one(client, team, django_assert_max_num_queries):
    moderators(1)
    NetworkFactory()
    with django_assert_max_num_queries(40) as one:
        client.get(URL)
    moderators(29)
    for network in NetworkFactory.create_batch(9):
        MembershipFactory(network=network, is_convenor=True)
    with django_assert_max_num_queries(len(one)):
        client.get(URL)


# --- For whom too few are there -------------------------------------------------------------------------------------


def test_who_is_lacking_is_said_in_plain_words(client, team):
    moderators(2)
    page = page_of(client)
    assert (
        "Nobody can send in a story anonymously for these readers: People in front-line bodies. That needs 3 "
        "moderators who work at front-line bodies. At work now: 2." in page
    )
    moderators(1)
    assert "enough moderators are there" in page_of(client)


def test_networks_that_lack_the_same_stand_in_one_sentence():
    for name in ("Carers", "Data"):
        NetworkFactory(name_en=name)
    [*_others, sentence] = in_words(gaps(TODAY))
    assert sentence.startswith("Nobody can send in a story for members of: Carers, Data. That needs 2 convenors")


@pytest.mark.parametrize("number", [0, 1, 2, 3])
@pytest.mark.parametrize("convenors", [0, 2, 3])
def test_the_gaps_are_those_that_an_author_meets(number, convenors):
    network, author = NetworkFactory(), teller()
    MembershipFactory.create_batch(convenors, network=network, is_convenor=True)
    people_there = moderators(number + 1)
    with on(TODAY):
        Away.objects.create(user=people_there[0], until=TODAY)
        found = {(gap.audience, gap.voice) for gap in gaps(TODAY)}
        for audience in Audience:
            for voice in Voice:
                offered = tell.pool_for(story=start(author, voice), audience=audience, networks=[network])
                lacking = (audience, "named") in found or ((audience, "anonymous") in found and voice == "anonymous")
                assert (offered is None) == lacking, (audience, voice)


# --- Invite ---------------------------------------------------------------------------------------------------------


def invite(client, address: str = NEW, **form):
    return client.post(URL, {"do": "invite", "address": address, **form})


def mail_to(mailoutbox, address: str):
    today = timezone.localdate()
    tuesday = today + datetime.timedelta(days=8 - today.weekday())
    deliver_mail(now=at(tuesday.isoformat()))
    [mail] = [sent for sent in mailoutbox if sent.to == [address]]
    return mail


def test_one_step_and_one_mail(client, team, mailoutbox):
    assert "They are invited" in client.post(URL, {"address": f" {NEW.upper()} "}, follow=True).content.decode()
    mail = mail_to(mailoutbox, NEW)
    assert mail.subject == "Would you moderate stories?"
    for words in ("within five working days", "second factor", "rather not", "after four weeks", INVITED):
        assert words in mail.body
    assert not User.objects.filter(email=NEW).exists()
    assert not people_of(Pool.MODERATORS).exists()
    assert NEW in page_of(client)


def test_in_welsh_if_they_like(client, team):
    invite(client, language="cy")
    assert Message.objects.get().language == "cy"
    known = UserFactory(language="cy")
    invite(client, known.email)
    assert Message.objects.get(user=known).language == "cy"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"address": ""}, "Give the email address of whom you invite"),
        ({"address": "nobody"}, "Write an email address like"),
        ({"address": NEW, "language": "fr"}, "Choose from the list"),
        ({"address": "a" * 250 + "@b.example"}, "Shorten this to"),
    ],
)
def test_what_is_no_invitation_is_said_and_nothing_typed_is_lost(client, team, form, said):
    response = client.post(URL, form)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert f'value="{form["address"]}"' in response.content.decode() or not form["address"]
    assert not ModeratorInvitation.objects.exists()


def test_nobody_is_asked_twice_or_who_moderates_already(client, team):
    invite(client)
    response = invite(client, NEW.upper())
    assert response.status_code == 422
    assert "They are invited already" in response.content.decode()
    response = invite(client, moderators(1)[0].email)
    assert response.status_code == 422
    assert "They moderate already" in response.content.decode()
    assert Message.objects.count() == 1


def test_it_is_taken_back_with_its_mail(client, team):
    invite(client)
    response = client.post(URL, {"do": "take_back", "address": NEW}, follow=True)
    assert "is taken back" in response.content.decode()
    assert not ModeratorInvitation.objects.exists()
    assert not Message.objects.exists()
    for address in (NEW, "", "\x00"):
        again = client.post(URL, {"do": "take_back", "address": address}, follow=True)
        assert "no longer here" in again.content.decode()


def test_who_does_not_answer_is_forgotten(client, team):
    invite(client)
    day = ModeratorInvitation.objects.get().expires_on
    assert people.erase_old_invitations(today=day) == 0
    assert people.erase_old_invitations(today=day + datetime.timedelta(days=1)) == 1
    assert not Message.objects.exists()
    assert NEW not in str(list(AuditEvent.objects.values()))


# --- Answer ---------------------------------------------------------------------------------------------------------


def code_of(mail) -> str:
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.body, re.MULTILINE)
    return code


def link_in(mail) -> str:
    return re.search(r"https?://[^/\s]+(/\S*next=\S*|/moderation/\S*)", mail.body)[1]


def test_somebody_without_an_account_comes_in_by_the_mail_alone(client, team, mailoutbox):
    invite(client)
    address = link_in(mail_to(mailoutbox, NEW))
    client.logout()
    mailoutbox.clear()
    assert client.get(address).status_code == 200
    response = client.post(address, {"email": NEW, "next": INVITED}, follow=True)
    response = client.post(response.request["PATH_INFO"], {"code": code_of(mailoutbox[-1])})
    assert response["Location"] == INVITED
    assert client.get(INVITED).status_code == 200
    user = User.objects.get(email=NEW)
    assert not moderates(user)
    client.post(INVITED, {"do": "accept"})
    assert moderates(User.objects.get(pk=user.pk))
    # The second factor comes before any other page; nothing says that they work anywhere.
    assert client.get("/moderation/")["Location"] == "/account/second-factor/"
    assert not people_of(Pool.FRONT_LINE).exists()


def test_somebody_with_an_account_signs_in_and_says_yes(client, team, mailoutbox):
    user = UserFactory(email=NEW)
    invite(client)
    address = link_in(mail_to(mailoutbox, NEW))
    assert address == INVITED
    client.logout()
    mailoutbox.clear()
    assert client.get(address)["Location"] == f"/sign-in/?next={INVITED}"
    client.post("/sign-in/", {"email": NEW, "next": INVITED})
    assert client.post("/sign-in/code/", {"code": code_of(mailoutbox[-1]), "next": INVITED})["Location"] == INVITED
    assert client.post(INVITED, {"do": "accept"})["Location"] == "/moderation/"
    assert moderates(user)
    event = AuditEvent.objects.get(verb="took a role")
    assert (event.by, event.detail) == (NEW, f"invited by {team.email}")
    assert not ModeratorInvitation.objects.exists()


def test_rather_not(client, team):
    user = prove(UserFactory(email=NEW))
    invite(client)
    client.force_login(user, backend=BACKEND)
    assert client.post(INVITED, {"do": "decline"})["Location"] == "/account/"
    assert not moderates(user)
    assert not ModeratorInvitation.objects.exists()
    assert not Message.objects.exists()
    assert client.get(INVITED).status_code == client.post(INVITED, {"do": "accept"}).status_code == 404
    assert NEW not in str(list(AuditEvent.objects.values()))


def test_nothing_is_there_for_anybody_else(client, team):
    invite(client)
    client.force_login(prove(UserFactory(email="other@council.example")), backend=BACKEND)
    assert client.get(INVITED).status_code == client.post(INVITED, {"do": "accept"}).status_code == 404
    assert ModeratorInvitation.objects.exists()


def test_an_address_that_is_not_proved_is_nobodys(client, team):
    invite(client)
    user = UserFactory(email=NEW)
    sign_in_without_second_factor(client, user)
    assert client.post(INVITED, {"do": "accept"}).status_code == 404
    with pytest.raises(Refused):
        people.accept(by=user)
    assert not moderates(user)


def test_an_invitation_that_ran_out_is_no_longer_there(client, team):
    invite(client)
    ModeratorInvitation.objects.update(expires_on="2020-01-01")
    with pytest.raises(Refused):
        people.accept(by=prove(UserFactory(email=NEW)))


def test_an_answer_that_is_none_asks_again(client, team):
    invite(client)
    client.force_login(prove(UserFactory(email=NEW)), backend=BACKEND)
    assert client.post(INVITED, {"do": "x"}).status_code == 422


def test_who_has_said_yes_is_led_on(client):
    client.force_login(moderators(1)[0], backend=BACKEND)
    assert client.get(INVITED)["Location"] == "/moderation/"


def test_who_deletes_their_account_is_asked_no_more(client, team):
    invite(client)
    leave.delete_account(by=UserFactory(email=NEW))
    assert not ModeratorInvitation.objects.exists()


# --- End a role -----------------------------------------------------------------------------------------------------


def test_a_role_ends_with_a_warning_first(client, team):
    first, *_others = moderators(3)
    page = client.get(end_of(first)).content.decode()
    assert "Afterwards too few people are left" in page
    assert "anonymously for these readers: Anyone" in page
    assert moderates(first)
    assert "Their role has ended" in client.post(end_of(first), follow=True).content.decode()
    assert not moderates(User.objects.get(pk=first.pk))
    assert AuditEvent.objects.get(verb="ended a role").subject == f"{first.email}, moderator"
    assert client.get(end_of(first)).status_code == client.post(end_of(first)).status_code == 404


def test_no_warning_where_enough_are_left(client, team):
    assert "too few" not in client.get(end_of(moderators(4)[0])).content.decode()


def test_the_last_may_go_after_a_warning(client, team):
    last = moderators(1)[0]
    page = client.get(end_of(last)).content.decode()
    assert "This is the last moderator" in page
    client.post(end_of(last))
    assert not people_of(Pool.MODERATORS).exists()


def test_it_holds_at_the_next_request(client, team):
    person = moderators(1)[0]
    theirs = type(client)()
    theirs.force_login(person, backend=BACKEND)
    assert theirs.get("/moderation/").status_code == 200
    client.post(end_of(person))
    assert theirs.get("/moderation/").status_code == 404


def test_other_roles_stay(client, team):
    person = AffiliationFactory().user
    for role in (Role.MODERATOR, Role.CUSTODIAN):
        give_role(person, role)
    client.post(end_of(person))
    assert [group.name for group in person.groups.all()] == [Role.CUSTODIAN]
    assert Group.objects.filter(name=Role.MODERATOR).exists()


@pytest.mark.parametrize("verb", ["invite", "take_back", "end"])
def test_the_verbs_ask_for_the_role_too(verb):
    person = moderators(1)[0]
    verbs = {
        "invite": lambda: people.invite_moderator(by=person, address=NEW),
        "take_back": lambda: people.take_back(by=person, address=NEW),
        "end": lambda: people.end_role(by=person, person=person),
    }
    with pytest.raises(Refused):
        verbs[verb]()
    assert moderates(User.objects.get(pk=person.pk))


def test_who_is_no_moderator_has_no_role_to_end(client, team):
    with pytest.raises(Refused):
        people.end_role(by=team, person=UserFactory())

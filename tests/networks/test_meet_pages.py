"""Asking to meet from a person's card, and a host's answer from the mail."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.models import Role
from learning_portal.common.public_ids import encode
from networks.introductions.links import ANSWER, TOGETHER
from networks.models import Block, Contact, Introduction, Report
from tests.factories import AffiliationFactory, IntroductionFactory, ReportFactory, UserFactory
from tests.networks.introducing import MONDAY, asked, days, make_asker, make_host, on

pytestmark = pytest.mark.django_db
FORM = {"question_1": "How did you get staff to use it?", "format": "call"}
NASTY = ["\x00", "a\x00b", "x" * 100_000, "🦄" * 200, "9" * 30, "<script>alert(1)</script>"]


@pytest.fixture(autouse=True)
def today():
    with on(MONDAY):
        yield


@pytest.fixture
def asker(client):
    user = make_asker(user=UserFactory(name="Ann Example"))
    client.force_login(user)
    return user


def url(host: Contact) -> str:
    return f"/people/{host.public_id}/ask/"


# --- Asking ---------------------------------------------------------------------------------------------------------


def test_one_submit_sends_it(client, asker):
    host = make_host(name="Bob Example")
    page = client.get(url(host))
    assert page.status_code == 200
    assert "Ask to meet Bob Example" in page.content.decode()
    sent = client.post(url(host), {**FORM, "question_2": "And  what\nwent wrong?", "days": ["0", "4"]}, follow=True)
    made = Introduction.objects.get()
    assert sent.redirect_chain == [(f"/meet/sent/{made.public_id}/", 302)]
    assert "Your request is sent" in sent.content.decode()
    assert made.question_list == ["How did you get staff to use it?", "And what went wrong?"]
    assert (made.days, made.state, made.host) == ("0|4", "asked", host)


@pytest.mark.parametrize("fields", [{"audience": "networks"}, {"user": None}, {"archived_on": MONDAY}], ids=str)
def test_a_card_that_is_hidden_or_leads_to_nobody_is_not_there(client, asker, fields):
    there, absent = client.get(url(make_host(**fields))), client.get(f"/people/{encode(5)}/ask/")
    assert (there.status_code, there.content) == (404, absent.content)
    assert client.post(url(make_host(**fields)), FORM).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(url(make_host())).status_code == 405


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("field", ["question_1", "plan", "format", "days", "may_pass_to", "name"])
def test_bad_input_is_told_and_nothing_is_lost(client, asker, field, nasty):
    page = client.post(url(make_host()), {**FORM, "question_2": "Kept?", field: nasty})
    assert page.status_code in {302, 422}
    if page.status_code == 422:
        assert "Kept?" in page.content.decode()
        assert Introduction.objects.count() == 0
    assert b"<script>alert" not in page.content


def test_nothing_is_refused_with_what_to_do(client, asker):
    page = client.post(url(make_host()), {})
    assert page.status_code == 422
    assert "Write one question at least" in page.content.decode()


def test_a_host_without_time_leaves_the_matching_desk(client, asker):
    host = make_host(monthly_limit=0)
    for page in (client.get(url(host)), client.post(url(host), FORM)):
        words = page.content.decode()
        assert "They cannot take another request at present." in words
        assert "Send it to the matching desk" in words
    assert page.status_code == 422
    assert FORM["question_1"] in words
    sent = client.post(url(host), {**FORM, "to_desk": "1"}, follow=True)
    assert "Your request is with our matching desk" in sent.content.decode()
    assert Introduction.objects.get().state == "at_desk"


def test_the_sixth_of_a_day_is_not_sent_to_a_desk_that_would_not_take_it(client, asker):
    for _ in range(5):
        client.post(url(make_host()), FORM)
    words = client.post(url(make_host()), FORM).content.decode()
    assert "You have sent five requests today" in words
    assert "Nothing you typed is lost" in words
    assert FORM["question_1"] in words
    assert "send it there with the button below" not in words
    assert "Send it to the matching desk" not in words


def test_a_block_reads_like_a_full_diary(client, asker):
    full, blocking = make_host(monthly_limit=0, name="Somebody"), make_host(name="Somebody")
    Block.objects.create(contact=blocking, user=asker, on=MONDAY)
    one, other = (client.post(url(host), FORM).content.decode() for host in (full, blocking))
    assert without_tokens(one, full) == without_tokens(other, blocking)


def without_tokens(page: str, host: Contact) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)
    return page.replace(host.public_id, "").replace(host.organisation.name, "")


def test_the_same_form_twice_is_one_request(client, asker):
    host = make_host()
    client.post(url(host), FORM)
    assert "You have asked them already" in client.post(url(host), FORM).content.decode()
    assert Introduction.objects.count() == 1


def test_a_visitor_fills_it_in_first_and_then_types_a_code(client):
    host = make_host()
    Contact.objects.filter(pk=host.pk).update(team_mailbox="team@council.example")
    plan = "A front door for families."
    typed = {**FORM, "name": "Ann Example", "plan": plan, "days": ["0", "4"], "may_pass_to": ["team"]}
    page = client.post(url(host), typed)
    assert page.headers["Location"] == f"/sign-in/?next={url(host)}"
    assert Introduction.objects.count() == 0
    user = make_asker(user=UserFactory(name=""))
    session = dict(client.session)
    client.force_login(user)
    assert session["asking"] == client.session["asking"]
    confirm = client.get(url(host)).content.decode()
    assert "Send it" in confirm
    for said in (plan, "Monday, Friday", "The mailbox of their team"):
        assert said in confirm
    assert "Ann Example" in client.get(f"{url(host)}?change=1").content.decode()
    client.post(url(host), {"kept": "1"})
    made = Introduction.objects.get()
    assert (made.asker, made.plan, made.asker.name) == (user, plan, "Ann Example")
    assert "asking" not in client.session
    assert client.post(url(host), {"kept": "1"}).status_code == 302
    assert Introduction.objects.count() == 1


def test_whoever_signs_in_by_another_way_is_led_back_to_it(client):
    """The mail to an address without an account has a link that knows of no way back."""
    host = make_host()
    client.post(url(host), {**FORM, "name": "Ann Example"})
    client.force_login(make_asker(user=UserFactory()))
    assert client.get(reverse("networks:welcome"))["Location"] == url(host)
    client.post(url(host), {"kept": "1"})
    assert client.get(reverse("networks:welcome"))["Location"] != url(host)


def test_somebody_from_no_public_body_is_told_that_it_goes_to_the_desk(client):
    client.force_login(UserFactory(email="ann@supplier.example"))
    assert "goes to our matching desk" in client.get(url(make_host())).content.decode()
    sent = client.post(url(make_host()), FORM, follow=True)
    assert "Your request is with our matching desk" in sent.content.decode()


def test_what_was_sent_is_shown_to_whoever_sent_it(client, asker):
    other = IntroductionFactory()
    assert client.get(f"/meet/sent/{other.public_id}/").status_code == 404


# --- Answering ------------------------------------------------------------------------------------------------------


def link(made: Introduction) -> str:
    return f"/meet/answer/{ANSWER.token_for(made.pk, made.host_id)}/"


YES = {"do": "answer", "answer": "yes", "day": "10/11/2026", "time": "14:30", "place": "By telephone"}


def test_looking_changes_nothing(client):
    made = asked(make_host(), make_asker(user=UserFactory(name="Ann Example")))
    before = list(Introduction.objects.values())
    for _ in range(3):
        page = client.get(link(made))
    assert page.status_code == 200
    assert "Ann Example" in page.content.decode()
    assert made.organisation.name in page.content.decode()
    assert (page["X-Robots-Tag"], page["Cache-Control"].split(",")[0]) == ("noindex", "max-age=0")
    assert list(Introduction.objects.values()) == before


def test_a_yes_with_a_day(client):
    made = asked()
    page = client.post(link(made), YES, follow=True)
    made.refresh_from_db()
    assert (made.state, timezone.localtime(made.meets_at).isoformat()) == ("accepted", "2026-11-10T14:30:00+00:00")
    assert "Thank you: they are told" in page.content.decode()
    assert f"/meet/with/{TOGETHER.token_for(made.pk, made.host_id)}/" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": ""}, "Choose an answer"),
        ({"day": ""}, "Propose a day"),
        ({"day": "2/11/2026"}, "Propose a day after today"),
        ({"day": "2/1/2027"}, "within the next 60 days"),
        ({"day": "31/2/2027"}, "Write the date"),
        ({"time": ""}, "Propose a time"),
        ({"time": "noon"}, "Write the time with hours and minutes, such as 9:30 or 14:00"),
        ({"place": ""}, "Say where you meet"),
        ({"answer": "colleague"}, "Say here whom they should ask"),
        *(({"place": nasty}, "") for nasty in NASTY[:3]),
        *(({"day": nasty}, "") for nasty in NASTY),
        *(({"answer": nasty}, "") for nasty in NASTY),
        ({"do": "everything"}, ""),
    ],
)
def test_an_answer_that_cannot_be_taken(client, change, words):
    made = asked()
    page = client.post(link(made), {**YES, **change})
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert bool(words) <= ("There is a problem" in text and "<title>Error: " in text)
    made.refresh_from_db()
    assert made.state == "asked"


@pytest.mark.parametrize(("answer", "state"), [("not_now", "not_now"), ("no", "declined")])
def test_a_no(client, answer, state):
    made = asked()
    client.post(link(made), {"do": "answer", "answer": answer, "words": "Ask the county."})
    made.refresh_from_db()
    assert (made.state, made.words) == (state, "Ask the county.")


def test_a_colleague_from_the_list_or_in_words(client):
    host = make_host()
    colleague = make_host(organisation=host.organisation, name="Cat Example")
    made, other = asked(host), asked(host)
    assert "Cat Example" in client.get(link(made)).content.decode()
    client.post(link(made), {"do": "answer", "answer": "colleague", "colleague": colleague.pk})
    made.refresh_from_db()
    assert made.host == colleague
    client.post(link(other), {"do": "answer", "answer": "colleague", "words": "Ask Dan in finance."})
    other.refresh_from_db()
    assert (other.state, other.words) == ("declined", "Ask Dan in finance.")


def test_a_colleague_at_the_limit_is_told_on_the_page(client):
    host = make_host()
    busy = make_host(organisation=host.organisation, monthly_limit=0)
    page = client.post(link(asked(host)), {"do": "answer", "answer": "colleague", "colleague": busy.pk})
    assert page.status_code == 422
    assert "They cannot take it at present" in page.content.decode()


def test_three_who_wait_are_offered_one_visit(client):
    host = make_host()
    rows = [asked(host) for _ in range(3)]
    assert "3 people are waiting for you" in client.get(link(rows[0])).content.decode()
    client.post(link(rows[0]), {**YES, "is_for_all": "on"})
    assert Introduction.objects.filter(state="accepted", visit__isnull=False).count() == 3


def test_a_second_press_changes_nothing(client):
    made = asked()
    client.post(link(made), YES)
    first = list(Introduction.objects.values())
    mails = len(mail.outbox)
    client.post(link(made), {**YES, "answer": "no"})
    assert list(Introduction.objects.values()) == first
    assert len(mail.outbox) == mails


def test_a_forged_link_opens_nothing(client):
    made = asked()
    token = ANSWER.token_for(made.pk, made.host_id)
    absent = client.get("/no/such/page/")
    for forged in (token[:-1], token + "x", "x", TOGETHER.token_for(made.pk, made.host_id), "x" * 5000, "9" * 30):
        for method in (client.get, client.post):
            page = method(f"/meet/answer/{forged}/")
            assert (page.status_code, page.content) == (404, absent.content)


def test_a_link_that_has_run_out_says_so(client):
    made = asked()
    address = link(made)
    with on(days(61)):
        page = client.post(address, YES)
    assert page.status_code == 410
    assert "This link has run out" in page.content.decode()
    made.refresh_from_db()
    assert made.state == "asked"


def test_what_went_on_says_so_to_its_first_host(client):
    made = asked()
    address = link(made)
    Introduction.objects.filter(pk=made.pk).update(host=make_host())
    assert "It is with somebody else" in client.get(address).content.decode()
    client.post(address, YES)
    made.refresh_from_db()
    assert made.state == "asked"


def test_a_host_pauses_blocks_and_reports(client):
    made = asked()
    assert client.post(link(made), {"do": "report", "report": ""}).status_code == 422
    client.post(link(made), {"do": "report", "report": "Sells something."})
    assert Report.objects.get().words == "Sells something."
    for until, status in (("1/11/2026", 422), ("\x00", 422), ("5/12/2026", 302)):
        assert client.post(link(made), {"do": "pause", "until": until}).status_code == status
    made.host.refresh_from_db()
    assert made.host.paused_until == datetime.date(2026, 12, 5)
    client.post(link(made), {"do": "block"})
    assert Block.objects.get().user == made.asker
    made.refresh_from_db()
    assert made.state == "declined"


def test_the_answer_page_needs_its_token_of_the_form():
    made = asked()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(made), YES).status_code == 403


def test_the_askers_role_shows_if_their_card_does(client):
    asker = make_asker()
    card = make_host(user=asker, role="Head of Nothing", organisation=AffiliationFactory(user=asker).organisation)
    made = asked(by=asker)
    assert "Head of Nothing" in client.get(link(made)).content.decode()
    Contact.objects.filter(pk=card.pk).update(audience="networks")
    assert "Head of Nothing" not in client.get(link(made)).content.decode()


# --- The programme team ---------------------------------------------------------------------------------------------


def test_reports_are_for_the_programme_team(client):
    found = ReportFactory(words="Sells something.")
    user = UserFactory()
    user.groups.add(role_group())
    client.force_login(user)
    assert "Sells something." in client.get("/meet/reports/").content.decode()
    assert client.post("/meet/reports/", {"report": "9" * 30}).status_code == 422
    client.post("/meet/reports/", {"report": found.public_id})
    assert "Sells something." not in client.get("/meet/reports/").content.decode()


def role_group():
    return Group.objects.get_or_create(name=Role.PROGRAMME_TEAM)[0]
